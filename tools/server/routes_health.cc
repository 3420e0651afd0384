// /healthz, /metrics and /openapi.json: for programs that watch the server and for those who write clients.
#include <string>

#include "render/json_writer.h"
#include "server/answers.h"
#include "server/openapi.h"
#include "server/routes.h"

namespace unspin::server {
namespace {

// Answered also where all workers are busy.
Response ShowHealth(Service& service) {
  JsonWriter json;
  json.BeginObject();
  json.Field("status", std::string_view("ok"));
  json.Field("version", kVersion);
  // Anybody may ask, and the problem itself names folders of this machine.
  if (!service.archive().problem().empty())
    json.Field("archive_problem", std::string_view("the archive on disk cannot be opened; /v1/archive says why"));
  json.EndObject();
  Response answer = Json(json.Take());
  answer.headers.emplace_back("Cache-Control", "no-store");
  return answer;
}

Response ShowMetrics(const Metrics& metrics) {
  Response answer;
  answer.content_type = "text/plain; version=0.0.4; charset=utf-8";
  answer.body = metrics.Text();
  return answer;
}

}  // namespace

void AddHealthRoutes(Service& service, Metrics& metrics, Router& router) {
  router.Add({"GET", "/healthz", Scope::kPublic, nullptr, "health",
              [&service](const Request&) { return ShowHealth(service); }});
  router.Add({"GET", "/metrics", Scope::kRead, nullptr, "metrics",
              [&metrics](const Request&) { return ShowMetrics(metrics); }});
  router.Add({"GET", "/openapi.json", Scope::kPublic, nullptr, "openapi",
              [](const Request&) { return Json(std::string(kOpenApi)); }});
}

}  // namespace unspin::server
