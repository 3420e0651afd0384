#include "server/suspect_check.h"

#include <array>
#include <utility>

#include "render/report_options.h"

namespace unspin::server {
namespace {

// As in the options of the command line (cli/options.cc).
constexpr uint64_t kMaxFindings = 1000;
constexpr uint64_t kMaxCandidates = 1000;  // fewer than there: a request shall not hold a worker for minutes
constexpr double kMinPrior = 1e-9;         // log odds stay finite

constexpr std::array<std::string_view, 3> kOffsetUnits = {"byte", "codepoint", "utf16"};

}  // namespace

CheckOptions CheckOptionsOf(Arguments& arguments) {
  CheckOptions options;
  options.limit = static_cast<uint32_t>(arguments.Number("limit", options.limit, 1, kMaxFindings));
  options.candidates = static_cast<uint32_t>(arguments.Number("candidates", options.candidates, 1, kMaxCandidates));
  options.all = arguments.Flag("all");
  options.prior = arguments.Real("prior", options.prior, kMinPrior, 1 - kMinPrior);
  return options;
}

OffsetUnit OffsetsOf(Arguments& arguments) {
  const std::string unit = arguments.Word("offsets", kOffsetUnits, kOffsetUnits[0]);
  return unit == kOffsetUnits[2] ? OffsetUnit::kUtf16 : unit == kOffsetUnits[1] ? OffsetUnit::kCodepoint
                                                                                : OffsetUnit::kByte;
}

absl::StatusOr<CheckedSuspect> CheckArticle(Service& service, ReadArticle suspect, const CheckOptions& options,
                                            OffsetUnit offsets, Workspace& workspace) {
  const std::shared_ptr<const Archive> archive = service.archive().Get();
  auto report = service.engine().Check(suspect.article, *archive, options, workspace);
  if (!report.ok()) return report.status();
  return CheckedSuspect{*std::move(report), {true, offsets, OptionsInReports(suspect.options, options, offsets)},
                        std::move(suspect.article.text)};
}

}  // namespace unspin::server
