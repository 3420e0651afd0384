// Accepts connections up to a limit; the next one is told so and closed.
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"

namespace unspin::server {

// One thread of its own. A refusal is written at once, before a request is read, so that a client that sends nothing
// learns it as well and holds nothing here.
class Acceptor {
 public:
  // Gets sockets that do not block, and owns them.
  using Take = std::function<void(int socket, const sockaddr* address, socklen_t size)>;

  Acceptor() = default;
  ~Acceptor() { Stop(); }
  Acceptor(const Acceptor&) = delete;
  Acceptor& operator=(const Acceptor&) = delete;

  // `address` in digits, IPv4 or IPv6. `refusal`: the bytes for connections above the limit. Fails where the address
  // cannot be bound.
  absl::Status Start(const std::string& address, int port, size_t limit, std::string refusal, Take take);
  int port() const { return port_; }

  // One of the connections that were taken is closed. From any thread.
  void Closed() { open_.fetch_sub(1); }
  size_t open() const { return open_.load(); }
  uint64_t accepted() const { return accepted_.load(); }
  uint64_t refused() const { return refused_.load(); }

  void Stop();

 private:
  // A refused connection waits for the client to close: closed at once, what it sends would destroy the answer on its
  // way.
  struct Lingering {
    int socket;
    int64_t until;  // ms
  };

  absl::Status Listen(const std::string& address, int port);
  void Run();
  void AcceptAll();
  void Refuse(int socket);
  void Discard(Lingering& lingering, int64_t now);

  Take take_;
  std::string refusal_;
  size_t limit_ = 0;
  int listener_ = -1;
  int wake_ = -1;   // eventfd
  int spare_ = -1;  // given up for a moment where the process has no file descriptor left
  int port_ = 0;
  std::atomic<size_t> open_{0};
  std::atomic<uint64_t> accepted_{0}, refused_{0};
  std::vector<Lingering> lingering_;
  std::thread thread_;
};

// Milliseconds of a clock that never goes back.
int64_t MonotonicMilliseconds();

}  // namespace unspin::server
