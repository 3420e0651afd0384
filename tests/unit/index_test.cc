#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "made_articles.h"
#include "unspin/index/index.h"

namespace unspin {
namespace {

using testing::EmptySketch;
using testing::MadeArticle;
using testing::MakeArticle;

std::string BuildIndex(const std::vector<MadeArticle>& articles) {
  IndexBuilder builder;
  for (const MadeArticle& made : articles) builder.Add(made.sketch, made.anchors);
  return builder.Build();
}

std::vector<MadeArticle> MakeArticles(size_t count) {
  std::vector<MadeArticle> articles;
  for (size_t i = 0; i < count; ++i) articles.push_back(MakeArticle(i));
  return articles;
}

// What the index must find, by looking at every article.
std::vector<Candidate> SearchAll(const std::vector<MadeArticle>& articles, const MadeArticle& suspect,
                                 const CandidateOptions& options) {
  std::map<uint64_t, uint64_t> frequency;
  for (const MadeArticle& article : articles) {
    for (const Anchor& anchor : article.anchors) ++frequency[anchor.hash];
  }
  double total = 0;
  for (const Anchor& anchor : suspect.anchors) total += anchor.weight;
  std::vector<Candidate> found;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const MadeArticle& article = articles[i];
    float weight = 0;
    for (const Anchor& anchor : suspect.anchors) {
      const double cap =
          std::max<double>(options.posting_cap, options.posting_cap_share * static_cast<double>(articles.size()));
      const bool shared = std::any_of(article.anchors.begin(), article.anchors.end(),
                                      [&](const Anchor& other) { return other.hash == anchor.hash; });
      if (shared && static_cast<double>(frequency[anchor.hash]) <= cap) weight += anchor.weight;
    }
    bool met = false;
    for (size_t band = 0; band < options.bands && !suspect.sketch.empty() && !article.sketch.empty(); ++band) {
      met |= std::equal(&suspect.sketch.components[2 * band], &suspect.sketch.components[2 * band] + 2,
                        &article.sketch.components[2 * band]);
    }
    const double similarity = met ? EstimatedSimilarity(suspect.sketch, article.sketch) : 0;
    const auto score =
        static_cast<float>((total > 0 ? weight * static_cast<float>(1 / total) *
                                            (1 / IndexView::LengthNorm(static_cast<uint32_t>(article.anchors.size())))
                                      : 0) +
                           similarity);
    if (score > 0) found.push_back({i, score});
  }
  std::sort(found.begin(), found.end(), [](const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.article < b.article;
  });
  if (found.size() > options.limit) found.resize(options.limit);
  return found;
}

void ExpectEqual(const std::vector<Candidate>& a, const std::vector<Candidate>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].article, b[i].article) << i;
    EXPECT_EQ(a[i].score, b[i].score) << i;
  }
}

TEST(Index, FindsAnIndexedArticleFirst) {
  const std::vector<MadeArticle> articles = MakeArticles(300);
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexView::Open(bytes);
  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_EQ(view->size(), 300u);
  IndexView::Scratch scratch;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const auto found = view->FindCandidates(articles[i].sketch, articles[i].anchors, {}, scratch);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].article, i);
    EXPECT_NEAR(found[0].score, 1 + 1 / IndexView::LengthNorm(static_cast<uint32_t>(articles[i].anchors.size())), 1e-5);
  }
}

// Of two articles that hold the same of the suspect's anchors, the shorter one says more.
TEST(Index, ALongArticleNeedsMoreInCommon) {
  std::vector<MadeArticle> articles = {MakeArticle(1, 400), MakeArticle(2, 40)};
  MadeArticle suspect = MakeArticle(3, 30, 50);
  for (MadeArticle& article : articles) {
    article.sketch = suspect.sketch = testing::EmptySketch();
    article.anchors.insert(article.anchors.end(), suspect.anchors.begin(), suspect.anchors.end());
    std::sort(article.anchors.begin(), article.anchors.end(),
              [](const Anchor& a, const Anchor& b) { return a.hash < b.hash; });
    article.anchors.erase(std::unique(article.anchors.begin(), article.anchors.end(),
                                      [](const Anchor& a, const Anchor& b) { return a.hash == b.hash; }),
                          article.anchors.end());
  }
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexView::Open(bytes);
  ASSERT_TRUE(view.ok()) << view.status();
  IndexView::Scratch scratch;
  const auto found = view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].article, 1u);
  EXPECT_GT(found[0].score, 1.5 * found[1].score);
}

TEST(Index, FindsWhatLookingAtEveryArticleFinds) {
  std::vector<MadeArticle> articles = MakeArticles(400);
  for (size_t i = 0; i < 20; ++i) articles.push_back(articles[3 * i]);  // equal scores, which the number decides
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexView::Open(bytes);
  ASSERT_TRUE(view.ok());
  IndexView::Scratch scratch;
  for (const uint32_t posting_cap : {1000u, 20u, 3u, 0u}) {
    for (const uint32_t bands : {64u, 5u, 0u}) {
      CandidateOptions options;
      options.limit = posting_cap == 20 ? 7 : 50;
      options.posting_cap = posting_cap;
      options.posting_cap_share = posting_cap == 3 ? 0.05 : 0;
      options.bands = bands;
      for (uint64_t number = 0; number < 40; ++number) {
        const MadeArticle suspect = number % 2 == 0 ? articles[number] : MakeArticle(1000 + number);
        ExpectEqual(view->FindCandidates(suspect.sketch, suspect.anchors, options, scratch),
                    SearchAll(articles, suspect, options));
      }
    }
  }
}

TEST(Index, MeetsSketchesAsOftenAsTheBandsPromise) {
  std::mt19937_64 random(20240601);
  for (const double similarity : {0.05, 0.1, 0.2, 0.3}) {
    constexpr int kTrials = 4000;
    IndexBuilder builder;
    std::vector<Sketch> suspects;
    for (int i = 0; i < kTrials; ++i) {
      Sketch original, suspect;
      for (size_t c = 0; c < kSketchSize; ++c) {
        original.components[c] = static_cast<uint32_t>(random() >> 33);
        const bool equal = static_cast<double>(random() >> 11) * 0x1p-53 < similarity;
        suspect.components[c] = equal ? original.components[c] : static_cast<uint32_t>(random() >> 33);
      }
      builder.Add(original, {});
      suspects.push_back(suspect);
    }
    const std::string bytes = builder.Build();
    const auto view = IndexView::Open(bytes);
    IndexView::Scratch scratch;
    int met = 0;
    for (uint32_t i = 0; i < kTrials; ++i) {
      const auto found = view->FindCandidates(suspects[i], {}, {}, scratch);
      met +=
          std::any_of(found.begin(), found.end(), [i](const Candidate& candidate) { return candidate.article == i; });
    }
    const double expected = 1 - std::pow(1 - similarity * similarity, 64);
    const double deviation = std::sqrt(expected * (1 - expected) / kTrials);
    EXPECT_NEAR(static_cast<double>(met) / kTrials, expected, 4 * deviation + 1e-3) << similarity;
  }
}

TEST(Index, NeverMeetsEmptySketches) {
  IndexBuilder builder;
  builder.Add(EmptySketch(), {});
  builder.Add(EmptySketch(), {{5, 1.0f}});
  const std::string bytes = builder.Build();
  const auto view = IndexView::Open(bytes);
  IndexView::Scratch scratch;
  EXPECT_TRUE(view->FindCandidates(EmptySketch(), {}, {}, scratch).empty());
  EXPECT_EQ(view->FindCandidates(EmptySketch(), {{5, 1.0f}}, {}, scratch).size(), 1u);
}

TEST(Index, FindsNothingInNothing) {
  const std::string bytes = IndexBuilder().Build();
  const auto view = IndexView::Open(bytes);
  ASSERT_TRUE(view.ok());
  IndexView::Scratch scratch;
  const MadeArticle suspect = MakeArticle(1);
  EXPECT_TRUE(view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch).empty());
}

TEST(Index, LeavesOutAnchorsThatWeighNothing) {
  IndexBuilder builder;
  builder.Add(EmptySketch(), {{5, 0.0f}});
  const std::string bytes = builder.Build();
  IndexView::Scratch scratch;
  EXPECT_TRUE(IndexView::Open(bytes)->FindCandidates(EmptySketch(), {{5, 0.0f}}, {}, scratch).empty());
}

TEST(Index, FindsAnchorsWhoseHashesAreNotSpread) {
  Anchors anchors;
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({i, 1.0f});
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({~uint64_t{0} - 2999 + i, 1.0f});
  IndexBuilder builder;
  for (int i = 0; i < 4; ++i) builder.Add(EmptySketch(), anchors);
  const std::string bytes = builder.Build();
  const auto view = IndexView::Open(bytes);
  for (const Anchor& anchor : anchors) ASSERT_EQ(view->FindPostings(anchor.hash).articles, 4u) << anchor.hash;
  for (const uint64_t absent : {uint64_t{3000}, uint64_t{1} << 63, ~uint64_t{0} - 3000}) {
    EXPECT_EQ(view->FindPostings(absent).articles, 0u);
  }
}

TEST(Index, IsTheSameBytesForTheSameInput) { EXPECT_EQ(BuildIndex(MakeArticles(500)), BuildIndex(MakeArticles(500))); }

TEST(Index, GivesEveryThreadTheSameAnswer) {
  const std::vector<MadeArticle> articles = MakeArticles(200);
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexView::Open(bytes);
  std::vector<std::vector<std::vector<Candidate>>> answers(4);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < answers.size(); ++t) {
    threads.emplace_back([&, t] {
      IndexView::Scratch scratch;
      for (size_t i = 0; i < articles.size(); ++i) {
        const MadeArticle& suspect = articles[(i + 50 * t) % articles.size()];
        answers[t].push_back(view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t t = 1; t < answers.size(); ++t) {
    for (size_t i = 0; i < articles.size(); ++i) ExpectEqual(answers[t][i], answers[0][(i + 50 * t) % articles.size()]);
  }
}

TEST(Index, RefusesEveryTruncation) {
  const std::string good = BuildIndex(MakeArticles(3));
  for (size_t size = 0; size < good.size(); ++size) {
    const std::vector<char> bytes(good.begin(), good.begin() + static_cast<ptrdiff_t>(size));
    EXPECT_TRUE(absl::IsDataLoss(IndexView::Open({bytes.data(), bytes.size()}).status())) << size;
  }
}

// The checksum around the index is not ours to trust: whatever the bytes are, nothing outside of them is read.
TEST(Index, SurvivesAnyBytesInItsPlace) {
  const std::vector<MadeArticle> articles = MakeArticles(3);
  const std::string good = BuildIndex(articles);
  std::mt19937_64 random(7);
  IndexView::Scratch scratch;
  int opened = 0;
  for (size_t i = 0; i < good.size(); ++i) {
    std::vector<char> bytes(good.begin(), good.end());
    bytes[i] = static_cast<char>(random());
    bytes[random() % bytes.size()] = '\xff';
    const auto view = IndexView::Open({bytes.data(), bytes.size()});
    if (!view.ok()) continue;
    ++opened;
    for (const MadeArticle& suspect : articles) {
      for (const Candidate& candidate : view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch)) {
        ASSERT_LT(candidate.article, view->size());
      }
    }
  }
  EXPECT_GT(opened, 0);
}

TEST(Index, RefusesCountsThatItsBytesCannotHold) {
  for (const size_t field : {0, 4, 8, 12, 16, 20, 24, 28}) {
    std::string bytes = BuildIndex(MakeArticles(3));
    std::memset(bytes.data() + field, 0xff, 4);
    EXPECT_TRUE(absl::IsDataLoss(IndexView::Open(bytes).status())) << field;
  }
}

}  // namespace
}  // namespace unspin
