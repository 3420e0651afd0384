#include "evidence/custody.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "evidence/event_line.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

// A machine's clock is corrected now and then, and goes back by as much.
constexpr absl::Duration kMaxClockCorrection = absl::Minutes(10);

class LogLinesReader {
 public:
  explicit LogLinesReader(LogLines kind) : kind_(kind) {}

  // What is wrong with the next line; empty: nothing.
  std::string ProblemOfNext(const std::string& line) {
    const std::optional<Event> event = ReadEventLine(line);
    if (!event) return "no line of a log, or it was changed";
    if (event->seq <= last_.seq)
      return absl::StrCat("event ", event->seq, " does not come after event ", last_.seq, ": numbers must ascend");
    left_out_ += event->seq - last_.seq - 1;
    // Nothing is known of the event before, but how its hash is called here.
    if (event->seq > last_.seq + 1) last_ = {event->seq - 1, event->previous};
    const std::string problem = ProblemOf(*event, last_);
    last_ = {event->seq, event->hash};
    if (!problem.empty()) return problem;
    if (std::string of_case = ProblemOfCase(*event); !of_case.empty()) return of_case;
    return ProblemOfTime(*event);
  }

  int64_t left_out() const { return left_out_; }

 private:
  std::string ProblemOfCase(const Event& event) {
    if (kind_ != LogLines::kOfOneCase || event.subject != "case") return "";
    if (!case_) case_ = event.subject_id;
    if (*case_ == event.subject_id) return "";
    return absl::StrCat("event ", event.seq, " is of case ", event.subject_id, ", and lines before it of case ",
                        *case_);
  }

  std::string ProblemOfTime(const Event& event) {
    absl::Time time;
    if (!absl::ParseTime(absl::RFC3339_full, AbslView(event.time), &time, nullptr))
      return absl::StrCat("event ", event.seq, " has no time such as 2026-11-30T10:00:00.000Z");
    if (time < time_ - kMaxClockCorrection)
      return absl::StrCat("event ", event.seq, " has an earlier time than an event before it");
    if (time > time_) time_ = time;
    return "";
  }

  const LogLines kind_;
  LogHead last_;
  int64_t left_out_ = 0;
  std::optional<int64_t> case_;
  absl::Time time_ = absl::InfinitePast();  // the latest one
};

}  // namespace

LogLinesCheck CheckLogLines(const std::vector<std::string>& lines, LogLines kind) {
  LogLinesCheck check;
  LogLinesReader reader(kind);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (const std::string problem = reader.ProblemOfNext(lines[i]); !problem.empty())
      check.problems.push_back(absl::StrCat("line ", i + 1, ": ", problem));
  }
  check.left_out = reader.left_out();
  return check;
}

}  // namespace unspin::evidence
