// The routes of the service, a function for each group of them.
#pragma once

#include <initializer_list>

#include "server/access.h"
#include "server/metrics.h"
#include "server/read_body.h"
#include "server/router.h"
#include "server/service.h"
#include "server/sessions.h"

namespace unspin::server {

using ServiceHandler = Response (*)(Service& service, const Request& request, Worker& worker);

struct ServiceRoute {
  const char* method;
  const char* pattern;
  Scope scope;
  ServiceHandler handler;
  const char* name;
  bool slow = false;  // as Route::slow
};

// `service` must outlive the router, here and below.
void AddRoutes(Service& service, Router& router, std::initializer_list<ServiceRoute> routes);

// What the headers and the query of a request say of its body.
BodyKind KindOfBody(const Service& service, const Request& request);

void AddCheckRoutes(Service& service, Router& router);     // /v1/check, /v1/compare
void AddArchiveRoutes(Service& service, Router& router);   // /v1/archive, /v1/articles
void AddCaseRoutes(Service& service, Router& router);      // /v1/cases
void AddEvidenceRoutes(Service& service, Router& router);  // packs and notices of cases, /v1/packs
void AddReportRoutes(Service& service, Router& router);    // /v1/reports, /r
void AddSiteRoutes(Service& service, Router& router);      // /v1/sites, /v1/originals, /v1/licences
void AddLogRoutes(Service& service, Router& router);       // /v1/log, /v1/events
void AddAuditRoutes(Service& service, Router& router);     // /v1/audits
// /v1/session
void AddSessionRoutes(const Service& service, Access& access, Sessions& sessions, Router& router);
void AddPageRoutes(Router& router);                                        // the page and its files
void AddHealthRoutes(Service& service, Metrics& metrics, Router& router);  // /healthz, /metrics, /openapi.json

// All of them. The arguments must outlive the router.
Router AllRoutes(Service& service, Access& access, Sessions& sessions, Metrics& metrics);

}  // namespace unspin::server
