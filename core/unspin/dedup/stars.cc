#include "unspin/dedup/stars.h"

#include <cassert>
#include <numeric>
#include <utility>

namespace unspin {
namespace {

struct Neighbour {
  uint32_t article = 0;
  float similarity = 0;
};

// Both directions of every pair, in one array; those of an article are in the order of the pairs.
class Adjacency {
 public:
  Adjacency(std::span<const SimilarPair> pairs, size_t articles) : begins_(articles + 1, 0) {
    for (const SimilarPair& pair : pairs) {
      assert(pair.a < articles && pair.b < articles);
      ++begins_[pair.a + 1];
      ++begins_[pair.b + 1];
    }
    std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
    neighbours_.resize(begins_.back());
    std::vector<uint64_t> next(begins_.begin(), begins_.end() - 1);
    for (const SimilarPair& pair : pairs) {
      neighbours_[next[pair.a]++] = {pair.b, pair.similarity};
      neighbours_[next[pair.b]++] = {pair.a, pair.similarity};
    }
  }

  std::span<const Neighbour> Of(uint32_t article) const {
    return std::span(neighbours_).subspan(begins_[article], begins_[article + 1] - begins_[article]);
  }

 private:
  std::vector<uint64_t> begins_;
  std::vector<Neighbour> neighbours_;
};

// Gives each article that has archived neighbours to the most similar of them.
void TakeByArchive(std::span<const SimilarPair> pairs, uint32_t own, std::span<const uint32_t> rank,
                   std::vector<bool>& clustered, std::vector<Membership>& memberships) {
  for (const SimilarPair& pair : pairs) {
    if (pair.b < own) continue;
    assert(pair.a < own);
    Membership& membership = memberships[pair.a];
    if (clustered[pair.a] && pair.similarity < membership.similarity) continue;
    if (clustered[pair.a] && pair.similarity == membership.similarity && rank[membership.representative] < rank[pair.b])
      continue;
    clustered[pair.a] = true;
    membership = {pair.b, pair.similarity};
  }
}

}  // namespace

std::vector<Membership> ClusterIntoStars(std::span<const SimilarPair> pairs, uint32_t own,
                                         std::span<const uint32_t> rank, std::span<const uint32_t> exact_of) {
  assert(rank.size() == exact_of.size() && own <= rank.size());
  const size_t articles = rank.size();
  const Adjacency adjacency(pairs, articles);
  std::vector<uint32_t> by_rank(articles);
  for (uint32_t i = 0; i < articles; ++i) by_rank[rank[i]] = i;
  std::vector<bool> clustered(articles, false);
  std::vector<Membership> memberships(articles);
  TakeByArchive(pairs, own, rank, clustered, memberships);
  for (const uint32_t article : by_rank) {
    if (exact_of[article] != article || clustered[article]) continue;
    clustered[article] = true;
    memberships[article] = {article, 1};
    for (const Neighbour& neighbour : adjacency.Of(article)) {
      if (clustered[neighbour.article]) continue;
      clustered[neighbour.article] = true;
      memberships[neighbour.article] = {article, neighbour.similarity};
    }
  }
  for (uint32_t i = 0; i < articles; ++i) {
    if (exact_of[i] != i) memberships[i] = memberships[exact_of[i]];
  }
  return memberships;
}

DedupSummary Summarize(std::span<const Membership> memberships, uint32_t own, std::span<const uint32_t> exact_of) {
  assert(own <= memberships.size() && memberships.size() == exact_of.size());
  DedupSummary summary;
  summary.articles = own;
  summary.duplicates = own;
  std::vector<bool> represents(memberships.size() - own, false);  // archived articles
  for (uint32_t i = 0; i < own; ++i) {
    const uint32_t representative = memberships[i].representative;
    summary.exact += exact_of[i] != i;
    summary.archived += representative >= own;
    summary.duplicates -= representative == i;
    summary.clusters += representative == i || (representative >= own && !represents[representative - own]);
    if (representative >= own) represents[representative - own] = true;
  }
  return summary;
}

}  // namespace unspin
