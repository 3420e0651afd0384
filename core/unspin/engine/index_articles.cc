#include "unspin/engine/index_articles.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <thread>
#include <utility>

#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/pipeline.h"

namespace unspin {
namespace {

absl::Status AddTo(ArchiveWriter& writer, const FingerprintedArticle& item, IndexedArticles& counts) {
  const auto added = writer.Add(item.article, item.sha256, item.fingerprints);
  if (!added.ok()) return added.status();
  counts.Count(*added);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<IndexedArticles> IndexArticles(const Engine& engine, const std::string& folder,
                                              const std::function<std::optional<Article>()>& next,
                                              const IndexArticlesOptions& options) {
  assert(next != nullptr);
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  TaskQueue tasks(options.threads > 0 ? options.threads : cores);
  auto writer = ArchiveWriter::Open(folder, options.segment_bytes, options.replace, &tasks);
  if (!writer.ok()) return writer.status();
  IndexedArticles counts;
  absl::Status status;
  bool ended = false;
  RunOrderedPipeline(
      tasks,
      // An item without an article comes last, so that the archive is finished while there are threads that help.
      [&]() -> std::optional<std::optional<Article>> {
        if (ended) return std::nullopt;
        std::optional<Article> article = next();
        ended = !article;
        return std::make_optional(std::move(article));
      },
      [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, std::optional<Article> article) {
        std::optional<FingerprintedArticle> item;
        if (article) item = Fingerprinted(engine, *std::move(article), *workspace);
        return item;
      },
      [&](std::optional<FingerprintedArticle> item) {
        status = item ? AddTo(**writer, *item, counts) : (*writer)->Finish();
        return status.ok();
      });
  if (!status.ok()) return status;
  return counts;
}

}  // namespace unspin
