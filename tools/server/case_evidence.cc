#include "server/case_evidence.h"

#include <string>
#include <utility>
#include <vector>

#include "evidence/basis_json.h"
#include "evidence/remake.h"

#include "server/case_views.h"
#include "server/suspect_check.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_table.h"

namespace unspin::server {
namespace {

absl::Status Erased() { return absl::FailedPreconditionError("the texts of this case were erased"); }

absl::Status NotKept() {
  return absl::FailedPreconditionError(
      "the archive or the program has changed since this report was made, and what it was made from was not kept; "
      "check the article again");
}

absl::Status OtherProgram() {
  return absl::FailedPreconditionError(
      "this program no longer makes the same report from what was kept; check the article again");
}

// What the report of the case was made from: as it was kept, or as today's archive has it where the same report comes
// out of it.
absl::StatusOr<CheckBasis> BasisOf(Service& service, const Case& of, Workspace& workspace) {
  if (const auto kept = service.views().LoadBasis(of.row.id, of.row.report)) {
    auto basis = evidence::ParseBasis(*kept);
    if (basis.ok()) return basis;  // else the file is damaged, and may be made again
  }
  auto checked = CheckCase(service, of, of.exclusions, workspace);
  if (!checked.ok()) return checked.status();
  if (RenderJson(checked->report, checked->json) != of.report) return NotKept();
  KeepReport(service, of.row.id, *checked);
  return *std::move(checked->basis);
}

absl::StatusOr<std::vector<LicenceRule>> LicenceTableOf(Service& service) {
  const auto kept = service.desk().ListLicences();
  if (!kept.ok()) return kept.status();
  std::vector<LicenceRule> rules;
  for (const StoredLicence& one : *kept) rules.push_back(one.what);
  return rules;
}

}  // namespace

absl::StatusOr<evidence::Evidence> EvidenceOf(Service& service, const Case& of, Workspace& workspace) {
  if (of.row.erased) return Erased();
  auto suspect = ReadCaseSuspect(of, of.exclusions);
  if (!suspect.ok()) return suspect.status();
  auto basis = BasisOf(service, of, workspace);
  if (!basis.ok()) return basis.status();
  auto log = service.desk().CustodyOf(of.row.id);
  if (!log.ok()) return log.status();
  evidence::Evidence made;
  made.suspect_file.bytes = of.suspect.bytes;
  made.suspect_file.name = suspect->article.path;
  made.suspect = std::move(suspect->article);
  made.basis = *std::move(basis);
  made.reader = std::move(suspect->reader);
  made.check = std::move(suspect->check);
  made.json = std::move(suspect->json);
  made.log = *std::move(log);

  auto report = evidence::RemakeReport(made, service.engine(), workspace);
  if (!report.ok()) return report.status();
  if (RenderJson(*report, made.json) != of.report) return OtherProgram();
  made.report = *std::move(report);
  made.report_json = of.report;
  const auto rules = LicenceTableOf(service);
  if (!rules.ok()) return rules.status();
  if (const auto matter = RulesFor(*rules, made.report); !matter.empty()) made.licences = RenderLicences(matter);
  return made;
}

absl::StatusOr<Report> LicensedReport(Service& service, const evidence::Evidence& made) {
  const auto rules = LicenceTableOf(service);
  if (!rules.ok()) return rules.status();
  Report report = made.report;
  ApplyLicences(*rules, report);
  return report;
}

}  // namespace unspin::server
