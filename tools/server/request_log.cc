#include "server/request_log.h"

#include <unistd.h>

#include <cerrno>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "render/json_writer.h"

namespace unspin::server {
namespace {

void WriteToStandardError(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // there is nobody left to tell
    text.remove_prefix(static_cast<size_t>(written));
  }
}

std::string Now() { return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone()); }

}  // namespace

struct RequestLog::State {
  std::function<void(std::string_view)> write;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> waiting;
  uint64_t left_out = 0;
  bool ending = false;
  std::thread thread;

  void Push(std::string line) {
    const std::lock_guard lock(mutex);
    if (waiting.size() >= kWaiting) {
      ++left_out;
      return;
    }
    if (left_out > 0) {
      waiting.push_back("{\"time\":\"" + Now() + "\",\"event\":\"log-left-out\",\"lines\":" + std::to_string(left_out) +
                        "}\n");
      left_out = 0;
    }
    waiting.push_back(std::move(line));
    changed.notify_one();
  }

  void Run() {
    std::unique_lock lock(mutex);
    while (true) {
      changed.wait(lock, [&] { return ending || !waiting.empty(); });
      if (waiting.empty()) return;
      std::vector<std::string> lines;
      lines.swap(waiting);
      lock.unlock();
      std::string text;
      for (const std::string& line : lines) text += line;
      write(text);
      lock.lock();
    }
  }
};

RequestLog::RequestLog(std::function<void(std::string_view)> write) : state_(std::make_unique<State>()) {
  state_->write = write ? std::move(write) : WriteToStandardError;
  state_->thread = std::thread([this] { state_->Run(); });
}

RequestLog::~RequestLog() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->ending = true;
  }
  state_->changed.notify_one();
  state_->thread.join();
}

void RequestLog::Add(const RequestLine& line) {
  JsonWriter json;
  json.BeginObject();
  json.Field("time", Now());
  json.Field("request", line.request);
  json.Field("method", line.method);
  json.Field("path", line.path);
  json.FieldUnlessEmpty("route", line.route);
  json.Field("status", line.status);
  json.FieldUnlessEmpty("person", line.person);
  json.Field("address", line.address);
  json.Field("bytes_in", line.bytes_in);
  json.Field("bytes_out", line.bytes_out);
  json.Field("seconds", line.seconds);
  json.Field("waited", line.waited);
  json.FieldUnlessEmpty("ended", line.ended);
  json.EndObject();
  state_->Push(json.Take() + "\n");
}

void RequestLog::AddEvent(std::string_view event, const std::vector<std::pair<std::string, std::string>>& fields) {
  JsonWriter json;
  json.BeginObject();
  json.Field("time", Now());
  json.Field("event", event);
  for (const auto& [key, value] : fields) {
    json.TextKey(key);
    json.Text(value);
  }
  json.EndObject();
  state_->Push(json.Take() + "\n");
}

}  // namespace unspin::server
