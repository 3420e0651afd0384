// /v1/sites, /v1/originals and /v1/licences: who copies, what is copied, and who may.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/desk_json.h"
#include "server/routes.h"
#include "unspin/licence/licence_table.h"

namespace unspin::server {
namespace {

constexpr size_t kDefaultSites = 1000;
constexpr size_t kMaxSites = 10'000;

constexpr std::array<std::string_view, 10> kSiteOrders = {"-cases", "cases",      "-first",    "first", "-last",
                                                          "last",   "-originals", "originals", "-site", "site"};

Response ListSites(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const std::string sort = arguments.Word("sort", kSiteOrders, kSiteOrders[0]);
  const size_t limit = arguments.Number("limit", kDefaultSites, 1, kMaxSites);
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto sites = service.desk().ListSites(sort, limit);
  if (!sites.ok()) return ErrorAnswer(sites.status());
  JsonWriter json;
  json.BeginObject();
  json.Key("sites");
  json.BeginArray();
  for (const SiteCard& card : *sites) WriteSiteCard(card, json);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

Response ShowSite(Service& service, const Request& request, Worker&) {
  const auto card = service.desk().GetSite(request.parameters[0]);
  if (!card.ok()) return ErrorAnswer(card.status());
  JsonWriter json;
  WriteSiteCard(*card, json);
  return Json(json.Take());
}

Response ListCopies(Service& service, const Request& request, Worker&) {
  const auto cases = service.desk().OriginalCases(request.parameters[0]);
  if (!cases.ok()) return ErrorAnswer(cases.status());
  JsonWriter json;
  json.BeginObject();
  json.Field("original", request.parameters[0]);
  json.Key("cases");
  json.BeginArray();
  for (const OriginalCase& row : *cases) WriteOriginalCase(row, json);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

Response ListLicences(Service& service, const Request&, Worker&) {
  const auto rules = service.desk().ListLicences();
  if (!rules.ok()) return ErrorAnswer(rules.status());
  JsonWriter json;
  json.BeginObject();
  json.Key("licences");
  json.BeginArray();
  for (const StoredLicence& rule : *rules) WriteLicenceRule(rule, json);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

// A mistyped `credits` must not make a licence without its term. `id`: of a rule that is sent back as it was got.
constexpr std::array<std::string_view, 12> kRuleFields = {
    "id", "site", "original", "from", "to", "state", "may_alter", "credit", "link", "embargo_hours", "note", "source"};

LicenceRule RuleIn(JsonBody& body) {
  body.AllowOnly(kRuleFields);
  LicenceRule rule;
  rule.site = body.RequiredText("site");
  rule.original = body.Text("original");
  rule.from = body.Text("from");
  rule.to = body.Text("to");
  rule.state = body.Text("state");
  rule.may_alter = body.Flag("may_alter", rule.may_alter);
  rule.credit = body.Flag("credit", rule.credit);
  rule.link = body.Flag("link", rule.link);
  rule.embargo_hours = static_cast<int>(body.Number("embargo_hours", 0, 0, kMaxEmbargoHours));
  rule.note = body.Text("note");
  rule.source = body.Text("source");
  return rule;
}

Response AddLicence(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  JsonBody body(request, arguments);
  const LicenceRule rule = RuleIn(body);
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto added = service.desk().AddLicence(rule, {request.who.person});
  if (!added.ok()) return ErrorAnswer(added.status());
  JsonWriter json;
  WriteLicenceRule(*added, json);
  Response answer = Json(json.Take(), 201);
  answer.headers.emplace_back("Location", "/v1/licences/" + std::to_string(added->id));
  return answer;
}

Response ChangeLicence(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  JsonBody body(request, arguments);
  const LicenceRule rule = RuleIn(body);
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto changed = service.desk().ChangeLicence(id, rule, {request.who.person});
  if (!changed.ok()) return ErrorAnswer(changed.status());
  JsonWriter json;
  WriteLicenceRule(*changed, json);
  return Json(json.Take());
}

Response ExportLicences(Service& service, const Request&, Worker&) {
  const auto stored = service.desk().ListLicences();
  if (!stored.ok()) return ErrorAnswer(stored.status());
  std::vector<LicenceRule> rules;
  for (const StoredLicence& one : *stored) rules.push_back(one.what);
  Response answer;
  answer.content_type = "text/csv; charset=utf-8; header=present";
  answer.headers.emplace_back("Content-Disposition", "attachment; filename=\"licences.csv\"");
  answer.body = RenderLicences(rules);
  return answer;
}

Response ImportLicences(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const bool replaces = arguments.Flag("replace");
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto rules = ParseLicences(request.body, "licences.csv");
  if (!rules.ok()) return ErrorAnswer(rules.status());
  const auto imported = service.desk().ImportLicences(*rules, replaces, {request.who.person});
  if (!imported.ok()) return ErrorAnswer(imported.status());
  JsonWriter json;
  json.BeginObject();
  json.Field("added", imported->added);
  json.Field("known", imported->known);
  json.Field("removed", imported->removed);
  json.EndObject();
  return Json(json.Take());
}

Response RemoveLicence(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const absl::Status removed = service.desk().RemoveLicence(id, {request.who.person});
  return removed.ok() ? NothingToSay() : ErrorAnswer(removed);
}

}  // namespace

void AddSiteRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"GET", "/v1/sites", Scope::kRead, ListSites, "sites"},
             {"GET", "/v1/sites/{site}", Scope::kRead, ShowSite, "site"},
             {"GET", "/v1/originals/{id}/cases", Scope::kRead, ListCopies, "copies"},
             {"GET", "/v1/licences", Scope::kRead, ListLicences, "licences"},
             {"POST", "/v1/licences", Scope::kWrite, AddLicence, "add-licence"},
             {"GET", "/v1/licences.csv", Scope::kRead, ExportLicences, "licences-csv"},
             {"POST", "/v1/licences.csv", Scope::kWrite, ImportLicences, "import-licences"},
             {"PUT", "/v1/licences/{id}", Scope::kWrite, ChangeLicence, "change-licence"},
             {"DELETE", "/v1/licences/{id}", Scope::kWrite, RemoveLicence, "remove-licence"}});
}

}  // namespace unspin::server
