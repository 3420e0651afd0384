// `unspin dedup`: a corpus → clusters of near-duplicates.
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <system_error>

#include "cli/cluster_lines.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/progress.h"
#include "cli/repeated_ids.h"
#include "cli/temporary_outputs.h"
#include "unspin/dedup/deduplicator.h"
#include "unspin/engine/dedup_against.h"

namespace unspin::cli {
namespace {

struct DedupCommandOptions {
  CommonOptions common;
  InputOptions input;
  std::string out;
  std::string edges;    // file for the verified edges; empty: none
  std::string scratch;  // folder; empty: beside `out`
  std::string against;  // folder of an archive; empty: none
  DedupOptions dedup;
};

// A folder for one process, removed at the end.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& prefix) : path_(ScratchFolderName(prefix, getpid())) {
    std::filesystem::create_directory(path_, error_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
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

bool WriteLines(const DedupCommandOptions& options, const Deduplicator& dedup) {
  Deduplicator::IdReader ids(dedup);
  const ClusterLines lines{dedup.size(), [&](uint64_t article) { return dedup.MembershipOf(article); },
                           [&](uint64_t article) { return dedup.ClusterOf(article); },
                           [&](uint64_t article) { return ids.IdOf(article); }};
  const auto write_clusters = [&](ResultFile& out) { return lines.WriteClusters(0, dedup.size(), out); };
  const auto write_edges = [&](ResultFile& out) { return lines.WriteEdges(dedup.edges(), out); };
  return WriteResults(options.out, write_clusters) &&
         (options.edges.empty() || WriteResults(options.edges, write_edges));
}

void PrintSummary(const DedupSummary& summary, bool against, uint64_t bad, double seconds) {
  const auto number = [](uint64_t value) { return static_cast<unsigned long long>(value); };
  const std::string archived =
      against ? ", " + std::to_string(summary.archived) + " of articles of the archive" : std::string();
  std::fprintf(stderr,
               "%llu articles in %.1f s, %llu bad records: %llu clusters, %llu duplicates (%llu of them exact%s); %llu "
               "pairs compared, %llu similar; %llu hot buckets with %llu articles were split\n",
               number(summary.articles), seconds, number(bad), number(summary.clusters), number(summary.duplicates),
               number(summary.exact), archived.c_str(), number(summary.candidates), number(summary.edges),
               number(summary.hot_buckets), number(summary.hot_articles));
}

// Adds to `seconds` what it took.
absl::Status ReadArchive(const Engine& engine, const Archive& archive, const CommonOptions& common, Deduplicator& dedup,
                         double& seconds) {
  Progress progress("reading the archive", common.quiet);
  const absl::Status status =
      AddArchive(engine, archive, [&](uint64_t articles) { progress.Update(articles, 0, std::nullopt); }, dedup);
  seconds += progress.Finish();
  return status;
}

ExitStatus Run(const DedupCommandOptions& options) {
  const absl::Status guarded =
      GuardOutputs({options.input.inputs, options.against, {{"--out", options.out}, {"--edges", options.edges}}, {}});
  if (!guarded.ok()) return Fail(guarded);
  const std::string scratch_prefix =
      options.scratch.empty() ? (options.out == "-" ? "dedup" : options.out) : options.scratch + "/dedup";
  const TemporaryOutputs temporary(options.out), temporary_edges(options.edges.empty() ? "-" : options.edges),
      temporary_scratch(scratch_prefix);
  std::unique_ptr<const Archive> archive;
  if (!options.against.empty()) {
    auto opened = Archive::Open(options.against);
    if (!opened.ok()) return Fail(opened.status());
    archive = *std::move(opened);
  }
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  const ScratchFolder scratch(scratch_prefix);
  if (scratch.error())
    return Fail("cannot make " + scratch.path() + ": " + scratch.error().message() +
                "; check that its folder exists and may be written to, or name another with --scratch");
  DedupOptions dedup_options = options.dedup;
  dedup_options.scratch = scratch.path();
  dedup_options.threads = ThreadCount(options.common);
  auto dedup = Deduplicator::Open(dedup_options);
  if (!dedup.ok()) return Fail(dedup.status());
  const Engine engine;
  RepeatedIds ids;
  double seconds = MapTexts(
      engine, **input, options.common, "reading",
      [&](std::string_view text, Workspace& workspace) {
        return engine.Shingles(text, dedup_options.shingle, workspace);
      },
      [&](const TextInfo& info, const ShingleSet& set) {
        (*dedup)->Add(info.id, info.published, info.bytes, set);
        ids.Add(info.id, info.path, info.record);
        return true;
      });
  ids.Finish();
  if (archive != nullptr) {
    if (const absl::Status added = ReadArchive(engine, *archive, options.common, **dedup, seconds); !added.ok())
      return Fail(added);
  }
  absl::StatusOr<DedupSummary> summary;
  {
    Progress progress("clustering", options.common.quiet);
    summary = (*dedup)->Cluster([&](double share) {
      progress.Update(static_cast<uint64_t>(share * static_cast<double>((*dedup)->size())), 0, std::nullopt);
    });
    seconds += progress.Finish();
  }
  if (!summary.ok()) return Fail(summary.status());
  ids.Say([reader = Deduplicator::IdReader(**dedup)](uint64_t article) mutable {
    return reader.IdOf(article).value_or("");
  });
  if (!WriteLines(options, **dedup)) return ExitStatus::kFailed;
  const ExitStatus status = (*input)->Finish();
  if (!options.common.quiet) PrintSummary(*summary, archive != nullptr, (*input)->bad(), seconds);
  return status;
}

}  // namespace

void AddDedup(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "dedup", "near-duplicate clusters inside a corpus, each verified against its representative",
      Examples("unspin dedup crawl.jsonl.zst --out clusters.jsonl",
               "unspin dedup crawl/ --out - --measure containment --prefer earliest | jq -r .representative | sort -u"),
      Run);
  AddInputOptions(command, options.input, "articles: files, folders or - for standard input");
  command
      .add_option("--out", options.out,
                  "file for id, cluster, representative and similarity of each article; - for standard output")
      ->required();
  AddDedupOptions(command, options.dedup);
  command.add_option("--edges", options.edges, kEdgesHelp);
  command
      .add_option("--against", options.against,
                  "folder of an archive: its articles represent those of the input that are similar enough to them")
      ->type_name("ARCHIVE");
  command.add_option("--scratch", options.scratch, "folder for what does not fit into memory (default: beside --out)");
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
