// What leaves the desk as evidence: packs and drafts of notices of a case; and packs of others, to be verified.
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "evidence/notice.h"
#include "evidence/pack_verifier.h"
#include "evidence/pack_writer.h"
#include "render/json_writer.h"
#include "render/visible.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/case_evidence.h"
#include "server/notice_marks.h"
#include "server/routes.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

using evidence::Evidence;
using evidence::NoticeRefusal;

template <size_t count>
constexpr std::array<std::string_view, count> WordsOf(const std::array<const char*, count>& names) {
  std::array<std::string_view, count> words;
  std::copy(names.begin(), names.end(), words.begin());
  return words;
}

constexpr auto kFormWords = WordsOf(evidence::kNoticeForms);
constexpr auto kLanguageWords = WordsOf(evidence::kNoticeLanguages);
constexpr uint64_t kMaxFinding = 999;  // a report lists 1,000 findings at most
constexpr std::string_view kNoFinding = "no-finding", kDecided = "decision";

Response Erased() { return Problem(410, "erased", "the texts of this case were erased"); }

// A type that may hold these bytes: browsers name a file by its ending, or not at all.
bool IsOfType(const Request& request, std::span<const std::string_view> types) {
  for (const std::string_view type : types) {
    if (request.content_type == type) return true;
  }
  return false;
}

// A case with all that its report was made from, or the answer that says why there is none.
struct Found {
  Case of;
  Evidence made;
};
std::variant<Found, Response> FindEvidence(Service& service, int64_t id, Worker& worker) {
  auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.erased) return Erased();
  auto made = EvidenceOf(service, *found, worker.workspace);
  if (!made.ok()) return ErrorAnswer(made.status());
  return Found{*std::move(found), *std::move(made)};
}

// What speaks against a notice because of what was decided about the case: nothing, or one.
std::vector<NoticeRefusal> RefusalsByDecision(const CaseRow& row) {
  if (row.decision == "none" || row.decision == "pursue") return {};
  std::string text = "the case was decided as " + row.decision + ": " + Visible(row.reason);
  while (text.ends_with('.') || text.ends_with(' ')) text.pop_back();
  return {{std::string(kDecided), text}};
}

// Of the report, and of the decision about its case.
std::vector<NoticeRefusal> RefusalsOfCase(const CaseRow& row, const Report& report, size_t finding) {
  std::vector<NoticeRefusal> refusals = evidence::RefusalsOf(report, finding);
  if (!refusals.empty() && refusals.front().rule == kNoFinding) return refusals;
  for (NoticeRefusal& refusal : RefusalsByDecision(row)) refusals.push_back(std::move(refusal));
  return refusals;
}

void WriteRefusals(const std::vector<NoticeRefusal>& refusals, JsonWriter& json) {
  json.Key("refusals");
  json.BeginArray();
  for (const NoticeRefusal& refusal : refusals) {
    json.BeginObject();
    json.Field("rule", refusal.rule);
    json.Field("text", refusal.text);
    json.EndObject();
  }
  json.EndArray();
}

void WritePossible(bool possible, const std::string& why, JsonWriter& json) {
  json.Field("possible", possible);
  json.FieldOrNull("why", why.empty() ? std::nullopt : std::optional(why));
}

void WriteLicence(const std::optional<Licence>& licence, JsonWriter& json) {
  json.Key("licence");
  if (!licence) return json.Raw("null");
  json.BeginObject();
  json.Field("state", licence->state);
  json.Field("text", licence->text);
  json.Field("rule", licence->rule);
  json.Key("terms");
  json.BeginArray();
  for (const LicenceTerm& term : licence->terms) {
    json.BeginObject();
    json.Field("name", term.name);
    json.Field("state", term.state);
    json.Field("text", term.text);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
}

// What can be done with a case, and why not. `why`: nothing can; `again`: unless the article is checked again.
std::string ImpossibleJson(const std::string& why, bool again) {
  JsonWriter json;
  json.BeginObject();
  json.Key("pack");
  json.BeginObject();
  WritePossible(false, why, json);
  json.Field("check_again", again);
  json.EndObject();
  json.Key("notice");
  json.BeginObject();
  WritePossible(false, why, json);
  WriteRefusals({}, json);
  json.Key("findings");
  json.Raw("[]");
  json.EndObject();
  WriteLicence(std::nullopt, json);
  json.EndObject();
  return json.Take();
}

std::string PossibleJson(const CaseRow& row, const Report& report) {
  const std::vector<NoticeRefusal> first = RefusalsOfCase(row, report, 0);
  JsonWriter json;
  json.BeginObject();
  json.Key("pack");
  json.BeginObject();
  WritePossible(true, "", json);
  json.Field("check_again", false);
  json.EndObject();
  json.Key("notice");
  json.BeginObject();
  WritePossible(first.empty(), first.empty() ? "" : first.front().text, json);
  WriteRefusals(first, json);
  json.Key("findings");
  json.BeginArray();
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    json.BeginObject();
    json.Field("original", finding.original.id);
    json.Field("title", finding.original.title);
    json.Field("verdict", Name(finding.verdict));
    WriteRefusals(RefusalsOfCase(row, report, i), json);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  WriteLicence(report.findings.empty() ? std::nullopt : report.findings.front().licence, json);
  json.EndObject();
  return json.Take();
}

Response ShowEvidence(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  const auto made = EvidenceOf(service, *found, worker.workspace);
  if (absl::IsFailedPrecondition(made.status()))
    return Json(ImpossibleJson(std::string(StdView(made.status().message())), !found->row.erased));
  if (!made.ok()) return ErrorAnswer(made.status());
  const auto report = LicensedReport(service, *made);
  if (!report.ok()) return ErrorAnswer(report.status());
  return Json(PossibleJson(found->row, *report));
}

// The pack of a case, with the reply of a timestamp authority where there is one, and its line in the log.
Response PackAnswer(Service& service, const Request& request, Worker& worker, std::string_view timestamp_reply) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return *arguments.TakeProblem();
  auto found = FindEvidence(service, id, worker);
  if (auto* problem = std::get_if<Response>(&found)) return std::move(*problem);
  auto zip = evidence::WritePack(std::span(&std::get<Found>(found).made, 1), timestamp_reply);
  if (absl::IsResourceExhausted(zip.status())) return Problem(409, "conflict", StdView(zip.status().message()));
  if (!zip.ok()) return ErrorAnswer(zip.status());
  const absl::Status noted =
      service.desk().RecordPack(id, Sha256Hex(*zip), !timestamp_reply.empty(), {request.who.person});
  if (absl::IsFailedPrecondition(noted)) return Erased();
  if (!noted.ok()) return ErrorAnswer(noted);
  Response answer;
  answer.content_type = "application/zip";
  answer.body = *std::move(zip);
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"case-" + std::to_string(id) + ".zip\"");
  return answer;
}

Response PackCase(Service& service, const Request& request, Worker& worker) {
  return PackAnswer(service, request, worker, "");
}

Response PackWithTimestamp(Service& service, const Request& request, Worker& worker) {
  constexpr std::array<std::string_view, 2> kTypes = {"application/timestamp-reply", "application/octet-stream"};
  if (!IsOfType(request, kTypes))
    return Problem(415, "content_type", "send the timestamp authority's reply as application/timestamp-reply");
  if (request.body.empty())
    return Problem(400, "bad_argument", "the body is empty; send the timestamp authority's reply, a file .tsr");
  return PackAnswer(service, request, worker, request.body);
}

evidence::NoticeOptions OptionsOf(const NewNotice& notice, const CaseRow& row) {
  evidence::NoticeOptions options;
  const auto form = std::find(kFormWords.begin(), kFormWords.end(), notice.form);
  options.form = static_cast<evidence::NoticeForm>(form - kFormWords.begin());
  options.language = notice.language;
  options.finding = notice.finding;
  options.override_reason = notice.reason;
  options.also_refused = RefusalsByDecision(row);
  return options;
}

// 409 with all that speaks against a notice.
Response RefusedNotice(const std::vector<NoticeRefusal>& refusals) {
  std::string message = "no notice is drafted:";
  for (const NoticeRefusal& refusal : refusals) message += " " + refusal.text + ";";
  const bool can = refusals.empty() || refusals.front().rule != kNoFinding;
  message += can ? " send `override` with a reason if it is right all the same" : " there is nothing to give notice of";
  Response answer = Problem(409, "refused", message);
  JsonWriter json;
  json.BeginObject();
  WriteRefusals(refusals, json);
  json.EndObject();
  // {"error":…} and {"refusals":…} become one object.
  answer.body = "{" + json.Take().substr(1);
  answer.body.back() = ',';
  answer.body += Problem(409, "refused", message).body.substr(1);
  return answer;
}

Response DraftAnswer(const NewNotice& notice, const std::string& text) {
  JsonWriter json;
  json.BeginObject();
  json.Field("text", text);
  json.Key("to_do");
  json.BeginArray();
  for (const std::string& mark : MarksIn(text)) json.Text(mark);
  json.EndArray();
  json.Field("form", notice.form);
  json.Field("language", notice.language);
  json.Field("finding", notice.finding);
  json.Field("original", notice.original);
  json.Key("overridden");
  json.BeginArray();
  for (const std::string& rule : notice.overridden) json.Text(rule);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

constexpr std::array<std::string_view, 4> kNoticeFields = {"form", "language", "finding", "override"};

Response NoticeOfCase(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  body.AllowOnly(kNoticeFields);
  NewNotice notice;
  notice.form = body.RequiredWord("form", kFormWords);
  notice.language = body.Word("language", kLanguageWords, kLanguageWords[0]);
  notice.finding = body.Number("finding", 0, 0, kMaxFinding);
  const std::string reason = body.Text("override");
  if (!arguments.ok()) return *arguments.TakeProblem();
  auto found = FindEvidence(service, id, worker);
  if (auto* problem = std::get_if<Response>(&found)) return std::move(*problem);
  const CaseRow& row = std::get<Found>(found).of.row;
  const auto report = LicensedReport(service, std::get<Found>(found).made);
  if (!report.ok()) return ErrorAnswer(report.status());
  const size_t findings = report->findings.size();
  if (findings > 0 && notice.finding >= findings)
    return Problem(400, "bad_argument",
                   "`finding` counts from 0, and the report has " + std::to_string(findings) + " of them");
  const std::vector<NoticeRefusal> refusals = RefusalsOfCase(row, *report, notice.finding);
  if (findings == 0 || (!refusals.empty() && IsWhiteSpace(reason))) return RefusedNotice(refusals);
  if (!refusals.empty()) notice.reason = reason;
  for (const NoticeRefusal& refusal : refusals) notice.overridden.push_back(refusal.rule);
  notice.original = report->findings[notice.finding].original.id;
  const auto text = evidence::DraftNotice(*report, OptionsOf(notice, row));
  if (!text.ok()) return ErrorAnswer(text.status());
  const absl::Status noted = service.desk().RecordNotice(id, notice, {request.who.person});
  if (absl::IsFailedPrecondition(noted)) return Erased();
  if (!noted.ok()) return ErrorAnswer(noted);
  return DraftAnswer(notice, *text);
}

Response VerifyPackOfOthers(Service& service, const Request& request, Worker&) {
  constexpr std::array<std::string_view, 3> kTypes = {"application/zip", "application/octet-stream",
                                                      "application/x-zip-compressed"};
  if (!IsOfType(request, kTypes)) return Problem(415, "content_type", "send the pack as application/zip");
  const evidence::VerifyOptions options{.timestamp_ca = "",
                                        .limits = evidence::LimitsForBody(service.options().max_body)};
  const evidence::PackCheck check = evidence::VerifyPack(request.body, options);
  if (!check.readable.ok()) return Problem(400, "unreadable_body", StdView(check.readable.message()));
  JsonWriter json;
  json.BeginObject();
  evidence::WritePackCheck(check, json);
  json.EndObject();
  return Json(json.Take());
}

}  // namespace

void AddEvidenceRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"GET", "/v1/cases/{id}/evidence", Scope::kRead, ShowEvidence, "case-evidence"},
             {"POST", "/v1/cases/{id}/pack", Scope::kWrite, PackCase, "pack-case", true},
             {"POST", "/v1/cases/{id}/pack/timestamp", Scope::kWrite, PackWithTimestamp, "timestamp-pack", true},
             {"POST", "/v1/cases/{id}/notice", Scope::kWrite, NoticeOfCase, "draft-notice"},
             {"POST", "/v1/packs/verify", Scope::kCheck, VerifyPackOfOthers, "verify-pack", true}});
}

}  // namespace unspin::server
