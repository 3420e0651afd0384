// Near-duplicates by comparing all pairs: what Deduplicator must find, with and without an archive.
#pragma once

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "unspin/dedup/options.h"

namespace unspin::reference {

struct ComparedArticle {
  std::vector<uint32_t> elements;  // ascending
  uint64_t text_bytes = 0;
  bool archived = false;
};

struct NearDuplicates {
  std::map<std::pair<uint32_t, uint32_t>, float> edges;  // of articles whose sets differ, equal ones aside
  std::vector<uint32_t> representatives;                 // of the articles that are not archived
  std::vector<float> similarities;                       // to them
  std::vector<uint32_t> clusters;                        // as Deduplicator::ClusterOf
};

// Common elements, and what they are a share of.
inline std::pair<size_t, size_t> Overlap(const ComparedArticle& a, const ComparedArticle& b, Measure measure) {
  std::vector<uint32_t> common;
  std::set_intersection(a.elements.begin(), a.elements.end(), b.elements.begin(), b.elements.end(),
                        std::back_inserter(common));
  const size_t smaller = std::min(a.elements.size(), b.elements.size());
  const size_t united = a.elements.size() + b.elements.size() - common.size();
  return {common.size(), measure == Measure::kJaccard ? united : smaller};
}

// The longest text is preferred, then the first. All articles have elements, and archived ones come last.
inline NearDuplicates FindNearDuplicates(const std::vector<ComparedArticle>& articles, Measure measure,
                                         double threshold) {
  NearDuplicates found;
  const auto count = static_cast<uint32_t>(articles.size());
  const auto precedes = [&](uint32_t a, uint32_t b) {
    if (articles[a].archived != articles[b].archived) return articles[a].archived;
    return articles[a].text_bytes != articles[b].text_bytes ? articles[a].text_bytes > articles[b].text_bytes : a < b;
  };
  // The first of those that have the same set.
  const auto first_equal = [&](uint32_t article) {
    uint32_t first = article;
    for (uint32_t other = 0; other < count; ++other) {
      if (articles[other].elements == articles[article].elements && precedes(other, first)) first = other;
    }
    return first;
  };
  std::vector<uint32_t> by_rank;
  for (uint32_t a = 0; a < count; ++a) {
    by_rank.push_back(a);
    if (first_equal(a) != a) continue;
    for (uint32_t b = a + 1; b < count; ++b) {
      if (first_equal(b) != b || articles[a].archived) continue;
      const auto [common, of] = Overlap(articles[a], articles[b], measure);
      if (common > 0 && static_cast<double>(common) >= threshold * static_cast<double>(of))
        found.edges[{a, b}] = static_cast<float>(static_cast<double>(common) / static_cast<double>(of));
    }
  }
  std::sort(by_rank.begin(), by_rank.end(), precedes);
  const auto similarity = [&](uint32_t a, uint32_t b) {
    const auto edge = found.edges.find({std::min(a, b), std::max(a, b)});
    return edge == found.edges.end() ? 0.0f : edge->second;
  };
  std::vector<uint32_t> representative(count, count);
  for (const uint32_t article : by_rank) {
    if (first_equal(article) != article) continue;
    for (const uint32_t other : by_rank) {  // the first of the most similar ones
      if (articles[article].archived || !articles[other].archived || similarity(article, other) == 0) continue;
      uint32_t& best = representative[article];
      if (best == count || similarity(article, other) > similarity(article, best)) best = other;
    }
    for (const uint32_t other : by_rank) {
      if (articles[article].archived || other == article || representative[article] != count) continue;
      if (representative[other] == other && similarity(article, other) > 0) representative[article] = other;
    }
    if (representative[article] == count) representative[article] = article;
  }
  std::map<uint32_t, uint32_t> first_members;
  for (uint32_t article = 0; article < count && !articles[article].archived; ++article) {
    const uint32_t first = first_equal(article), of = representative[first];
    found.representatives.push_back(of);
    found.similarities.push_back(of == first ? 1.0f : similarity(first, of));
    first_members.emplace(of, article);
    found.clusters.push_back(articles[of].archived ? first_members[of] : of);
  }
  return found;
}

}  // namespace unspin::reference
