#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
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
  if (!input.ok()) return Complain(input.status()), kFailed;
  Errands errands(ThreadCount(command.common));
  auto writer = ArchiveWriter::Open(command.archive, command.segment_mb << 20, command.replace, &errands);
  if (!writer.ok()) return Complain(writer.status()), kFailed;
  const Engine engine;
  Progress progress("indexing", command.common.quiet);
  uint64_t bytes = 0, added = 0, versions = 0, unchanged = 0;
  absl::Status failure;
  bool ended = false;  // an empty batch is the last: the archive is finished while there are threads that help
  RunOrdered(
      errands,
      [&]() -> std::optional<std::vector<Article>> {
        if (ended) return std::nullopt;
        auto batch = (*input)->NextBatch();
        ended = !batch;
        return batch ? std::move(batch) : std::vector<Article>();
      },
      [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, std::vector<Article> articles) {
        std::vector<KeyedArticle> keyed;
        keyed.reserve(articles.size());
        for (Article& article : articles) {
          std::string sha256 = Sha256Hex(article.text);
          auto [sketch, anchors] = engine.Keys(article, *workspace);
          keyed.push_back({std::move(article), std::move(sha256), sketch, std::move(anchors)});
        }
        return keyed;
      },
      [&](const std::vector<KeyedArticle>& keyed) {
        if (keyed.empty()) {
          failure = (*writer)->Finish();
          return failure.ok();
        }
        for (const KeyedArticle& one : keyed) {
          const auto result = (*writer)->Add(one.article, one.sha256, one.sketch, one.anchors);
          if (!result.ok()) {
            failure = result.status();
            return false;
          }
          bytes += one.article.text.size();
          added += *result == ArchiveWriter::Added::kNew;
          versions += *result == ArchiveWriter::Added::kNewVersion;
          unchanged += *result == ArchiveWriter::Added::kUnchanged;
        }
        progress.Update(added + versions + unchanged, (*input)->bytes_read(), (*input)->bytes_total());
        return true;
      });
  if (!failure.ok()) return Complain(failure), kFailed;
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
