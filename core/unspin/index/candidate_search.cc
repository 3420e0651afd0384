#include "unspin/index/candidate_search.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <utility>

namespace unspin {
namespace {

// All runs together weigh half as much as all words: a share of the suspect that was taken word for word counts for
// itself. 0 where there are no runs.
float RunWeight(const Anchors& anchors, double total_weight) {
  const auto runs = std::count_if(anchors.begin(), anchors.end(),
                                  [](const Anchor& anchor) { return anchor.kind == AnchorKind::kRun; });
  return static_cast<float>(runs > 0 ? total_weight / 2 / static_cast<double>(runs) : 0);
}

void KeepBest(std::vector<Candidate>& candidates, uint32_t limit) {
  std::sort(candidates.begin(), candidates.end(), [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.address < b.address;
  });
  if (candidates.size() > limit) candidates.resize(limit);
}

}  // namespace

CandidateSearch::CandidateSearch(std::vector<SearchedSegment> segments) : segments_(std::move(segments)) {
  for (const SearchedSegment& segment : segments_) articles_ += segment.index->size();
}

std::vector<Candidate> CandidateSearch::Find(const Sketch& sketch, const Anchors& anchors,
                                             const CandidateOptions& options, SearchScratch& scratch) const {
  assert(std::is_sorted(anchors.begin(), anchors.end()));
  double total_weight = 0;
  for (const Anchor& anchor : anchors) total_weight += anchor.weight;
  const std::vector<PostingList> lists = FindLists(anchors);
  const std::vector<bool> chosen = ChooseAnchors(anchors, lists, options);
  const std::vector<std::vector<WeightedList>> weighted = WeighLists(anchors, lists, chosen, total_weight);
  const std::vector<Bucket> buckets = FindBuckets(sketch, options);
  const size_t bands = segments_.empty() ? 0 : buckets.size() / segments_.size();

  std::vector<Candidate> candidates;
  for (uint32_t i = 0; i < segments_.size(); ++i) {
    // The candidates so far set the score that an article of this segment must reach.
    const bool full = !candidates.empty() && candidates.size() >= options.limit;
    const SegmentQuery query = {sketch,       weighted[i],          std::span(buckets).subspan(i * bands, bands),
                                total_weight, segments_[i].deleted, full ? candidates.back().score : 0,
                                options.limit};
    for (const ScoredArticle& scored : ScoreArticles(*segments_[i].index, query, scratch))
      candidates.push_back({{i, scored.article}, scored.score});
    KeepBest(candidates, options.limit);
  }
  return candidates;
}

// The list of each anchor in each segment: lists[segment * anchors.size() + anchor].
std::vector<PostingList> CandidateSearch::FindLists(const Anchors& anchors) const {
  std::vector<PostingList> lists(segments_.size() * anchors.size());
  for (size_t i = 0; i < segments_.size(); ++i)
    segments_[i].index->postings().Find(anchors, std::span(lists).subspan(i * anchors.size(), anchors.size()));
  return lists;
}

// Which anchors are looked up: those that are rare enough, the rarest first, within the budget of postings.
std::vector<bool> CandidateSearch::ChooseAnchors(const Anchors& anchors, std::span<const PostingList> lists,
                                                 const CandidateOptions& options) const {
  std::vector<std::pair<uint64_t, size_t>> by_frequency;
  by_frequency.reserve(anchors.size());
  for (size_t a = 0; a < anchors.size(); ++a) {
    uint64_t frequency = 0;
    for (size_t i = 0; i < segments_.size(); ++i) frequency += lists[i * anchors.size() + a].articles;
    const bool boilerplate = anchors[a].kind == AnchorKind::kRun && frequency > options.run_cap;
    if (!boilerplate && options.LooksUp(frequency, articles_)) by_frequency.emplace_back(frequency, a);
  }
  std::sort(by_frequency.begin(), by_frequency.end());
  std::vector<bool> chosen(anchors.size(), false);
  uint64_t postings = 0;
  for (const auto& [frequency, a] : by_frequency) {
    postings += frequency;
    if (postings > options.max_postings) break;
    chosen[a] = true;
  }
  return chosen;
}

// By segment: the lists of the chosen anchors that are not empty, by ascending anchor.
std::vector<std::vector<WeightedList>> CandidateSearch::WeighLists(const Anchors& anchors,
                                                                   std::span<const PostingList> lists,
                                                                   const std::vector<bool>& chosen,
                                                                   double total_weight) const {
  const float run_weight = RunWeight(anchors, total_weight);
  std::vector<std::vector<WeightedList>> weighted(segments_.size());
  for (size_t i = 0; i < segments_.size(); ++i) {
    weighted[i].reserve(anchors.size());
    for (size_t a = 0; a < anchors.size(); ++a) {
      const PostingList& list = lists[i * anchors.size() + a];
      if (!chosen[a] || list.articles == 0) continue;
      weighted[i].push_back({list, anchors[a].kind == AnchorKind::kRun ? run_weight : anchors[a].weight});
    }
  }
  return weighted;
}

// The bucket of each band in each segment: buckets[segment * bands + band]. Empty in all segments where a band collides
// with too many articles.
std::vector<Bucket> CandidateSearch::FindBuckets(const Sketch& sketch, const CandidateOptions& options) const {
  const size_t bands = std::min(options.bands, kBands);
  std::vector<Bucket> buckets(segments_.size() * bands);
  for (size_t i = 0; i < segments_.size(); ++i)
    segments_[i].index->bands().FindBuckets(sketch, options.bucket_cap, std::span(buckets).subspan(i * bands, bands));
  for (size_t band = 0; band < bands; ++band) {
    uint64_t size = 0;
    for (size_t i = 0; i < segments_.size(); ++i) size += buckets[i * bands + band].size;
    if (size <= options.bucket_cap) continue;
    for (size_t i = 0; i < segments_.size(); ++i) buckets[i * bands + band] = {};
  }
  return buckets;
}

}  // namespace unspin
