#include <cstdio>

#include "cli/commands.h"
#include "cli/input.h"
#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Keyed {
  std::vector<Article> articles;
  std::vector<std::pair<Sketch, Anchors>> keys;
};

}  // namespace

int Run(const IndexCommand& command) {
  auto input = Input::Open(command.input);
  if (!input.ok()) return Complain(input.status()), kFailed;
  auto writer = ArchiveWriter::Open(command.archive, command.segment_mb << 20, command.replace);
  if (!writer.ok()) return Complain(writer.status()), kFailed;
  const Engine engine;
  Progress progress("indexing", command.common.quiet);
  uint64_t bytes = 0, added = 0, versions = 0, unchanged = 0;
  absl::Status failure;
  RunOrdered(
      ThreadCount(command.common), [&] { return (*input)->NextBatch(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, std::vector<Article> articles) {
        Keyed keyed;
        keyed.keys.reserve(articles.size());
        for (const Article& article : articles) keyed.keys.push_back(engine.Keys(article, *workspace));
        keyed.articles = std::move(articles);
        return keyed;
      },
      [&](Keyed keyed) {
        for (size_t i = 0; i < keyed.articles.size(); ++i) {
          const auto result = (*writer)->Add(keyed.articles[i], keyed.keys[i].first, keyed.keys[i].second);
          if (!result.ok()) {
            failure = result.status();
            return false;
          }
          bytes += keyed.articles[i].text.size();
          added += *result == ArchiveWriter::Added::kNew;
          versions += *result == ArchiveWriter::Added::kNewVersion;
          unchanged += *result == ArchiveWriter::Added::kUnchanged;
        }
        progress.Update(added + versions + unchanged, (*input)->bytes_read(), (*input)->bytes_total());
        return true;
      });
  if (failure.ok()) failure = (*writer)->Finish();
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
