// A page falls into the paragraphs that a browser shows, each with the elements around it.
#include "unspin/page/text_blocks.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "support/read_page.h"
#include "unspin/page/html.h"

namespace unspin {
namespace {

using testing::Repeated;

// A page and its blocks. The page borrows the bytes.
struct BlockPage {
  explicit BlockPage(std::string bytes) : html(std::move(bytes)) {}

  const std::string html;
  const HtmlPage page = ParseHtml(html);
  const TextBlocks found = FindTextBlocks(page);
};

std::vector<std::string> Texts(const std::string& html) {
  std::vector<std::string> texts;
  for (const TextBlock& block : BlockPage(html).found.blocks) texts.push_back(block.text);
  return texts;
}

using Strings = std::vector<std::string>;

TEST(TextBlocksTest, BlockElementsPartParagraphsAndOthersDoNot) {
  EXPECT_EQ(Texts("<div>one<p>t<b>w</b>o</p>three</div>"), (Strings{"one", "two", "three"}));
  EXPECT_EQ(Texts("<p>one<br>line<br><br>two"), (Strings{"oneline", "two"}));
}

TEST(TextBlocksTest, CodeControlsAndWhiteSpaceAreNoBlocks) {
  EXPECT_EQ(Texts("<script>a</script><style>b</style><p> </p><p>&nbsp;</p><select><option>c</select><p>d</p>"),
            (Strings{"d"}));
}

TEST(TextBlocksTest, BytesAreCountedWithCollapsedSpaceAndByLink) {
  const BlockPage made("<div><p>One,   two; <a href=/>three</a>.</p></div>");
  const TextBlocks& found = made.found;
  ASSERT_EQ(found.blocks.size(), 1u);
  EXPECT_EQ(found.blocks[0].bytes, std::string("One, two; three.").size());
  EXPECT_EQ(found.blocks[0].linked_bytes, std::string("three").size());
  EXPECT_EQ(found.blocks[0].commas, 2u);
  EXPECT_TRUE(found.blocks[0].ends_sentence);
}

TEST(TextBlocksTest, AncestorsAreTheBlockElementsAroundTheInnermostFirst) {
  const BlockPage made("<main><section><b><p>one</p></b></section></main>");
  const HtmlPage& page = made.page;
  const TextBlocks& found = made.found;
  ASSERT_EQ(found.blocks.size(), 1u);
  const TextBlock& block = found.blocks[0];
  EXPECT_EQ(block.container, HtmlTag::kP);
  EXPECT_EQ(page.nodes[block.ancestors[0]].tag, HtmlTag::kP);
  EXPECT_EQ(page.nodes[block.ancestors[1]].tag, HtmlTag::kSection);
  EXPECT_EQ(page.nodes[block.ancestors[2]].tag, HtmlTag::kMain);
  EXPECT_EQ(block.depth, 3u);
  EXPECT_EQ(found.parents[block.ancestors[0]], block.ancestors[1]);
  EXPECT_EQ(found.parents[block.ancestors[2]], block.ancestors[2]);
}

TEST(TextBlocksTest, SignsAreThoseOfTheInnermostElementThatHasThem) {
  const BlockPage made("<div><aside><aside><p>in</p></aside></aside><p>out</p></div>");
  const HtmlPage& page = made.page;
  const TextBlocks& found = made.found;
  ASSERT_EQ(found.blocks.size(), 2u);
  const HtmlNode* aside = found.InnermostWith(BlockSign::kAsideElement, found.blocks[0], page);
  ASSERT_NE(aside, nullptr);
  EXPECT_EQ(aside, &page.nodes[found.blocks[0].ancestors[1]]);
  EXPECT_EQ(found.InnermostWith(BlockSign::kAsideElement, found.blocks[1], page), nullptr);
}

TEST(TextBlocksTest, VisibilityIsThatOfTheOutermostElementThatHides) {
  const std::string text = Repeated("The river rose. ", 20);
  const auto visibility = [&](const std::string& open, const std::string& close) {
    const BlockPage made("<main>x" + open + "<p>" + text + "</p>" + close + "</main>");
    const TextBlocks& found = made.found;
    EXPECT_EQ(found.blocks.size(), 2u) << open;
    return found.blocks.back().visibility;
  };
  EXPECT_EQ(visibility("<div>", "</div>"), Visibility::kShown);
  EXPECT_EQ(visibility("<div hidden>", "</div>"), Visibility::kHidden);
  EXPECT_EQ(visibility("<div aria-hidden=true>", "</div>"), Visibility::kHidden);
  EXPECT_EQ(visibility("<div style='color:red; display : none'>", "</div>"), Visibility::kHidden);
  EXPECT_EQ(visibility("<dialog>", "</dialog>"), Visibility::kHidden);
  EXPECT_EQ(visibility("<noscript>", "</noscript>"), Visibility::kNoscript);
  EXPECT_EQ(visibility("<template>", "</template>"), Visibility::kTemplate);
  EXPECT_EQ(visibility("<div hidden><noscript>", "</noscript></div>"), Visibility::kHidden);
}

TEST(TextBlocksTest, AFewHiddenWordsAreNoBlock) {
  EXPECT_EQ(Texts("<p>one <span hidden>for screen readers</span>two</p>"), (Strings{"one two"}));
}

TEST(TextBlocksTest, WordsThatAppearUnderThePointerAreNoText) {
  EXPECT_EQ(Texts("<p>The weir<span class=tooltip>a low dam</span> is gone.</p>"), (Strings{"The weir is gone."}));
}

TEST(TextBlocksTest, AQuotationIsTheOutermostBlockquoteThatIsNotMostOfThePage) {
  const std::string rest = "<p>" + Repeated("The river rose. ", 20) + "</p>";
  const BlockPage made("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>" + rest);
  const TextBlocks& found = made.found;
  ASSERT_EQ(found.blocks.size(), 3u);
  EXPECT_EQ(found.blocks[0].quotation, found.blocks[1].quotation);
  EXPECT_EQ(found.blocks[2].quotation, 0u);
  const BlockPage whole("<div><blockquote>" + rest + "</blockquote></div>");
  EXPECT_EQ(whole.found.blocks.at(0).quotation, 0u);
}

TEST(TextBlocksTest, ZeroWidthAndNoBreakSpacesAreInvisible) {
  EXPECT_FALSE(IsVisible(""));
  EXPECT_FALSE(IsVisible(" \n\u00a0\u200b"));
  EXPECT_TRUE(IsVisible("\u200b."));
}

TEST(TextBlocksTest, HostilePagesTakeLinearTime) {
  constexpr size_t kElements = 200000;
  for (const char* part : {"<div>a", "<aside>a", "<blockquote>a", "<q>a", "<br>a<br>", "<div hidden>a",
                           "<span class=tooltip>a", "<a href=/>a", "<noscript>a"}) {
    EXPECT_FALSE(Texts("a" + Repeated(part, kElements)).empty()) << part;
  }
}

}  // namespace
}  // namespace unspin
