// `unspin index`: articles → an archive of originals.
#include <cstdio>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/sha256.h"
#include "unspin/engine/pipeline.h"

namespace unspin::cli {
namespace {

struct IndexOptions {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  bool replace = false;
  uint64_t segment_mb = 96;  // MiB of text
};

struct FingerprintedArticle {
  Article article;
  std::string sha256;
  ArticleFingerprints fingerprints;
};
using Block = MappedBlock<FingerprintedArticle>;

struct Counts {
  uint64_t text_bytes = 0, added = 0, new_versions = 0, unchanged = 0;
};

Block Fingerprint(const Engine& engine, MapState& state, RecordBlock& records) {
  Block block(records);
  state.parser.Parse(records, [&](Record record) {
    if (auto* bad = std::get_if<BadRecord>(&record)) return block.Add(std::move(*bad));
    auto& article = std::get<Article>(record);
    std::string sha256 = Sha256Hex(article.text);
    ArticleFingerprints fingerprints = engine.Fingerprints(article, state.workspace);
    block.Add({std::move(article), std::move(sha256), std::move(fingerprints)});
  });
  return block;
}

absl::Status AddArticle(const FingerprintedArticle& item, ArchiveWriter& writer, Counts& counts) {
  const auto result = writer.Add(item.article, item.sha256, item.fingerprints);
  if (!result.ok()) return result.status();
  counts.text_bytes += item.article.text.size();
  counts.added += *result == ArchiveWriter::Added::kNew;
  counts.new_versions += *result == ArchiveWriter::Added::kNewVersion;
  counts.unchanged += *result == ArchiveWriter::Added::kUnchanged;
  return absl::OkStatus();
}

absl::Status IndexAll(TaskQueue& tasks, Input& input, ArchiveWriter& writer, Progress& progress, Counts& counts) {
  const Engine engine;
  absl::Status failure;
  bool ended = false;
  RunOrderedPipeline(
      tasks,
      [&]() -> std::optional<RecordBlock> {
        if (ended) return std::nullopt;
        auto block = input.NextBlock();
        ended = !block;
        // An empty block is the last, so that the archive is finished while there are threads that help.
        return block ? std::move(block) : RecordBlock();
      },
      [&] { return std::make_unique<MapState>(engine); },
      [&](std::unique_ptr<MapState>& state, RecordBlock records) {
        Block block = Fingerprint(engine, *state, records);
        input.Recycle(std::move(records));
        return block;
      },
      [&](Block block) {
        const auto add = [&](const FingerprintedArticle& item) {
          failure = AddArticle(item, writer, counts);
          return failure.ok();
        };
        const bool more = !block.empty() && block.HandOver(input, add);
        progress.Update(input.articles(), input.bytes_read(), input.bytes_total());
        // Articles read before a bad record that stops the run are kept.
        if (!more && failure.ok()) failure = writer.Finish();
        return more;
      });
  return failure;
}

ExitStatus Run(const IndexOptions& options) {
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  TaskQueue tasks(ThreadCount(options.common));
  auto writer = ArchiveWriter::Open(options.archive, options.segment_mb << 20, options.replace, &tasks);
  if (!writer.ok()) return Fail(writer.status());
  Progress progress("indexing", options.common.quiet);
  Counts counts;
  const absl::Status failure = IndexAll(tasks, **input, **writer, progress, counts);
  if (!failure.ok()) return Fail(failure);
  const double seconds = progress.seconds();
  const double read = static_cast<double>((*input)->bytes_read());
  std::printf("articles   %llu (%llu new, %llu new versions, %llu unchanged, %llu bad records)\n",
              static_cast<unsigned long long>(counts.added + counts.new_versions + counts.unchanged),
              static_cast<unsigned long long>(counts.added), static_cast<unsigned long long>(counts.new_versions),
              static_cast<unsigned long long>(counts.unchanged), static_cast<unsigned long long>((*input)->bad()));
  std::printf("text       %llu bytes\n", static_cast<unsigned long long>(counts.text_bytes));
  std::printf("read       %.0f bytes in %.2f s: %.1f MB/s\n", read, seconds, read / 1e6 / seconds);
  return ResultsWritten() ? (*input)->Status() : ExitStatus::kFailed;
}

}  // namespace

void AddIndex(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "index", "create or extend an archive of originals",
                 Examples("unspin index originals/ --archive archive",
                          "zstdcat wire.jsonl.zst | unspin index - --archive archive --id-field guid"),
                 Run);
  AddInputOptions(command, options.input,
                  "files, folders or - for standard input: plain text, HTML, JSON Lines; .gz .zst .bz2 .xz are opened");
  command.add_option("--archive", options.archive, "folder of the archive; made where there is none")->required();
  command.add_flag("--replace", options.replace,
                   "drop earlier versions of an article that comes again with another text");
  command
      .add_option("--segment-mb", options.segment_mb,
                  WithDefault("MiB of text after which a segment is written; memory grows with it", options.segment_mb))
      ->check(CLI::Range(1, 4096));
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
