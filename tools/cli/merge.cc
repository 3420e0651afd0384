#include <cstdio>

#include "cli/commands.h"
#include "cli/messages.h"

namespace unspin::cli {

int Run(const MergeCommand& command) {
  // An archive is made where there is none, but not to merge.
  if (const auto archive = Archive::Open(command.archive); !archive.ok()) return PrintError(archive.status()), kFailed;
  auto writer = ArchiveWriter::Open(command.archive, kSegmentBytes, false);
  if (!writer.ok()) return PrintError(writer.status()), kFailed;
  absl::StatusOr<ArchiveWriter::Merged> merged;
  {
    Progress progress("merging", command.common.quiet);
    merged = (*writer)->Merge(command.segment_mb << 20,
                              [&](uint64_t articles) { progress.Update(articles, 0, std::nullopt); });
  }
  if (!merged.ok()) return PrintError(merged.status()), kFailed;
  std::printf("segments   %zu before, %zu now\narticles   %llu rewritten, %llu dropped ones left out\n",
              merged->segments_before, merged->segments_after, static_cast<unsigned long long>(merged->articles),
              static_cast<unsigned long long>(merged->deleted));
  return ResultsWritten() ? kDone : kFailed;
}

}  // namespace unspin::cli
