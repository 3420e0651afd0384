// Articles made from a number, with sketch and anchors, so that archives can be tested without the text pipeline.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "unspin/anchor/anchor.h"
#include "unspin/article/article.h"
#include "unspin/base/hash.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/standing/run_lists.h"

namespace unspin::testing {

struct MadeArticle {
  Article article;
  Sketch sketch;
  Anchors anchors;
  std::vector<uint64_t> listed_runs;
};

inline Sketch EmptySketch() {
  Sketch sketch;
  sketch.components.fill(kEmptyComponent);
  return sketch;
}

// Words drawn from a vocabulary in which word w is about 1/(w+1) as frequent as the first, as in real text.
inline MadeArticle MakeArticle(uint64_t number, size_t words = 60, uint32_t vocabulary = 5000) {
  std::mt19937_64 random(Mix64(number));
  MadeArticle made;
  made.article.id = "article-" + std::to_string(number);
  made.article.title = "Title " + std::to_string(number);
  made.article.record = number;
  made.article.path = "news.jsonl";
  made.article.steps = {{0, 10, 10, 10}, {20, 45, 44, 43}};
  std::vector<uint64_t> hashes;
  for (size_t i = 0; i < words; ++i) {
    const double share = static_cast<double>(random() >> 11) * 0x1p-53;
    const auto word = static_cast<uint32_t>(std::pow(vocabulary, share)) - 1;
    made.article.text += "word" + std::to_string(word) + ' ';
    const uint64_t hash = Mix64(word + 1);
    hashes.push_back(hash);
    // Weights that add up differently in another order, so that a changed order shows.
    made.anchors.push_back({hash, 0.1f + static_cast<float>(std::log(word + 2.0))});
  }
  made.sketch = MakeSketch(hashes);
  std::sort(made.anchors.begin(), made.anchors.end(), [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
  made.anchors.erase(std::unique(made.anchors.begin(), made.anchors.end()), made.anchors.end());
  made.listed_runs = ListedRuns(HashShingles(hashes, 5));
  return made;
}

inline std::vector<MadeArticle> MakeArticles(size_t count) {
  std::vector<MadeArticle> articles;
  for (size_t i = 0; i < count; ++i) articles.push_back(MakeArticle(i));
  return articles;
}

}  // namespace unspin::testing
