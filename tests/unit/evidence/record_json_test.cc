#include "evidence/record_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace unspin::evidence {
namespace {

Article FullArticle() {
  Article article;
  article.id = "news.jsonl#17";
  article.text = std::string("A text\nwith \"quotes\", caf\u00e9, \u2028 and a zero: \0.", 48);
  article.title = "Title";
  article.url = "https://example.com/a?b=c&d";
  article.site = "Courier";
  article.published = "2020-01-01T00:00:00Z";
  article.fetched = "2020-01-02";
  article.path = "news.jsonl";
  article.record = 17;
  article.file_sha256 = std::string(64, 'a');
  article.steps = {{0, 10, 9, 8}, {5, 70, 60, 50}};
  article.notices = {"(c) Courier", "By A. Writer"};
  article.marks = {{"canonical", "https://example.com/a"}, {"credit-text", "Courier"}};
  article.reading.format = "html";
  article.reading.charset = "windows-1252";
  article.reading.chosen = "main-text";
  article.reading.words = 12;
  article.reading.page_words = 40;
  article.reading.rest = "comments";
  article.reading.alerts = {{"mojibake", 3}};
  article.kept = {{"label", "{\"a\": [1, 2]}"}, {"n", "1e3"}};
  return article;
}

TEST(RecordJsonTest, NothingIsLost) {
  const Article article = FullArticle();
  const auto read = ParseRecord(RenderRecord(article));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, article);
}

TEST(RecordJsonTest, BytesThatAreNoTextStayAsTheyAre) {
  Article article;
  for (std::string* const field : {&article.id, &article.text, &article.title, &article.path})
    *field = std::string("broken \xff\xfe \xed\xa0\x80", 13);
  article.notices = {"\xc3"};
  const auto read = ParseRecord(RenderRecord(article));
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, article);
}

TEST(RecordJsonTest, AnEmptyArticleIsAnEmptyObject) {
  EXPECT_EQ(RenderRecord({}), "{}");
  EXPECT_EQ(*ParseRecord("{}"), Article());
}

TEST(RecordJsonTest, ShapesOfJsonRecordsAreFormatsToo) {
  for (const char* const format : {"ninjs", "json-feed", "jsonl"}) {
    Article article;
    article.reading.format = format;
    const auto read = ParseRecord(RenderRecord(article));
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->reading.format, format);
  }
}

TEST(RecordJsonTest, WrongFieldsAreErrors) {
  for (const char* const json :
       {"", "[]", "1", "{\"id\":7}", "{\"record\":-1}", "{\"record\":1.5}", "{\"steps\":[[1,2,3]]}",
        "{\"steps\":[[1,2,3,4294967296]]}", "{\"steps\":[[5,0,0,0],[4,0,0,0]]}", "{\"text_hex\":\"abc\"}",
        "{\"text_hex\":\"zz\"}", "{\"text\":\"a\",\"text_hex\":\"61\"}", "{\"reading\":{\"format\":\"exe\"}}",
        "{\"reading\":{\"format\":\"html\",\"words\":-1}}", "{\"notices\":[1]}", "{\"notices\":{}}",
        "{\"reading\":{\"words\":1,\"page_words\":1,\"chosen\":\"elsewhere\",\"alerts\":[]}}"})
    EXPECT_FALSE(ParseRecord(json).ok()) << json;
}

TEST(RecordJsonTest, NoChangedByteIsFatal) {
  const std::string json = RenderRecord(FullArticle());
  for (size_t at = 0; at < json.size(); ++at) {
    for (const char byte : {'\0', '"', '{', '9', '-', '\xff'}) {
      std::string changed = json;
      changed[at] = byte;
      if (const auto read = ParseRecord(changed); read.ok()) {
        EXPECT_TRUE(ParseRecord(RenderRecord(*read)).ok()) << at;
      }
    }
    EXPECT_FALSE(ParseRecord(std::string_view(json).substr(0, at)).ok()) << at;
  }
}

}  // namespace
}  // namespace unspin::evidence
