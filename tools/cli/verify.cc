// `unspin verify`: reads a whole archive and checks every checksum.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct VerifyOptions {
  std::string archive;
};

ExitStatus Run(const VerifyOptions& options) {
  RequireArchive(options.archive);
  const auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  const std::vector<std::string> problems = (*archive)->Verify();
  for (const std::string& problem : problems) PrintError(problem);
  if (!problems.empty()) return ExitStatus::kFailed;
  const ArchiveStatistics statistics = (*archive)->Statistics();
  std::printf("%s: %llu articles in %zu segments, every checksum right\n", options.archive.c_str(),
              static_cast<unsigned long long>(statistics.articles), statistics.segments.size());
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddVerify(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(app, status, "verify", "read a whole archive and check every checksum",
                                       Examples("unspin verify archive", "unspin verify archive || echo damaged"), Run);
  AddArchiveArgument(command, options.archive);
}

}  // namespace unspin::cli
