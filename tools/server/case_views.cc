#include "server/case_views.h"

#include "evidence/basis_json.h"
#include "render/html.h"
#include "render/json.h"
#include "unspin/base/strings.h"

namespace unspin::server {

std::string KeepReport(Service& service, int64_t case_id, const CheckedSuspect& checked) {
  std::string html = RenderHtmlFragment(checked.report);
  const std::string report = ReportId(checked.report, checked.json);
  absl::Status kept = service.views().Save(case_id, report, html);
  if (kept.ok() && checked.basis)
    kept = service.views().SaveBasis(case_id, report, evidence::RenderBasis(*checked.basis, /*with_texts=*/true));
  if (!kept.ok() && service.options().log)
    service.options().log("case " + std::to_string(case_id) + ": " + std::string(StdView(kept.message())));
  // Texts that were erased meanwhile must not come back: their folder was removed before these files were written.
  if (const auto row = service.desk().GetCaseRow(case_id); row.ok() && row->erased) service.views().Remove(case_id);
  return html;
}

std::optional<std::string> CurrentView(Service& service, const Case& of, Workspace& workspace) {
  if (of.row.erased) return std::nullopt;
  if (auto kept = service.views().Load(of.row.id, of.row.report)) return kept;
  const auto checked = CheckCase(service, of, of.exclusions, workspace);
  if (!checked.ok()) return std::nullopt;
  if (ReportId(checked->report, checked->json) == of.row.report) return KeepReport(service, of.row.id, *checked);
  return RenderHtmlFragment(checked->report);
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
