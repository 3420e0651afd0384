#include "unspin/index/candidate_search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/index/index_builder.h"
#include "unspin/index/length_norm.h"

namespace unspin {
namespace {

using testing::EmptySketch;
using testing::MadeArticle;
using testing::MakeArticle;
using testing::MakeArticles;

// Articles of an archive, indexed in one or more segments.
class Archived {
 public:
  // Segment i has articles [ends[i - 1], ends[i]). `deleted`: positions in `articles`, ascending.
  Archived(const std::vector<MadeArticle>& articles, const std::vector<size_t>& ends,
           const std::vector<uint32_t>& deleted = {}) {
    std::vector<SearchedSegment> segments;
    size_t begin = 0;
    for (const size_t end : ends) {
      IndexBuilder builder;
      std::vector<uint32_t>& deleted_here = deleted_.emplace_back();
      for (size_t i = begin; i < end; ++i) builder.Add(articles[i].sketch, articles[i].anchors);
      for (const uint32_t article : deleted) {
        if (begin <= article && article < end) deleted_here.push_back(article - static_cast<uint32_t>(begin));
      }
      bytes_.push_back(Concatenated(builder.Build()));
      indexes_.push_back(*IndexReader::Open(bytes_.back()));
      segments.push_back({&indexes_.back(), deleted_here});
      begins_.push_back(static_cast<uint32_t>(begin));
      begin = end;
    }
    search_ = CandidateSearch(std::move(segments));
  }
  explicit Archived(const std::vector<MadeArticle>& articles) : Archived(articles, {articles.size()}) {}

  // Candidates by their position in `articles`.
  std::vector<ScoredArticle> Find(const MadeArticle& suspect, const CandidateOptions& options = {}) {
    std::vector<ScoredArticle> found;
    for (const Candidate& candidate : search_.Find(suspect.sketch, suspect.anchors, options, scratch_))
      found.push_back({begins_[candidate.address.segment] + candidate.address.article, candidate.score});
    return found;
  }

  const CandidateSearch& search() const { return search_; }

 private:
  std::deque<std::string> bytes_;
  std::deque<IndexReader> indexes_;
  std::deque<std::vector<uint32_t>> deleted_;
  std::vector<uint32_t> begins_;
  CandidateSearch search_;
  SearchScratch scratch_;
};

// The reference implementation: looks at every article, and at every anchor of each.
class ReferenceSearch {
 public:
  ReferenceSearch(const std::vector<MadeArticle>& articles, const CandidateOptions& options,
                  std::vector<uint32_t> deleted = {})
      : articles_(articles), options_(options), deleted_(std::move(deleted)) {
    for (const MadeArticle& article : articles) {
      for (const Anchor& anchor : article.anchors) ++frequencies_[anchor.hash];
    }
  }

  std::vector<ScoredArticle> Find(const MadeArticle& suspect) const {
    double total = 0;
    for (const Anchor& anchor : suspect.anchors) total += anchor.weight;
    const std::map<uint64_t, float> weights = WeightsOfChosenAnchors(suspect, total);
    const std::vector<bool> band_counts = BandsThatCount(suspect);
    std::vector<ScoredArticle> found;
    for (uint32_t i = 0; i < articles_.size(); ++i) {
      if (std::find(deleted_.begin(), deleted_.end(), i) != deleted_.end()) continue;
      const MadeArticle& article = articles_[i];
      float weight = 0;
      for (const auto& [hash, anchor_weight] : weights) {
        if (Holds(article, hash)) weight += anchor_weight;
      }
      bool collides = false;
      for (size_t band = 0; band < options_.bands; ++band)
        collides |= band_counts[band] && Collide(suspect, article, band);
      const double similarity = collides ? EstimatedSimilarity(suspect.sketch, article.sketch) : 0;
      const float inverse_norm = 1 / LengthNorm(static_cast<uint32_t>(article.anchors.size()));
      const float share = total > 0 ? weight * static_cast<float>(1 / total) * inverse_norm : 0;
      const auto score = static_cast<float>(share + similarity);
      if (score > 0) found.push_back({i, score});
    }
    std::sort(found.begin(), found.end(), IsBetter);
    if (found.size() > options_.limit) found.resize(options_.limit);
    return found;
  }

 private:
  static bool Holds(const MadeArticle& article, uint64_t hash) {
    return std::any_of(article.anchors.begin(), article.anchors.end(),
                       [hash](const Anchor& anchor) { return anchor.hash == hash; });
  }

  static bool Collide(const MadeArticle& a, const MadeArticle& b, size_t band) {
    return !a.sketch.empty() && !b.sketch.empty() &&
           std::equal(&a.sketch.components[2 * band], &a.sketch.components[2 * band] + 2,
                      &b.sketch.components[2 * band]);
  }

  // By anchor, ascending: floating-point sums depend on the order.
  std::map<uint64_t, float> WeightsOfChosenAnchors(const MadeArticle& suspect, double total) const {
    const double cap =
        std::max<double>(options_.posting_cap, options_.posting_cap_share * static_cast<double>(articles_.size()));
    std::vector<std::pair<uint64_t, const Anchor*>> rare;
    size_t runs = 0;
    for (const Anchor& anchor : suspect.anchors) {
      const bool run = anchor.kind == AnchorKind::kRun;
      runs += run;
      const auto counted = frequencies_.find(anchor.hash);
      const uint64_t frequency = counted == frequencies_.end() ? 0 : counted->second;
      if (frequency == 0 || static_cast<double>(frequency) > cap || (run && frequency > options_.run_cap)) continue;
      rare.emplace_back(frequency, &anchor);
    }
    std::stable_sort(rare.begin(), rare.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::map<uint64_t, float> weights;
    uint64_t postings = 0;
    for (const auto& [frequency, anchor] : rare) {
      postings += frequency;
      if (postings > options_.max_postings) break;
      weights[anchor->hash] =
          anchor->kind == AnchorKind::kRun ? static_cast<float>(total / 2 / static_cast<double>(runs)) : anchor->weight;
    }
    return weights;
  }

  std::vector<bool> BandsThatCount(const MadeArticle& suspect) const {
    std::vector<bool> counts(options_.bands);
    for (size_t band = 0; band < options_.bands; ++band) {
      const auto collisions = std::count_if(articles_.begin(), articles_.end(), [&](const MadeArticle& article) {
        return Collide(suspect, article, band);
      });
      counts[band] = static_cast<size_t>(collisions) <= options_.bucket_cap;
    }
    return counts;
  }

  const std::vector<MadeArticle>& articles_;
  const CandidateOptions options_;
  const std::vector<uint32_t> deleted_;
  std::map<uint64_t, uint64_t> frequencies_;  // how many articles hold an anchor
};

void ExpectEqual(const std::vector<ScoredArticle>& a, const std::vector<ScoredArticle>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].article, b[i].article) << i;
    EXPECT_EQ(a[i].score, b[i].score) << i;
  }
}

TEST(CandidateSearchTest, AnIndexedArticleIsItsOwnBestCandidate) {
  const std::vector<MadeArticle> articles = MakeArticles(300);
  Archived archived(articles);
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const auto found = archived.Find(articles[i]);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].article, i);
    EXPECT_NEAR(found[0].score, 1 + 1 / LengthNorm(static_cast<uint32_t>(articles[i].anchors.size())), 1e-5);
  }
}

// Of two articles that hold the same of the suspect's anchors, the shorter one scores higher.
TEST(CandidateSearchTest, ALongArticleNeedsMoreInCommon) {
  std::vector<MadeArticle> articles = {MakeArticle(1, 400), MakeArticle(2, 40)};
  MadeArticle suspect = MakeArticle(3, 30, 50);
  for (MadeArticle& article : articles) {
    article.sketch = suspect.sketch = EmptySketch();
    article.anchors.insert(article.anchors.end(), suspect.anchors.begin(), suspect.anchors.end());
    std::sort(article.anchors.begin(), article.anchors.end());
    article.anchors.erase(std::unique(article.anchors.begin(), article.anchors.end(),
                                      [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; }),
                          article.anchors.end());
  }
  const auto found = Archived(articles).Find(suspect);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].article, 1u);
  EXPECT_GT(found[0].score, 1.5 * found[1].score);
}

TEST(CandidateSearchTest, EqualsTheReferenceForAllLimits) {
  std::vector<MadeArticle> articles = MakeArticles(400);
  for (size_t i = 0; i < 20; ++i) articles.push_back(articles[3 * i]);  // equal scores: the older article comes first
  Archived archived(articles);
  for (const uint32_t posting_cap : {1000u, 20u, 3u, 0u}) {
    for (const uint32_t bands : {64u, 5u, 0u}) {
      for (const uint64_t max_postings : {75'000u, 300u, 7u}) {
        CandidateOptions options;
        options.bucket_cap = bands == 5 ? 1 : 16;
        options.limit = posting_cap == 20 ? 7 : 50;
        options.posting_cap = posting_cap;
        options.posting_cap_share = posting_cap == 3 ? 0.05 : 0;
        options.bands = bands;
        options.max_postings = max_postings;
        const ReferenceSearch reference(articles, options);
        for (uint64_t number = 0; number < 40; number += 3) {
          const MadeArticle suspect = number % 2 == 0 ? articles[number] : MakeArticle(1000 + number);
          ExpectEqual(archived.Find(suspect, options), reference.Find(suspect));
        }
      }
    }
  }
}

// Runs among the anchors, deleted articles, and frequencies that only the sum over all segments shows.
TEST(CandidateSearchTest, EqualsTheReferenceOverSegmentsWithRunsAndDeletedArticles) {
  std::vector<MadeArticle> articles = MakeArticles(400);
  for (size_t i = 0; i < 20; ++i) articles.push_back(articles[3 * i]);
  const auto mark_runs = [](MadeArticle& made) {
    for (Anchor& anchor : made.anchors) {
      if (anchor.hash % 3 == 0) anchor.kind = AnchorKind::kRun, anchor.weight = 0;
    }
  };
  for (MadeArticle& made : articles) mark_runs(made);
  const std::vector<uint32_t> deleted = {0, 3, 7, 150, 151, 399, 419};
  Archived one(articles, {420}, deleted), four(articles, {100, 150, 151, 420}, deleted);
  for (const uint64_t max_postings : {75'000u, 200u}) {
    for (const uint32_t run_cap : {16u, 2u, 0u}) {
      CandidateOptions options;
      options.limit = 9;
      options.posting_cap = 60;
      options.posting_cap_share = 0;
      options.bucket_cap = 3;
      options.run_cap = run_cap;
      options.max_postings = max_postings;
      const ReferenceSearch reference(articles, options, deleted);
      for (uint64_t number = 0; number < 40; number += 3) {
        MadeArticle suspect = number % 2 == 0 ? articles[number] : MakeArticle(1000 + number);
        mark_runs(suspect);
        const auto expected = reference.Find(suspect);
        ExpectEqual(one.Find(suspect, options), expected);
        ExpectEqual(four.Find(suspect, options), expected);
      }
    }
  }
}

// Few candidates among several windows of articles: the minimum rises on the way, and norms prefetched in one window
// are used in the next. Windows with few and with many postings take different paths.
TEST(CandidateSearchTest, EqualsTheReferenceOverSeveralWindows) {
  constexpr uint32_t kArticles = 2 * ScoreWindow::kArticles + 5'003;
  for (const uint32_t vocabulary : {8'000u, 300u}) {
    std::mt19937 random(vocabulary);
    std::vector<MadeArticle> articles(kArticles);
    const auto add_anchors = [&](MadeArticle& made, uint32_t count) {
      made.sketch = EmptySketch();
      for (uint32_t i = 0; i < count; ++i) {
        const uint32_t word = random() % vocabulary;
        made.anchors.push_back({Mix64(word), 1 + static_cast<float>(word % 97) / 7});
      }
      std::sort(made.anchors.begin(), made.anchors.end());
      made.anchors.erase(std::unique(made.anchors.begin(), made.anchors.end()), made.anchors.end());
    };
    for (MadeArticle& made : articles) add_anchors(made, 2 + random() % 8);
    Archived archived(articles);
    CandidateOptions options;
    options.limit = 3;
    options.posting_cap = kArticles;
    const ReferenceSearch reference(articles, options);
    for (int i = 0; i < 3; ++i) {
      MadeArticle suspect;
      add_anchors(suspect, 20);
      ExpectEqual(archived.Find(suspect, options), reference.Find(suspect));
    }
  }
}

TEST(CandidateSearchTest, FindsArticlesFarApart) {
  constexpr uint32_t kArticles = 150'000;
  const MadeArticle wanted = MakeArticle(2), other = MakeArticle(3);
  const std::vector<uint32_t> positions = {0, 65'535, 65'536, 99'999, 131'072, kArticles - 1};
  IndexBuilder builder;
  for (uint32_t i = 0; i < kArticles; ++i) {
    const bool is_wanted = std::find(positions.begin(), positions.end(), i) != positions.end();
    builder.Add(is_wanted ? wanted.sketch : EmptySketch(), is_wanted ? wanted.anchors : other.anchors);
  }
  const std::string bytes = Concatenated(builder.Build());
  const auto index = IndexReader::Open(bytes);
  ASSERT_TRUE(index.ok()) << index.status();
  const CandidateSearch search(std::vector<SearchedSegment>{{&*index, {}}});
  SearchScratch scratch;
  for (int round = 0; round < 2; ++round) {
    std::vector<uint32_t> found;
    for (const Candidate& candidate : search.Find(wanted.sketch, wanted.anchors, {}, scratch)) {
      found.push_back(candidate.address.article);
      EXPECT_GT(candidate.score, 1);
    }
    EXPECT_EQ(found, positions);
  }
}

// As often as the theory of lsh_bands.h says.
TEST(CandidateSearchTest, SketchesCollideAsOftenAsTheBandsPromise) {
  std::mt19937_64 random(20240601);
  for (const double similarity : {0.05, 0.1, 0.2, 0.3}) {
    constexpr int kTrials = 4000;
    std::vector<MadeArticle> articles(kTrials), suspects(kTrials);
    for (int i = 0; i < kTrials; ++i) {
      for (size_t c = 0; c < kSketchSize; ++c) {
        articles[i].sketch.components[c] = static_cast<uint32_t>(random() >> 33);
        const bool equal = static_cast<double>(random() >> 11) * 0x1p-53 < similarity;
        suspects[i].sketch.components[c] =
            equal ? articles[i].sketch.components[c] : static_cast<uint32_t>(random() >> 33);
      }
    }
    Archived archived(articles);
    int collisions = 0;
    for (uint32_t i = 0; i < kTrials; ++i) {
      const auto found = archived.Find(suspects[i]);
      collisions +=
          std::any_of(found.begin(), found.end(), [i](const ScoredArticle& scored) { return scored.article == i; });
    }
    const double expected = 1 - std::pow(1 - similarity * similarity, 64);
    const double deviation = std::sqrt(expected * (1 - expected) / kTrials);
    EXPECT_NEAR(static_cast<double>(collisions) / kTrials, expected, 4 * deviation + 1e-3) << similarity;
  }
}

TEST(CandidateSearchTest, EmptySketchesNeverCollide) {
  std::vector<MadeArticle> articles(2);
  articles[0].sketch = articles[1].sketch = EmptySketch();
  articles[1].anchors = {{5, 1.0f}};
  Archived archived(articles);
  MadeArticle suspect;
  suspect.sketch = EmptySketch();
  EXPECT_TRUE(archived.Find(suspect).empty());
  suspect.anchors = {{5, 1.0f}};
  EXPECT_EQ(archived.Find(suspect).size(), 1u);
}

TEST(CandidateSearchTest, EmptyIndexYieldsNoCandidates) {
  EXPECT_TRUE(Archived(std::vector<MadeArticle>()).Find(MakeArticle(1)).empty());
  SearchScratch scratch;
  const MadeArticle suspect = MakeArticle(1);
  EXPECT_TRUE(CandidateSearch().Find(suspect.sketch, suspect.anchors, {}, scratch).empty()) << "no segment at all";
}

TEST(CandidateSearchTest, LimitOfZeroYieldsNoCandidates) {
  const std::vector<MadeArticle> articles = MakeArticles(3);
  CandidateOptions options;
  options.limit = 0;
  EXPECT_TRUE(Archived(articles).Find(articles[0], options).empty());
}

TEST(CandidateSearchTest, AnchorsWithoutWeightYieldNoCandidates) {
  std::vector<MadeArticle> articles(1);
  articles[0].sketch = EmptySketch();
  articles[0].anchors = {{5, 0.0f}};
  EXPECT_TRUE(Archived(articles).Find(articles[0]).empty());
}

TEST(CandidateSearchTest, EveryThreadGetsTheSameCandidates) {
  const std::vector<MadeArticle> articles = MakeArticles(200);
  const Archived archived(articles, {70, 200});
  std::vector<std::vector<std::vector<Candidate>>> answers(4);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < answers.size(); ++t) {
    threads.emplace_back([&, t] {
      SearchScratch scratch;
      for (size_t i = 0; i < articles.size(); ++i) {
        const MadeArticle& suspect = articles[(i + 50 * t) % articles.size()];
        answers[t].push_back(archived.search().Find(suspect.sketch, suspect.anchors, {}, scratch));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t t = 1; t < answers.size(); ++t) {
    for (size_t i = 0; i < articles.size(); ++i) {
      const std::vector<Candidate>&a = answers[t][i], &b = answers[0][(i + 50 * t) % articles.size()];
      ASSERT_EQ(a.size(), b.size());
      for (size_t k = 0; k < a.size(); ++k) {
        EXPECT_EQ(a[k].address, b[k].address);
        EXPECT_EQ(a[k].score, b[k].score);
      }
    }
  }
}

}  // namespace
}  // namespace unspin
