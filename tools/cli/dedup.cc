#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

#include "cli/clusters.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/messages.h"

namespace unspin::cli {
namespace {

// A folder of our own beside the results, gone at the end.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& beside) : path_(beside + ".scratch-" + std::to_string(getpid())) {
    std::filesystem::create_directory(path_, error_);
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  const std::error_code& error() const { return error_; }

 private:
  std::string path_;
  std::error_code error_;
};

}  // namespace

int Run(const DedupCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  const ScratchFolder scratch(command.scratch.empty() ? (command.out == "-" ? "dedup" : command.out)
                                                      : command.scratch + "/dedup");
  if (scratch.error())
    return PrintError("cannot make " + scratch.path() + ": " + scratch.error().message() +
                      "; check that its folder exists and may be written to, or name another with --scratch"),
           kFailed;
  DedupOptions options = command.dedup;
  options.scratch = scratch.path();
  options.threads = ThreadCount(command.common);
  auto dedup = Deduplicator::Open(options);
  if (!dedup.ok()) return PrintError(dedup.status()), kFailed;
  const Engine engine;
  double seconds = MapTexts(
      **input, command.common, "reading",
      [&](std::string_view text, Workspace& workspace) { return engine.Shingles(text, options.shingle, workspace); },
      [&](const TextCard& card, const ShingleSet& set) {
        (*dedup)->Add(card.id, card.published, card.bytes, set);
        return true;
      });
  absl::StatusOr<DedupSummary> summary;
  {
    Progress progress("clustering", command.common.quiet);
    summary = (*dedup)->Cluster([&](double share) {
      progress.Update(static_cast<uint64_t>(share * static_cast<double>((*dedup)->size())), 0, std::nullopt);
    });
    seconds += progress.seconds();
  }
  if (!summary.ok()) return PrintError(summary.status()), kFailed;
  Deduplicator::IdReader ids(**dedup);
  const ClusterLines lines{[&](uint64_t article) { return (*dedup)->MembershipOf(article); },
                           [&](uint64_t article) { return ids.IdOf(article); }};
  if (!WriteResults(command.out, [&](ResultFile& out) { return lines.WriteClusters(0, (*dedup)->size(), out); }) ||
      (!command.edges.empty() &&
       !WriteResults(command.edges, [&](ResultFile& out) { return lines.WriteEdges((*dedup)->edges(), out); })))
    return kFailed;
  if (!command.common.quiet) {
    const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
    std::fprintf(stderr,
                 "%llu articles in %.1f s, %llu bad records: %llu clusters, %llu duplicates (%llu of them exact); %llu "
                 "pairs compared, %llu similar; %llu hot buckets with %llu articles were split\n",
                 number(summary->articles), seconds, number((*input)->bad()), number(summary->clusters),
                 number(summary->duplicates), number(summary->exact), number(summary->candidates),
                 number(summary->edges), number(summary->hot_buckets), number(summary->hot_articles));
  }
  return (*input)->Status();
}

}  // namespace unspin::cli
