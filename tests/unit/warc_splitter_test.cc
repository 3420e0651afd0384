#include "unspin/inputs/warc_splitter.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "support/slow_stream.h"
#include "support/warc_records.h"

namespace unspin {
namespace {

using testing::WarcRecord;

constexpr uint64_t kMaxBytes = 4 << 20;

struct Found {
  uint64_t number, offset;
  std::string bytes;
  bool bad;
  friend bool operator==(const Found&, const Found&) = default;
};

constexpr const char* kToDo[] = {"leave the record out", "leave it out", "copy it again", "take out what"};

bool IsPage(const WarcHeader&, std::string_view block) { return block.find("<p>") != std::string_view::npos; }

std::vector<Found> Split(const std::string& file, size_t step = 1 << 20) {
  WarcSplitter splitter(std::make_unique<testing::SlowStream>(file, step), kMaxBytes, IsPage);
  std::vector<Found> found;
  for (RawRecord raw; splitter.Next(raw);) {
    found.push_back({raw.number, raw.offset, std::string(raw.bytes), !raw.problem.empty()});
  }
  return found;
}

std::vector<Found> SplitInBlocks(const std::string& file) {
  WarcSplitter splitter(std::make_unique<testing::SlowStream>(file, 1 << 20), kMaxBytes, IsPage);
  std::vector<Found> found;
  for (RawRecords block; splitter.NextBlock(block);) {
    for (const RawRecord& raw : block.records) {
      found.push_back({raw.number, raw.offset, std::string(raw.bytes), !raw.problem.empty()});
    }
  }
  return found;
}

std::string Record(const std::string& block, const std::string& length = "") {
  return WarcRecord("response", block, "https://a.example/", "application/http", length);
}

// Without the line ends behind it.
std::string Whole(const std::string& record) { return record.substr(0, record.size() - 4); }

TEST(WarcSplitterTest, RecordsComeWithTheirBlocksAndPlaces) {
  const std::string a = Record("<p>a"), b = Record("<p>b");
  const std::vector<Found> wanted = {{1, 0, Whole(a), false}, {2, a.size(), Whole(b), false}};
  EXPECT_EQ(Split(a + b), wanted);
  EXPECT_EQ(Split(a + Whole(b)), wanted);
  EXPECT_EQ(Split(""), std::vector<Found>());
}

TEST(WarcSplitterTest, RecordsOfOtherKindsComeWithoutTheirBlocks) {
  const auto found = Split(WarcRecord("request", "GET /") + Record("<p>a"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].bytes.find("GET"), std::string::npos);
  EXPECT_FALSE(found[0].bad);
}

TEST(WarcSplitterTest, LongRecordsThatAreNoPagesComeWithTheirBeginning) {
  const std::string picture = Record(std::string(3 << 20, 'x')), page = Record("<p>" + std::string(3 << 20, 'x'));
  const auto found = Split(picture + page + Record("<p>b"));
  ASSERT_EQ(found.size(), 3u);
  EXPECT_FALSE(found[0].bad);
  EXPECT_LT(found[0].bytes.size(), size_t{WarcSplitter::kBlockSample} + 1000);
  EXPECT_EQ(found[1].bytes, Whole(page));
}

TEST(WarcSplitterTest, APageBeyondTheLimitIsBad) {
  const auto found = Split(Record("<p>" + std::string(5 << 20, 'x')) + Record("<p>b"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].bad);
  EXPECT_FALSE(found[1].bad);
}

TEST(WarcSplitterTest, ALengthThatIsWrongCostsOneRecord) {
  const std::string big = "<p>" + std::string(3 << 20, 'x');
  for (const std::string& block : {std::string("<p>a"), std::string("abc"), big, std::string(3 << 20, 'x')}) {
    for (const std::string length : {"0", "2", "100", "9000000", "999999999999", "18446744073709551615", "none"}) {
      const std::string file = Record("<p>1") + Record(block, length) + Record("<p>2");
      const auto found = Split(file);
      std::vector<uint64_t> bad;
      for (const Found& record : found) {
        if (record.bad) bad.push_back(record.number);
      }
      EXPECT_EQ(bad, std::vector<uint64_t>{2}) << length << " of " << block.size();
      ASSERT_GE(found.size(), 3u) << length << " of " << block.size();
      EXPECT_EQ(found.back().bytes, Whole(Record("<p>2"))) << length << " of " << block.size();
    }
  }
}

TEST(WarcSplitterTest, BytesBetweenRecordsAreOneBadRecord) {
  const auto found = Split("garbage" + Record("<p>a") + "more\n\ngarbage\n" + Record("<p>b") + "rest");
  ASSERT_EQ(found.size(), 5u);
  for (size_t i = 0; i < 5; ++i) EXPECT_EQ(found[i].bad, i % 2 == 0) << i;
}

TEST(WarcSplitterTest, ARecordThatIsCutOffIsBad) {
  const std::string file = Record("<p>a") + Record("<p>bcdefgh");
  for (size_t size = Record("<p>a").size() + 1; size < file.size() - 4; ++size) {
    const auto found = Split(file.substr(0, size));
    ASSERT_EQ(found.size(), 2u) << size;
    EXPECT_FALSE(found[0].bad);
    EXPECT_TRUE(found[1].bad) << size;
  }
}

TEST(WarcSplitterTest, AHeaderThatBreaksOffCostsItsRecordAlone) {
  const std::string before = Record("<p>1"), whole = Record("<p>a"), next = Record("<p>b");
  for (size_t size = 9; size < whole.find("\r\n\r\n"); ++size) {
    const auto found = Split(before + whole.substr(0, size) + next + before);
    ASSERT_EQ(found.size(), 4u) << size;
    EXPECT_TRUE(found[1].bad) << size;
    EXPECT_EQ(found[1].offset, before.size());
    EXPECT_EQ(found[2].bytes, Whole(next)) << size;
    EXPECT_FALSE(found[2].bad);
  }
}

TEST(WarcSplitterTest, AHeaderWithoutAnEndIsBad) {
  const auto found = Split("WARC/1.0\r\nA: " + std::string(200 << 10, 'x') + "\r\n\r\n" + Record("<p>a"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_TRUE(found[0].bad);
  EXPECT_FALSE(found[1].bad);
}

TEST(WarcSplitterTest, ABadRecordSaysWhatToDo) {
  const std::string page = "<p>" + std::string(3 << 20, 'x');
  for (const std::string& file :
       {Record("<p>a", "none"), Record("<p>a", "2") + Record("<p>b"), Record("<p>a", "1 2"), "prose" + Record("<p>b"),
        Record("<p>a", "9000") + Record("<p>b"), Record(page, "2000000") + Record("<p>b"), Record("<p>a", "9"),
        WarcRecord("", "<p>a"), "WARC/1.0\r\nA: " + std::string(200 << 10, 'x') + "\r\n\r\n" + Record("<p>a"),
        "WARC/1.0\r\nWARC-Ty" + Record("<p>a"), Record("<p>" + std::string(5 << 20, 'x'))}) {
    WarcSplitter splitter(std::make_unique<testing::SlowStream>(file, 1 << 20), kMaxBytes, IsPage);
    RawRecord raw;
    ASSERT_TRUE(splitter.Next(raw));
    const bool says = std::any_of(std::begin(kToDo), std::end(kToDo),
                                  [&](const char* todo) { return raw.problem.find(todo) != std::string::npos; });
    EXPECT_TRUE(says) << raw.problem << " of " << file.substr(0, 300);
  }
}

TEST(WarcSplitterTest, BlocksHoldTheSameRecordsHoweverTheBytesCome) {
  std::string file;
  for (int i = 0; i < 300; ++i) {
    file += Record("<p>" + std::string(static_cast<size_t>(i * 37 % 5000), 'x'), i % 41 == 7 ? "77" : "");
    if (i % 50 == 9) file += WarcRecord("request", "GET /") + "garbage";
    if (i % 100 == 50) file += Record(std::string(2 << 20, 'y')) + Record("<p>" + std::string(2 << 20, 'z'));
  }
  const std::vector<Found> whole = Split(file);
  EXPECT_EQ(SplitInBlocks(file), whole);
  EXPECT_EQ(Split(file, 4099), whole);
  EXPECT_EQ(Split(file.substr(0, 90000), 1), Split(file.substr(0, 90000)));
}

}  // namespace
}  // namespace unspin
