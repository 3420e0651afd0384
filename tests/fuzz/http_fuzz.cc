// Bytes → a running server, over loopback: it answers or closes, and answers the next client as before.
//
// The first byte says in how many pieces the others are sent. Memory and undefined behaviour are the sanitizers' to
// judge.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http_server.h"
#include "server/sessions.h"

namespace unspin::server {
namespace {

// How often a good request is sent in between.
constexpr uint64_t kBetween = 64;
// ms; an answer to a good request that takes longer never comes. Others may wait for more bytes, and get none.
constexpr int kPatience = 60'000;
constexpr int kGrace = 3;

class Few : public BodyStream {
 public:
  State Read(std::string& out) override {
    out += "line\n";
    return ++lines_ < 3 ? State::kMore : State::kEnd;
  }

 private:
  int lines_ = 0;
};

Router Routes() {
  Router router;
  router.Add({"GET", "/", kPublic, {}, "health", [](const Request&) { return Json("{}"); }});
  router.Add({"POST", "/echo", kCheck,
              [](const Request& request, Worker&) { return Json("\"" + std::to_string(request.body.size()) + "\""); },
              "echo"});
  router.Add({"GET", "/a/{b}/{c...}", kRead,
              [](const Request& request, Worker&) {
                return Response{.content_type = "text/plain",
                                .body = request.parameters[0] + request.parameters[1] + request.path};
              },
              "path"});
  router.Add({"GET", "/stream", kRead,
              [](const Request& request, Worker&) {
                return Response{.content_type = request.Query("type").value_or(""), .stream = std::make_unique<Few>()};
              },
              "stream"});
  return router;
}

struct Service {
  Engine engine;
  Sessions sessions;
  Metrics metrics;
  std::unique_ptr<Access> access = std::move(*Access::Create({}, sessions));
  RequestLog log{[](std::string_view) {}};
  std::unique_ptr<HttpServer> server;

  Service() {
    ServerOptions options;
    options.port = 0;
    options.engine = &engine;
    options.max_body = 4096;
    options.max_header = 4096;
    options.rate = 0;
    options.log = &log;
    server = std::move(*HttpServer::Start(options, Routes(), *access, metrics));
  }
};

int Connect(int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  if (client < 0 || connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    perror("connect");
    abort();
  }
  const int on = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  // A reset at the end instead of a minute in TIME_WAIT, or the ports are used up.
  const linger reset = {.l_onoff = 1, .l_linger = 0};
  setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  return client;
}

std::string ReadAll(int client, int patience) {
  std::string answer;
  char buffer[1 << 16];
  while (true) {
    pollfd file = {.fd = client, .events = POLLIN, .revents = 0};
    const int ready = poll(&file, 1, patience);
    if (ready < 0 && errno == EINTR) continue;  // libFuzzer's timer
    if (ready <= 0) return answer;
    const ssize_t got = recv(client, buffer, sizeof buffer, 0);
    if (got <= 0) return answer;
    answer.append(buffer, static_cast<size_t>(got));
  }
}

std::string Ask(int port, std::string_view bytes, size_t pieces, int patience) {
  const int client = Connect(port);
  const size_t piece = bytes.size() / pieces + 1;
  for (size_t begin = 0; begin < bytes.size(); begin += piece) {
    const std::string_view part = bytes.substr(begin, piece);
    if (send(client, part.data(), part.size(), MSG_NOSIGNAL) < 0) break;
  }
  std::string answer = ReadAll(client, patience);
  close(client);
  return answer;
}

void Check(std::string_view bytes) {
  static Service& service = *new Service;
  static uint64_t count = 0;
  if (bytes.empty()) return;
  const size_t pieces = 1 + static_cast<uint8_t>(bytes.front()) % 4;
  const std::string answer = Ask(service.server->port(), bytes.substr(1), pieces, kGrace);
  if (!answer.empty() && !answer.starts_with("HTTP/1.1 ")) {
    fprintf(stderr, "no answer of HTTP: %.100s\n", answer.c_str());
    abort();
  }
  if (++count % kBetween == 0) {
    const std::string good =
        Ask(service.server->port(), "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 1, kPatience);
    if (!good.starts_with("HTTP/1.1 200 OK\r\n")) {
      fprintf(stderr, "a good request failed: %.300s\n", good.c_str());
      abort();
    }
  }
}

}  // namespace
}  // namespace unspin::server

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  unspin::server::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
