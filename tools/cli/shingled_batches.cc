#include "cli/shingled_batches.h"

#include <memory>
#include <utility>
#include <vector>

#include "cli/messages.h"
#include "unspin/base/ordered_pipeline.h"

namespace unspin::cli {
namespace {

struct Shingled {
  ArticleTexts texts;
  std::vector<ShingleSet> sets;
};

}  // namespace

double ForEachShingled(Input& input, uint32_t words, const CommonOptions& common,
                       const std::function<void(const ShingledText&)>& take) {
  const Engine engine;
  Progress progress("reading", common.quiet);
  uint64_t read = 0;
  RunOrdered(
      ThreadCount(common), [&] { return input.NextTexts(); }, [] { return std::make_unique<Workspace>(); },
      [&](std::unique_ptr<Workspace>& workspace, ArticleTexts texts) {
        Shingled done;
        done.sets.reserve(texts.size());
        for (size_t i = 0; i < texts.size(); ++i)
          done.sets.push_back(engine.Shingles(texts.text(i), words, *workspace));
        done.texts = std::move(texts);
        return done;
      },
      [&](Shingled done) {
        const ArticleTexts& texts = done.texts;
        for (size_t i = 0; i < texts.size(); ++i)
          take({texts.id(i), texts.published(i), texts.text(i).size(), done.sets[i]});
        progress.Update(read += texts.size(), input.bytes_read(), input.bytes_total());
        input.Recycle(std::move(done.texts));
        return true;
      });
  return progress.seconds();
}

}  // namespace unspin::cli
