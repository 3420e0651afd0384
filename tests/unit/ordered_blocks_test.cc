#include "unspin/align/ordered_blocks.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/align/align_words.h"
#include "unspin/align/find_passages.h"

namespace unspin {
namespace {

constexpr std::string_view kMill = "The old paper mill at Orrin burned to its walls before dawn on Tuesday. ";
constexpr std::string_view kCrew = "Eleven crews pumped water from the canal until the roof beams stopped smoking. ";
constexpr std::string_view kOwner = "Its owner, a brewer from Stell, had planned forty flats and a bakery there. ";
constexpr std::string_view kCouncil = "Councillors will decide in June whether the chimney is safe enough to stay. ";

class OrderedBlocksTest : public ::testing::Test {
 protected:
  // The suspect's part of each block, of a passage that holds both articles.
  std::vector<std::string> Split(const std::string& original, const std::string& suspect) {
    original_.emplace(Analyze(original, lexicon_));
    suspect_.emplace(Analyze(suspect, lexicon_));
    const AnalyzedPair pair(*original_, *suspect_);
    TokenPassage passage;
    passage.original = {0, static_cast<uint32_t>(original_->size())};
    passage.suspect = {0, static_cast<uint32_t>(suspect_->size())};
    const std::vector<WordStep> steps = AlignWords(pair, passage.original, passage.suspect, lexicon_);
    blocks_ = SplitIntoOrderedBlocks(pair, FindSeededPassages(pair, {}).seeds, passage, steps);
    std::vector<std::string> texts;
    for (const TokenPassage& block : blocks_) {
      const ByteSpan bytes = suspect_->text.Bytes(block.suspect);
      texts.push_back(suspect.substr(bytes.begin, bytes.size()));
    }
    return texts;
  }
  static std::string Text(std::initializer_list<std::string_view> sentences) {
    std::string text;
    for (const std::string_view sentence : sentences) text += sentence;
    return text;
  }
  // A block's text ends with its last word.
  static std::string Block(std::initializer_list<std::string_view> sentences) {
    const std::string text = Text(sentences);
    return text.substr(0, text.size() - 2);
  }

  LexiconCache lexicon_{EnglishLexicon()};
  std::optional<AnalyzedArticle> original_, suspect_;
  std::vector<TokenPassage> blocks_;
  const std::string story_ = Text({kMill, kCrew, kOwner, kCouncil});
};

TEST_F(OrderedBlocksTest, APassageInOrderStaysAsItIs) {
  EXPECT_TRUE(Split(story_, story_).empty());
  EXPECT_TRUE(Split(story_, Text({kMill, kOwner})).empty()) << "sentences left out";
  EXPECT_TRUE(Split(story_, Text({kMill, "Nobody was hurt, said a neighbour with a dog. ", kCrew})).empty());
}

TEST_F(OrderedBlocksTest, IsCutWhereTheOrderBreaks) {
  EXPECT_EQ(Split(story_, Text({kOwner, kCouncil, kMill, kCrew})),
            (std::vector<std::string>{Block({kOwner, kCouncil}), Block({kMill, kCrew})}));
  EXPECT_EQ(blocks_[0].original.end, original_->size());
  EXPECT_EQ(blocks_[1].original.begin, 0u);
}

TEST_F(OrderedBlocksTest, EachSentenceOfAReversedTextIsABlock) {
  EXPECT_EQ(Split(story_, Text({kCouncil, kOwner, kCrew, kMill})).size(), 4u);
}

TEST_F(OrderedBlocksTest, CopiesAreInBlocksOfTheirOwn) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt") + "\n\n";
  EXPECT_GE(Split(story, story + story + story).size(), 3u);
}

TEST_F(OrderedBlocksTest, AnEditedSentenceIsFoundInItsNewPlace) {
  const std::string edited = "Eleven crews pumped water from the river until the roof beams stopped burning. ";
  EXPECT_EQ(Split(story_, Text({edited, kMill, kOwner, kCouncil})),
            (std::vector<std::string>{Block({edited}), Block({kMill}), Block({kOwner, kCouncil})}))
      << "no block holds the place that the sentence left";
}

TEST_F(OrderedBlocksTest, ADividedSentenceIsNoSecondCopy) {
  const std::string whole =
      "The chimney leans by ninety centimetres, said Lotte Brandt, who measured it with borrowed surveying tools. ";
  const std::string parts =
      "Lotte Brandt, who measured it with borrowed surveying tools, spoke. The chimney leans by ninety centimetres. ";
  EXPECT_TRUE(Split(Text({kMill, whole, kCrew}), Text({kMill, parts, kCrew})).empty());
}

TEST_F(OrderedBlocksTest, BlocksHoldTheWholePassage) {
  const std::string own = "Smoke drifted over nine villages. ";
  Split(story_, Text({own, kCouncil, own, kMill, kCrew, own}));
  ASSERT_FALSE(blocks_.empty());
  EXPECT_EQ(blocks_.front().suspect.begin, 0u);
  EXPECT_EQ(blocks_.back().suspect.end, suspect_->size());
  for (size_t i = 1; i < blocks_.size(); ++i) EXPECT_EQ(blocks_[i].suspect.begin, blocks_[i - 1].suspect.end);
}

}  // namespace
}  // namespace unspin
