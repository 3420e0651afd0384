#include "unspin/page/page_words.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(WithoutMarkupTest, TagsAndReferencesAreDropped) {
  EXPECT_EQ(WithoutMarkup("<p>One &amp; two.</p><p>Three<br>four <img src=x>five.</p>"),
            "One & two.\nThree\nfour five.");
  EXPECT_EQ(WithoutMarkup("&lt;p&gt;Escaped &amp;amp; once more.&lt;/p&gt;"), "Escaped & once more.");
  EXPECT_EQ(WithoutMarkup("Plain, with\n\na < b."), "Plain, with\n\na < b.");
}

TEST(SpacedWordsTest, ATextHoldsTheWordsOfAnother) {
  EXPECT_EQ(SpacedWords("Council approves the \xe2\x80\x9cnew\xe2\x80\x9d bridge!"),
            " council approves the new bridge ");
  EXPECT_EQ(SpacedWords("caf\xc3\xa9\xc2\xa0x"), " caf\xc3\xa9 x ");
  EXPECT_EQ(SpacedWords("--"), " ");
}

TEST(BareUrlTest, LeavesHostAndPath) {
  EXPECT_EQ(BareUrl("https://www.daily.example/a/?x=1#y"), "daily.example/a");
  EXPECT_EQ(BareUrl("/a"), "/a");
}

TEST(TextWithinTest, LeavesOutScriptsAndKeepsTheLimit) {
  const HtmlPage page = ParseHtml("<h1>A <b>big</b><script>x</script> bridge</h1>");
  for (uint32_t at = 0; at < page.nodes.size(); ++at) {
    if (page.nodes[at].tag == HtmlTag::kH1) {
      EXPECT_EQ(TextWithin(page, at, 100), "A big bridge");
      EXPECT_EQ(TextWithin(page, at, 1), "A");
    }
  }
}

}  // namespace
}  // namespace unspin
