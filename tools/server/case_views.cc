#include "server/case_views.h"

#include "render/html.h"
#include "render/json.h"
#include "server/suspect_check.h"

namespace unspin::server {

std::optional<std::string> CurrentView(Service& service, const Case& of, Workspace& workspace) {
  if (of.row.erased) return std::nullopt;
  if (auto kept = service.views().Load(of.row.id, of.row.report)) return kept;
  const auto checked = CheckCase(service, of, of.exclusions, workspace);
  if (!checked.ok()) return std::nullopt;
  std::string html = RenderHtmlFragment(checked->report);
  if (ReportId(checked->report, checked->json) == of.row.report)
    service.views().Save(of.row.id, of.row.report, html).IgnoreError();  // the next reader makes it again
  return html;
}

std::optional<std::string> ViewOf(Service& service, const Case& of, const std::string& report_id,
                                  Workspace& workspace) {
  if (of.row.erased) return std::nullopt;
  if (auto kept = service.views().Load(of.row.id, report_id)) return kept;
  if (report_id != of.row.report) return std::nullopt;
  CurrentView(service, of, workspace);
  return service.views().Load(of.row.id, report_id);
}

}  // namespace unspin::server
