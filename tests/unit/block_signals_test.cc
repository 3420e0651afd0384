// Each signal of a block is what its name says.
#include "unspin/page/block_signals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/html.h"

namespace unspin {
namespace {

using testing::Repeated;

// A page, its blocks and their signals.
class SignalledPage {
 public:
  explicit SignalledPage(const std::string& html, const DeclaredArticle& declared = {})
      : page_(ParseHtml(html)), found_(FindTextBlocks(page_)), table_(BlockSignals(page_, found_, declared)) {}

  size_t blocks() const { return found_.blocks.size(); }
  const TextBlock& block(size_t at) const { return found_.blocks.at(at); }
  const SignalTable& table() const { return table_; }

  double Signal(size_t block, std::string_view name) const {
    const auto names = BlockSignalNames();
    const auto column = std::find(names.begin(), names.end(), name);
    if (column == names.end()) ADD_FAILURE() << "no signal " << name;
    return table_.Row(block)[static_cast<size_t>(column - names.begin())];
  }

 private:
  const HtmlPage page_;
  const TextBlocks found_;
  const SignalTable table_;
};

TEST(BlockSignalsTest, NamesAreUnique) {
  const auto names = BlockSignalNames();
  EXPECT_EQ(std::set<std::string_view>(names.begin(), names.end()).size(), names.size());
  EXPECT_EQ(std::count(names.begin(), names.end(), ""), 0);
}

TEST(BlockSignalsTest, EachBlockHasARowOfAsManySignalsAsNames) {
  const SignalledPage page("<h1>Flood</h1><p>The river rose.</p><p>It fell.</p>");
  EXPECT_EQ(page.blocks(), 3u);
  EXPECT_EQ(page.table().columns, BlockSignalNames().size());
  EXPECT_EQ(page.table().values.size(), page.blocks() * BlockSignalNames().size());
}

TEST(BlockSignalsTest, APageWithoutTextHasNoRows) { EXPECT_TRUE(SignalledPage("<div></div>").table().values.empty()); }

TEST(BlockSignalsTest, SignalsOfTheTextAreThoseOfTheBlock) {
  const SignalledPage page("<div><p>Two of <a href=/>us</a>, ran.</p><h2>SHARE 42</h2><p>Read more...</p></div>");
  EXPECT_DOUBLE_EQ(page.Signal(0, "words"), std::log2(1.0 + 4));
  EXPECT_DOUBLE_EQ(page.Signal(0, "bytes"), std::log2(1.0 + 15));
  EXPECT_DOUBLE_EQ(page.Signal(0, "link-share"), 2.0 / 15);
  EXPECT_DOUBLE_EQ(page.Signal(0, "commas"), 1.0 / 4);
  EXPECT_DOUBLE_EQ(page.Signal(0, "stops"), 1.0 / 4);
  EXPECT_EQ(page.Signal(0, "ends-sentence"), 1);
  EXPECT_EQ(page.Signal(0, "paragraph"), 1);
  EXPECT_EQ(page.Signal(1, "ends-sentence"), 0);
  EXPECT_EQ(page.Signal(1, "paragraph"), 0);
  EXPECT_EQ(page.Signal(1, "heading"), 2);
  EXPECT_EQ(page.Signal(1, "upper-share"), 1);
  EXPECT_DOUBLE_EQ(page.Signal(1, "digit-share"), 2.0 / 7);
  EXPECT_DOUBLE_EQ(page.Signal(1, "action"), 1.0 / 2);
  EXPECT_EQ(page.Signal(1, "ellipsis"), 0);
  EXPECT_EQ(page.Signal(2, "ellipsis"), 1);
  EXPECT_EQ(page.Signal(2, "more"), 1);
}

TEST(BlockSignalsTest, CopiesAreCountedAndTheFirstIsNone) {
  const SignalledPage page("<p>The river rose.</p><p>It fell.</p><p>The river rose.</p>");
  EXPECT_EQ(page.Signal(0, "copies"), 2);
  EXPECT_EQ(page.Signal(0, "copied-before"), 0);
  EXPECT_EQ(page.Signal(1, "copies"), 1);
  EXPECT_EQ(page.Signal(2, "copied-before"), 1);
}

TEST(BlockSignalsTest, WhatThePageDeclaresIsASignal) {
  const SignalledPage page(
      "<h1>The river rose</h1><p>It rose by ten feet in a night.</p><p>Sign up to our letter now.</p>",
      {.title = "The River Rose", .body = "It rose by ten feet in a night."});
  EXPECT_EQ(page.Signal(0, "title-share"), 1);
  EXPECT_EQ(page.Signal(1, "title-share"), 0);
  EXPECT_EQ(page.Signal(1, "declared"), 1);
  EXPECT_EQ(page.Signal(2, "declared"), 0);
  EXPECT_EQ(page.Signal(0, "since-title"), 0);
  EXPECT_EQ(page.Signal(2, "since-title"), std::log2(1.0 + 2));
}

TEST(BlockSignalsTest, SignsAreTheShareOfTheProseInTheirElement) {
  const std::string prose = "The river rose by ten feet in a single night.";
  const SignalledPage page("<div><aside><p>" + prose + "</p></aside><p>" + prose + "</p></div>");
  EXPECT_DOUBLE_EQ(page.Signal(0, "in-aside-element"), 0.5);
  EXPECT_EQ(page.Signal(1, "in-aside-element"), -1);
}

TEST(BlockSignalsTest, NeighboursThatAreNotThereAreMinusOne) {
  const SignalledPage page("<p>The river rose by ten feet in a night.</p><h2>Rain</h2>");
  EXPECT_EQ(page.Signal(0, "bytes-1"), -1);
  EXPECT_EQ(page.Signal(0, "heading+1"), 1);
  EXPECT_EQ(page.Signal(1, "prose-1"), 1);
  EXPECT_EQ(page.Signal(1, "bytes+1"), -1);
}

TEST(BlockSignalsTest, HiddenBlocksCountAlike) {
  const std::string prose = Repeated("The river rose by ten feet in a night. ", 6);
  const SignalledPage page("<div hidden><p>" + prose + "</p></div><p>It fell.</p>");
  ASSERT_EQ(page.blocks(), 2u);
  EXPECT_EQ(page.Signal(0, "hidden"), static_cast<double>(Visibility::kHidden));
  EXPECT_EQ(page.Signal(1, "hidden"), 0);
  EXPECT_EQ(page.Signal(1, "prose-1"), 1);
}

TEST(BlockSignalsTest, ProseIsASentenceOrManyWordsThatAreNoLinks) {
  const SignalledPage page("<p>The river rose by ten feet.</p><p>Ten feet</p><p>" + Repeated("rain and wind ", 8) +
                           "</p><p><a href=/>The river rose by ten feet.</a></p>");
  EXPECT_TRUE(IsProse(page.block(0)));
  EXPECT_FALSE(IsProse(page.block(1)));
  EXPECT_TRUE(IsProse(page.block(2)));
  EXPECT_FALSE(IsProse(page.block(3)));
}

TEST(BlockSignalsTest, RowsInPartsAreTheRowsAtOnce) {
  const std::string html =
      "<main><h1>River</h1>" + Repeated("<p>The river rose by ten feet.</p><p>Ten feet</p>", 4) + "</main>";
  const HtmlPage page = ParseHtml(html);
  const TextBlocks found = FindTextBlocks(page);
  const SignalTable all = BlockSignals(page, found, {.title = "River", .body = ""});
  for (const size_t max_rows : {1, 4, 9, 100}) {
    std::vector<double> values;
    ForEachBlockSignals(page, found, {.title = "River", .body = ""}, max_rows, [&](const SignalTable& part) {
      EXPECT_EQ(part.columns, all.columns);
      EXPECT_LE(part.values.size(), max_rows * part.columns);
      values.insert(values.end(), part.values.begin(), part.values.end());
    });
    EXPECT_EQ(values, all.values) << max_rows;
  }
}

// Time that grows with the square of the page would take hours here.
TEST(BlockSignalsTest, HostilePagesTakeLinearTime) {
  constexpr size_t kElements = 200000;
  const std::string pages[] = {
      Repeated("<div>a", kElements),
      Repeated("<div>", kElements) + "a",
      Repeated("<p>The river rose.</p>", kElements),
      Repeated("<h1>River</h1>", kElements),
      Repeated("<div class=comment><blockquote>a b c d", kElements / 2),
      Repeated("<table><tr><td>a", kElements / 3),
      "<p>" + Repeated("a, ", kElements) + "</p>",
  };
  for (const std::string& html : pages) {
    const HtmlPage page = ParseHtml(html);
    const TextBlocks found = FindTextBlocks(page);
    EXPECT_FALSE(found.blocks.empty()) << html.substr(0, 40);
    size_t rows = 0;
    ForEachBlockSignals(page, found, {.title = "River", .body = "The river rose."}, 1000,
                        [&](const SignalTable& table) { rows += table.values.size() / table.columns; });
    EXPECT_EQ(rows, found.blocks.size()) << html.substr(0, 40);
  }
}

}  // namespace
}  // namespace unspin
