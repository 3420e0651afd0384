// /v1/audits: whole files of suspects, checked in the background.
#include "server/routes.h"

namespace unspin::server {

void AddAuditRoutes(Service&, Router&) {}

}  // namespace unspin::server
