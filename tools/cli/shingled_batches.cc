#include "cli/shingled_batches.h"

#include <memory>
#include <utility>
#include <vector>

#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Shingled {
  std::vector<Article> articles;
  std::vector<ShingleSet> sets;
};

}  // namespace

double ForEachShingled(Input& input, uint32_t words, const CommonOptions& common,
                       const std::function<void(const Article&, const ShingleSet&)>& take) {
  const Engine engine;
  Progress progress("reading", common.quiet);
  uint64_t read = 0;
  RunOrdered(
      ThreadCount(common), [&] { return input.NextBatch(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, std::vector<Article> articles) {
        Shingled done;
        done.sets.reserve(articles.size());
        for (const Article& article : articles) done.sets.push_back(engine.Shingles(article.text, words, *workspace));
        done.articles = std::move(articles);
        return done;
      },
      [&](Shingled done) {
        for (size_t i = 0; i < done.articles.size(); ++i) take(done.articles[i], done.sets[i]);
        progress.Update(read += done.articles.size(), input.bytes_read(), input.bytes_total());
        return true;
      });
  return progress.seconds();
}

}  // namespace unspin::cli
