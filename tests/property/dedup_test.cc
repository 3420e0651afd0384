// Deduplicator against the comparison of all pairs: a corpus by itself, and against an archive.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "reference/near_duplicates.h"
#include "support/test_folder.h"
#include "unspin/dedup/deduplicator.h"

namespace unspin {
namespace {

using reference::ComparedArticle;
using reference::NearDuplicates;
using testing::TestFolder;

using Words = std::vector<uint64_t>;

Words RandomWords(size_t count, std::mt19937_64& random) {
  Words words(count);
  for (uint64_t& word : words) word = random();
  return words;
}

// Some stories, and of each story some articles that differ in a few words, lack an end or are equal, shuffled.
std::vector<Words> MadeCorpus(std::mt19937_64& random) {
  std::vector<Words> corpus;
  for (int story = 0; story < 12; ++story) {
    const Words original = RandomWords(60 + random() % 100, random);
    for (uint64_t copies = random() % 8; copies-- > 0;) {
      Words copy = original;
      for (uint64_t edits = random() % 6; edits-- > 0;) copy[random() % copy.size()] = random();
      if (random() % 4 == 0) copy.resize(copy.size() * 2 / 3);
      corpus.push_back(copy);
    }
  }
  std::shuffle(corpus.begin(), corpus.end(), random);
  return corpus;
}

DedupOptions MadeOptions(const TestFolder& folder, std::mt19937_64& random) {
  constexpr double kThresholds[] = {0.5, 0.7, 0.8, 0.9, 1.0};
  DedupOptions options;
  options.measure = random() % 2 == 0 ? Measure::kJaccard : Measure::kContainment;
  options.threshold = kThresholds[random() % std::size(kThresholds)];
  options.shingle = random() % 3 == 0 ? 3 : 5;
  options.scratch = folder.Path("");
  options.threads = 1 + random() % 3;
  return options;
}

using Edges = std::map<std::pair<uint32_t, uint32_t>, float>;

struct Deduplicated {
  NearDuplicates found;  // archived articles numbered as they were given
  DedupSummary summary;
};

// The articles from `own` on are an archive's. Their ids are their numbers.
Deduplicated Deduplicate(const DedupOptions& options, const std::vector<Words>& corpus, size_t own) {
  auto opened = Deduplicator::Open(options);
  EXPECT_TRUE(opened.ok()) << opened.status();
  Deduplicator& dedup = **opened;
  for (size_t i = 0; i < corpus.size(); ++i) {
    if (i == own) {
      EXPECT_TRUE(dedup.BeginArchived().ok());
    }
    const ShingleSet set = MakeShingleSet(corpus[i], options.shingle);
    if (i < own) {
      dedup.Add(std::to_string(i), "", corpus[i].size(), set);
    } else {
      dedup.AddArchived(std::to_string(i), "", corpus[i].size(), set);
    }
  }
  const auto summary = dedup.Cluster([](double) {});
  EXPECT_TRUE(summary.ok()) << summary.status();
  EXPECT_EQ(dedup.size(), std::min(own, corpus.size()));
  Deduplicator::IdReader ids(dedup);
  const auto given = [&](uint64_t article) { return static_cast<uint32_t>(std::stoul(*ids.IdOf(article))); };
  Deduplicated result;
  result.summary = *summary;
  for (const SimilarPair& edge : dedup.edges()) result.found.edges[{given(edge.a), given(edge.b)}] = edge.similarity;
  for (uint64_t article = 0; article < dedup.size(); ++article) {
    const Membership membership = dedup.MembershipOf(article);
    result.found.representatives.push_back(given(membership.representative));
    result.found.similarities.push_back(membership.similarity);
    result.found.clusters.push_back(static_cast<uint32_t>(dedup.ClusterOf(article)));
  }
  return result;
}

NearDuplicates Compared(const DedupOptions& options, const std::vector<Words>& corpus, size_t own) {
  std::vector<ComparedArticle> articles;
  for (const Words& words : corpus)
    articles.push_back({MakeShingleSet(words, options.shingle).elements, words.size(), articles.size() >= own});
  return reference::FindNearDuplicates(articles, options.measure, options.threshold);
}

constexpr uint64_t kCorpora = 60;

// Compares kCorpora corpora of which `share` is new with the comparison of all pairs. A pair at the threshold shares no
// band in one of a thousand cases (or, for containment, too small a sample), so a few corpora may lack an edge.
void ExpectEqualToTheComparisonOfAllPairs(double share) {
  const TestFolder folder;
  size_t edges = 0, lost = 0, equal = 0, archived = 0;
  for (uint64_t seed = 0; seed < kCorpora; ++seed) {
    std::mt19937_64 random(seed);
    const std::vector<Words> corpus = MadeCorpus(random);
    const DedupOptions options = MadeOptions(folder, random);
    const auto own = static_cast<size_t>(share * static_cast<double>(corpus.size()));
    const Deduplicated result = Deduplicate(options, corpus, own);
    const NearDuplicates wanted = Compared(options, corpus, own);
    for (const auto& [pair, similarity] : result.found.edges) {
      const auto edge = wanted.edges.find(pair);
      ASSERT_NE(edge, wanted.edges.end()) << "seed " << seed << ": " << pair.first << " " << pair.second;
      EXPECT_EQ(edge->second, similarity) << "seed " << seed;
    }
    edges += wanted.edges.size();
    lost += wanted.edges.size() - result.found.edges.size();
    archived += result.summary.archived;
    if (result.found.edges != wanted.edges) continue;
    ++equal;
    EXPECT_EQ(result.found.representatives, wanted.representatives) << "seed " << seed;
    EXPECT_EQ(result.found.similarities, wanted.similarities) << "seed " << seed;
    EXPECT_EQ(result.found.clusters, wanted.clusters) << "seed " << seed;
  }
  EXPECT_GT(edges, 1000u);
  EXPECT_LT(lost * 100, edges) << "of a hundred edges one may be lost";
  EXPECT_GT(equal * 10, kCorpora * 8);
  EXPECT_EQ(archived > 0, share < 1);
}

TEST(DedupPropertyTest, ACorpusByItselfIsClusteredAsByTheComparisonOfAllPairs) {
  ExpectEqualToTheComparisonOfAllPairs(1);
}

TEST(DedupPropertyTest, ACorpusAgainstAnArchiveIsClusteredAsByTheComparisonOfAllPairs) {
  ExpectEqualToTheComparisonOfAllPairs(0.6);
}

TEST(DedupPropertyTest, AnArchiveLosesNoEdgeThatBothTogetherHave) {
  const TestFolder folder;
  for (uint64_t seed = 100; seed < 100 + kCorpora; ++seed) {
    std::mt19937_64 random(seed);
    std::vector<Words> corpus = MadeCorpus(random);
    // Boilerplate with few words of its own: a bucket that is too large to compare all of its pairs.
    const Words page = RandomWords(120, random);
    for (int i = 0; i < 90; ++i) {
      Words copy = page;
      for (int k = 0; k < 4; ++k) copy[random() % copy.size()] = random();
      corpus.push_back(copy);
    }
    std::shuffle(corpus.begin(), corpus.end(), random);
    const DedupOptions options = MadeOptions(folder, random);
    const size_t own = 1 + random() % corpus.size();
    const Edges against = Deduplicate(options, corpus, own).found.edges;
    const Edges together = Deduplicate(options, corpus, corpus.size()).found.edges;
    // Which of two equal articles has the edges depends on the preference, so edges are compared by their sets.
    const auto by_sets = [&](const Edges& edges) {
      std::map<std::pair<std::vector<uint32_t>, std::vector<uint32_t>>, float> result;
      for (const auto& [pair, similarity] : edges) {
        auto a = MakeShingleSet(corpus[pair.first], options.shingle).elements;
        auto b = MakeShingleSet(corpus[pair.second], options.shingle).elements;
        if (b < a) a.swap(b);
        result[{a, b}] = similarity;
      }
      return result;
    };
    std::map<std::vector<uint32_t>, bool> is_new;
    for (size_t i = 0; i < corpus.size(); ++i) is_new[MakeShingleSet(corpus[i], options.shingle).elements] |= i < own;
    const auto found = by_sets(against);
    for (const auto& [sets, similarity] : by_sets(together)) {
      if (!is_new[sets.first] && !is_new[sets.second]) continue;
      // A new article that equals an archived one is represented by it: its edges are the archived article's.
      const auto equals_archived = [&](const std::vector<uint32_t>& set) {
        for (size_t i = own; i < corpus.size(); ++i) {
          if (MakeShingleSet(corpus[i], options.shingle).elements == set) return true;
        }
        return false;
      };
      if (equals_archived(sets.first) && equals_archived(sets.second)) continue;
      const auto edge = found.find(sets);
      ASSERT_NE(edge, found.end()) << "seed " << seed;
      EXPECT_EQ(edge->second, similarity);
    }
  }
}

}  // namespace
}  // namespace unspin
