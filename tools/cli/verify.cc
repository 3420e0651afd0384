#include <cstdio>

#include "cli/commands.h"
#include "cli/messages.h"

namespace unspin::cli {

int Run(const VerifyCommand& command) {
  const auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return PrintError(archive.status()), kFailed;
  const std::vector<std::string> problems = (*archive)->Verify();
  for (const std::string& problem : problems) PrintError(problem);
  if (!problems.empty()) return kFailed;
  const ArchiveStatistics statistics = (*archive)->Statistics();
  std::printf("%s: %llu articles in %zu segments, every checksum right\n", command.archive.c_str(),
              static_cast<unsigned long long>(statistics.articles), statistics.segments.size());
  return ResultsWritten() ? kDone : kFailed;
}

}  // namespace unspin::cli
