#include "server/routes.h"

namespace unspin::server {

void AddRoutes(Service& service, Router& router, std::initializer_list<ServiceRoute> routes) {
  for (const ServiceRoute& route : routes) {
    router.Add({route.method, route.pattern, route.scope,
                [&service, handler = route.handler](const Request& request, Worker& worker) {
                  return handler(service, request, worker);
                },
                route.name, nullptr, route.slow});
  }
}

BodyKind KindOfBody(const Service& service, const Request& request) {
  BodyKind kind;
  kind.content_type = request.content_type;
  kind.name = FileNameOf(request.Query("name").value_or("-"));
  kind.max_bytes = service.options().max_body;
  return kind;
}

Router AllRoutes(Service& service, Access& access, Sessions& sessions, Metrics& metrics) {
  Router router;
  AddCheckRoutes(service, router);
  AddArchiveRoutes(service, router);
  AddCaseRoutes(service, router);
  AddEvidenceRoutes(service, router);
  AddReportRoutes(service, router);
  AddSiteRoutes(service, router);
  AddLogRoutes(service, router);
  AddAuditRoutes(service, router);
  AddSessionRoutes(service, access, sessions, router);
  AddPageRoutes(router);
  AddHealthRoutes(service, metrics, router);
  return router;
}

}  // namespace unspin::server
