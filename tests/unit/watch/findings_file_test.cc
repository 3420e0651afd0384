#include "watch/findings_file.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "support/test_folder.h"
#include "unspin/io/read_file.h"

namespace unspin::watch {
namespace {

const std::string kOne = "{\"unspin\":1}", kTwo = "{\"unspin\":2}";

class FindingsFileTest : public ::testing::Test {
 protected:
  absl::StatusOr<std::unique_ptr<FindingsFile>> Open(uint64_t known) {
    lines_.clear();
    return FindingsFile::Open(path_, known, [&](std::string_view line) {
      lines_.emplace_back(line);
      return absl::OkStatus();
    });
  }
  void Put(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("findings.jsonl");
  std::vector<std::string> lines_;
};

TEST_F(FindingsFileTest, AddsLines) {
  {
    auto file = Open(0);
    ASSERT_TRUE(file.ok()) << file.status();
    ASSERT_TRUE((*file)->Write(kOne).ok());
    EXPECT_EQ((*file)->bytes(), kOne.size() + 1);
  }
  auto file = Open(kOne.size() + 1);
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(lines_.empty());
  ASSERT_TRUE((*file)->Write(kTwo).ok());
  EXPECT_EQ(*ReadFile(path_), kOne + "\n" + kTwo + "\n");
}

TEST_F(FindingsFileTest, GivesTheLinesThatAreNotKnown) {
  Put(kOne + "\n" + kTwo + "\n");
  ASSERT_TRUE(Open(0).ok());
  EXPECT_EQ(lines_, (std::vector{kOne, kTwo}));
  ASSERT_TRUE(Open(kOne.size() + 1).ok());
  EXPECT_EQ(lines_, std::vector{kTwo});
}

TEST_F(FindingsFileTest, CutsOffALineThatIsNotWhole) {
  Put(kOne + "\n" + kTwo.substr(0, 5));
  auto file = Open(0);
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(lines_, std::vector{kOne});
  EXPECT_EQ((*file)->bytes(), kOne.size() + 1);
  EXPECT_EQ(*ReadFile(path_), kOne + "\n");
}

TEST_F(FindingsFileTest, AReplacedFileIsReadWhole) {
  Put(kTwo + "\n");
  ASSERT_TRUE(Open(1000).ok());
  EXPECT_EQ(lines_, std::vector{kTwo});
  ASSERT_TRUE(Open(4).ok());
  EXPECT_EQ(lines_, std::vector{kTwo});
}

TEST_F(FindingsFileTest, AFileOfOtherThingsIsNotTouched) {
  Put("my notes");
  EXPECT_FALSE(Open(0).ok());
  EXPECT_EQ(*ReadFile(path_), "my notes");
}

TEST_F(FindingsFileTest, ASecondWriterIsRefused) {
  const auto first = Open(0);
  const auto second = Open(0);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.status().message().find("another watch"), absl::string_view::npos);
}

TEST_F(FindingsFileTest, TellsWhyALineCannotBeWritten) {
  auto file = FindingsFile::Open("/dev/full", 0, [](std::string_view) { return absl::OkStatus(); });
  ASSERT_TRUE(file.ok());
  EXPECT_FALSE((*file)->is_file());
  EXPECT_FALSE((*file)->Write(kOne).ok());
  EXPECT_EQ((*file)->error_number(), ENOSPC);
}

}  // namespace
}  // namespace unspin::watch
