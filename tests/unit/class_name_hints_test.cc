// Class names and ids are split into words and compared with the lists.
#include "unspin/ingest/class_name_hints.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(ClassNameHintsTest, WordsEndAtPunctuationAndCapitals) {
  for (const char* names : {"share", "article__share-bar", "shareBar", "x SHARE", "a1-share"}) {
    EXPECT_TRUE(NamesBoilerplate(names)) << names;
  }
  for (const char* names : {"", "shareholder", "unshare", "share1"}) EXPECT_FALSE(NamesBoilerplate(names)) << names;
}

TEST(ClassNameHintsTest, ArticlesAndCaptionsHaveListsOfTheirOwn) {
  EXPECT_TRUE(NamesArticle("main-content"));
  EXPECT_FALSE(NamesArticle("main"));
  EXPECT_TRUE(NamesCaption("wp-caption"));
  EXPECT_FALSE(NamesCaption("captions"));
}

TEST(ClassNameHintsTest, LongIdsAreHeadlines) {
  EXPECT_TRUE(IsHint("share-buttons"));
  EXPECT_FALSE(IsHint("sharing-with-multiple-developers"));
}

}  // namespace
}  // namespace unspin
