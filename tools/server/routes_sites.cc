// /v1/sites, /v1/originals and /v1/licences: who copies, what is copied, and who may.
#include <array>
#include <string>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/desk_json.h"
#include "server/routes.h"

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
  for (const LicenceRule& rule : *rules) WriteLicenceRule(rule, json);
  json.EndArray();
  json.EndObject();
  return Json(json.Take());
}

Response AddLicence(Service& service, const Request& request, Worker&) {
  Arguments arguments(request);
  JsonBody body(request, arguments);
  const NewLicenceRule rule{body.RequiredText("site"), body.Text("from"), body.Text("to"), body.Text("note"),
                            body.Text("source")};
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto added = service.desk().AddLicence(rule, {request.who.person});
  if (!added.ok()) return ErrorAnswer(added.status());
  JsonWriter json;
  WriteLicenceRule(*added, json);
  Response answer = Json(json.Take(), 201);
  answer.headers.emplace_back("Location", "/v1/licences/" + std::to_string(added->id));
  return answer;
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
             {"DELETE", "/v1/licences/{id}", Scope::kWrite, RemoveLicence, "remove-licence"}});
}

}  // namespace unspin::server
