#include "unspin/engine/own_record.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "support/input_files.h"

namespace unspin {
namespace {

struct Record {
  std::string id, sha256;
  std::string site = {}, url = {}, path = "news.jsonl";
  std::optional<uint64_t> record = 1;
};

bool IsOwn(const Record& suspect, const Record& original, double similarity = 1) {
  Article article;
  article.id = suspect.id;
  article.site = suspect.site;
  article.url = suspect.url;
  article.path = suspect.path;
  article.record = suspect.record;
  StoredArticle stored;
  stored.article.id = original.id;
  stored.article.site = original.site;
  stored.article.url = original.url;
  stored.article.path = original.path;
  stored.sha256 = original.sha256;
  return IsOwnRecord(
      article, suspect.sha256, stored, [&] { return similarity; }, [&] { return IsSameFile(article, stored.article); });
}

TEST(OwnRecordTest, TheSameIdWithTheSameTextIs) {
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "a"}, {.id = "17", .sha256 = "a"}));
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "a", .site = "Courier"}, {.id = "17", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSameTextUnderAnotherIdIsACopy) {
  EXPECT_FALSE(IsOwn({.id = "copy.txt", .sha256 = "a"}, {.id = "original.txt", .sha256 = "a"}));
  EXPECT_FALSE(IsOwn({.id = "1", .sha256 = "a", .site = "Herald"}, {.id = "2", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, OneFileUnderTwoSpellingsIsOneRecord) {
  const testing::InputFiles files;
  const std::string a = files.Write("a.txt", "text"), b = files.Write("b.txt", "text");
  const auto page = [](const std::string& path) {
    return Record{.id = path, .sha256 = "a", .path = path, .record = std::nullopt};
  };
  EXPECT_TRUE(IsOwn(page(a), page(files.Path("./a.txt"))));
  EXPECT_FALSE(IsOwn(page(a), page(b)));
  EXPECT_FALSE(IsOwn(page(a), page(files.Path("gone.txt"))));
}

TEST(OwnRecordTest, TheSameIdOnAnotherSiteIsAnotherArticle) {
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "a", .site = "Herald"}, {.id = "17", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSameIdWithAnotherTextIsOnlyARevisionOnTheSameSite) {
  const Record original = {.id = "17", .sha256 = "a", .site = "Courier"};
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "b", .site = "Courier"}, original, 0.6));
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "b", .site = "Courier"}, original, 0.4));
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "b"}, {.id = "17", .sha256 = "a"}, 0.6));
}

TEST(OwnRecordTest, TheSameTextOnTheSameSiteIs) {
  EXPECT_TRUE(IsOwn({.id = "1", .sha256 = "a", .site = "Courier"}, {.id = "2", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSamePageIs) {
  const std::string page = "https://courier.example/2026/bridge";
  EXPECT_TRUE(IsOwn({.id = "1", .sha256 = "a", .url = page}, {.id = "2", .sha256 = "b", .url = page}, 0));
}

// A copied page of HTML has the address and the site of the original in it.
TEST(OwnRecordTest, WhatAPageStatesAboutItselfDoesNotCount) {
  const std::string page = "https://courier.example/2026/bridge";
  const Record original = {.id = "1", .sha256 = "a", .site = "Courier", .url = page};
  EXPECT_FALSE(IsOwn({.id = "2", .sha256 = "a", .site = "Courier", .url = page, .record = std::nullopt}, original));
  EXPECT_TRUE(IsOwn({.id = "1", .sha256 = "a", .site = "Courier", .record = std::nullopt}, original));
}

TEST(OwnRecordTest, AnAddressWithoutAPathNamesNoPage) {
  for (const char* const host : {"https://courier.example", "https://courier.example/", "courier.example", ""})
    EXPECT_FALSE(IsOwn({.id = "1", .sha256 = "a", .url = host}, {.id = "2", .sha256 = "a", .url = host})) << host;
}

TEST(OwnRecordTest, StandardInputGivesNoId) {
  for (const char* const id : {"-", "-#1"})
    EXPECT_FALSE(IsOwn({.id = id, .sha256 = "a", .path = "-"}, {.id = id, .sha256 = "a", .path = "-"})) << id;
}

}  // namespace
}  // namespace unspin
