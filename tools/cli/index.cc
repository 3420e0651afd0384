#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/map_records.h"
#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/sha256.h"

namespace unspin::cli {
namespace {

struct KeyedArticle {
  Article article;
  std::string sha256;
  Sketch sketch;
  Anchors anchors;
};

}  // namespace

int Run(const IndexCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return PrintError(input.status()), kFailed;
  TaskQueue tasks(ThreadCount(command.common));
  auto writer = ArchiveWriter::Open(command.archive, command.segment_mb << 20, command.replace, &tasks);
  if (!writer.ok()) return PrintError(writer.status()), kFailed;
  const Engine engine;
  Progress progress("indexing", command.common.quiet);
  uint64_t bytes = 0, added = 0, versions = 0, unchanged = 0;
  absl::Status failure;
  bool ended = false;  // an empty block is the last: the archive is finished while there are threads that help
  RunOrderedPipeline(
      tasks,
      [&]() -> std::optional<RecordBlock> {
        if (ended) return std::nullopt;
        auto block = (*input)->NextBlock();
        ended = !block;
        return block ? std::move(block) : RecordBlock();
      },
      [&] { return std::make_unique<MapState>(); },
      [&](std::unique_ptr<MapState>& state, RecordBlock records) {
        MappedBlock<KeyedArticle> block(records);
        state->parser.Parse(records, [&](Record record) {
          if (auto* bad = std::get_if<BadRecord>(&record)) return block.Add(std::move(*bad));
          auto& article = std::get<Article>(record);
          std::string sha256 = Sha256Hex(article.text);
          auto [sketch, anchors] = engine.Fingerprints(article, state->workspace);
          block.Add({std::move(article), std::move(sha256), sketch, std::move(anchors)});
        });
        (*input)->Recycle(std::move(records));
        return block;
      },
      [&](MappedBlock<KeyedArticle> block) {
        const auto add = [&](const KeyedArticle& one) {
          const auto result = (*writer)->Add(one.article, one.sha256, one.sketch, one.anchors);
          if (!result.ok()) return failure = result.status(), false;
          bytes += one.article.text.size();
          added += *result == ArchiveWriter::Added::kNew;
          versions += *result == ArchiveWriter::Added::kNewVersion;
          unchanged += *result == ArchiveWriter::Added::kUnchanged;
          return true;
        };
        const bool more = !block.empty() && block.HandOver(**input, add);
        progress.Update((*input)->articles(), (*input)->bytes_read(), (*input)->bytes_total());
        // At the end, and before a bad record that ends it, all that came is kept.
        if (!more && failure.ok()) failure = (*writer)->Finish();
        return more;
      });
  if (!failure.ok()) return PrintError(failure), kFailed;
  const double seconds = progress.seconds();
  const double read = static_cast<double>((*input)->bytes_read());
  std::printf("articles   %llu (%llu new, %llu new versions, %llu unchanged, %llu bad records)\n",
              static_cast<unsigned long long>(added + versions + unchanged), static_cast<unsigned long long>(added),
              static_cast<unsigned long long>(versions), static_cast<unsigned long long>(unchanged),
              static_cast<unsigned long long>((*input)->bad()));
  std::printf("text       %llu bytes\n", static_cast<unsigned long long>(bytes));
  std::printf("read       %.0f bytes in %.2f s: %.1f MB/s\n", read, seconds, read / 1e6 / seconds);
  return ResultsWritten() ? (*input)->Status() : kFailed;
}

}  // namespace unspin::cli
