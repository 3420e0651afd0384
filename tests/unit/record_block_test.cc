// Blocks of records, parsed by many threads, are the records that one thread reads.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/ingest/reader.h"
#include "unspin/records/record_block.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::ReadAll;
using testing::Zstd;

class RecordBlockTest : public ::testing::Test {
 protected:
  // Blocks of these inputs yield the records of Next. Returns the number of blocks.
  size_t CompareWithNext(const std::vector<std::string>& inputs, const ReaderOptions& options = {}) const {
    const std::vector<Record> records = ReadAll(inputs, options);
    CompareRecords(records, inputs, options);
    auto reader = ArticleReader::Open(inputs, options);
    EXPECT_TRUE(reader.ok());
    size_t blocks = 0, next = 0;
    RecordBlockParser parser;
    for (RecordBlock block; (*reader)->NextBlock(block); ++blocks) {
      parser.ParseTexts(block, [&](const TextRecord& taken) {
        ASSERT_LT(next, records.size());
        const Record& record = records[next++];
        if (const auto* bad = std::get_if<BadRecord>(&record)) {
          ASSERT_TRUE(std::holds_alternative<BadRecord>(taken)) << bad->location;
          EXPECT_EQ(std::get<BadRecord>(taken).location, bad->location);
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
    EXPECT_EQ(next, records.size());
    return blocks;
  }

  void CompareRecords(const std::vector<Record>& records, const std::vector<std::string>& inputs,
                      const ReaderOptions& options) const {
    auto reader = ArticleReader::Open(inputs, options);
    ASSERT_TRUE(reader.ok());
    size_t next = 0;
    RecordBlockParser parser;
    for (RecordBlock block; (*reader)->NextBlock(block);) {
      parser.Parse(block, [&](const Record& taken) {
        ASSERT_LT(next, records.size());
        const Record& record = records[next++];
        ASSERT_EQ(taken.index(), record.index());
        if (const auto* bad = std::get_if<BadRecord>(&record)) {
          EXPECT_EQ(std::get<BadRecord>(taken).location, bad->location);
          EXPECT_EQ(std::get<BadRecord>(taken).message, bad->message);
        } else {
          EXPECT_EQ(std::get<Article>(taken), std::get<Article>(record));
        }
      });
    }
    EXPECT_EQ(next, records.size());
  }

  InputFiles files_;
};

TEST_F(RecordBlockTest, BlocksYieldTheRecordsOfNext) {
  files_.Write(
      "a.jsonl",
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
  files_.Write("b.json", R"([{"text": "In a list", "id": "l"}, {"text": 3}, {"text": "cut off)");
  files_.Write("c.html", "<html><body><p>A page of its own, with words enough to be one.</p></body></html>");
  files_.Write("d.txt", "plain text");
  files_.Write("e.txt", "");
  CompareWithNext({files_.Path("")});
  ReaderOptions options;
  options.fields.text = "body";
  options.max_article_bytes = 30;
  CompareWithNext({files_.Path("")}, options);
}

TEST_F(RecordBlockTest, BlocksYieldTheSameRecordsWhereverTheyAreCut) {
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
  const std::string path = files_.Write("a.jsonl", lines);
  EXPECT_GT(CompareWithNext({path}), 4u);
  // Lines that no block holds, in the middle, at the end, and cut off there.
  const std::string large = "{\"text\": \"" + std::string(700'000, 'x') + "\"}";
  for (const char* end : {"\n", ""}) {
    files_.Write("a.jsonl", large + "\n" + lines + large + "\n\n" + large + end);
    CompareWithNext({path});
    ReaderOptions options;
    for (const uint64_t limit : {2'000, 300'000, 700'012}) {
      options.max_article_bytes = limit;
      CompareWithNext({path}, options);
    }
  }
  const std::string whole = Zstd(lines);
  CompareWithNext({files_.Write("b.jsonl.zst", whole.substr(0, whole.size() * 3 / 4)), path});
}

TEST_F(RecordBlockTest, BlocksAreBoundedWhateverTheirRecords) {
  std::string lines;
  for (int at = 0; at < 20'000; ++at) lines += "{\"text\":1}\n";
  EXPECT_GT(CompareWithNext({files_.Write("a.jsonl", lines)}), 15u);
  std::string list = "[1";
  for (int at = 0; at < 5'000; ++at) list += ",{}";
  EXPECT_GT(CompareWithNext({files_.Write("b.json", list + "]")}), 3u);
}

class TwoRecords final : public RecordSupplier {
 public:
  void Supply(const std::function<void(Record)>& take) override {
    Article article;
    article.id = "a";
    article.text = "One.";
    take(std::move(article));
    take(BadRecord{"t:2", "wrong"});
  }
  void SupplyTexts(const std::function<void(TextRecord)>& take) override {
    take(ArticleText{"a", "", "One.", "t", 1});
    take(BadRecord{"t:2", "wrong"});
  }
};

TEST(RecordSupplierTest, ItsRecordsComeBehindParsedOnes) {
  const auto filled = [] {
    RecordBlock block;
    block.Add(BadRecord{"s", "before"});
    block.supplier = std::make_unique<TwoRecords>();
    EXPECT_TRUE(block.full());
    EXPECT_EQ(block.size(), 2u);
    return block;
  };
  RecordBlockParser parser;
  std::vector<std::string> lines;
  RecordBlock block = filled();
  parser.Parse(block, [&](const Record& record) { lines.push_back(testing::Line(record)); });
  EXPECT_EQ(lines, (std::vector<std::string>{"bad s", "a: One.", "bad t:2"}));
  EXPECT_EQ(block.size(), 0u);
  block = filled();
  size_t texts = 0;
  parser.ParseTexts(block, [&](const TextRecord&) { ++texts; });
  EXPECT_EQ(texts, 3u);
  EXPECT_FALSE(block.full());
}

TEST_F(RecordBlockTest, SmallFilesShareBlocks) {
  for (int at = 0; at < 100; ++at) files_.Write("in/" + std::to_string(at) + ".txt", "The text of one file.");
  files_.Write("in/50.jsonl", "{\"text\": \"a\"}\n{\"text\": \"b\"}\n");
  EXPECT_EQ(CompareWithNext({files_.Path("in")}), 2u);
}

}  // namespace
}  // namespace unspin
