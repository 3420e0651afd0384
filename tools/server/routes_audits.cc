// /v1/audits: whole files of suspects, checked in the background.
#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/audit_cases.h"
#include "server/desk_json.h"
#include "server/report_pages.h"
#include "server/routes.h"

namespace unspin::server {
namespace {

constexpr uint64_t kDefaultJobs = 100, kMaxJobs = 1000;    // of a list
constexpr uint64_t kDefaultCases = 100, kMaxCases = 1000;  // opened by one request: some eight milliseconds each
constexpr double kDefaultProbability = 0.9;
constexpr uint64_t kReportsAtOnce = 16;  // some 50 KiB; the thread that sends reads them

constexpr std::array<std::string_view, 8> kVerdictWords = {"copy",    "edited",        "spun",        "rewritten",
                                                           "excerpt", "common-source", "independent", "unrelated"};

Response JobAnswer(const AuditJob& job, int status) {
  JsonWriter json;
  json.BeginObject();
  json.Key("audit");
  WriteAuditJob(job, json);
  json.EndObject();
  return Json(json.Take(), status);
}

// The options of the query, as a job keeps them (audit_options.h, which also checks them); empty: none.
std::string OptionsOf(Arguments& arguments, const Request& request) {
  JsonWriter json;
  json.BeginObject();
  const auto has = [&](std::string_view name) { return request.Query(name).has_value(); };
  for (const std::string_view name : {"limit", "candidates"}) {
    if (has(name)) json.Field(name, arguments.Number(name, 0, 0, UINT32_MAX));
  }
  if (has("prior")) json.Field("prior", arguments.Real("prior", 0, 0, 1));
  for (const std::string_view name : {"all", "brief"}) {
    if (has(name)) json.Field(name, arguments.Flag(name));
  }
  for (const std::string_view name : {"offsets", "format"}) {
    if (has(name)) json.Field(name, arguments.Text(name));
  }
  json.EndObject();
  std::string options = json.Take();
  return options == "{}" ? "" : options;
}

absl::StatusOr<AuditJob> AddJob(Service& service, const Request& request, Arguments& arguments) {
  const std::string options = OptionsOf(arguments, request);
  const Who who{request.who.person};
  if (request.content_type != "application/json") {
    const std::string name = FileNameOf(request.Query("name").value_or("upload"));
    if (!arguments.ok()) return absl::InvalidArgumentError("");
    return service.jobs().AddUpload(request.body, name, options, who);
  }
  JsonBody body(request, arguments);
  const std::string path = body.RequiredText("path");
  if (!arguments.ok()) return absl::InvalidArgumentError("");
  const auto job = service.jobs().FromPath(path, options);
  if (!job.ok()) return job.status();
  return service.desk().AddJob(*job, who);
}

Response StartAudit(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  if (!IsReadable(request.content_type)) return UnreadableType(request);
  if (request.body.empty()) return Problem(400, "unreadable_body", "the body is empty; send the file of suspects");
  const auto added = AddJob(service, request, arguments);
  if (!arguments.ok()) return *arguments.TakeProblem();
  if (!added.ok()) return ErrorAnswer(added.status());
  service.jobs().Wake();
  Response answer = JobAnswer(*added, 202);
  answer.headers.emplace_back("Location", "/v1/audits/" + std::to_string(added->id));
  return answer;
}

Response ListAudits(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const uint64_t limit = arguments.Number("limit", kDefaultJobs, 1, kMaxJobs);
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto jobs = service.desk().ListJobs(limit);
  if (!jobs.ok()) return ErrorAnswer(jobs.status());
  JsonWriter json;
  json.BeginObject();
  json.Key("audits");
  json.BeginArray();
  for (const AuditJob& job : *jobs) WriteAuditJob(job, json);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

// The job that the path names, or the answer that there is none.
std::optional<AuditJob> FindJob(Service& service, Arguments& arguments) {
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return std::nullopt;
  auto job = service.desk().GetJob(id);
  if (job.ok()) return *std::move(job);
  arguments.Refuse(ErrorAnswer(job.status()));
  return std::nullopt;
}

Response ShowAudit(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const auto job = FindJob(service, arguments);
  if (!job) return *arguments.TakeProblem();
  JsonWriter json;
  WriteAuditJob(*job, json);
  return Json(json.Take());
}

// An audit that waits or runs is cancelled; one that has ended is removed with its files. With `cancel=1` the second
// does not happen: a person who cancels a moment too late, or twice, loses nothing.
Response EndAudit(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const bool only_cancel = arguments.Flag("cancel");
  const auto job = FindJob(service, arguments);
  if (!job) return *arguments.TakeProblem();
  const Who who{request.who.person};
  absl::Status ended;
  if (job->state == "queued" || job->state == "running") {
    ended = service.desk().CancelJob(job->id, who);
    // It has ended since it was looked at; a person saw it running.
    if (absl::IsFailedPrecondition(ended)) ended = absl::OkStatus();
    service.jobs().Wake();
  } else if (!only_cancel) {
    ended = service.jobs().Remove(*job, who);
  }
  if (!ended.ok()) return ErrorAnswer(ended);
  const auto now = service.desk().GetJob(job->id);
  return now.ok() ? JobAnswer(*now, 200) : ErrorAnswer(now.status());
}

// The answer that an audit's files were removed.
std::optional<Response> RemovedAnswer(const AuditJob& job) {
  if (job.state != "removed") return std::nullopt;
  return Problem(410, "removed", "the upload and the reports of this audit were removed");
}

class ReportLines final : public BodyStream {
 public:
  ReportLines(ReportPages pages, uint64_t after, uint64_t limit)
      : pages_(std::move(pages)), after_(after), left_(limit) {}

  State Read(std::string& out) override {
    if (finished_ || left_ == 0) return State::kEnd;
    const auto page = pages_.Read(after_, std::min(left_, kReportsAtOnce));
    if (!page.ok() || page->lines.empty()) return State::kEnd;
    out += page->lines;
    left_ -= std::min(left_, page->next - after_);
    after_ = page->next;
    return State::kMore;
  }
  void Finish() override { finished_ = true; }

 private:
  ReportPages pages_;
  uint64_t after_, left_;
  bool finished_ = false;
};

Response ShowReports(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const uint64_t after = arguments.Number("after", 0, 0, INT64_MAX);
  const uint64_t limit = arguments.Number("limit", INT64_MAX, 1, INT64_MAX);
  const auto job = FindJob(service, arguments);
  if (!job) return *arguments.TakeProblem();
  if (auto removed = RemovedAnswer(*job)) return *std::move(removed);
  // Here, not in the thread that sends: to find the first line takes seconds in a file of gigabytes.
  auto pages = service.jobs().OpenReports(job->id, after);
  if (!pages.ok()) return ErrorAnswer(pages.status());
  Response answer;
  answer.content_type = "application/x-ndjson";
  answer.stream = std::make_unique<ReportLines>(*std::move(pages), after, limit);
  return answer;
}

Response ShowHistogram(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const auto job = FindJob(service, arguments);
  if (!job) return *arguments.TakeProblem();
  if (auto removed = RemovedAnswer(*job)) return *std::move(removed);
  const auto histogram = service.jobs().Histogram(job->id);
  return histogram.ok() ? Json(histogram->Json()) : ErrorAnswer(histogram.status());
}

Response OpenCases(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  JsonBody body(request, arguments);
  CaseChoice choice;
  choice.verdict = body.Word("verdict", kVerdictWords, "excerpt");
  choice.probability = body.Real("probability", kDefaultProbability, 0, 1);
  choice.limit = body.Number("limit", kDefaultCases, 1, kMaxCases);
  const auto job = FindJob(service, arguments);
  if (!arguments.ok()) return *arguments.TakeProblem();
  if (auto removed = RemovedAnswer(*job)) return *std::move(removed);
  const auto opened = OpenAuditCases(service, *job, choice, {request.who.person}, worker.workspace);
  if (!opened.ok()) return ErrorAnswer(opened.status());
  JsonWriter json;
  json.BeginObject();
  json.Field("opened", opened->opened);
  json.Field("existed", opened->existed);
  json.EndObject();
  return Json(json.Take());
}

}  // namespace

void AddAuditRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"POST", "/v1/audits", Scope::kWrite, StartAudit, "start-audit"},
             {"GET", "/v1/audits", Scope::kRead, ListAudits, "audits"},
             {"GET", "/v1/audits/{id}", Scope::kRead, ShowAudit, "audit"},
             {"DELETE", "/v1/audits/{id}", Scope::kWrite, EndAudit, "end-audit"},
             {"GET", "/v1/audits/{id}/reports", Scope::kRead, ShowReports, "audit-reports"},
             {"GET", "/v1/audits/{id}/histogram", Scope::kRead, ShowHistogram, "audit-histogram"},
             {"POST", "/v1/audits/{id}/cases", Scope::kWrite, OpenCases, "open-audit-cases"}});
}

}  // namespace unspin::server
