#include "server/acceptor.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace unspin::server {
namespace {

constexpr int kBacklog = 128;
constexpr int64_t kLinger = 1000;     // ms that a refused client has to read why
constexpr size_t kMaxLingering = 64;  // beyond it the oldest is closed at once

int OpenSpare() { return open("/dev/null", O_RDONLY | O_CLOEXEC); }

}  // namespace

int64_t MonotonicMilliseconds() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

absl::Status Acceptor::Listen(const std::string& address, int port) {
  addrinfo hints = {};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(address.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    return absl::InvalidArgumentError("'" + address + "' is no IPv4 or IPv6 address in digits.");
  }
  const std::string where = address + ", port " + std::to_string(port);
  listener_ = socket(found->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int on = 1;
  if (listener_ >= 0) setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool bound =
      listener_ >= 0 && bind(listener_, found->ai_addr, found->ai_addrlen) == 0 && listen(listener_, kBacklog) == 0;
  const int error = errno;
  freeaddrinfo(found);
  if (!bound) return absl::UnavailableError(where + " cannot be listened at: " + strerror(error) + ".");
  sockaddr_storage name = {};
  socklen_t size = sizeof name;
  getsockname(listener_, reinterpret_cast<sockaddr*>(&name), &size);
  port_ = ntohs(name.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&name)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&name)->sin_port);
  return absl::OkStatus();
}

absl::Status Acceptor::Start(const std::string& address, int port, size_t limit, std::string refusal, Take take) {
  assert(!thread_.joinable());
  take_ = std::move(take);
  refusal_ = std::move(refusal);
  limit_ = limit;
  if (absl::Status status = Listen(address, port); !status.ok()) return status;
  wake_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  spare_ = OpenSpare();
  thread_ = std::thread([this] { Run(); });
  return absl::OkStatus();
}

void Acceptor::Stop() {
  if (thread_.joinable()) {
    const uint64_t one = 1;
    while (write(wake_, &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
  }
  for (int* const file : {&listener_, &wake_, &spare_}) {
    if (*file >= 0) close(*file);
    *file = -1;
  }
  for (const Lingering& lingering : lingering_) close(lingering.socket);
  lingering_.clear();
}

void Acceptor::Run() {
  std::vector<pollfd> files;
  while (true) {
    files.assign({{.fd = wake_, .events = POLLIN, .revents = 0}, {.fd = listener_, .events = POLLIN, .revents = 0}});
    int64_t until = INT64_MAX;
    for (const Lingering& lingering : lingering_) {
      files.push_back({.fd = lingering.socket, .events = POLLIN, .revents = 0});
      until = std::min(until, lingering.until);
    }
    const int64_t wait = until == INT64_MAX ? -1 : std::max<int64_t>(0, until - MonotonicMilliseconds());
    if (poll(files.data(), files.size(), static_cast<int>(wait)) < 0 && errno != EINTR) return;
    if (files[0].revents != 0) return;
    const int64_t now = MonotonicMilliseconds();
    for (size_t i = 0; i < lingering_.size(); ++i) {
      if (files[i + 2].revents != 0 || now >= lingering_[i].until) Discard(lingering_[i], now);
    }
    std::erase_if(lingering_, [](const Lingering& lingering) { return lingering.socket < 0; });
    if (files[1].revents != 0) AcceptAll();
  }
}

void Acceptor::AcceptAll() {
  while (true) {
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    int client = accept4(listener_, reinterpret_cast<sockaddr*>(&address), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0 && (errno == EMFILE || errno == ENFILE)) {
      // Left alone, the connection would stay in the queue, and this thread would be woken for it again and again.
      close(spare_);
      client = accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (client >= 0) {
        (void)!send(client, refusal_.data(), refusal_.size(), MSG_NOSIGNAL);
        close(client);
        refused_.fetch_add(1);
      }
      spare_ = OpenSpare();
      continue;
    }
    if (client < 0 && (errno == EINTR || errno == ECONNABORTED)) continue;
    if (client < 0) return;  // there is no other connection
    const int on = 1;
    setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (open_.load() >= limit_) {
      Refuse(client);
      continue;
    }
    open_.fetch_add(1);
    accepted_.fetch_add(1);
    take_(client, reinterpret_cast<const sockaddr*>(&address), size);
  }
}

void Acceptor::Refuse(int socket) {
  refused_.fetch_add(1);
  (void)!send(socket, refusal_.data(), refusal_.size(), MSG_NOSIGNAL);
  shutdown(socket, SHUT_WR);
  if (lingering_.size() == kMaxLingering) {
    close(lingering_.front().socket);
    lingering_.erase(lingering_.begin());
  }
  lingering_.push_back({.socket = socket, .until = MonotonicMilliseconds() + kLinger});
}

void Acceptor::Discard(Lingering& lingering, int64_t now) {
  char buffer[1 << 14];
  const ssize_t got = recv(lingering.socket, buffer, sizeof buffer, MSG_DONTWAIT);
  const bool more = got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
  if (more && now < lingering.until) return;
  close(lingering.socket);
  lingering.socket = -1;
}

}  // namespace unspin::server
