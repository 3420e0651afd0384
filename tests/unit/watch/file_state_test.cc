#include "watch/file_state.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/test_folder.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {
namespace {

class FileStateTest : public ::testing::Test {
 protected:
  void Put(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("article.txt");
};

TEST_F(FileStateTest, IsThatOfARegularFileOnly) {
  EXPECT_FALSE(StateOf(path_));
  EXPECT_FALSE(StateOf(folder_.Path("")));
  Put("text");
  ASSERT_TRUE(StateOf(path_));
  EXPECT_NE(StateOf(path_)->stamp, 0u);
}

TEST_F(FileStateTest, ChangesWithTheFile) {
  Put("text");
  const uint64_t stamp = StateOf(path_)->stamp;
  EXPECT_EQ(StateOf(path_)->stamp, stamp);
  Put("longer text");
  const uint64_t longer = StateOf(path_)->stamp;
  EXPECT_NE(longer, stamp);
  std::filesystem::last_write_time(path_, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_NE(StateOf(path_)->stamp, longer);
}

TEST_F(FileStateTest, AReplacedFileIsAnotherOne) {
  Put("text");
  const auto time = std::filesystem::last_write_time(path_);
  const uint64_t stamp = StateOf(path_)->stamp;
  std::filesystem::rename(path_, folder_.Path("kept"));
  Put("next");
  std::filesystem::last_write_time(path_, time);
  EXPECT_NE(StateOf(path_)->stamp, stamp);
}

TEST_F(FileStateTest, SeesAWriter) {
  Put("text");
  EXPECT_EQ(WritersOf(path_), Writers::kNone);
  Descriptor writer = OpenDescriptor(path_, O_WRONLY | O_APPEND);
  EXPECT_EQ(WritersOf(path_), Writers::kSome);
  writer.Close();
  EXPECT_EQ(WritersOf(path_), Writers::kNone);
}

TEST_F(FileStateTest, ReadersDoNotMatter) {
  Put("text");
  const Descriptor reader = OpenDescriptor(path_, O_RDONLY);
  EXPECT_EQ(WritersOf(path_), Writers::kNone);
}

TEST_F(FileStateTest, OfAMissingFileNothingIsKnown) { EXPECT_EQ(WritersOf(path_), Writers::kUnknown); }

}  // namespace
}  // namespace unspin::watch
