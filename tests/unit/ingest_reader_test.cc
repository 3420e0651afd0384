// Files, folders and streams become articles and bad records, in order and without loss.
#include <unistd.h>

#include <gtest/gtest.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_block.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 1));
  return out;
}

class IngestReader : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-reader-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& bytes) const {
    fs::create_directories(fs::path(Path(name)).parent_path());
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }

  std::vector<Record> ReadAll(std::vector<std::string> inputs, const ReaderOptions& options = {}) const {
    std::vector<Record> records;
    auto reader = ArticleReader::Open(std::move(inputs), options);
    EXPECT_TRUE(reader.ok()) << (reader.ok() ? "" : StdView(reader.status().message()));
    if (!reader.ok()) return records;
    while (auto record = (*reader)->Next()) records.push_back(*std::move(record));
    return records;
  }

  // Whatever Next says of these inputs, blocks say too. Returns how many blocks there were.
  size_t ExpectTheSameTexts(const std::vector<std::string>& inputs, const ReaderOptions& options = {}) const {
    const std::vector<Record> records = ReadAll(inputs, options);
    ExpectTheSameRecords(records, inputs, options);
    auto reader = ArticleReader::Open(inputs, options);
    EXPECT_TRUE(reader.ok());
    size_t blocks = 0, at = 0;
    RecordBlockParser parser(options);
    for (RecordBlock block; (*reader)->NextBlock(block); ++blocks) {
      parser.ParseTexts(block, [&](const RecordBlockParser::TextRecord& taken) {
        ASSERT_LT(at, records.size());
        const Record& record = records[at++];
        if (const auto* bad = std::get_if<BadRecord>(&record)) {
          ASSERT_TRUE(std::holds_alternative<BadRecord>(taken)) << bad->place;
          EXPECT_EQ(std::get<BadRecord>(taken).place, bad->place);
          EXPECT_EQ(std::get<BadRecord>(taken).message, bad->message);
          return;
        }
        const Article& article = std::get<Article>(record);
        ASSERT_TRUE(std::holds_alternative<ArticleText>(taken)) << std::get<BadRecord>(taken).message;
        EXPECT_EQ(std::get<ArticleText>(taken).id, article.id);
        EXPECT_EQ(std::get<ArticleText>(taken).published, article.published);
        EXPECT_EQ(std::get<ArticleText>(taken).text, article.text);
      });
    }
    EXPECT_EQ(at, records.size());
    return blocks;
  }

  void ExpectTheSameRecords(const std::vector<Record>& records, const std::vector<std::string>& inputs,
                            const ReaderOptions& options) const {
    auto reader = ArticleReader::Open(inputs, options);
    ASSERT_TRUE(reader.ok());
    size_t at = 0;
    RecordBlockParser parser(options);
    for (RecordBlock block; (*reader)->NextBlock(block);) {
      parser.Parse(block, [&](const Record& taken) {
        ASSERT_LT(at, records.size());
        const Record& record = records[at++];
        ASSERT_EQ(taken.index(), record.index());
        if (const auto* bad = std::get_if<BadRecord>(&record)) {
          EXPECT_EQ(std::get<BadRecord>(taken).place, bad->place);
          EXPECT_EQ(std::get<BadRecord>(taken).message, bad->message);
        } else {
          EXPECT_EQ(std::get<Article>(taken), std::get<Article>(record));
        }
      });
    }
    EXPECT_EQ(at, records.size());
  }

  std::string folder_;
};

// What a record is, in one line: "id: text", or "bad place" for a bad one.
std::string Line(const Record& record) {
  if (const auto* article = std::get_if<Article>(&record)) return article->id + ": " + article->text;
  return "bad " + std::get<BadRecord>(record).place;
}

std::vector<std::string> Lines(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const Record& record : records) lines.push_back(Line(record));
  return lines;
}

std::string Problem(const Record& record) {
  const auto* bad = std::get_if<BadRecord>(&record);
  return bad == nullptr ? "" : bad->message;
}

using Expected = std::vector<std::string>;

TEST_F(IngestReader, APlainFileIsItsBytes) {
  const std::string text("caf\xc3\xa9 \xff\xfe broken\0 and on\n", 25);
  const auto records = ReadAll({Write("a.txt", text)});
  ASSERT_EQ(records.size(), 1u);
  const Article& article = std::get<Article>(records[0]);
  EXPECT_EQ(article.text, text);
  EXPECT_EQ(article.id, Path("a.txt"));
  EXPECT_EQ(article.path, Path("a.txt"));
  EXPECT_EQ(article.title, "");
  EXPECT_TRUE(article.steps.empty());
  EXPECT_FALSE(article.record.has_value());
}

TEST_F(IngestReader, AByteOrderMarkIsSteppedOver) {
  const auto records = ReadAll({Write("a.txt", "\xef\xbb\xbfText.")});
  const Article& article = std::get<Article>(records.at(0));
  EXPECT_EQ(article.text, "Text.");
  ASSERT_FALSE(article.steps.empty());
  EXPECT_EQ(article.steps[0], (OffsetStep{0, 3, 1, 1}));
}

TEST_F(IngestReader, Utf16IsConverted) {
  const std::string little("\xff\xfe\x48\x00\xe9\x00\x3d\xd8\x00\xde", 10);  // H é 😀
  EXPECT_EQ(Lines(ReadAll({Write("a.txt", little)})), Expected{Path("a.txt") + ": H\xc3\xa9\xf0\x9f\x98\x80"});
  const std::string big("\xfe\xff\x00\x48\x00\x69", 6);
  EXPECT_EQ(Lines(ReadAll({Write("b.txt", big)})), Expected{Path("b.txt") + ": Hi"});
}

TEST_F(IngestReader, FoldersAreWalkedInNameOrder) {
  Write("b.txt", "B");
  Write("a/2.txt", "A2");
  Write("a/10.txt", "A10");
  Write("a.txt", "A");
  Write("c/d/e.txt", "E");
  Write(".hidden", "no");
  EXPECT_EQ(Lines(ReadAll({folder_})),
            (Expected{Path("a/10.txt") + ": A10", Path("a/2.txt") + ": A2", Path("a.txt") + ": A",
                      Path("b.txt") + ": B", Path("c/d/e.txt") + ": E"}));
}

TEST_F(IngestReader, AFolderThatLinksToItselfIsReadOnce) {
  Write("a/x.txt", "X");
  fs::create_directory_symlink(folder_, Path("a/loop"));
  EXPECT_EQ(Lines(ReadAll({folder_ + "/"})), Expected{Path("a/x.txt") + ": X"});
}

TEST_F(IngestReader, EveryMissingInputIsNamedAtOnce) {
  const auto reader = ArticleReader::Open({Path("one"), Write("a.txt", "A"), Path("two")}, {});
  ASSERT_FALSE(reader.ok());
  const std::string message(StdView(reader.status().message()));
  EXPECT_NE(message.find(Path("one")), std::string::npos);
  EXPECT_NE(message.find(Path("two")), std::string::npos);
  EXPECT_EQ(message.find("a.txt"), std::string::npos);
}

TEST_F(IngestReader, JsonLinesKeepTheirFields) {
  ReaderOptions options;
  options.keep = {"tags", "n", "absent"};
  const auto records =
      ReadAll({Write("a.jsonl", R"({"id":"x","text":"T\u00e9\n\"q\"","title":"Ti","url":"u","site":"s",)"
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

TEST_F(IngestReader, FieldsCanBeRenamed) {
  ReaderOptions options;
  options.fields.text = "body";
  options.fields.id = "key";
  EXPECT_EQ(Lines(ReadAll({Write("a.jsonl", R"({"key":"k","body":"B","text":"no"})")}, options)), Expected{"k: B"});
}

TEST_F(IngestReader, IdsAreTextNumbersOrThePlace) {
  const std::string lines = R"({"id":7,"text":"a"}
{"id":1.50,"text":"b"}
{"id":123456789012345678901234567890,"text":"c \u00e9"}
{"text":"d"}
{"id":null,"text":"e"}
{"id":"","text":"f"}
{"id":[1],"text":"g"}
)";
  const std::string path = Write("a.jsonl", lines);
  EXPECT_EQ(Lines(ReadAll({path})), (Expected{"7: a", "1.50: b", "123456789012345678901234567890: c \xc3\xa9",
                                              path + "#4: d", path + "#5: e", path + "#6: f", "bad " + path + ":7"}));
}

TEST_F(IngestReader, ABadLineIsReportedWithItsNumberAndTheRestGoesOn) {
  const std::string path = Write("a.jsonl",
                                 "\xef\xbb\xbf{\"id\":1,\"text\":\"one\"}\r\n"
                                 "\n"
                                 "{\"id\":2,\"text\":\n"
                                 "   \n"
                                 "{\"id\":3,\"text\":\"three\"} trailing\n"
                                 "{\"id\":4}\n"
                                 "{\"id\":5,\"text\":\"  \"}\n"
                                 "{\"id\":6,\"text\":null}\n"
                                 "{\"id\":7,\"text\":\"\xff\"}\n"
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

TEST_F(IngestReader, ALineLargerThanTheBufferIsRead) {
  const std::string text(20 << 20, 'x');
  const std::string path = Write("a.jsonl", "{\"id\":1,\"text\":\"" + text + "\"}\n{\"id\":2,\"text\":\"b\"}\n");
  const auto records = ReadAll({path});
  ASSERT_EQ(records.size(), 2u);
  EXPECT_EQ(std::get<Article>(records[0]).text.size(), text.size());
  EXPECT_EQ(Line(records[1]), "2: b");
}

TEST_F(IngestReader, ARecordBeyondTheLimitIsReportedAndPassedOver) {
  ReaderOptions options;
  options.max_article_bytes = 1000;
  for (const size_t size : {1200u, 9u << 20}) {
    const std::string path = Write("a.jsonl", "{\"id\":1,\"text\":\"a\"}\n{\"id\":2,\"text\":\"" +
                                                  std::string(size, 'x') + "\"}\n{\"id\":3,\"text\":\"c\"}\n");
    const auto records = ReadAll({path}, options);
    EXPECT_EQ(Lines(records), (Expected{"1: a", "bad " + path + ":2", "3: c"}));
    EXPECT_NE(Problem(records[1]).find("1000 bytes"), std::string::npos);
  }
  EXPECT_EQ(Lines(ReadAll({Write("b.txt", std::string(1001, 'x'))}, options)), Expected{"bad " + Path("b.txt")});
  EXPECT_EQ(ReadAll({Write("c.txt", std::string(1000, 'x'))}, options).size(), 1u);
}

TEST_F(IngestReader, ATruncatedStreamGivesItsWholeRecordsAndOneBadOne) {
  std::string lines;
  uint32_t state = 1;
  for (int at = 0; at < 3000; ++at) {
    lines += "{\"id\":" + std::to_string(at) + ",\"text\":\"";
    for (int word = 0; word < 20; ++word) lines += std::to_string((state = state * 1664525 + 1013904223) >> 12) + " ";
    lines += "\"}\n";
  }
  const std::string whole = Zstd(lines);
  const std::string path = Write("a.jsonl.zst", whole.substr(0, whole.size() * 3 / 4));
  const auto records = ReadAll({path, Write("b.txt", "next")});
  ASSERT_GT(records.size(), 1000u);
  for (size_t at = 0; at + 2 < records.size(); ++at) {
    ASSERT_EQ(std::get<Article>(records[at]).id, std::to_string(at));
  }
  EXPECT_EQ(Line(records[records.size() - 2]), "bad " + path + ":" + std::to_string(records.size() - 1));
  EXPECT_NE(Problem(records[records.size() - 2]).find("cut off"), std::string::npos);
  EXPECT_EQ(Line(records.back()), Path("b.txt") + ": next");
}

TEST_F(IngestReader, ATruncatedTextIsABadRecord) {
  const std::string whole = Zstd(std::string(1000, 'a') + "b");
  EXPECT_EQ(Lines(ReadAll({Write("a.txt.zst", whole.substr(0, whole.size() - 3))})),
            Expected{"bad " + Path("a.txt.zst")});
}

TEST_F(IngestReader, JsonOverSeveralLinesAndInListsIsRead) {
  const std::string one = Write("one.json", "{\n  \"id\": 1,\n  \"text\": \"a } \\\" b\"\n}\n");
  EXPECT_EQ(Lines(ReadAll({one})), Expected{"1: a } \" b"});
  const std::string list =
      Write("list.json",
            "[\n {\"text\": \"a\"},\n {\"text\": }, 5,\n {\"id\": \"c\", \"text\": \"c\", \"n\": [1, [2]]}\n]\n");
  EXPECT_EQ(Lines(ReadAll({list})), (Expected{list + "#1: a", "bad " + list + ":2", "bad " + list + ":3", "c: c"}));
  const std::string small = Write("small.json", R"({"text": "on one line"})");
  EXPECT_EQ(Lines(ReadAll({small})), Expected{small + "#1: on one line"});
  const std::string cut = Write("cut.json", R"([{"text": "a"}, {"text": "b)");
  EXPECT_EQ(Lines(ReadAll({cut})), (Expected{cut + "#1: a", "bad " + cut + ":2"}));
  const std::string open = Write("open.json", R"([{"text": "a"})");
  EXPECT_EQ(Lines(ReadAll({open})), (Expected{open + "#1: a", "bad " + open + ":2"}));
}

TEST_F(IngestReader, AListLargerThanTheBufferIsReadElementByElement) {
  std::string list = "[";
  for (int at = 0; at < 30; ++at) {
    list += (at > 0 ? ",\n" : "") + std::string("{\"id\": ") + std::to_string(at) + ", \"text\": \"" +
            std::string(700000, 'x') + "\"}";
  }
  const auto records = ReadAll({Write("a.json", list + "]")});
  ASSERT_EQ(records.size(), 30u);
  EXPECT_EQ(std::get<Article>(records[29]).id, "29");
}

TEST_F(IngestReader, ContentDecidesWhereTheNameSaysNothing) {
  EXPECT_EQ(Lines(ReadAll({Write("a", "{\"id\":1,\"text\":\"J\"}\n{\"id\":2,\"text\":\"K\"}\n")})),
            (Expected{"1: J", "2: K"}));
  EXPECT_EQ(Lines(ReadAll({Write("b", "<!DOCTYPE html><p>A page of its own.</p>")})),
            Expected{Path("b") + ": A page of its own."});
  EXPECT_EQ(Lines(ReadAll({Write("c", "{not json} but text")})), Expected{Path("c") + ": {not json} but text"});
  EXPECT_EQ(Lines(ReadAll({Write("d", "<3 is a heart")})), Expected{Path("d") + ": <3 is a heart"});
}

TEST_F(IngestReader, TheFormatCanBeForced) {
  ReaderOptions options;
  options.format = InputFormat::kText;
  EXPECT_EQ(Lines(ReadAll({Write("a.html", "<p>x</p>")}, options)), Expected{Path("a.html") + ": <p>x</p>"});
  options.format = InputFormat::kJsonLines;
  EXPECT_EQ(Lines(ReadAll({Write("a.txt", "{\"id\":1,\"text\":\"J\"}")}, options)), Expected{"1: J"});
  options.format = InputFormat::kHtml;
  EXPECT_EQ(Lines(ReadAll({Write("b.txt", "<p>x</p>")}, options)), Expected{Path("b.txt") + ": x"});
}

TEST_F(IngestReader, FormatsThatAreNotReadYetSaySo) {
  for (const auto& [name, bytes] :
       std::vector<std::pair<std::string, std::string>>{{"a.csv", "id,text\n1,x\n"},
                                                        {"a.csv.zst", Zstd("id,text\n1,x\n")},
                                                        {"a.parquet", "PAR1"},
                                                        {"a.warc", "x"},
                                                        {"b", "PAR1 and so on"},
                                                        {"c", "WARC/1.0\r\n"}}) {
    const auto records = ReadAll({Write(name, bytes)});
    ASSERT_EQ(records.size(), 1u);
    EXPECT_NE(Problem(records[0]).find("not read yet"), std::string::npos) << name;
    EXPECT_NE(Problem(records[0]).find("JSON Lines"), std::string::npos) << name;
  }
}

TEST_F(IngestReader, ForeignFilesAreNamedForWhatTheyAre) {
  EXPECT_NE(Problem(ReadAll({Write("a.txt", "%PDF-1.7 ...")}).at(0)).find("PDF"), std::string::npos);
  EXPECT_NE(Problem(ReadAll({Write("b", "\x89PNG\r\n\x1a\n...")}).at(0)).find("picture"), std::string::npos);
  EXPECT_NE(Problem(ReadAll({Write("c.docx", "PK\x03\x04...")}).at(0)).find("office document"), std::string::npos);
}

TEST_F(IngestReader, EmptyAndBlankFilesHaveNoText) {
  for (const char* bytes : {"", " \n\t ", "\xef\xbb\xbf", "\xff\xfe"}) {
    const auto records = ReadAll({Write("a.txt", bytes)});
    ASSERT_EQ(records.size(), 1u);
    EXPECT_NE(Problem(records[0]).find("no text"), std::string::npos) << Line(records[0]);
  }
  EXPECT_EQ(Lines(ReadAll({Write("a.jsonl", "\n\n")})), Expected{"bad " + Path("a.jsonl")});
}

TEST_F(IngestReader, ProgressCountsStoredBytes) {
  const std::string stored = Zstd(std::string(100000, 'a'));
  auto reader = ArticleReader::Open({Write("a.txt.zst", stored), Write("b.txt", "12345")}, {});
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->bytes_total(), std::optional<uint64_t>(stored.size() + 5));
  while ((*reader)->Next()) {
  }
  EXPECT_EQ((*reader)->bytes_read(), stored.size() + 5);
}

TEST_F(IngestReader, TextsAloneAreThoseOfTheArticles) {
  Write("a.jsonl",
        R"({"id": "one", "title": "T", "published": "2024-01-02", "text": "Plain."})"
        "\n\n"
        R"({"text": "Escaped \u00e9\n\"here\"", "id": 17, "published": 20240102})"
        "\n"
        R"({"text": "first", "text": "last", "id": "a", "id": "b"})"
        "\n"
        R"({"text": "no number has these digits", "n": 123456789012345678901234567890, "id": 98765432109876543210})"
        "\n"
        R"({"text": "first", "text": 5, "n": 123456789012345678901234567890})"
        "\n{broken\n"
        R"({"text": " \n ", "id": "blank"})"
        "\n"
        R"({"body": "elsewhere"})"
        "\n"
        R"({"text": "T", "id": {"a": 1}})"
        "\n[1]\n"
        R"({"text": "The last one has no id."})");
  Write("b.json", R"([{"text": "In a list", "id": "l"}, {"text": 3}, {"text": "cut off)");
  Write("c.html", "<html><body><p>A page of its own, with words enough to be one.</p></body></html>");
  Write("d.txt", "plain text");
  Write("e.txt", "");
  ExpectTheSameTexts({folder_});
  ReaderOptions options;
  options.fields.text = "body";
  options.max_article_bytes = 30;
  ExpectTheSameTexts({folder_}, options);
}

TEST_F(IngestReader, BlocksSayTheSameWhereverTheyAreCut) {
  // Two megabytes of lines of many lengths, among them blank ones, wrong ones and ones without an id.
  std::string lines = "\xef\xbb\xbf";
  uint32_t state = 7;
  for (int at = 0; lines.size() < 2u << 20; ++at) {
    const uint32_t random = (state = state * 1664525 + 1013904223) >> 8;
    if (random % 11 == 0) lines += random % 2 == 0 ? "  \r\n" : "\n";
    if (random % 13 == 0) lines += "not a record\n";
    lines += random % 17 == 0 ? "{" : "{\"id\": " + std::to_string(at) + ", ";
    lines += "\"text\": \"" + std::string(1 + random % 3000, static_cast<char>('a' + random % 26)) + "\"}\n";
  }
  const std::string path = Write("a.jsonl", lines);
  EXPECT_GT(ExpectTheSameTexts({path}), 4u);
  // Lines that no block holds, in the middle, at the end, and cut off there.
  const std::string large = "{\"text\": \"" + std::string(700'000, 'x') + "\"}";
  for (const char* end : {"\n", ""}) {
    Write("a.jsonl", large + "\n" + lines + large + "\n\n" + large + end);
    ExpectTheSameTexts({path});
    ReaderOptions options;
    for (const uint64_t limit : {2'000, 300'000, 700'012}) {
      options.max_article_bytes = limit;
      ExpectTheSameTexts({path}, options);
    }
  }
  const std::string whole = Zstd(lines);
  ExpectTheSameTexts({Write("b.jsonl.zst", whole.substr(0, whole.size() * 3 / 4)), path});
}

TEST_F(IngestReader, BlocksAreBoundedWhateverTheirRecords) {
  std::string lines;
  for (int at = 0; at < 20'000; ++at) lines += "{\"text\":1}\n";
  EXPECT_GT(ExpectTheSameTexts({Write("a.jsonl", lines)}), 15u);
  std::string list = "[1";
  for (int at = 0; at < 5'000; ++at) list += ",{}";
  EXPECT_GT(ExpectTheSameTexts({Write("b.json", list + "]")}), 3u);
}

TEST_F(IngestReader, SmallFilesShareBlocks) {
  for (int at = 0; at < 100; ++at) Write("in/" + std::to_string(at) + ".txt", "The text of one file.");
  Write("in/50.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
  EXPECT_EQ(ExpectTheSameTexts({Path("in")}), 2u);
}

TEST_F(IngestReader, BytesInMemoryAreReadLikeAFile) {
  const auto article = ArticleFromBytes(R"({"text": "T", "url": "u"})", "request", {});
  ASSERT_TRUE(std::holds_alternative<Article>(article));
  EXPECT_EQ(std::get<Article>(article).text, "T");
  EXPECT_EQ(std::get<Article>(article).url, "u");
  EXPECT_EQ(std::get<Article>(article).id, "request#1");
  EXPECT_EQ(Line(ArticleFromBytes(Zstd("plain"), "x", {})), "x: plain");
  EXPECT_TRUE(std::holds_alternative<BadRecord>(ArticleFromBytes("{\"text\":\"a\"}\n{\"text\":\"b\"}", "x", {})));
  EXPECT_TRUE(std::holds_alternative<BadRecord>(ArticleFromBytes("", "x", {})));
}

}  // namespace
}  // namespace unspin
