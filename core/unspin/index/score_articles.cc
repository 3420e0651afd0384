#include "unspin/index/score_articles.h"

#include <algorithm>
#include <cassert>
#include <cstddef>

namespace unspin {
namespace {

constexpr size_t kLine = 64;  // bytes of a cache line

class SegmentScorer {
 public:
  SegmentScorer(const IndexReader& index, const SegmentQuery& query, SearchScratch& scratch)
      : index_(index),
        query_(query),
        scratch_(scratch),
        norms_(index.norms()),
        scale_(query.total_weight > 0 ? static_cast<float>(1 / query.total_weight) : 0),
        thresholds_(scale_),
        min_score_(query.min_score) {}

  std::span<const ScoredArticle> Run() {
    scratch_.best.clear();
    scratch_.prefetched.clear();
    index_.postings().DecodeInto(query_.lists, scratch_.window);
    index_.bands().FindCollisions(query_.buckets, static_cast<uint32_t>(index_.size()), scratch_.collisions);
    for (const uint32_t article : scratch_.collisions) index_.PrefetchSketch(article);
    collisions_ = scratch_.collisions;
    for (uint64_t begin = 0; begin < index_.size(); begin += ScoreWindow::kArticles) ScoreWindowAt(begin);
    ConsiderPrefetched();
    KeepBest();
    std::sort(scratch_.best.begin(), scratch_.best.end(), IsBetter);
    return scratch_.best;
  }

 private:
  void ScoreWindowAt(uint64_t begin) {
    const uint64_t end = std::min<uint64_t>(begin + ScoreWindow::kArticles, index_.size());
    const auto blocks = static_cast<size_t>((end - begin + kScoreBlock - 1) / kScoreBlock);
    const auto codes = std::span(norms_.block_max_codes).subspan(begin / kScoreBlock, blocks);
    for (size_t block = 0; block < codes.size(); block += kLine) __builtin_prefetch(&codes[block]);
    scratch_.window.Accumulate(begin);
    ConsiderCollisionsBefore(end);
    // Their scores are zero from here on.
    for (size_t block = 0; block < codes.size();) {
      const auto above = scratch_.window.PopAbove(codes, thresholds_.For(min_score_), block);
      // The norms of these articles are prefetched, and looked at after the next ones are found. Where there are many,
      // they are looked at now: they raise the threshold for the rest.
      constexpr size_t kMany = 256;
      ConsiderPrefetched();
      for (const auto& [offset, score] : above) {
        const auto article = static_cast<uint32_t>(begin) + offset;
        __builtin_prefetch(&norms_.inverse[article]);
        scratch_.prefetched.push_back({article, score});
      }
      if (above.size() > kMany) ConsiderPrefetched();
    }
  }

  void ConsiderCollisionsBefore(uint64_t end) {
    const auto behind = std::lower_bound(collisions_.begin(), collisions_.end(), end);
    const auto collisions = collisions_.first(static_cast<size_t>(behind - collisions_.begin()));
    collisions_ = collisions_.subspan(collisions.size());
    for (const uint32_t article : collisions) {
      Consider(article, scratch_.window.Pop(article) * scale_ * norms_.inverse[article] +
                            static_cast<float>(EstimatedSimilarity(query_.sketch, index_.SketchOf(article))));
    }
  }

  void ConsiderPrefetched() {
    for (const auto& [article, score] : scratch_.prefetched)
      Consider(article, score * scale_ * norms_.inverse[article]);
    scratch_.prefetched.clear();
  }

  void Consider(uint32_t article, float score) {
    if (score <= 0 || score < min_score_) return;
    if (!query_.deleted.empty() && std::binary_search(query_.deleted.begin(), query_.deleted.end(), article)) return;
    scratch_.best.push_back({article, score});
    // Cut back when there are twice as many: most articles are compared once, few twice.
    if (scratch_.best.size() >= 2 * size_t{query_.limit}) KeepBest();
  }

  // Keeps the `limit` best, and raises the minimum to the worst of them.
  void KeepBest() {
    std::vector<ScoredArticle>& best = scratch_.best;
    const size_t limit = query_.limit;
    if (best.size() <= limit) return;
    std::nth_element(best.begin(), best.begin() + static_cast<ptrdiff_t>(limit) - 1, best.end(), IsBetter);
    best.resize(limit);
    min_score_ = best.back().score;
  }

  const IndexReader& index_;
  const SegmentQuery& query_;
  SearchScratch& scratch_;
  const LengthNorms& norms_;
  const float scale_;
  ScoreThresholds thresholds_;
  float min_score_;                       // rises while articles are scored
  std::span<const uint32_t> collisions_;  // not yet scored
};

}  // namespace

std::span<const ScoredArticle> ScoreArticles(const IndexReader& index, const SegmentQuery& query,
                                             SearchScratch& scratch) {
  assert(query.buckets.size() <= kBands && std::is_sorted(query.deleted.begin(), query.deleted.end()));
  if (query.limit == 0) return {};
  return SegmentScorer(index, query, scratch).Run();
}

}  // namespace unspin
