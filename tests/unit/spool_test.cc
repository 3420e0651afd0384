// A spool returns at any offset what was appended.
#include "unspin/io/spool.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "support/test_folder.h"

namespace unspin {
namespace {

using testing::TestFolder;

TEST(SpoolTest, ReadsAtAnyOffsetWhatWasAppended) {
  const TestFolder folder;
  auto made = Spool::Make(folder.Path("spool"), /*buffer_bytes=*/16);
  ASSERT_TRUE(made.ok()) << made.status();
  Spool spool = *std::move(made);
  EXPECT_FALSE(std::filesystem::exists(folder.Path("spool")));
  std::string all;
  for (int i = 0; i < 100; ++i) {
    const std::string bytes = std::to_string(i);
    spool.Append(bytes);
    all += bytes;
  }
  ASSERT_TRUE(spool.Finish().ok());
  EXPECT_EQ(spool.size(), all.size());
  std::string read(100, '\0');
  ASSERT_TRUE(spool.Read(37, read.data(), read.size()).ok());
  EXPECT_EQ(read, all.substr(37, 100));
}

TEST(SpoolTest, AMissingFolderIsAnError) {
  const TestFolder folder;
  EXPECT_FALSE(Spool::Make(folder.Path("none/spool")).ok());
}

}  // namespace
}  // namespace unspin
