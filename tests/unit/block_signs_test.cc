// Class names, ids, roles and elements are signs; properties of an article are none.
#include "unspin/page/block_signs.h"

#include <gtest/gtest.h>

#include <string>

#include "unspin/page/html.h"

namespace unspin {
namespace {

BlockSignSet FirstSigns(const std::string& html) {
  const HtmlPage page = ParseHtml(html);
  SignReader reader;
  return reader.SignsOf(page, page.nodes.front());
}

TEST(BlockSignsTest, WordsEndAtPunctuationAndCapitals) {
  for (const char* names : {"share", "article__share-bar", "shareBar", "x SHARE", "a1-share"}) {
    EXPECT_TRUE(SignsInNames(names).Has(BlockSign::kShare)) << names;
  }
  for (const char* names : {"", "shareholder", "unshare", "share1"}) EXPECT_TRUE(SignsInNames(names).empty()) << names;
}

TEST(BlockSignsTest, PropertiesOfAnArticleAreNoSigns) {
  for (const char* names : {"tag-cookies", "category-social", "has-sidebar", "no-comments", "ad-free", "format-video"})
    EXPECT_TRUE(SignsInNames(names).empty()) << names;
  EXPECT_TRUE(SignsInNames("tag").Has(BlockSign::kTags));
  EXPECT_TRUE(SignsInNames("tag-cookies comments").Has(BlockSign::kComment));
}

TEST(BlockSignsTest, AWordHasOneSign) {
  const BlockSignSet signs = SignsInNames("wp-caption article-body");
  EXPECT_TRUE(signs.Has(BlockSign::kCaption));
  EXPECT_TRUE(signs.Has(BlockSign::kArticle));
  EXPECT_TRUE(signs.Has(BlockSign::kBody));
  EXPECT_FALSE(signs.Has(BlockSign::kComment));
}

TEST(BlockSignsTest, ElementsAndRolesAreSigns) {
  EXPECT_TRUE(FirstSigns("<aside>x</aside>").Has(BlockSign::kAsideElement));
  EXPECT_TRUE(FirstSigns("<div role=navigation>x</div>").Has(BlockSign::kNavElement));
  EXPECT_TRUE(FirstSigns("<div itemprop=\"articleBody\">x</div>").Has(BlockSign::kArticleElement));
  EXPECT_TRUE(FirstSigns("<div>x</div>").empty());
}

TEST(BlockSignsTest, ClassesOfTheWholePageAreNoSigns) {
  EXPECT_TRUE(FirstSigns("<body class=\"comments sidebar\">x</body>").empty());
}

TEST(BlockSignsTest, LongIdsAreHeadlines) {
  EXPECT_TRUE(IsHint("share-buttons"));
  EXPECT_FALSE(IsHint("sharing-with-multiple-developers"));
  EXPECT_TRUE(FirstSigns("<div id=\"sharing-with-multiple-developers\">x</div>").empty());
}

TEST(BlockSignsTest, EachSignHasAName) {
  for (size_t i = 0; i < kBlockSigns; ++i) EXPECT_FALSE(Name(static_cast<BlockSign>(i)).empty());
}

}  // namespace
}  // namespace unspin
