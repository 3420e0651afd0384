// `unspin merge`: joins the small segments of an archive and frees the space of deleted articles.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/progress.h"

namespace unspin::cli {
namespace {

struct MergeOptions {
  std::string archive;
  uint64_t segment_mb = 16384;  // MiB of text
  bool quiet = false;
};

ExitStatus Run(const MergeOptions& options) {
  RequireArchive(options.archive);
  // The writer would make an archive where there is none.
  if (const auto archive = Archive::Open(options.archive); !archive.ok()) return Fail(archive.status());
  auto writer = ArchiveWriter::Open(options.archive);
  if (!writer.ok()) return Fail(writer.status());
  absl::StatusOr<ArchiveWriter::Merged> merged;
  {
    Progress progress("merging", options.quiet);
    merged = (*writer)->Merge(options.segment_mb << 20,
                              [&](uint64_t articles) { progress.Update(articles, 0, std::nullopt); });
  }
  if (!merged.ok()) return Fail(merged.status());
  std::printf("segments   %zu before, %zu now\narticles   %llu rewritten, %llu dropped ones left out\n",
              merged->segments_before, merged->segments_after, static_cast<unsigned long long>(merged->articles),
              static_cast<unsigned long long>(merged->deleted));
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddMerge(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "merge", "join an archive's small segments and free the room of what was removed",
                 Examples("unspin merge archive", "unspin merge archive --quiet && unspin verify archive"), Run);
  AddArchiveArgument(command, options.archive);
  command
      .add_option("--segment-mb", options.segment_mb,
                  WithDefault("MiB of text of the largest segment that is made; some 90 bytes of memory an article",
                              options.segment_mb))
      ->check(WholeNumber(1, 1 << 20));
  command.add_flag("--quiet", options.quiet, "no progress on standard error");
}

}  // namespace unspin::cli
