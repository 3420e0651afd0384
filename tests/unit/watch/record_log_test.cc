#include "watch/record_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "support/test_folder.h"
#include "unspin/io/read_file.h"

namespace unspin::watch {
namespace {

using Records = std::vector<std::pair<int, std::string>>;

const Records kRecords = {{1, "first"}, {2, ""}, {3, std::string("zero \0 byte", 11)}, {1, std::string(100'000, 'x')}};

class RecordLogTest : public ::testing::Test {
 protected:
  absl::StatusOr<RecordLog> Open() {
    read_.clear();
    at_.clear();
    return RecordLog::Open(
        path_,
        [&](uint8_t type, std::string_view payload, uint64_t at) {
          read_.emplace_back(type, payload);
          at_.push_back(at);
        },
        cut_);
  }
  void WriteAllRecords() {
    auto log = Open();
    ASSERT_TRUE(log.ok()) << log.status();
    for (const auto& [type, payload] : kRecords) log->Add(static_cast<uint8_t>(type), payload);
    ASSERT_TRUE(log->Sync().ok());
  }
  void WriteFile(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("log");
  Records read_;
  std::vector<uint64_t> at_;
  uint64_t cut_ = 0;
};

TEST_F(RecordLogTest, GivesBackWhatWasAdded) {
  WriteAllRecords();
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(read_, kRecords);
  EXPECT_EQ(cut_, 0u);
}

TEST_F(RecordLogTest, ReadsPayloadsByTheirOffsets) {
  WriteAllRecords();
  const auto log = Open();
  ASSERT_TRUE(log.ok());
  for (size_t i = 0; i < kRecords.size(); ++i)
    EXPECT_EQ(*log->Read(at_[i], kRecords[i].second.size()), kRecords[i].second);
}

TEST_F(RecordLogTest, CutAnywhereItKeepsTheWholeRecords) {
  WriteAllRecords();
  const std::string whole = *ReadFile(path_);
  std::vector<size_t> lengths;
  for (size_t length = 0; length < 120; ++length) lengths.push_back(length);
  for (size_t back = 1; back < 60; ++back) lengths.push_back(whole.size() - back);
  for (const size_t length : lengths) {
    WriteFile(whole.substr(0, length));
    {
      auto log = Open();
      ASSERT_TRUE(log.ok()) << length << log.status();
      ASSERT_LE(read_.size(), kRecords.size());
      ASSERT_TRUE(std::equal(read_.begin(), read_.end(), kRecords.begin())) << length;
      log->Add(9, "behind");
      ASSERT_TRUE(log->Write().ok());
    }
    const size_t before = read_.size();
    ASSERT_TRUE(Open().ok());
    ASSERT_EQ(read_.size(), before + 1) << length;
    ASSERT_EQ(read_.back(), (std::pair<int, std::string>(9, "behind")));
    ASSERT_EQ(cut_, 0u);
  }
}

TEST_F(RecordLogTest, SeesAChangedByte) {
  WriteAllRecords();
  const std::string whole = *ReadFile(path_);
  for (size_t at = 15; at < 100; ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    WriteFile(changed);
    ASSERT_TRUE(Open().ok());
    ASSERT_LT(read_.size(), kRecords.size()) << at;
    ASSERT_TRUE(std::equal(read_.begin(), read_.end(), kRecords.begin())) << at;
  }
}

TEST_F(RecordLogTest, RefusesAnotherFile) {
  WriteFile("{\"unspin\": 1}\nmore lines of another file\n");
  const auto log = Open();
  ASSERT_FALSE(log.ok());
  EXPECT_NE(log.status().message().find("no journal"), absl::string_view::npos);
  EXPECT_EQ(std::filesystem::file_size(path_), 41u);
}

}  // namespace
}  // namespace unspin::watch
