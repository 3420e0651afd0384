#include "unspin/align/align_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference/edit_script.h"
#include "support/english.h"
#include "support/sample_articles.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AlignWordsTest : public ::testing::Test {
 protected:
  void Align(std::string_view original, std::string_view suspect) {
    original_.emplace(Analyze(original, lexicon_));
    suspect_.emplace(Analyze(suspect, lexicon_));
    const TokenSpan left{0, static_cast<uint32_t>(original_->size())},
        right{0, static_cast<uint32_t>(suspect_->size())};
    steps_ = AlignWords(AnalyzedPair(*original_, *suspect_), left, right, lexicon_);
    EXPECT_EQ(reference::Apply(steps_, original_->text, suspect_->text), reference::Words(suspect_->text, right));
    const reference::Uses uses = reference::CountUses(steps_);
    EXPECT_EQ(uses.original, reference::OnceEach(left));
    EXPECT_EQ(uses.suspect, reference::OnceEach(right));
  }

  std::vector<WordChange> Changes() const {
    std::vector<WordChange> changes;
    for (const WordStep& step : steps_) changes.push_back(step.change);
    return changes;
  }
  size_t Count(WordChange change) const {
    size_t count = 0;
    for (const WordStep& step : steps_) count += step.change == change;
    return count;
  }
  bool KnowsSynonyms() const { return EnglishLexicon().HasSynonyms(); }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<AnalyzedArticle> original_, suspect_;
  std::vector<WordStep> steps_;
};

constexpr WordChange K = WordChange::kKept, I = WordChange::kInserted, D = WordChange::kDeleted;

TEST_F(AlignWordsTest, EqualWordsAreKept) {
  Align("the council closed the bridge", "The council closed the bridge!");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, K));
}

TEST_F(AlignWordsTest, WordsAgainstAnEmptySpanAreInsertedOrDeleted) {
  Align("", "");
  EXPECT_THAT(Changes(), IsEmpty());
  Align("", "two words");
  EXPECT_THAT(Changes(), ElementsAre(I, I));
  Align("two words", "");
  EXPECT_THAT(Changes(), ElementsAre(D, D));
}

TEST_F(AlignWordsTest, DeletedAndInsertedWordsKeepTheirPositions) {
  Align("the council closed the old bridge", "the council closed the bridge");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, D, K));
  Align("the council closed the bridge", "the council closed the rusty bridge");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, I, K));
}

TEST_F(AlignWordsTest, ANumberOfSeveralWordsIsOneStep) {
  Align("they counted 386 cracks in the wall", "they counted three hundred and eighty six cracks in the wall");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, K, K, K));
  EXPECT_EQ(steps_[2].original.size(), 1u);
  EXPECT_EQ(steps_[2].suspect.size(), 5u);
  EXPECT_EQ(steps_[2].evidence, SubstitutionSource::kNumber);
}

TEST_F(AlignWordsTest, APhraseThatIsASynonymIsOneStep) {
  if (!KnowsSynonyms()) GTEST_SKIP() << "built without WordNet and thesaurus";
  Align("the council will postpone the vote", "the council will put off the vote");
  ASSERT_THAT(Changes(), ElementsAre(K, K, K, WordChange::kSynonym, K, K));
  EXPECT_EQ(steps_[3].suspect.size(), 2u);
  EXPECT_EQ(steps_[3].evidence, SubstitutionSource::kThesaurus);
}

TEST_F(AlignWordsTest, AnotherFormOfAWordIsInflected) {
  Align("the council closes the bridges", "the council closed the bridge");
  EXPECT_THAT(Changes(), ElementsAre(K, K, WordChange::kInflected, K, WordChange::kInflected));
  EXPECT_EQ(steps_[2].evidence, SubstitutionSource::kStem);
}

TEST_F(AlignWordsTest, ANumberWrittenAnotherWayIsKept) {
  Align("they closed two bridges there", "they closed 2 bridges there");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, K));
  EXPECT_EQ(steps_[2].evidence, SubstitutionSource::kNumber);
}

TEST_F(AlignWordsTest, AnotherNumberIsReplaced) {
  Align("they closed two bridges there", "they closed 3 bridges there");
  EXPECT_THAT(Changes(), ElementsAre(K, K, WordChange::kReplaced, K, K));
}

TEST_F(AlignWordsTest, ASynonymInTheSamePositionIsASynonym) {
  if (!KnowsSynonyms()) GTEST_SKIP() << "built without a thesaurus";
  Align("the council purchased the automobile", "the council bought the car");
  EXPECT_THAT(Changes(), ElementsAre(K, K, WordChange::kSynonym, K, WordChange::kSynonym));
  EXPECT_EQ(steps_[2].evidence, SubstitutionSource::kThesaurus);
}

TEST_F(AlignWordsTest, AnUnknownWordInTheSamePositionIsReplaced) {
  Align("the council closed the bridge at night", "the council closed the zeppelin at night");
  EXPECT_THAT(Changes(), ElementsAre(K, K, K, K, WordChange::kReplaced, K, K));
  EXPECT_EQ(steps_[4].evidence, SubstitutionSource::kContext);
}

TEST_F(AlignWordsTest, AReorderedRunIsMoved) {
  Align("On Friday night engineers closed the bridge after divers found seven cracks in it.",
        "Engineers closed the bridge after divers found seven cracks in it on Friday night.");
  EXPECT_EQ(Count(WordChange::kMoved), 3u);
  EXPECT_EQ(Count(WordChange::kKept), 11u);
  EXPECT_EQ(Count(WordChange::kDeleted), 0u);
  EXPECT_EQ(Count(WordChange::kInserted), 0u);
}

TEST_F(AlignWordsTest, OnlyTheSpansAreAligned) {
  original_.emplace(Analyze("one alpha beta gamma nine", lexicon_));
  suspect_.emplace(Analyze("alpha beta gamma", lexicon_));
  const std::vector<WordStep> steps = AlignWords(AnalyzedPair(*original_, *suspect_), {1, 3}, {0, 3}, lexicon_);
  EXPECT_EQ(reference::CountUses(steps).original, reference::OnceEach({1, 3}));
  EXPECT_EQ(reference::CountUses(steps).suspect, reference::OnceEach({0, 3}));
  EXPECT_EQ(steps.back().change, WordChange::kInserted);
}

TEST_F(AlignWordsTest, ScriptsOfSamplesYieldTheSuspect) {
  for (const std::string& story : testing::SampleStories()) {
    SCOPED_TRACE(story);
    for (const char* file : {"copy.txt", "spun.txt", "edited.txt", "rewritten.txt", "excerpt.txt", "independent.txt"}) {
      SCOPED_TRACE(file);
      Align(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, file));
    }
  }
}

TEST_F(AlignWordsTest, PassagesTooLongForOneMatrixAreCutAtRareWords) {
  std::string original, suspect;
  for (int i = 0; i < 3000; ++i) {
    original += "the w" + std::to_string(i) + " ";
    suspect += (i % 10 == 0 ? "the other" + std::to_string(i) : "the w" + std::to_string(i)) + " ";
  }
  Align(original, suspect);
  EXPECT_GE(Count(WordChange::kKept), 5600u);
  Align(original, original);
  EXPECT_EQ(Count(WordChange::kKept), 6000u);
}

TEST_F(AlignWordsTest, LongPassagesWithoutCommonWordsAreDeletedAndInserted) {
  std::string original, suspect;
  for (int i = 0; i < 1500; ++i) {
    original += "alpha beta ";
    suspect += "gamma delta ";
  }
  Align(original, suspect);
  EXPECT_EQ(Count(WordChange::kDeleted), 3000u);
  EXPECT_EQ(Count(WordChange::kInserted), 3000u);
}

}  // namespace
}  // namespace unspin
