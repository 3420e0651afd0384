#include "unspin/align/find_passages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

class FindPassagesTest : public ::testing::Test {
 protected:
  std::vector<TokenPassage> Find(std::string_view original, std::string_view suspect,
                                 const PassageOptions& options = {}) {
    original_.emplace(Analyze(original, lexicon_));
    suspect_.emplace(Analyze(suspect, lexicon_));
    return FindPassages(AnalyzedPair(*original_, *suspect_), options);
  }
  std::string SuspectText(std::string_view suspect, const TokenPassage& passage) const {
    const ByteSpan bytes = suspect_->text.Bytes(passage.suspect);
    return std::string(suspect.substr(bytes.begin, bytes.size()));
  }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<AnalyzedArticle> original_, suspect_;
};

TEST_F(FindPassagesTest, EmptyArticlesHaveNoPassages) {
  EXPECT_TRUE(Find("", "").empty());
  EXPECT_TRUE(Find("A few words.", "").empty());
  EXPECT_TRUE(Find("", "A few words.").empty());
}

TEST_F(FindPassagesTest, UnrelatedStoriesShareNoPassage) {
  const auto without_notice = [](const std::string& story) {
    const std::string text = testing::ReadSample(story, "original.txt");
    return text.substr(0, text.rfind("\n\n"));
  };
  const std::vector<std::string> stories = testing::SampleStories();
  for (const std::string& original : stories) {
    for (const std::string& suspect : stories) {
      if (original == suspect) continue;
      EXPECT_TRUE(Find(without_notice(original), without_notice(suspect)).empty()) << original << ", " << suspect;
    }
  }
}

TEST_F(FindPassagesTest, AnIdenticalArticleIsOnePassage) {
  for (const std::string& story : testing::SampleStories()) {
    const std::string text = testing::ReadSample(story, "original.txt");
    const std::vector<TokenPassage> passages = Find(text, text);
    ASSERT_EQ(passages.size(), 1u) << story;
    EXPECT_EQ(passages[0].suspect, passages[0].original) << story;
    for (uint32_t token = 0; token < suspect_->size(); ++token) {
      if (passages[0].suspect.begin <= token && token < passages[0].suspect.end) continue;
      EXPECT_FALSE(suspect_->zones.Counts(token)) << story << ": " << suspect_->text.Word(token);
    }
    EXPECT_NEAR(passages[0].similarity, 1, 1e-5) << story;
  }
}

TEST_F(FindPassagesTest, APassageInAForeignArticleIsFoundToTheSentence) {
  const std::string original = testing::ReadSample("rail-strike", "original.txt");
  const size_t begin = original.find("The settlement gives"), end = original.find("The strike, the longest");
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::string taken = original.substr(begin, end - begin - 2);
  const std::string foreign = testing::ReadSample("vent-field", "original.txt");
  const size_t middle = foreign.find("\n\n", foreign.size() / 2);
  const std::string suspect = foreign.substr(0, middle) + "\n\n" + taken + foreign.substr(middle);
  const std::vector<TokenPassage> passages = Find(original, suspect);
  ASSERT_EQ(passages.size(), 1u);
  EXPECT_EQ(SuspectText(suspect, passages[0]) + ".", taken);
}

// Sentences whose words occur once each.
std::string MadeSentences(size_t begin, size_t end) {
  std::string text;
  for (size_t sentence = begin; sentence < end; ++sentence) {
    for (size_t word = 0; word < 9; ++word) {
      text += word == 0 ? "Z" : " q";
      for (size_t rest = sentence * 9 + word; rest > 0; rest /= 25) text += static_cast<char>('a' + rest % 25);
    }
    text += ".\n";
  }
  return text;
}

TEST_F(FindPassagesTest, SentencesOfABookAreFoundInAnyOrder) {
  const std::string original = MadeSentences(0, 1300);
  const std::string suspect = MadeSentences(1100, 1110) + MadeSentences(2000, 2020) + MadeSentences(500, 530);
  const std::vector<TokenPassage> passages = Find(original, suspect);
  ASSERT_EQ(passages.size(), 2u);
  EXPECT_EQ(passages[0].original, (TokenSpan{1100 * 9, 1110 * 9}));
  EXPECT_EQ(passages[0].suspect, (TokenSpan{0, 10 * 9}));
  EXPECT_EQ(passages[1].original, (TokenSpan{500 * 9, 530 * 9}));
  EXPECT_EQ(passages[1].suspect, (TokenSpan{30 * 9, 60 * 9}));
}

TEST_F(FindPassagesTest, ShortPassagesAreLeftOut) {
  const std::string sentence = "Divers found cracks in nine piers of the Brandeck viaduct.";
  const std::string original = sentence + " Rain fell all week on the harbour and nobody went fishing.";
  const std::string suspect = "Elections will be held in autumn across four provinces. " + sentence;
  EXPECT_TRUE(Find(original, suspect).empty());
  PassageOptions options;
  options.min_bytes = 20;
  EXPECT_EQ(Find(original, suspect, options).size(), 1u);
}

TEST_F(FindPassagesTest, PassagesAreDisjointInTheSuspect) {
  PassageOptions loose;
  loose.seed_cosine = loose.seed_dice = 0.05;
  loose.whole_cosine = 0.1;
  loose.min_bytes = 1;
  for (const std::string& story : testing::SampleStories()) {
    for (const char* file : {"copy.txt", "spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      for (const PassageOptions& options : {PassageOptions{}, loose}) {
        uint32_t reach = 0;
        for (const TokenPassage& passage :
             Find(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file), options)) {
          EXPECT_GE(passage.suspect.begin, reach) << story << ' ' << file;
          EXPECT_LT(passage.suspect.begin, passage.suspect.end);
          EXPECT_LE(passage.suspect.end, suspect_->size());
          EXPECT_LT(passage.original.begin, passage.original.end);
          EXPECT_LE(passage.original.end, original_->size());
          EXPECT_GE(passage.similarity, 0);
          EXPECT_LE(passage.similarity, 1 + 1e-5);
          reach = passage.suspect.end;
        }
      }
    }
  }
}

TEST_F(FindPassagesTest, ATextOfOneSentenceIsFoundInItself) {
  const std::string sentence =
      "Divers found cracks in nine piers of the Brandeck viaduct after eleven weeks of repairs that had cost the "
      "council more "
      "than four million crowns and closed the northern valley road to lorries, buses, coaches and every kind of farm "
      "vehicle "
      "until the middle of November";
  EXPECT_EQ(Find(sentence, sentence).size(), 1u);
}

TEST_F(FindPassagesTest, ManyEqualSentencesTerminate) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "Nobody went fishing there. ";
  for (const TokenPassage& passage : Find(text, text)) EXPECT_LE(passage.suspect.end, suspect_->size());
}

}  // namespace
}  // namespace unspin
