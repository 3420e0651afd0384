// A format of a splitter and a parser: what it takes to read a new one.
#include "unspin/records/split_source.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "unspin/io/byte_stream.h"
#include "unspin/records/line_splitter.h"

namespace unspin {
namespace {

// "id=text". A line without "=" is a bad record.
class PairParser final : public RecordParser {
 public:
  using RecordParser::RecordParser;

 private:
  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override {
    const size_t equals = bytes.find('=');
    if (equals == std::string_view::npos) return Bad(number, "there is no = in it");
    Article article;
    article.id = equals > 0 ? std::string(bytes.substr(0, equals)) : DefaultId(number);
    article.text = bytes.substr(equals + 1);
    return article;
  }
};

std::unique_ptr<RecordSource> Open(const std::string& bytes) {
  auto stream = ByteStream::FromBytes(bytes, "pairs");
  EXPECT_TRUE(stream.ok());
  return MakeSplitSource("pairs", std::make_unique<LineSplitter>(*std::move(stream), /*max_bytes=*/20),
                         [] { return std::make_unique<PairParser>("pairs"); });
}

const std::vector<std::string> kExpected = {"a: one", "pairs:3: there is no = in it", "pairs#4: two"};
constexpr char kPairs[] = "a=one\n\nnothing\n=two\n";

std::string Line(const Record& record) {
  if (const auto* bad = std::get_if<BadRecord>(&record)) return bad->location + ": " + bad->message;
  return std::get<Article>(record).id + ": " + std::get<Article>(record).text;
}

TEST(SplitSourceTest, RecordsAreReadOneByOne) {
  const auto source = Open(kPairs);
  std::vector<std::string> lines;
  while (const auto record = source->Next()) lines.push_back(Line(*record));
  EXPECT_EQ(lines, kExpected);
}

TEST(SplitSourceTest, RecordsAreParsedFromBlocks) {
  const auto source = Open(kPairs);
  RecordBlock block;
  ASSERT_TRUE(source->NextBlock(block));
  EXPECT_TRUE(block.full());
  EXPECT_EQ(block.size(), kExpected.size());
  std::vector<std::string> lines;
  RecordBlockParser().Parse(block, [&](const Record& record) { lines.push_back(Line(record)); });
  EXPECT_EQ(lines, kExpected);
  EXPECT_EQ(block.size(), 0u);
  EXPECT_FALSE(source->NextBlock(block));
}

// A parser need not read texts apart from articles.
TEST(SplitSourceTest, TextsOfBlocksAreThoseOfTheArticles) {
  const auto source = Open(kPairs);
  RecordBlock block;
  ASSERT_TRUE(source->NextBlock(block));
  std::vector<std::string> lines;
  RecordBlockParser().ParseTexts(block, [&](const TextRecord& record) {
    if (const auto* bad = std::get_if<BadRecord>(&record)) return lines.push_back(bad->location + ": " + bad->message);
    const ArticleText& article = std::get<ArticleText>(record);
    lines.push_back(std::string(article.id) + ": " + std::string(article.text));
  });
  EXPECT_EQ(lines, kExpected);
}

TEST(SplitSourceTest, ALargeRecordIsABadOne) {
  const auto source = Open("a=" + std::string(30, 'x') + "\nb=two\n");
  EXPECT_EQ(Line(*source->Next()).substr(0, 8), "pairs:1:");
  EXPECT_EQ(Line(*source->Next()), "b: two");
  EXPECT_FALSE(source->Next().has_value());
}

TEST(SplitSourceTest, AFileWithoutRecordsIsABadRecord) {
  const auto by_record = Open("\n\n");
  EXPECT_EQ(Line(*by_record->Next()), "pairs: there is no record in it; leave it out");
  EXPECT_FALSE(by_record->Next().has_value());
  const auto by_block = Open("\n\n");
  RecordBlock block;
  ASSERT_TRUE(by_block->NextBlock(block));
  EXPECT_EQ(block.size(), 1u);
  EXPECT_FALSE(by_block->NextBlock(block));
}

}  // namespace
}  // namespace unspin
