// /v1/cases: suspects become cases, and people decide about them.
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "render/json.h"
#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/case_views.h"
#include "server/desk_json.h"
#include "server/read_body.h"
#include "server/routes.h"
#include "server/suspect_check.h"

namespace unspin::server {
namespace {

constexpr std::array<std::string_view, 5> kDecisionWords = {"pursue", "licensed", "tolerate", "dismiss", "none"};
constexpr std::array<std::string_view, 4> kStateWords = {"new", "review", "decided", "closed"};
constexpr std::array<std::string_view, 2> kListFormats = {"json", "csv"};
constexpr std::array<std::string_view, 3> kExclusionWords = {"passage", "quotation", "source"};

Who WhoOf(const Request& request) { return {request.who.person}; }

std::string TagOf(const CaseRow& row) { return "\"" + std::to_string(row.revision) + "\""; }

// The whole case, as every change answers and GET does.
Response CaseAnswer(Service& service, int64_t id) {
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  Response answer = Json(CaseJson(*found));
  answer.headers.emplace_back("ETag", TagOf(found->row));
  return answer;
}

Response Changed(Service& service, int64_t id, const absl::Status& status) {
  return status.ok() ? CaseAnswer(service, id) : ErrorAnswer(status);
}

// What POST answers: the whole case, whether it was there before, and, where somebody asked for it, the report's view.
Response OpenedAnswer(const Case& of, bool existed, const std::optional<std::string>& html) {
  JsonWriter more;
  more.BeginObject();
  more.Field("existed", existed);
  if (html) more.Field("html", *html);
  more.EndObject();
  std::string json = CaseJson(of);
  json.back() = ',';
  Response answer = Json(json + more.Take().substr(1), existed ? 200 : 201);
  answer.headers.emplace_back("Location", "/v1/cases/" + std::to_string(of.row.id));
  answer.headers.emplace_back("ETag", TagOf(of.row));
  return answer;
}

// Another person's change came first.
Response StaleRevision() {
  return Problem(412, "changed", "the case was changed meanwhile; get it again, and decide with what it says now");
}

Response OpenCase(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const bool with_html = arguments.Flag("html");
  if (!arguments.ok()) return *arguments.TakeProblem();
  if (!IsReadable(request.content_type)) return UnreadableType(request);
  const BodyKind kind = KindOfBody(service, request);
  auto read = ReadBody(request.body, kind);
  if (auto* problem = std::get_if<Response>(&read)) return std::move(*problem);
  TakeMetadata(request, std::get<ReadArticle>(read).article);
  auto checked = CheckNewCase(service, std::get<ReadArticle>(std::move(read)), worker.workspace);
  if (!checked.ok()) return ErrorAnswer(checked.status());
  NewCase suspect;
  suspect.bytes = request.body;
  suspect.content_type = request.content_type;
  suspect.name = kind.name == "-" ? "" : kind.name;
  suspect.text = std::move(checked->text);
  suspect.report = RenderJson(checked->report, checked->json);
  const auto opened = service.desk().OpenCase(std::move(suspect), WhoOf(request));
  if (!opened.ok()) return ErrorAnswer(opened.status());
  const auto stored = service.desk().GetCase(opened->row.id);
  if (!stored.ok()) return ErrorAnswer(stored.status());
  std::optional<std::string> html;
  // A case of an earlier program has no basis: the same report, made again, has it.
  const bool same = ReportId(checked->report, checked->json) == stored->row.report;
  if (!opened->existed || (same && !service.views().HasBasis(stored->row.id, stored->row.report))) {
    html = KeepReport(service, stored->row.id, *checked);
  } else if (with_html) {
    html = CurrentView(service, *stored, worker.workspace);
  }
  if (!with_html) html.reset();
  return OpenedAnswer(*stored, opened->existed, html);
}

std::optional<double> RealOrNone(Arguments& arguments, const Request& request, std::string_view name) {
  if (!request.Query(name)) return std::nullopt;
  return arguments.Real(name, 0, 0, 1);
}

CaseFilter FilterOf(Arguments& arguments, const Request& request) {
  CaseFilter filter;
  filter.state = arguments.Text("state");
  filter.decision = arguments.Text("decision");
  filter.verdict = arguments.Text("verdict");
  filter.site = arguments.Text("site");
  filter.assignee = arguments.Text("assignee");
  filter.licence = arguments.Text("licence");
  filter.original = arguments.Text("original");
  filter.query = arguments.Text("q");
  filter.min_probability = RealOrNone(arguments, request, "min_probability");
  filter.min_coverage = RealOrNone(arguments, request, "min_coverage");
  filter.audit = static_cast<int64_t>(arguments.Number("audit", 0, 0, INT64_MAX));
  if (const auto sort = request.Query("sort")) filter.sort = *sort;
  filter.limit = arguments.Number("limit", kDefaultCasesPerPage, 1, kMaxCasesPerPage);
  filter.after = arguments.Text("after");
  return filter;
}

// All cases of a filter as CSV, a page of them at a time.
class CaseTable final : public BodyStream {
 public:
  CaseTable(const Desk& desk, CaseFilter filter, CasePage first) : desk_(desk), filter_(std::move(filter)) {
    text_ = kCaseCsvHeader;
    Add(first);
  }

  State Read(std::string& out) override {
    out += std::exchange(text_, "");
    if (finished_ || filter_.after.empty()) return State::kEnd;
    const auto page = desk_.FindCases(filter_);
    if (!page.ok()) return State::kEnd;  // what is cut off has no line of the end
    Add(*page);
    return State::kMore;
  }
  void Finish() override { finished_ = true; }

 private:
  void Add(const CasePage& page) {
    for (const CaseRow& row : page.cases) text_ += CaseCsvLine(row);
    filter_.after = page.next;
  }

  const Desk& desk_;
  CaseFilter filter_;
  std::string text_;
  bool finished_ = false;
};

Response TableAnswer(Service& service, CaseFilter filter) {
  constexpr size_t kRowsAtOnce = 50;  // the thread that sends reads them: a millisecond at most
  filter.limit = kRowsAtOnce;
  filter.with_total = false;
  auto first = service.desk().FindCases(filter);
  if (!first.ok()) return ErrorAnswer(first.status());
  Response answer;
  answer.content_type = "text/csv; charset=utf-8; header=present";
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"cases.csv\"");
  answer.stream = std::make_unique<CaseTable>(service.desk(), std::move(filter), *std::move(first));
  return answer;
}

Response ListCases(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  CaseFilter filter = FilterOf(arguments, request);
  arguments.Word("format", kListFormats, kListFormats[0]);
  if (!arguments.ok()) return *arguments.TakeProblem();
  if (Wants(request, "text/csv", "csv")) return TableAnswer(service, std::move(filter));
  const auto page = service.desk().FindCases(filter);
  if (!page.ok()) return ErrorAnswer(page.status());
  JsonWriter json;
  json.BeginObject();
  json.Field("total", page->total);
  json.Key("cases");
  json.BeginArray();
  for (const CaseRow& row : page->cases) WriteCaseRow(row, json);
  json.EndArray();
  json.FieldOrNull("next", page->next.empty() ? std::nullopt : std::optional(page->next));
  json.EndObject();
  return Json(json.Take());
}

Response ShowCase(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return *arguments.TakeProblem();
  return CaseAnswer(service, id);
}

Response Decide(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const std::string decision = body.RequiredWord("decision", kDecisionWords);
  const std::string reason = body.Text("reason"), note = body.Text("note");
  const int64_t revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  return Changed(service, id, service.desk().Decide(id, revision, decision, reason, note, WhoOf(request)));
}

Response Assign(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  body.Require("assignee");
  const std::string assignee = body.Text("assignee");  // empty: nobody's
  const int64_t revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  return Changed(service, id, service.desk().Assign(id, revision, assignee, WhoOf(request)));
}

Response SetState(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const std::string state = body.RequiredWord("state", kStateWords);
  const int64_t revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  return Changed(service, id, service.desk().SetState(id, revision, state, WhoOf(request)));
}

Response AddNote(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const std::string note = body.RequiredText("note");
  if (!arguments.ok()) return *arguments.TakeProblem();
  // A note takes nothing away from another person's change, so it needs no revision.
  return Changed(service, id, service.desk().AddNote(id, kAnyRevision, note, WhoOf(request)));
}

Response EraseCase(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const std::string reason = body.RequiredText("reason");
  const int64_t revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const absl::Status erased = service.desk().EraseText(id, revision, reason, WhoOf(request));
  if (absl::IsFailedPrecondition(erased)) return Problem(410, "erased", "the texts of this case were erased before");
  return Changed(service, id, erased);
}

// What the body asks to exclude. A passage and a quotation have a span of the suspect's text, a source an article's id.
NewExclusion ReadExclusion(JsonBody& body, Arguments& arguments) {
  NewExclusion what;
  what.kind = body.RequiredWord("kind", kExclusionWords);
  what.reason = body.RequiredText("reason");
  const auto span = body.Span("span");
  if (what.kind == "source") {
    what.original = body.RequiredText("original");
  } else if (span) {
    what.begin = span->first;
    what.end = span->second;
  } else {
    arguments.Refuse(400, "bad_argument", "`span` is missing; send [begin, end], bytes of the suspect's text");
  }
  return what;
}

// Makes the report of a case anew for `exclusions`, and calls store(report JSON) → status, which keeps it.
template <typename Store>
Response CheckAgain(Service& service, const Case& of, const std::vector<Exclusion>& exclusions, Worker& worker,
                    const Store& store) {
  if (of.row.erased)
    return Problem(410, "erased", "the texts of this case were erased, so nothing of it can be computed again");
  const auto checked = CheckCase(service, of, exclusions, worker.workspace);
  if (!checked.ok()) return ErrorAnswer(checked.status());
  const absl::Status stored = store(RenderJson(checked->report, checked->json));
  if (!stored.ok()) return ErrorAnswer(stored);
  KeepReport(service, of.row.id, *checked);
  return CaseAnswer(service, of.row.id);
}

// Against today's archive, by today's program.
Response CheckNow(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id(), revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.revision != revision) return StaleRevision();
  return CheckAgain(service, *found, found->exclusions, worker, [&](const std::string& report) {
    return service.desk().CheckAgain(id, revision, report, WhoOf(request));
  });
}

Response Exclude(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const NewExclusion what = ReadExclusion(body, arguments);
  const int64_t revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.revision != revision) return StaleRevision();
  if (what.end > found->suspect.text.size() && !found->row.erased)
    return Problem(400, "bad_argument",
                   "`span` ends behind the suspect's text of " + std::to_string(found->suspect.text.size()) + " bytes");
  std::vector<Exclusion> exclusions = found->exclusions;
  exclusions.push_back({0, what, "", "", "", ""});
  return CheckAgain(service, *found, exclusions, worker, [&](const std::string& report) {
    return service.desk().Exclude(id, revision, what, report, WhoOf(request)).status();
  });
}

Response UndoExclusion(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id(0), number = arguments.Id(1), revision = arguments.Revision();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.revision != revision) return StaleRevision();
  std::vector<Exclusion> exclusions = found->exclusions;
  std::erase_if(exclusions, [&](const Exclusion& exclusion) { return exclusion.number == number; });
  if (exclusions.size() == found->exclusions.size())
    return Problem(404, "not_found", "the case has no exclusion " + std::to_string(number));
  return CheckAgain(service, *found, exclusions, worker, [&](const std::string& report) {
    return service.desk().UndoExclusion(id, revision, number, report, WhoOf(request));
  });
}

}  // namespace

void AddCaseRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"POST", "/v1/cases", Scope::kWrite, OpenCase, "open-case"},
             {"GET", "/v1/cases", Scope::kRead, ListCases, "list-cases"},
             {"GET", "/v1/cases/{id}", Scope::kRead, ShowCase, "show-case"},
             {"POST", "/v1/cases/{id}/decision", Scope::kWrite, Decide, "decide"},
             {"POST", "/v1/cases/{id}/assignee", Scope::kWrite, Assign, "assign"},
             {"POST", "/v1/cases/{id}/state", Scope::kWrite, SetState, "set-state"},
             {"POST", "/v1/cases/{id}/notes", Scope::kWrite, AddNote, "add-note"},
             {"POST", "/v1/cases/{id}/check", Scope::kWrite, CheckNow, "check-case"},
             {"POST", "/v1/cases/{id}/exclusions", Scope::kWrite, Exclude, "exclude"},
             {"DELETE", "/v1/cases/{id}/exclusions/{number}", Scope::kWrite, UndoExclusion, "undo-exclusion"},
             {"POST", "/v1/cases/{id}/erase", Scope::kAdmin, EraseCase, "erase-case"}});
}

}  // namespace unspin::server
