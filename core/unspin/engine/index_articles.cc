#include "unspin/engine/index_articles.h"

#include <algorithm>
#include <cassert>
#include <memory>
#include <thread>
#include <utility>

#include "unspin/base/ordered_pipeline.h"
#include "unspin/base/sha256.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"

namespace unspin {
namespace {

struct FingerprintedArticle {
  Article article;
  std::string sha256;
  ArticleFingerprints fingerprints;
};

absl::Status AddTo(ArchiveWriter& writer, const FingerprintedArticle& item, IndexedArticles& counts) {
  const auto added = writer.Add(item.article, item.sha256, item.fingerprints);
  if (!added.ok()) return added.status();
  counts.added += *added == ArchiveWriter::Added::kNew;
  counts.new_versions += *added == ArchiveWriter::Added::kNewVersion;
  counts.unchanged += *added == ArchiveWriter::Added::kUnchanged;
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
        if (!article) return item;
        std::string sha256 = Sha256Hex(article->text);
        ArticleFingerprints fingerprints = engine.Fingerprints(*article, *workspace);
        item.emplace(*std::move(article), std::move(sha256), std::move(fingerprints));
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
