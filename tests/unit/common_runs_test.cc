#include "unspin/verdict/signals/common_runs.h"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support/english.h"

namespace unspin {
namespace {

using Run = std::vector<uint64_t>;  // keys

// The reference implementation: the rule of the header, with sets.
template <typename Counts>
std::set<Run> DistinctRuns(const AnalyzedArticle& article, uint32_t n, const Counts& counts) {
  std::set<Run> runs;
  for (uint32_t begin = 0; begin + n <= article.size(); ++begin) {
    Run run;
    for (uint32_t token = begin; token < begin + n && counts(token); ++token)
      run.push_back(article.stems[article.stem_ids[token]]);
    if (run.size() == n) runs.insert(run);
  }
  return runs;
}

std::set<Run> DistinctPairs(const AnalyzedArticle& article) {
  std::set<Run> pairs;
  for (const TokenSpan sentence : article.text.sentences) {
    std::vector<uint32_t> content;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      if (article.zones.Counts(token) && !article.Info(token).function_word) content.push_back(token);
    }
    for (size_t i = 1; i < content.size(); ++i) {
      const uint32_t a = content[i - 1], b = content[i];
      if (b - a > 5 || (article.IsName(a) && article.IsName(b))) continue;
      const auto [min, max] = std::minmax(article.stems[article.stem_ids[a]], article.stems[article.stem_ids[b]]);
      pairs.insert({min, max});
    }
  }
  return pairs;
}

size_t Common(const std::set<Run>& a, const std::set<Run>& b) {
  return static_cast<size_t>(std::count_if(a.begin(), a.end(), [&](const Run& run) { return b.contains(run); }));
}

void CheckPair(const std::string& original_text, const std::string& suspect_text) {
  LexiconCache lexicon(EnglishLexicon());
  const AnalyzedArticle original = Analyze(original_text, lexicon), suspect = Analyze(suspect_text, lexicon);
  const CommonRuns counted =
      CountCommonRuns(original, suspect, MatchStems(suspect, original), MatchStems(original, suspect));
  const auto runs = [&](uint32_t n, const auto& of) {
    return std::pair(DistinctRuns(original, n, [&](uint32_t token) { return of(original, token); }),
                     DistinctRuns(suspect, n, [&](uint32_t token) { return of(suspect, token); }));
  };
  const auto narration = [](const AnalyzedArticle& article, uint32_t token) { return article.zones.Counts(token); };
  const auto check = [](const RunCounts& counts, const std::pair<std::set<Run>, std::set<Run>>& expected) {
    EXPECT_EQ(counts.of_original, expected.first.size());
    EXPECT_EQ(counts.of_suspect, expected.second.size());
    EXPECT_EQ(counts.common, Common(expected.first, expected.second));
  };
  check(counted.narration4, runs(4, narration));
  check(counted.narration5, runs(5, narration));
  const auto [original3, suspect3] = runs(3, [](const AnalyzedArticle& article, uint32_t token) {
    return article.zones.Counts(token) && !article.IsName(token);
  });
  EXPECT_EQ(counted.plain3, Common(original3, suspect3));
  const auto anywhere = DistinctRuns(original, 3, [](uint32_t) { return true; });
  const auto quoted =
      DistinctRuns(suspect, 3, [&](uint32_t token) { return suspect.zones.of_token[token] == Zone::kQuotation; });
  EXPECT_EQ(counted.quoted3_of_suspect, quoted.size());
  EXPECT_EQ(counted.quoted3_common, Common(anywhere, quoted));
  EXPECT_EQ(counted.content_pairs, Common(DistinctPairs(original), DistinctPairs(suspect)));
}

// Few words, so that runs come back; names, quotations, function words, sentences and paragraphs.
std::string RandomArticle(std::mt19937& random, size_t words) {
  const std::vector<std::string> vocabulary = {"the",   "council", "voted", "of",   "on", "tax",  "Miller", "said",
                                               "roads", "and",     "bus",   "fare", "2",  "Lisa", "early",  "snow"};
  std::string text;
  for (size_t word = 0; word < words; ++word) {
    const uint32_t what = random() % 40;
    if (what == 0) text += "\"";
    text += vocabulary[random() % vocabulary.size()];
    text += what == 1 ? "\" " : what == 2 ? ". The " : what == 3 ? ".\n\n" : " ";
  }
  return text;
}

TEST(CommonRunsTest, CountsEqualThoseOfTheReferenceImplementation) {
  std::mt19937 random(3);
  for (int i = 0; i < 30; ++i) {
    const std::string original = RandomArticle(random, 50 + random() % 900);
    const std::string suspect = RandomArticle(random, random() % 300);
    CheckPair(original, suspect + original.substr(0, random() % original.size()));
  }
}

TEST(CommonRunsTest, AnArticleWithoutWordsHasNoCommonRuns) {
  CheckPair("", "");
  CheckPair("", "The council voted on the tax of the roads.");
  CheckPair("The council voted on the tax of the roads.", "");
}

TEST(RunCountsTest, ShareOfNoRunsIsZero) {
  EXPECT_EQ(RunCounts{}.ShareOfSmaller(), 0);
  EXPECT_EQ((RunCounts{0, 0, 7}).ShareOfLarger(), 0);
  EXPECT_EQ((RunCounts{2, 4, 8}).ShareOfSmaller(), 0.5);
  EXPECT_EQ((RunCounts{2, 4, 8}).ShareOfLarger(), 0.25);
}

}  // namespace
}  // namespace unspin
