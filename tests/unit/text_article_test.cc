#include "unspin/records/text_article.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(TextArticleTest, TheByteOrderMarkIsNoText) {
  Article article;
  EXPECT_EQ(ReadPlainText("\xef\xbb\xbfWords.", nullptr, TextIs::kFoundByItself, article), std::nullopt);
  EXPECT_EQ(article.text, "Words.");
}

TEST(TextArticleTest, ADeclaredCharacterSetIsNoGuess) {
  Article article;
  const std::string bytes =
      "Die B\xe4ume am Fluss und die gr\xfcnen H\xe4nge \xfc"
      "ber der M\xfchle geh\xf6ren zum Dorf.";
  EXPECT_EQ(ReadPlainText(bytes, &CharsetNamed("windows-1252"), TextIs::kFoundByItself, article), std::nullopt);
  EXPECT_EQ(article.reading.charset, "windows-1252");
  EXPECT_TRUE(article.reading.alerts.empty());
}

TEST(TextArticleTest, ATextOfWhiteSpaceIsNone) {
  Article article;
  EXPECT_TRUE(ReadPlainText(" \r\n", nullptr, TextIs::kFoundByItself, article));
}

}  // namespace
}  // namespace unspin
