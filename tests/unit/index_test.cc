#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "support/made_articles.h"
#include "unspin/base/strings.h"
#include "unspin/index/index_reader.h"
#include "unspin/index/merge_indexes.h"
#include "unspin/index/score_window.h"

namespace unspin {
namespace {

using testing::EmptySketch;
using testing::MadeArticle;
using testing::MakeArticle;

std::string BuildIndex(const std::vector<MadeArticle>& articles) {
  IndexBuilder builder;
  for (const MadeArticle& made : articles) builder.Add(made.sketch, made.anchors);
  return Concatenated(builder.Build());
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
  const auto meets = [&](const MadeArticle& article, size_t band) {
    return !suspect.sketch.empty() && !article.sketch.empty() &&
           std::equal(&suspect.sketch.components[2 * band], &suspect.sketch.components[2 * band] + 2,
                      &article.sketch.components[2 * band]);
  };
  std::vector<bool> counts(options.bands);  // bands in which not too many articles meet the suspect
  for (size_t band = 0; band < options.bands; ++band) {
    counts[band] = static_cast<size_t>(std::count_if(articles.begin(), articles.end(), [&](const MadeArticle& article) {
                     return meets(article, band);
                   })) <= options.bucket_cap;
  }
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
    for (size_t band = 0; band < options.bands; ++band) met |= counts[band] && meets(article, band);
    const double similarity = met ? EstimatedSimilarity(suspect.sketch, article.sketch) : 0;
    const auto score =
        static_cast<float>((total > 0 ? weight * static_cast<float>(1 / total) *
                                            (1 / IndexReader::LengthNorm(static_cast<uint32_t>(article.anchors.size())))
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
  const auto view = IndexReader::Open(bytes);
  ASSERT_TRUE(view.ok()) << view.status();
  EXPECT_EQ(view->size(), 300u);
  IndexReader::Scratch scratch;
  for (uint32_t i = 0; i < articles.size(); ++i) {
    const auto found = view->FindCandidates(articles[i].sketch, articles[i].anchors, {}, scratch);
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].article, i);
    EXPECT_NEAR(found[0].score, 1 + 1 / IndexReader::LengthNorm(static_cast<uint32_t>(articles[i].anchors.size())),
                1e-5);
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
  const auto view = IndexReader::Open(bytes);
  ASSERT_TRUE(view.ok()) << view.status();
  IndexReader::Scratch scratch;
  const auto found = view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].article, 1u);
  EXPECT_GT(found[0].score, 1.5 * found[1].score);
}

TEST(Index, FindsWhatLookingAtEveryArticleFinds) {
  std::vector<MadeArticle> articles = MakeArticles(400);
  for (size_t i = 0; i < 20; ++i) articles.push_back(articles[3 * i]);  // equal scores, which the number decides
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexReader::Open(bytes);
  ASSERT_TRUE(view.ok());
  IndexReader::Scratch scratch;
  for (const uint32_t posting_cap : {1000u, 20u, 3u, 0u}) {
    for (const uint32_t bands : {64u, 5u, 0u}) {
      CandidateOptions options;
      options.bucket_cap = bands == 5 ? 1 : 16;
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

// Few candidates among articles of several ranges: the bar rises on the way, and what memory was asked for in one range
// is looked at in the next. Postings rare and common are gone through in other ways.
TEST(Index, FindsTheFewBestOfManyRanges) {
  constexpr uint32_t kArticles = 2 * ScoreWindow::kRange + 5'003;
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
    const std::string bytes = BuildIndex(articles);
    const auto view = IndexReader::Open(bytes);
    ASSERT_TRUE(view.ok()) << view.status();
    IndexReader::Scratch scratch;
    CandidateOptions options;
    options.limit = 3;
    options.posting_cap = kArticles;
    for (int i = 0; i < 3; ++i) {
      MadeArticle suspect;
      add_anchors(suspect, 20);
      ExpectEqual(view->FindCandidates(suspect.sketch, suspect.anchors, options, scratch),
                  SearchAll(articles, suspect, options));
    }
  }
}

// A code of a factor has a byte.
TEST(Index, TheLargestFactorHasACode) { EXPECT_LE(std::ceil(64 / IndexReader::LengthNorm(0)), 255); }

// Scores are gathered for some ten thousand articles at a time.
TEST(Index, FindsArticlesFarApart) {
  constexpr uint32_t kArticles = 150'000;
  const MadeArticle one = MakeArticle(2), other = MakeArticle(3);
  const std::vector<uint32_t> places = {0, 65'535, 65'536, 99'999, 131'072, kArticles - 1};
  IndexBuilder builder;
  for (uint32_t i = 0; i < kArticles; ++i) {
    const bool held = std::find(places.begin(), places.end(), i) != places.end();
    builder.Add(held ? one.sketch : EmptySketch(), held ? one.anchors : other.anchors);
  }
  const std::string bytes = Concatenated(builder.Build());
  const auto view = IndexReader::Open(bytes);
  ASSERT_TRUE(view.ok()) << view.status();
  IndexReader::Scratch scratch;
  for (int round = 0; round < 2; ++round) {
    std::vector<uint32_t> found;
    for (const Candidate& candidate : view->FindCandidates(one.sketch, one.anchors, {}, scratch)) {
      found.push_back(candidate.article);
      EXPECT_GT(candidate.score, 1);
    }
    EXPECT_EQ(found, places);
  }
}

// What an index of the articles that are left would be, to the byte.
TEST(IndexMerger, MakesWhatTheBuilderMakes) {
  for (const size_t count : {30u, 700u}) {
    std::vector<MadeArticle> articles = MakeArticles(count);
    for (size_t i = 0; i < count; i += 5) articles[i].sketch = EmptySketch();
    const std::vector<size_t> begins = {0, count / 3, count / 3, count / 2, count};  // one part is empty
    for (const bool drops : {false, true}) {
      std::vector<std::string> bytes, counts;
      std::vector<std::vector<uint32_t>> dropped;
      std::vector<MadeArticle> left;
      for (size_t part = 0; part + 1 < begins.size(); ++part) {
        IndexBuilder builder;
        dropped.emplace_back();
        for (size_t i = begins[part]; i < begins[part + 1]; ++i) {
          builder.Add(articles[i].sketch, articles[i].anchors);
          if (drops && (i % 7 == 0 || i == begins[part] || i + 1 == count)) {
            dropped.back().push_back(static_cast<uint32_t>(i - begins[part]));
          } else {
            left.push_back(articles[i]);
          }
        }
        bytes.push_back(Concatenated(builder.Build()));
        counts.emplace_back(builder.AnchorCounts());
      }
      std::vector<IndexReader> views;
      std::vector<DocIdMap::Source> parts;
      for (size_t part = 0; part < bytes.size(); ++part) {
        // Early archives hold no counts.
        views.push_back(
            *IndexReader::Open(bytes[part], part == 0 ? std::nullopt : std::optional<std::string_view>(counts[part])));
        parts.push_back({views.back().size(), dropped[part]});
      }
      std::vector<const IndexReader*> indexes;
      for (const IndexReader& view : views) indexes.push_back(&view);
      const DocIdMap numbers(parts);
      const IndexMerger merger(indexes, numbers);
      std::string sketches, keys, band_articles, hashes, list_begins, lists;
      const auto to = [](std::string& out) { return [&out](std::string_view some) { out.append(some); }; };
      merger.MergeSketches(to(sketches));
      merger.MergeBands(to(keys), to(band_articles));
      const IndexMerger::AnchorSize size = merger.MergeAnchors(to(hashes), to(list_begins), to(lists));
      IndexBuilder whole;
      for (const MadeArticle& made : left) whole.Add(made.sketch, made.anchors);
      EXPECT_TRUE(merger.Header(size) + sketches + keys + band_articles + hashes + list_begins + lists ==
                  Concatenated(whole.Build()));
      EXPECT_TRUE(merger.AnchorCounts() == whole.AnchorCounts());
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
    const std::string bytes = Concatenated(builder.Build());
    const auto view = IndexReader::Open(bytes);
    IndexReader::Scratch scratch;
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
  const std::string bytes = Concatenated(builder.Build());
  const auto view = IndexReader::Open(bytes);
  IndexReader::Scratch scratch;
  EXPECT_TRUE(view->FindCandidates(EmptySketch(), {}, {}, scratch).empty());
  EXPECT_EQ(view->FindCandidates(EmptySketch(), {{5, 1.0f}}, {}, scratch).size(), 1u);
}

TEST(Index, FindsNothingInNothing) {
  const std::string bytes = Concatenated(IndexBuilder().Build());
  const auto view = IndexReader::Open(bytes);
  ASSERT_TRUE(view.ok());
  IndexReader::Scratch scratch;
  const MadeArticle suspect = MakeArticle(1);
  EXPECT_TRUE(view->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch).empty());
}

TEST(Index, LeavesOutAnchorsThatWeighNothing) {
  IndexBuilder builder;
  builder.Add(EmptySketch(), {{5, 0.0f}});
  const std::string bytes = Concatenated(builder.Build());
  IndexReader::Scratch scratch;
  EXPECT_TRUE(IndexReader::Open(bytes)->FindCandidates(EmptySketch(), {{5, 0.0f}}, {}, scratch).empty());
}

TEST(Index, FindsAnchorsWhoseHashesAreNotSpread) {
  Anchors anchors;
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({i, 1.0f});
  for (uint64_t i = 0; i < 3000; ++i) anchors.push_back({~uint64_t{0} - 2999 + i, 1.0f});
  IndexBuilder builder;
  for (int i = 0; i < 4; ++i) builder.Add(EmptySketch(), anchors);
  const std::string bytes = Concatenated(builder.Build());
  const auto view = IndexReader::Open(bytes);
  for (const Anchor& anchor : anchors) ASSERT_EQ(view->FindPostings(anchor.hash).articles, 4u) << anchor.hash;
  for (const uint64_t absent : {uint64_t{3000}, uint64_t{1} << 63, ~uint64_t{0} - 3000}) {
    EXPECT_EQ(view->FindPostings(absent).articles, 0u);
  }
}

TEST(Index, IsTheSameBytesForTheSameInput) { EXPECT_EQ(BuildIndex(MakeArticles(500)), BuildIndex(MakeArticles(500))); }

TEST(Index, GivesEveryThreadTheSameAnswer) {
  const std::vector<MadeArticle> articles = MakeArticles(200);
  const std::string bytes = BuildIndex(articles);
  const auto view = IndexReader::Open(bytes);
  std::vector<std::vector<std::vector<Candidate>>> answers(4);
  std::vector<std::thread> threads;
  for (size_t t = 0; t < answers.size(); ++t) {
    threads.emplace_back([&, t] {
      IndexReader::Scratch scratch;
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
    EXPECT_TRUE(absl::IsDataLoss(IndexReader::Open({bytes.data(), bytes.size()}).status())) << size;
  }
}

// The checksum around the index is not ours to trust: whatever the bytes are, nothing outside of them is read.
TEST(Index, SurvivesAnyBytesInItsPlace) {
  const std::vector<MadeArticle> articles = MakeArticles(3);
  const std::string good = BuildIndex(articles);
  std::mt19937_64 random(7);
  IndexReader::Scratch scratch;
  int opened = 0;
  for (size_t i = 0; i < good.size(); ++i) {
    std::vector<char> bytes(good.begin(), good.end());
    bytes[i] = static_cast<char>(random());
    bytes[random() % bytes.size()] = '\xff';
    const auto view = IndexReader::Open({bytes.data(), bytes.size()});
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
    EXPECT_TRUE(absl::IsDataLoss(IndexReader::Open(bytes).status())) << field;
  }
}

}  // namespace
}  // namespace unspin
