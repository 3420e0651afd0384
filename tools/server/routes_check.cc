// POST /v1/check and /v1/compare: a report on what the body holds; nothing is stored.
#include <string>
#include <utility>
#include <variant>

#include <simdjson.h>

#include "render/html.h"
#include "render/json.h"
#include "render/report_options.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/read_body.h"
#include "server/routes.h"
#include "server/suspect_check.h"

namespace unspin::server {
namespace {

Response ReportAnswer(const Report& report, const JsonOptions& json, bool html) {
  if (!html) return Json(RenderJson(report, json) + "\n");
  return FragmentAnswer(RenderHtmlFragment(report));
}

Response CheckSuspect(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const CheckOptions options = CheckOptionsOf(arguments);
  const OffsetUnit offsets = OffsetsOf(arguments);
  const bool html = arguments.Flag("html");
  if (!arguments.ok()) return *arguments.TakeProblem();
  if (!IsReadable(request.content_type)) return UnreadableType(request);
  auto read = ReadBody(request.body, KindOfBody(service, request));
  if (auto* problem = std::get_if<Response>(&read)) return std::move(*problem);
  const auto checked =
      CheckArticle(service, std::get<ReadArticle>(std::move(read)), options, offsets, worker.workspace);
  if (!checked.ok()) return ErrorAnswer(checked.status());
  return ReportAnswer(checked->report, checked->json, html);
}

// One side of a comparison: a text, or an object as /v1/check takes it.
std::variant<ReadArticle, Response> ReadSide(const Service& service, const JsonBody& body, std::string_view name) {
  const auto side = body.Find(name);
  BodyKind kind{"text/plain", std::string(name), service.options().max_body};
  std::string_view text;
  if (side && side->get(text) == simdjson::SUCCESS) return ReadBody(std::string(text), kind);
  if (side && side->is_object()) {
    kind.content_type = "application/json";
    return ReadBody(simdjson::minify(*side), kind);
  }
  return Problem(400, "bad_argument",
                 "`" + std::string(name) + "` must be a text, or an object such as {\"text\": \"…\", \"id\": \"…\"}");
}

Response ComparePair(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  CheckOptions options;
  options.prior = arguments.Real("prior", options.prior, 0, 1);
  const OffsetUnit offsets = OffsetsOf(arguments);
  const bool html = arguments.Flag("html");
  const JsonBody body(request, arguments);
  if (!arguments.ok()) return *arguments.TakeProblem();
  auto original = ReadSide(service, body, "original");
  if (auto* problem = std::get_if<Response>(&original)) return std::move(*problem);
  auto suspect = ReadSide(service, body, "suspect");
  if (auto* problem = std::get_if<Response>(&suspect)) return std::move(*problem);
  std::get<ReadArticle>(original).article.file_sha256.clear();  // as `unspin compare`: only the suspect's counts
  const auto& [suspect_article, reading] = std::get<ReadArticle>(suspect);
  const Report report =
      service.engine().Compare(std::get<ReadArticle>(original).article, suspect_article, options, worker.workspace);
  return ReportAnswer(report, {true, offsets, OptionsInReports(reading, options, offsets)}, html);
}

}  // namespace

void AddCheckRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"POST", "/v1/check", Scope::kCheck, CheckSuspect, "check"},
             {"POST", "/v1/compare", Scope::kCheck, ComparePair, "compare"}});
}

}  // namespace unspin::server
