#include "server/audit_cases.h"

#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "render/article_json.h"
#include "render/json.h"
#include "render/report_line.h"
#include "server/audit_input.h"
#include "server/audit_options.h"
#include "server/case_views.h"
#include "server/read_body.h"
#include "server/suspect_check.h"
#include "unspin/ingest/reader.h"

namespace unspin::server {
namespace {

// The report of a suspect: its number in the input, from 0, and whose it is.
struct ChosenReport {
  uint64_t number;
  std::string suspect_id;
};

Verdict VerdictNamed(const std::string& name) {
  int verdict = 0;
  while (verdict < static_cast<int>(Verdict::kInsufficient) && name != Name(static_cast<Verdict>(verdict))) ++verdict;
  return static_cast<Verdict>(verdict);
}

absl::StatusOr<std::vector<ChosenReport>> ChooseReports(Service& service, int64_t job, const CaseChoice& choice) {
  ReportLineReader reader;
  const Verdict weakest = VerdictNamed(choice.verdict);
  std::vector<ChosenReport> chosen;
  uint64_t number = 0;
  const absl::Status visited = service.jobs().VisitReports(job, [&](std::string_view line) {
    const auto report = reader.Read(line);
    if (report) {
      const Summary& summary = report->report.summary;
      if (!report->report.findings.empty() && summary.verdict <= weakest && summary.probability >= choice.probability)
        chosen.push_back({number, report->report.suspect.id});
    }
    ++number;
    return chosen.size() < choice.limit;
  });
  if (!visited.ok()) return visited;
  return chosen;
}

// A suspect of a larger file becomes a file of its own, as JSON.
absl::StatusOr<bool> OpenOne(Service& service, const Article& article, int64_t job, const Who& who,
                             Workspace& workspace) {
  NewCase suspect;
  suspect.bytes = RenderArticle(article);
  suspect.content_type = "application/json";
  suspect.name = article.path + (article.record ? ":" + std::to_string(*article.record) : "");
  suspect.audit = job;
  auto read = ReadBody(suspect.bytes, {suspect.content_type, suspect.name, UINT64_MAX});
  if (!std::holds_alternative<ReadArticle>(read))
    return absl::InternalError("the suspect " + article.id + " cannot be read from the JSON that it was written as");
  auto checked = CheckNewCase(service, std::get<ReadArticle>(std::move(read)), workspace);
  if (!checked.ok()) return checked.status();
  suspect.text = std::move(checked->text);
  suspect.report = RenderJson(checked->report, checked->json);
  const auto opened = service.desk().OpenCase(std::move(suspect), who);
  if (!opened.ok()) return opened.status();
  if (!opened->existed) KeepReport(service, opened->row.id, *checked);
  return !opened->existed;
}

}  // namespace

absl::StatusOr<OpenedCases> OpenAuditCases(Service& service, const AuditJob& job, const CaseChoice& choice,
                                           const Who& who, Workspace& workspace) {
  const auto chosen = ChooseReports(service, job.id, choice);
  if (!chosen.ok()) return chosen.status();
  OpenedCases counts;
  if (chosen->empty()) return counts;
  const auto input = FindAuditInput(service.audit_folders(), job.what.path);
  if (!input.ok()) return input.status();
  const auto options = ReadAuditOptions(job.what.options);
  if (!options.ok()) return options.status();
  auto reader = ArticleReader::Open({input->path}, options->reader);
  if (!reader.ok()) return reader.status();
  auto next = chosen->begin();
  for (uint64_t number = 0; next != chosen->end();) {
    std::optional<Record> record = (*reader)->Next();
    if (!record) break;
    auto* const article = std::get_if<Article>(&*record);
    if (article == nullptr) continue;
    if (number++ != next->number) continue;
    // As reports call it: by the path that the job names, not by that of this machine.
    article->path = NameInInput(*input, std::move(article->path));
    article->id = NameInInput(*input, std::move(article->id));
    if (article->id != next->suspect_id)
      return absl::FailedPreconditionError("the input of the audit has changed: suspect " + next->suspect_id +
                                           " is not where it was; audit it again");
    const auto opened = OpenOne(service, *article, job.id, who, workspace);
    if (!opened.ok()) return opened.status();
    ++(*opened ? counts.opened : counts.existed);
    ++next;
  }
  return counts;
}

}  // namespace unspin::server
