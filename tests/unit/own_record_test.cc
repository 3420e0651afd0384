#include "unspin/engine/own_record.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "unspin/base/hash.h"

namespace unspin {
namespace {

// Of `words` runs, the first `changed` of which are others than those of an article without changes.
Sketch Runs(uint64_t words, uint64_t changed) {
  std::vector<uint64_t> runs;
  for (uint64_t i = 0; i < words; ++i) runs.push_back(Mix64(i < changed ? i + 1'000'000 : i));
  return MakeSketch(runs);
}
const Sketch kSketch = Runs(300, 0), kRevised = Runs(300, 30), kOther = Runs(300, 300);

struct Record {
  std::string id, sha256;
  std::string site = {}, url = {}, path = "news.jsonl";
  Sketch sketch = kSketch;
  std::optional<uint64_t> record = 1;
};

bool IsOwn(const Record& suspect, const Record& original) {
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
  return IsOwnRecord(article, suspect.sha256, suspect.sketch, stored, original.sketch);
}

TEST(OwnRecordTest, TheSameIdWithTheSameTextIs) {
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "a"}, {.id = "17", .sha256 = "a"}));
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "a", .site = "Courier"}, {.id = "17", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSameTextUnderAnotherIdIsACopy) {
  EXPECT_FALSE(IsOwn({.id = "copy.txt", .sha256 = "a"}, {.id = "original.txt", .sha256 = "a"}));
  EXPECT_FALSE(IsOwn({.id = "1", .sha256 = "a", .site = "Herald"}, {.id = "2", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSameIdOnAnotherSiteIsAnotherArticle) {
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "a", .site = "Herald"}, {.id = "17", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSameIdWithAnotherTextIsOnlyARevisionOnTheSameSite) {
  const Record original = {.id = "17", .sha256 = "a", .site = "Courier"};
  EXPECT_TRUE(IsOwn({.id = "17", .sha256 = "b", .site = "Courier", .sketch = kRevised}, original));
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "b", .site = "Courier", .sketch = kOther}, original));
  EXPECT_FALSE(IsOwn({.id = "17", .sha256 = "b", .sketch = kRevised}, {.id = "17", .sha256 = "a"}));
}

TEST(OwnRecordTest, TheSameTextOnTheSameSiteIs) {
  EXPECT_TRUE(IsOwn({.id = "1", .sha256 = "a", .site = "Courier"}, {.id = "2", .sha256 = "a", .site = "Courier"}));
}

TEST(OwnRecordTest, TheSamePageIs) {
  const std::string page = "https://courier.example/2026/bridge";
  EXPECT_TRUE(
      IsOwn({.id = "1", .sha256 = "a", .url = page, .sketch = kOther}, {.id = "2", .sha256 = "b", .url = page}));
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
