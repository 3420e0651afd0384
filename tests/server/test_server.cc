// A server for attacks on tools/server/http_server.h, with routes that echo, wait, stream, and check an article.
//
//   unspin_test_server name=value…     names: threads, max_body, max_connections, max_streams, max_queue, rate, burst,
//   timeout,
//                                      idle_timeout, read_timeout, heart_beat (milliseconds), token_file, archive, log,
//                                      seconds
// Prints its address as the first line, stops on SIGTERM or SIGINT, and prints `stopped` then.
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "render/json.h"
#include "server/http_server.h"
#include "server/sessions.h"
#include "unspin/article/article.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/engine.h"

namespace unspin::server {
namespace {

std::map<std::string, std::string> settings;

long Setting(const std::string& name, long fallback) {
  const auto found = settings.find(name);
  return found == settings.end() ? fallback : atol(found->second.c_str());
}

std::string TextSetting(const std::string& name) {
  const auto found = settings.find(name);
  return found == settings.end() ? "" : found->second;
}

// Streams that are open: so a test sees that they end.
std::atomic<int> open_streams{0};

// `count` lines, then the end; 0: waits for ever, with heart-beats.
class Lines : public BodyStream {
 public:
  explicit Lines(long count) : count_(count) { ++open_streams; }
  ~Lines() override { --open_streams; }

  State Read(std::string& out) override {
    if (finished_) {
      out += "data: the end\n\n";
      return State::kEnd;
    }
    if (count_ == 0) return State::kWait;
    for (int i = 0; i < 100 && next_ < count_; ++i) out += "{\"line\":" + std::to_string(next_++) + "}\n";
    return next_ == count_ ? State::kEnd : State::kMore;
  }
  std::string_view HeartBeat() const override { return ": beat\n\n"; }
  void Finish() override { finished_ = true; }

 private:
  const long count_;
  long next_ = 0;
  bool finished_ = false;
};

// Ticks that another thread sends: one each `ms`.
class Ticks : public BodyStream {
 public:
  explicit Ticks(long ms) : ms_(ms) { ++open_streams; }
  ~Ticks() override {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
    --open_streams;
  }
  void Open(const Waker& waker) override {
    thread_ = std::thread([this, waker] {
      while (!stop_) {
        std::this_thread::sleep_for(std::chrono::milliseconds(ms_));
        ++ticks_;
        waker.Wake();
      }
    });
  }
  State Read(std::string& out) override {
    for (; sent_ < ticks_; ++sent_) out += "data: " + std::to_string(sent_) + "\n\n";
    return finished_ ? State::kEnd : State::kWait;
  }
  void Finish() override { finished_ = true; }

 private:
  const long ms_;
  std::atomic<long> ticks_{0};
  long sent_ = 0;
  std::atomic<bool> stop_{false};
  bool finished_ = false;
  std::thread thread_;
};

Response Text(std::string text) { return {.content_type = "text/plain; charset=utf-8", .body = std::move(text)}; }

long NumberOf(const Request& request, std::string_view name) { return atol(request.Query(name).value_or("0").c_str()); }

Router Routes(Metrics& metrics, const Engine& engine, const Archive* archive) {
  Router router;
  router.Add({"GET", "/healthz", kPublic, {}, "health", [](const Request&) { return Text("ok\n"); }});
  router.Add({"GET", "/metrics", kPublic, {}, "metrics", [&](const Request&) {
                return Response{.content_type = "text/plain; version=0.0.4", .body = metrics.Text()};
              }});
  router.Add({"GET", "/streams", kPublic, {}, "streams", [](const Request&) {
                return Text(std::to_string(open_streams) + "\n");
              }});
  router.Add({"POST", "/echo", kCheck, [](const Request& request, Worker&) { return Text(request.body); }, "echo"});
  router.Add({"POST", "/size", kCheck,
              [](const Request& request, Worker&) { return Text(std::to_string(request.body.size()) + "\n"); },
              "size"});
  router.Add({"GET", "/part/{name}", kRead,
              [](const Request& request, Worker&) { return Text(request.parameters[0] + "\n"); }, "part"});
  router.Add({"GET", "/files/{path...}", kRead,
              [](const Request& request, Worker&) { return Text(request.parameters[0] + "\n"); }, "files"});
  router.Add({"GET", "/query", kRead,
              [](const Request& request, Worker&) { return Text(request.Query("q").value_or("none") + "\n"); },
              "query"});
  const auto sleep = [](const Request& request, Worker&) {
    std::this_thread::sleep_for(std::chrono::milliseconds(NumberOf(request, "ms")));
    return Text("slept\n");
  };
  router.Add({"GET", "/slow", kRead, sleep, "slow"});
  router.Add({"GET", "/patient", kRead, sleep, "patient", nullptr, true});
  router.Add({"GET", "/large", kRead,
              [](const Request& request, Worker&) {
                return Text(std::string(static_cast<size_t>(NumberOf(request, "bytes")), 'x'));
              },
              "large"});
  router.Add({"GET", "/lines", kRead,
              [](const Request& request, Worker&) {
                return Response{.content_type = "application/x-ndjson",
                                .stream = std::make_unique<Lines>(NumberOf(request, "count"))};
              },
              "lines"});
  router.Add({"GET", "/ticks", kRead,
              [](const Request& request, Worker&) {
                return Response{.content_type = "text/event-stream",
                                .stream = std::make_unique<Ticks>(std::max(1L, NumberOf(request, "ms")))};
              },
              "ticks"});
  router.Add({"GET", "/who", kRead,
              [](const Request& request, Worker&) {
                return Text(request.who.person + " " + ScopeWords(request.who.scopes) + "\n");
              },
              "who"});
  if (archive) {
    router.Add({"POST", "/check", kCheck,
                [&engine, archive](const Request& request, Worker& worker) {
                  Article suspect;
                  suspect.id = "-";
                  suspect.text = request.body;
                  const absl::StatusOr<Report> report = engine.Check(suspect, *archive, {}, worker.workspace);
                  if (!report.ok()) return Problem(500, "archive", std::string(report.status().message()));
                  return Json(RenderJson(*report, {}) + "\n");
                },
                "check"});
  }
  return router;
}

int Run() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);

  const Engine engine;
  std::unique_ptr<const Archive> archive;
  if (const std::string folder = TextSetting("archive"); !folder.empty()) {
    absl::StatusOr<std::unique_ptr<const Archive>> opened = Archive::Open(folder);
    if (!opened.ok()) return fprintf(stderr, "%s\n", std::string(opened.status().message()).c_str()), 2;
    archive = std::move(*opened);
  }
  Sessions sessions;
  Metrics metrics;
  auto access = Access::Create({.token_file = TextSetting("token_file"), .hosts = {"desk.example"}}, sessions);
  if (!access.ok()) return fprintf(stderr, "%s\n", std::string(access.status().message()).c_str()), 2;
  std::unique_ptr<RequestLog> log;
  if (Setting("log", 0)) log = std::make_unique<RequestLog>();

  ServerOptions options;
  options.port = static_cast<int>(Setting("port", 0));
  options.engine = &engine;
  options.threads = static_cast<int>(Setting("threads", 2));
  options.max_body = static_cast<size_t>(Setting("max_body", 1 << 20));
  options.max_connections = static_cast<size_t>(Setting("max_connections", 200));
  options.max_streams = static_cast<size_t>(Setting("max_streams", 100));
  options.max_queue = static_cast<size_t>(Setting("max_queue", 64));
  options.rate = static_cast<double>(Setting("rate", 0));
  options.burst = static_cast<double>(Setting("burst", 200));
  options.timeout = std::chrono::milliseconds(Setting("timeout", 30'000));
  options.idle_timeout = std::chrono::milliseconds(Setting("idle_timeout", 60'000));
  options.read_timeout = std::chrono::milliseconds(Setting("read_timeout", 15'000));
  options.heart_beat = std::chrono::milliseconds(Setting("heart_beat", 15'000));
  options.log = log.get();
  auto server = HttpServer::Start(options, Routes(metrics, engine, archive.get()), **access, metrics);
  if (!server.ok()) return fprintf(stderr, "%s\n", std::string(server.status().message()).c_str()), 2;
  printf("%s\n", (*server)->url().c_str());
  fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  (*server)->Stop();
  printf("stopped\n");
  return 0;
}

}  // namespace
}  // namespace unspin::server

int main(int count, char** words) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const size_t equals = word.find('=');
    if (equals == std::string::npos) return fprintf(stderr, "no name=value: %s\n", words[i]), 2;
    unspin::server::settings[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return unspin::server::Run();
}
