// /v1/log and /v1/events: what was done, and what is being done.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/desk_json.h"
#include "server/routes.h"

namespace unspin::server {
namespace {

// Lines at once: the thread that sends reads them, in less than a millisecond.
constexpr size_t kLinesAtOnce = 100;

// The lines of the log behind an event, some at a time.
class LogLines final : public BodyStream {
 public:
  LogLines(const Desk& desk, int64_t after, uint64_t limit) : desk_(desk), after_(after), left_(limit) {}

  State Read(std::string& out) override {
    const size_t wanted = std::min<uint64_t>(kLinesAtOnce, left_);
    const auto lines = desk_.LogLines(after_, wanted);
    if (!lines.ok() || lines->empty() || finished_) return State::kEnd;
    out += *lines;
    const size_t got = static_cast<size_t>(std::count(lines->begin(), lines->end(), '\n'));
    after_ += static_cast<int64_t>(got);  // the log has no gaps
    left_ -= std::min<uint64_t>(left_, got);
    return left_ == 0 || got < wanted ? State::kEnd : State::kMore;
  }
  void Finish() override { finished_ = true; }

 private:
  const Desk& desk_;
  int64_t after_;
  uint64_t left_;
  bool finished_ = false;
};

Response ShowLog(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const auto after = static_cast<int64_t>(arguments.Number("after", 0, 0, INT64_MAX));
  const uint64_t limit = arguments.Number("limit", UINT64_MAX, 1, UINT64_MAX);
  if (!arguments.ok()) return *arguments.TakeProblem();
  Response answer;
  answer.content_type = "application/x-ndjson";
  answer.stream = std::make_unique<LogLines>(service.desk(), after, limit);
  return answer;
}

// `seq` and `hash` of a head that somebody wrote down elsewhere.
Response CheckLog(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const auto seq = static_cast<int64_t>(arguments.Number("seq", 0, 1, INT64_MAX));
  const std::string hash = arguments.Text("hash");
  if (hash.empty() != (seq == 0)) arguments.Refuse(400, "bad_argument", "`seq` and `hash` belong together");
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto check = service.desk().VerifyLog(seq == 0 ? std::nullopt : std::optional(LogHead{seq, hash}));
  if (!check.ok()) return ErrorAnswer(check.status());
  JsonWriter json;
  WriteLogCheck(*check, json);
  return Json(json.Take());
}

Response ListenToEvents(Service& service, const Request& request, Worker&) {
  const std::string last = request.Header("last-event-id");
  int64_t after = 0;
  std::from_chars(last.data(), last.data() + last.size(), after);  // what is no number begins with now
  auto stream = service.events().Listen(std::max<int64_t>(after, 0));
  if (!stream.ok()) return ErrorAnswer(stream.status());
  Response answer;
  answer.content_type = "text/event-stream";
  answer.headers.emplace_back("Cache-Control", "no-store");
  answer.headers.emplace_back("X-Accel-Buffering", "no");  // nginx passes events on as they come
  answer.stream = *std::move(stream);
  return answer;
}

}  // namespace

void AddLogRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"GET", "/v1/log", Scope::kRead, ShowLog, "log"},
             {"GET", "/v1/log/check", Scope::kRead, CheckLog, "check-log", true},
             {"GET", "/v1/events", Scope::kRead, ListenToEvents, "events"}});
}

}  // namespace unspin::server
