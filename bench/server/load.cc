// Sends articles to a server over many connections at once, or to the engine alone, and prints checks a second and
// latencies.
//
//   unspin_server_load http ARTICLES.jsonl HOST:PORT PATH CONNECTIONS SECONDS
//   unspin_server_load engine ARTICLES.jsonl ARCHIVE THREADS CALLERS SECONDS
//
// In both, as many articles are on their way at any moment as there are connections or callers, each replaced by the
// next one when its answer is there. The engine's callers wait in one queue for THREADS threads, which check and write
// JSON; a caller is no thread, so that the comparison favours the engine.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "render/json.h"
#include "unspin/article/article.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"

namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void Fail(const std::string& problem) {
  fprintf(stderr, "load: %s\n", problem.c_str());
  exit(2);
}

std::vector<std::string> ReadArticles(const char* path) {
  std::vector<std::string> articles;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) articles.push_back(nlohmann::json::parse(line).at("text"));
  if (articles.empty()) Fail(std::string("no articles in ") + path);
  return articles;
}

void Print(const char* what, std::vector<double>& milliseconds, double seconds, size_t bytes) {
  std::sort(milliseconds.begin(), milliseconds.end());
  const auto percentile = [&](double share) {
    return milliseconds[static_cast<size_t>(share * static_cast<double>(milliseconds.size() - 1))];
  };
  printf("%s\tchecks/s %.1f\tp50 %.2f ms\tp90 %.2f ms\tp99 %.2f ms\tp99/p50 %.2f\tmax %.1f ms\tchecks %zu\tbytes %zu\n",
         what, static_cast<double>(milliseconds.size()) / seconds, percentile(0.5), percentile(0.9), percentile(0.99),
         percentile(0.99) / percentile(0.5), milliseconds.back(), milliseconds.size(), bytes);
}

double Milliseconds(Clock::duration duration) { return std::chrono::duration<double, std::milli>(duration).count(); }

struct Connection {
  int socket = -1;
  std::string answer;  // so far
  Clock::time_point sent;
};

int Connect(const std::string& host, int port) {
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) Fail("no IPv4 address: " + host);
  const int client = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) Fail("cannot connect");
  const int on = 1;
  setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return client;
}

// The size of a whole answer at the front of `text`, 0 if it is not whole.
size_t AnswerSize(const std::string& text) {
  const size_t end = text.find("\r\n\r\n");
  if (end == std::string::npos) return 0;
  if (text.compare(0, 12, "HTTP/1.1 200") != 0) Fail("an answer that is not 200: " + text.substr(0, end));
  const size_t length = text.find("Content-Length: ");
  if (length > end) Fail("an answer without Content-Length");
  const size_t size = end + 4 + strtoul(text.c_str() + length + 16, nullptr, 10);
  return text.size() >= size ? size : 0;
}

void LoadHttp(const std::vector<std::string>& articles, const std::string& where, const std::string& path,
              int connections, double seconds) {
  const size_t colon = where.rfind(':');
  const std::string host = where.substr(0, colon);
  std::vector<std::string> requests;
  for (const std::string& text : articles) {
    requests.push_back("POST " + path + " HTTP/1.1\r\nHost: " + where +
                       "\r\nContent-Type: text/plain; charset=utf-8\r\n" +
                       "Content-Length: " + std::to_string(text.size()) + "\r\n\r\n" + text);
  }
  const int events = epoll_create1(0);
  std::vector<Connection> all(static_cast<size_t>(connections));
  size_t next = 0;
  const auto send_next = [&](Connection& connection) {
    const std::string& request = requests[next++ % requests.size()];
    connection.sent = Clock::now();
    if (send(connection.socket, request.data(), request.size(), 0) != static_cast<ssize_t>(request.size())) {
      Fail("cannot send");
    }
  };
  const Clock::time_point begin = Clock::now();
  const Clock::time_point end = begin + std::chrono::microseconds(static_cast<int64_t>(seconds * 1e6));
  for (Connection& connection : all) {
    connection.socket = Connect(host, atoi(where.c_str() + colon + 1));
    epoll_event event = {.events = EPOLLIN, .data = {.ptr = &connection}};
    epoll_ctl(events, EPOLL_CTL_ADD, connection.socket, &event);
    send_next(connection);
  }
  std::vector<double> milliseconds;
  size_t bytes = 0;
  std::vector<char> buffer(1 << 18);
  while (Clock::now() < end) {
    epoll_event ready[64];
    const int count = epoll_wait(events, ready, 64, 100);
    for (int i = 0; i < count; ++i) {
      Connection& connection = *static_cast<Connection*>(ready[i].data.ptr);
      const ssize_t got = recv(connection.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) Fail("the server closed a connection");
      connection.answer.append(buffer.data(), static_cast<size_t>(got));
      const size_t size = AnswerSize(connection.answer);
      if (size == 0) continue;
      milliseconds.push_back(Milliseconds(Clock::now() - connection.sent));
      bytes += size;
      connection.answer.erase(0, size);
      send_next(connection);
    }
  }
  Print("http", milliseconds, Milliseconds(Clock::now() - begin) / 1000, bytes);
}

void LoadEngine(const std::vector<std::string>& articles, const char* folder, int threads, int callers,
                double seconds) {
  const unspin::Engine engine;
  auto archive = unspin::Archive::Open(folder);
  if (!archive.ok()) Fail(std::string(archive.status().message()));
  std::mutex mutex;
  std::deque<Clock::time_point> waiting(static_cast<size_t>(callers), Clock::now());
  size_t next = 0;
  std::vector<double> milliseconds;
  size_t bytes = 0;
  const Clock::time_point begin = Clock::now();
  const Clock::time_point end = begin + std::chrono::microseconds(static_cast<int64_t>(seconds * 1e6));
  const auto work = [&] {
    unspin::Workspace workspace(engine);
    std::unique_lock lock(mutex);
    while (Clock::now() < end) {
      const Clock::time_point sent = waiting.front();
      waiting.pop_front();
      unspin::Article suspect;
      suspect.id = "-";
      suspect.text = articles[next++ % articles.size()];
      lock.unlock();
      const auto report = engine.Check(suspect, **archive, {}, workspace);
      if (!report.ok()) Fail(std::string(report.status().message()));
      const std::string json = unspin::RenderJson(*report, {});
      lock.lock();
      bytes += json.size();
      milliseconds.push_back(Milliseconds(Clock::now() - sent));
      waiting.push_back(Clock::now());
    }
  };
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) pool.emplace_back(work);
  for (std::thread& thread : pool) thread.join();
  Print("engine", milliseconds, Milliseconds(Clock::now() - begin) / 1000, bytes);
}

}  // namespace

int main(int count, char** words) {
  const std::string mode = count == 7 ? words[1] : "";
  if (mode == "http") {
    LoadHttp(ReadArticles(words[2]), words[3], words[4], atoi(words[5]), atof(words[6]));
  } else if (mode == "engine") {
    LoadEngine(ReadArticles(words[2]), words[3], atoi(words[4]), atoi(words[5]), atof(words[6]));
  } else {
    Fail("see the first lines of bench/server/load.cc");
  }
}
