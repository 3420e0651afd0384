// The model's table is read, and blocks are chosen by their probabilities.
#include "unspin/page/block_model.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/read_page.h"
#include "unspin/base/strings.h"
#include "unspin/page/block_model_tsv.h"

namespace unspin {
namespace {

using testing::Repeated;

std::string ErrorOf(std::string_view tsv) {
  const auto model = BlockModel::Parse(tsv);
  return model.ok() ? "" : std::string(StdView(model.status().message()));
}

TextBlock Block(uint32_t bytes, Visibility visibility = Visibility::kShown) {
  TextBlock block;
  block.bytes = bytes;
  block.visibility = visibility;
  return block;
}

// Rows of signals that are all 0, but "words".
SignalTable TableOfWords(const std::vector<double>& words) {
  const auto names = BlockSignalNames();
  SignalTable table;
  table.columns = names.size();
  table.values.assign(names.size() * words.size(), 0);
  for (size_t row = 0; row < words.size(); ++row) {
    for (size_t column = 0; column < names.size(); ++column) {
      if (names[column] == "words") table.Row(row)[column] = words[row];
    }
  }
  return table;
}

TEST(BlockModelTest, TheBuiltInModelIsValid) { EXPECT_EQ(ErrorOf(kBlockModelTsv), ""); }

TEST(BlockModelTest, ErrorsNameTheLine) {
  EXPECT_EQ(ErrorOf("article\tbias\t0\narticle\ttree\tcolour<1\t0\t1\n"), "block model, line 2: unknown signal");
  EXPECT_EQ(ErrorOf("# fitted\narticle\ttree\twords<1\t0\n"), "block model, line 2: a tree lacks leaves");
  EXPECT_EQ(ErrorOf("\narticle\tbias\tmany\n"), "block model, line 2: a value is not a number");
  EXPECT_NE(ErrorOf("article\tbias\t0\nnews\tbias\t0\n").find("block model, line 2: "), std::string::npos);
}

TEST(BlockModelTest, ProbabilitiesAreThoseOfTheLogOdds) {
  const auto model = BlockModel::Parse("article\tbias\t1\narticle\ttree\twords<3\t-1\t1\n");
  ASSERT_TRUE(model.ok()) << model.status();
  const std::vector<double> probabilities = model->Probabilities(TableOfWords({2, 4}));
  ASSERT_EQ(probabilities.size(), 2u);
  EXPECT_DOUBLE_EQ(probabilities[0], 0.5);
  EXPECT_NEAR(probabilities[1], 0.880797, 1e-6);  // 1 / (1 + exp(-2))
}

TEST(BlockModelTest, APageWithoutBlocksHasNoProbabilities) {
  EXPECT_TRUE(BlockModel::Default().Probabilities(TableOfWords({})).empty());
  EXPECT_TRUE(ChooseBlocks({}, {}).empty());
}

TEST(BlockModelTest, ProbabilitiesOfALongPageAreThoseOfItsSignals) {
  const std::string html = "<main>" + Repeated("<p>The river rose by ten feet.</p><p>Ten feet</p>", 2000) + "</main>";
  const HtmlPage page = ParseHtml(html);
  const TextBlocks found = FindTextBlocks(page);
  EXPECT_EQ(BlockModel::Default().Probabilities(page, found, {}),
            BlockModel::Default().Probabilities(BlockSignals(page, found, {})));
}

TEST(BlockModelTest, BlocksThatAreSureAreChosen) {
  EXPECT_EQ(ChooseBlocks({Block(100), Block(100), Block(100)}, {0.98, 0.03, 0.95}),
            (std::vector<bool>{true, false, true}));
}

TEST(BlockModelTest, BesideSureBlocksImprobableOnesAreLeft) {
  EXPECT_EQ(ChooseBlocks({Block(500), Block(100)}, {0.99, 0.4}), (std::vector<bool>{true, false}));
}

TEST(BlockModelTest, AnUnsurePageGivesItsMostProbableBlocks) {
  EXPECT_EQ(ChooseBlocks({Block(500), Block(500), Block(100)}, {0.3, 0.25, 0.01}),
            (std::vector<bool>{true, true, false}));
}

TEST(BlockModelTest, WhereNoBlockIsPossibleNoneIsChosen) {
  EXPECT_EQ(ChooseBlocks({Block(100), Block(100)}, {0, 0}), (std::vector<bool>{false, false}));
}

TEST(BlockModelTest, HiddenTextThatIsLessThanTheShownIsLeft) {
  for (const Visibility kind : {Visibility::kHidden, Visibility::kNoscript, Visibility::kTemplate})
    EXPECT_EQ(ChooseBlocks({Block(500), Block(300, kind)}, {0.9, 0.99}), (std::vector<bool>{true, false}));
}

TEST(BlockModelTest, HiddenTextThatIsMoreThanTheShownIsChosen) {
  for (const Visibility kind : {Visibility::kHidden, Visibility::kNoscript, Visibility::kTemplate})
    EXPECT_EQ(ChooseBlocks({Block(100), Block(900, kind)}, {0.9, 0.95}), (std::vector<bool>{true, true}));
}

}  // namespace
}  // namespace unspin
