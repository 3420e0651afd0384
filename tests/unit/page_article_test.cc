#include "unspin/records/page_article.h"

#include <gtest/gtest.h>

#include <string>

#include "unspin/charset/charset_table.h"

namespace unspin {
namespace {

TEST(PageArticleTest, TheDeclaredCharacterSetIsUsedWhereItMakesAText) {
  // "Лес и река" and more in koi8-r; the page declares another set.
  const std::string words = "\xec\xc5\xd3 \xc9 \xd2\xc5\xcb\xc1 \xd5 \xc4\xcf\xcd\xc1 \xd3\xd4\xc1\xd2\xcf\xc7\xcf";
  std::string page = "<html><meta charset=iso-8859-1><body><p>";
  for (int i = 0; i < 10; ++i) page += words + " ";
  Article article;
  EXPECT_EQ(ReadPage(page, &CharsetNamed("koi8-r"), article), std::nullopt);
  EXPECT_EQ(article.reading.charset, "koi8-r");
  EXPECT_TRUE(article.reading.alerts.empty());
  EXPECT_TRUE(article.text.starts_with("Лес и река у дома старого"));
}

TEST(PageArticleTest, APageWithoutTextSaysSo) {
  Article article;
  EXPECT_TRUE(ReadPage("<html><body><script>a()</script></body></html>", nullptr, article));
}

TEST(PageArticleTest, PagesAreKnownByTheirFirstElement) {
  EXPECT_TRUE(LooksLikePage("\n<!DOCTYPE html>"));
  EXPECT_TRUE(LooksLikePage("<?xml version='1.0'?><html>"));
  EXPECT_FALSE(LooksLikePage("<rss>"));
  EXPECT_FALSE(LooksLikePage("A text"));
}

}  // namespace
}  // namespace unspin
