// /v1/reports and /r: the permanent addresses of reports, also of those before an exclusion.
#include <string>

#include "render/markup.h"
#include "server/answers.h"
#include "server/arguments.h"
#include "server/case_views.h"
#include "server/page_files.h"
#include "server/routes.h"

namespace unspin::server {
namespace {

// A report's id has hexadecimal digits only.
bool IsReportId(const std::string& id) {
  constexpr size_t kMaxDigits = 64;
  return !id.empty() && id.size() <= kMaxDigits && id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Response NoSuchReport() { return Problem(404, "not_found", "there is no report of this id"); }

Response Erased() { return Problem(410, "erased", "the texts of this case were erased, and its reports with them"); }

Response ShowReportJson(Service& service, const Request& request, Worker&) {
  if (!IsReportId(request.parameters[0])) return NoSuchReport();
  const auto case_id = service.desk().CaseOfReport(request.parameters[0]);
  if (!case_id.ok()) return ErrorAnswer(case_id.status());
  if (const auto row = service.desk().GetCaseRow(*case_id); row.ok() && row->erased) return Erased();
  const auto report = service.desk().GetReport(request.parameters[0]);
  if (!report.ok()) return ErrorAnswer(report.status());
  return Json(*report + "\n");
}

Response ShowView(Service& service, const Request& request, Worker& worker) {
  Arguments arguments(request);
  const int64_t id = arguments.Id();
  if (!arguments.ok()) return *arguments.TakeProblem();
  const auto found = service.desk().GetCase(id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.erased) return Erased();
  auto view = CurrentView(service, *found, worker.workspace);
  if (!view) return Problem(500, "internal", "the report of this case cannot be shown; its JSON is at /v1/reports");
  return FragmentAnswer(*std::move(view));
}

std::string WholePage(const Case& of, const std::string& report_id, const std::string& view) {
  const std::string& name = of.row.title.empty() ? of.row.suspect_id : of.row.title;
  std::string page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  page += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  page += "<title>" + html::Text(name) + " – report " + report_id.substr(0, 8) + "</title>\n";
  page += "<link rel=\"icon\" href=\"data:,\">\n";
  page += "<link rel=\"stylesheet\" href=\"" + PageAddress("report.css") + "\">\n";
  page += "<script type=\"module\" src=\"" + PageAddress("report.js") + "\"></script>\n";
  return page + "</head>\n<body class=\"unspin-page\">\n" + view + "\n</body>\n</html>\n";
}

Response ShowReportPage(Service& service, const Request& request, Worker& worker) {
  const std::string& id = request.parameters[0];
  if (!IsReportId(id)) return NoSuchReport();
  const auto case_id = service.desk().CaseOfReport(id);
  if (!case_id.ok()) return ErrorAnswer(case_id.status());
  const auto found = service.desk().GetCase(*case_id);
  if (!found.ok()) return ErrorAnswer(found.status());
  if (found->row.erased) return Erased();
  const auto view = ViewOf(service, *found, id, worker.workspace);
  if (!view) return NoSuchReport();
  return PageAnswer(WholePage(*found, id, *view));
}

}  // namespace

void AddReportRoutes(Service& service, Router& router) {
  AddRoutes(service, router,
            {{"GET", "/v1/cases/{id}/report.html", Scope::kRead, ShowView, "case-view"},
             {"GET", "/v1/reports/{id}", Scope::kRead, ShowReportJson, "report"},
             {"GET", "/r/{id}", Scope::kRead, ShowReportPage, "report-page"}});
}

}  // namespace unspin::server
