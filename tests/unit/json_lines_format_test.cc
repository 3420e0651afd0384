// JSON Lines, and JSON objects over several lines or in a list.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"
#include "unspin/records/left_out_records.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Line;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using testing::Zstd;

class JsonLinesFormatTest : public ::testing::Test {
 protected:
  InputFiles files_;
};

using Expected = std::vector<std::string>;

TEST_F(JsonLinesFormatTest, FieldsAreRead) {
  ReaderOptions options;
  options.keep = {"tags", "n", "absent"};
  const auto records = ReadAll(
      {files_.Write("a.jsonl", R"({"id":"x","text":"T\u00e9\n\"q\"","title":"Ti","url":"u","site":"s",)"
                               R"("published":"2020-01-02","fetched":2021,"tags":[1, {"a": "b c"}],"n":1.50})")},
      options);
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.id, "x");
  EXPECT_EQ(article.text, "T\xc3\xa9\n\"q\"");
  EXPECT_EQ(article.title, "Ti");
  EXPECT_EQ(article.url, "u");
  EXPECT_EQ(article.site, "s");
  EXPECT_EQ(article.published, "2020-01-02");
  EXPECT_EQ(article.fetched, "2021");
  EXPECT_EQ(article.record, std::optional<uint64_t>(1));
  EXPECT_TRUE(article.steps.empty());
  ASSERT_EQ(article.kept.size(), 2u);
  EXPECT_EQ(article.kept[0], (std::pair<std::string, std::string>("tags", R"([1,{"a":"b c"}])")));
  EXPECT_EQ(article.kept[1], (std::pair<std::string, std::string>("n", "1.50")));
}

TEST_F(JsonLinesFormatTest, FieldsCanBeRenamed) {
  ReaderOptions options;
  options.fields.text = "body";
  options.fields.id = "key";
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.jsonl", R"({"key":"k","body":"B","text":"no"})")}, options)),
            Expected{"k: B"});
}

TEST_F(JsonLinesFormatTest, IdsAreStringsNumbersOrTheLocation) {
  const std::string lines = R"({"id":7,"text":"a"}
{"id":1.50,"text":"b"}
{"id":123456789012345678901234567890,"text":"c \u00e9"}
{"text":"d"}
{"id":null,"text":"e"}
{"id":"","text":"f"}
{"id":[1],"text":"g"}
)";
  const std::string path = files_.Write("a.jsonl", lines);
  EXPECT_EQ(Lines(ReadAll({path})), (Expected{"7: a", "1.50: b", "123456789012345678901234567890: c \xc3\xa9",
                                              path + "#4: d", path + "#5: e", path + "#6: f", "bad " + path + ":7"}));
}

TEST_F(JsonLinesFormatTest, BadLinesAreReportedWithTheirNumbersAndReadingContinues) {
  const std::string path = files_.Write("a.jsonl",
                                        "\xef\xbb\xbf{\"id\":1,\"text\":\"one\"}\r\n"
                                        "\n"
                                        "{\"id\":2,\"text\":\n"
                                        "   \n"
                                        "{\"id\":3,\"text\":\"three\"} trailing\n"
                                        "{\"id\":4}\n"
                                        "{\"id\":5,\"text\":\"  \"}\n"
                                        "{\"id\":6,\"text\":null}\n"
                                        "{\"id\":7,\"text\":\"\x81\x8d\x8f\x90\x81\x8d\"}\n"
                                        "[1]\n"
                                        "{\"id\":8,\"text\":\"last\"}");
  const auto records = ReadAll({path});
  EXPECT_EQ(Lines(records),
            (Expected{"1: one", "bad " + path + ":3", "bad " + path + ":5", "bad " + path + ":6", "bad " + path + ":7",
                      "bad " + path + ":8", "bad " + path + ":9", "bad " + path + ":10", "8: last"}));
  EXPECT_NE(Problem(records[1]).find("not valid JSON"), std::string::npos);
  EXPECT_NE(Problem(records[3]).find("--text-field"), std::string::npos);
  EXPECT_NE(Problem(records[3]).find("\"id\""), std::string::npos);
  EXPECT_NE(Problem(records[6]).find("UTF-8"), std::string::npos);
}

TEST_F(JsonLinesFormatTest, ALineLargerThanTheBufferIsRead) {
  const std::string text(20 << 20, 'x');
  const std::string path = files_.Write("a.jsonl", "{\"id\":1,\"text\":\"" + text + "\"}\n{\"id\":2,\"text\":\"b\"}\n");
  const auto records = ReadAll({path});
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(std::get<Article>(records[0]).text.size(), text.size());
  EXPECT_EQ(Line(records[1]), "2: b");
}

TEST_F(JsonLinesFormatTest, ARecordBeyondTheLimitIsReportedAndSkipped) {
  ReaderOptions options;
  options.max_article_bytes = 1000;
  for (const size_t size : {1200u, 9u << 20}) {
    const std::string path = files_.Write("a.jsonl", "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"" +
                                                         std::string(size, 'x') + "\"}\n{\"id\":3,\"text\":\"c\"}\n");
    const auto records = ReadAll({path}, options);
    EXPECT_EQ(Lines(records), (Expected{"1: a", "bad " + path + ":2", "3: c"}));
    EXPECT_NE(Problem(records[1]).find("1000 bytes"), std::string::npos);
  }
  EXPECT_EQ(Lines(ReadAll({files_.Write("b.txt", std::string(1001, 'x'))}, options)),
            Expected{"bad " + files_.Path("b.txt")});
  EXPECT_EQ(ReadAll({files_.Write("c.txt", std::string(1000, 'x'))}, options).size(), 1u);
}

TEST_F(JsonLinesFormatTest, ATruncatedFileYieldsItsWholeRecordsAndABadOne) {
  std::string lines;
  uint32_t state = 1;
  for (int at = 0; at < 3000; ++at) {
    lines += "{\"id\":" + std::to_string(at) + ",\"text\":\"";
    for (int word = 0; word < 20; ++word) lines += std::to_string((state = state * 1664525 + 1013904223) >> 12) + " ";
    lines += "\"}\n";
  }
  const std::string whole = Zstd(lines);
  const std::string path = files_.Write("a.jsonl.zst", whole.substr(0, whole.size() * 3 / 4));
  const auto records = ReadAll({path, files_.Write("b.txt", "next")});
  ASSERT_GT(records.size(), 1000u);
  for (size_t at = 0; at + 2 < records.size(); ++at) {
    ASSERT_EQ(std::get<Article>(records[at]).id, std::to_string(at));
  }
  EXPECT_EQ(Line(records[records.size() - 2]), "bad " + path + ":" + std::to_string(records.size() - 1));
  EXPECT_NE(Problem(records[records.size() - 2]).find("cut off"), std::string::npos);
  EXPECT_EQ(Line(records.back()), files_.Path("b.txt") + ": next");
}

TEST_F(JsonLinesFormatTest, ObjectsOverSeveralLinesAndInListsAreRead) {
  const std::string one = files_.Write("one.json", "{\n  \"id\": 1,\n  \"text\": \"a } \\\" b\"\n}\n");
  EXPECT_EQ(Lines(ReadAll({one})), Expected{"1: a } \" b"});
  const std::string list = files_.Write(
      "list.json",
      "[\n {\"text\": \"a\"},\n {\"text\": }, 5,\n {\"id\": \"c\", \"text\": \"c\", \"n\": [1, [2]]}\n]\n");
  EXPECT_EQ(Lines(ReadAll({list})), (Expected{list + "#1: a", "bad " + list + ":2", "bad " + list + ":3", "c: c"}));
  const std::string small = files_.Write("small.json", R"({"text": "on one line"})");
  EXPECT_EQ(Lines(ReadAll({small})), Expected{small + "#1: on one line"});
  const std::string cut = files_.Write("cut.json", R"([{"text": "a"}, {"text": "b)");
  EXPECT_EQ(Lines(ReadAll({cut})), (Expected{cut + "#1: a", "bad " + cut + ":2"}));
  const std::string open = files_.Write("open.json", R"([{"text": "a"})");
  EXPECT_EQ(Lines(ReadAll({open})), (Expected{open + "#1: a", "bad " + open + ":2"}));
}

TEST_F(JsonLinesFormatTest, AListLargerThanTheBufferIsReadElementByElement) {
  std::string list = "[";
  for (int at = 0; at < 30; ++at) {
    list += (at > 0 ? ",\n" : "") + std::string("{\"id\": ") + std::to_string(at) + ", \"text\": \"" +
            std::string(700000, 'x') + "\"}";
  }
  const auto records = ReadAll({files_.Write("a.json", list + "]")});
  ASSERT_EQ(records.size(), 30u);
  EXPECT_EQ(std::get<Article>(records[29]).id, "29");
}

TEST_F(JsonLinesFormatTest, PathsAreReadWithTheirSpelling) {
  ReaderOptions options;
  options.fields.text = "a.text";
  options.fields.id = "meta.id";
  options.keep = {"meta.n", "a.none"};
  const auto records = ReadAll(
      {files_.Write("a.jsonl", R"({"meta":{"id":12345678901234567890123,"n":1.50},"a":{"text":"T"},"text":"no"})")},
      options);
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.id, "12345678901234567890123");
  EXPECT_EQ(article.text, "T");
  EXPECT_EQ(article.kept, (std::vector<std::pair<std::string, std::string>>{{"meta.n", "1.50"}}));
}

TEST_F(JsonLinesFormatTest, ALargeObjectAroundTheRecordsIsReadPast) {
  const std::string pad(1 << 20, 'x');
  const std::string path =
      files_.Write("a.jsonl", R"({"pad":")" + pad + R"(","items":[{"text":"a"},{"text":"b"}],"z":")" + pad + R"("})");
  EXPECT_EQ(Lines(ReadAll({path})), (Expected{path + "#1: a", path + "#2: b"}));
}

TEST_F(JsonLinesFormatTest, RecordsThatAreNoArticlesAreCounted) {
  ReaderOptions options;
  options.left_out = std::make_shared<LeftOutRecords>();
  const std::string path = files_.Write("a.jsonl", R"({"uri":"p","type":"picture","pubstatus":"usable"})"
                                                   "\n"
                                                   R"({"uri":"t","pubstatus":"usable","body_text":"a"})");
  EXPECT_EQ(Lines(ReadAll({path}, options)), Expected{"t: a"});
  EXPECT_EQ(options.left_out->Describe(), "1 record: 1 picture");
}

TEST_F(JsonLinesFormatTest, FactsOfNinjsAreKeptUnlessOthersAreAskedFor) {
  const std::string path = files_.Write(
      "a.json",
      R"([{"uri":"t","pubStatus":"usable","copyrightNotice":"N","bodies":[{"contentType":"text/html","value":"<p>a</p>"}]}])");
  using Kept = std::vector<std::pair<std::string, std::string>>;
  const auto all = ReadAll({path});
  EXPECT_EQ(std::get<Article>(all.at(0)).kept, (Kept{{"copyrightnotice", "\"N\""}, {"pubstatus", "\"usable\""}}));
  EXPECT_EQ(std::get<Article>(all.at(0)).reading.format, "ninjs");
  ReaderOptions options;
  options.keep = {"copyrightnotice", "uri"};
  const auto some = ReadAll({path}, options);
  EXPECT_EQ(std::get<Article>(some.at(0)).kept, (Kept{{"copyrightnotice", "\"N\""}, {"uri", "\"t\""}}));
}

TEST_F(JsonLinesFormatTest, ALoneSurrogateBesideTheTextLosesNoRecord) {
  ReaderOptions options;
  options.keep = {"k"};
  const std::string path = files_.Write("a.jsonl", R"({"id":"1\ud83d","text":"x","k":"\ude00"})"
                                                   "\n"
                                                   R"({"id":2,"text":"cut \ud83d off"})"
                                                   "\n"
                                                   R"({"id":3,"text":"y","other":"\ud83d"})");
  const auto records = ReadAll({path}, options);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_EQ(Lines(records).at(0), "1\ufffd: x");
  EXPECT_EQ(std::get<Article>(records.at(0)).kept.at(0).second, R"("\ufffd")");
  EXPECT_NE(Problem(records.at(1)).find("half of a sign"), std::string::npos) << Problem(records.at(1));
  EXPECT_EQ(Lines(records).at(2), "3: y");
}

TEST_F(JsonLinesFormatTest, AnObjectThatHoldsManyArticlesIsNoArticle) {
  const std::string text(300, 'w');
  const std::string map = files_.Write(
      "a.json", R"({"-K1":{"id":1,"text":"a )" + text + R"("},"-K2":{"id":2,"text":"b )" + text + R"("}})");
  EXPECT_NE(Problem(ReadAll({map}).at(0)).find("jq -c '.[]'"), std::string::npos);
  const std::string table = files_.Write("b.json", R"({"id":{"0":1,"1":2},"text":{"0":"a","1":"b"}})");
  EXPECT_NE(Problem(ReadAll({table}).at(0)).find("a table by columns"), std::string::npos);
}

}  // namespace
}  // namespace unspin
