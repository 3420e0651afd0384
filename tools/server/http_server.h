// The HTTP server: reads requests, hands complete ones to worker threads, sends their answers.
//
// libmicrohttpd (hidden here) reads and writes in one thread by epoll. While a request waits for a worker or a worker
// for its handler, its connection is suspended. Whatever a client does, it costs one connection and its buffers, never
// a thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/access.h"
#include "server/http_message.h"
#include "server/metrics.h"
#include "server/request_log.h"
#include "server/router.h"

namespace unspin::server {

struct ServerOptions {
  std::string address = "127.0.0.1";  // an IPv4 or IPv6 address in digits
  int port = 8080;                    // 0: any free one
  const Engine* engine = nullptr;     // the workers' workspaces are for it; outlives the server
  int threads = 2;                    // workers
  size_t max_body = 16u << 20;        // bytes of a request's body; larger: 413
  size_t max_header = 32u << 10;      // bytes of a request's line and headers; larger: 431 or 414
  size_t max_connections = 200;       // the next one gets 503
  size_t max_streams = 100;           // of them, answers that stay open (server-sent events); the next one gets 503
  size_t max_queue = 64;              // requests that wait for a worker; the next one gets 503
  double rate = 50;                   // requests a second of one token, or of one address without; 0: no limit
  double burst = 200;                 // so many at once
  std::chrono::milliseconds timeout{30'000};       // from a complete request to its answer, waiting included; then 503
  std::chrono::milliseconds idle_timeout{60'000};  // of a connection between requests
  std::chrono::milliseconds read_timeout{15'000};  // for line and headers, from their first byte or the connection's
                                                   // begin; for the body as much again, and more at min_rate
  size_t min_rate = 4096;  // bytes a second, both ways: a body of n bytes may take read_timeout + n / min_rate
  std::chrono::milliseconds heart_beat{15'000};  // BodyStream::HeartBeat
  RequestLog* log = nullptr;                     // outlives the server
};

// Headers that every answer gets: nosniff, no referrer, same-origin opener. Those of a Response replace them.
class HttpServer {
 public:
  // Serves from here on. `access`, `metrics` outlive it. Fails where the address cannot be bound.
  static absl::StatusOr<std::unique_ptr<HttpServer>> Start(const ServerOptions& options, Router router, Access& access,
                                                           Metrics& metrics);
  ~HttpServer();  // Stop()

  int port() const;
  // http://127.0.0.1:8080/
  std::string url() const;

  // Takes no more connections and requests; those that are complete get their answers, streams are told to finish.
  // Returns when that is done, or after ServerOptions::timeout. Once from any one thread.
  void Stop();

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace unspin::server
