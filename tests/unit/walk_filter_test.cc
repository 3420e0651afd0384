#include "unspin/ingest/walk_filter.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(WalkFilterTest, NamesTellFurnitureFromArticles) {
  EXPECT_EQ(ForeignKindOfName("a/style.CSS"), "css");
  EXPECT_EQ(ForeignKindOfName("a/app.js.gz"), "js");
  for (const char* path : {"a.html", "a.txt", "a", "a.pdf", "index.php", "story.v2", "css", "a.jsonl.zst"})
    EXPECT_EQ(ForeignKindOfName(path), "") << path;
}

TEST(WalkFilterTest, ContentDecidesWhereTheNameDoesNot) {
  const std::string picture = "\x89PNG\r\n\x1a\n0000";
  EXPECT_EQ(ForeignKindOfContent(picture, "photo"), "binary");
  EXPECT_EQ(ForeignKindOfContent(picture, "photo.xyz"), "xyz");
  EXPECT_EQ(ForeignKindOfContent(picture, "photo.txt"), "") << "a name that promises an article is taken at its word";
  EXPECT_EQ(ForeignKindOfContent("%PDF-1.7", "photo"), "") << "a document becomes a bad record";
  EXPECT_EQ(ForeignKindOfContent("The ferry sails again.", "story.xyz"), "");
}

TEST(WalkFilterTest, XmlThatNeverHoldsAnArticleIsLeftAside) {
  EXPECT_EQ(ForeignKindOfContent("<?xml version='1.0'?><urlset/>", "sitemap.xml"), "xml");
  EXPECT_EQ(ForeignKindOfContent("<?xml version='1.0'?><rss/>", "feed.xml"), "");
  EXPECT_EQ(ForeignKindOfContent("<?xml version='1.0'?><TEI/>", "text.xml"), "") << "a document becomes a bad record";
}

TEST(WalkFilterTest, CompanionFoldersHaveTheNameOfTheirPage) {
  EXPECT_EQ(PageOfCompanionFolder("page_files"), "page");
  EXPECT_EQ(PageOfCompanionFolder("Seite-Dateien"), "Seite");
  EXPECT_EQ(PageOfCompanionFolder("page.files"), "page");
  EXPECT_EQ(PageOfCompanionFolder("_files"), "");
  EXPECT_EQ(PageOfCompanionFolder("articles"), "");
}

TEST(WalkFilterTest, TheMostFrequentKindsComeFirst) {
  EXPECT_EQ(DescribeLeftAside({{"css", 1}}), "1 file that is no article (css 1)");
  EXPECT_EQ(DescribeLeftAside({{"css", 1}, {"js", 3}}), "4 files that are no articles (js 3, css 1)");
  EXPECT_EQ(DescribeLeftAside({{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}, {"f", 1}, {"g", 1}}),
            "7 files that are no articles (a 1, b 1, c 1, d 1, e 1, f 1, …)");
}

TEST(WalkFilterTest, OnlyFilesOfArchivesHaveTheirNames) {
  for (const char* name : {"MANIFEST", "LOCK", "SPINS", "segment-000001.unspin"}) EXPECT_TRUE(IsArchiveFileName(name));
  for (const char* name : {"MANIFEST.txt", "segment-1.txt", "a.txt"}) EXPECT_FALSE(IsArchiveFileName(name));
}

TEST(WalkFilterTest, FilesBesideTablesHaveTheirNames) {
  for (const char* name : {"_SUCCESS", "_committed_1", "_started_22", "part-0.json.crc", "_delta_log", "_metadata"})
    EXPECT_TRUE(IsTableBookkeeping(name)) << name;
  for (const char* name : {"_index.md", "_posts", "SUCCESS", "_started.txt", "part-0.json", "success.txt"})
    EXPECT_FALSE(IsTableBookkeeping(name)) << name;
}

}  // namespace
}  // namespace unspin
