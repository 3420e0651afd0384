#include "unspin/engine/live_archive.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/archive_files.h"
#include "support/test_folder.h"

namespace unspin {
namespace {

using testing::Fill;
using testing::TestFolder;

TEST(LiveArchiveTest, SeesWhatIsAdded) {
  TestFolder folder;
  Fill(folder.Path("a"), 0, 5);
  const auto live = LiveArchive::Open(folder.Path("a"));
  ASSERT_TRUE(live.ok()) << live.status();
  const auto before = (*live)->Get();
  EXPECT_EQ(before, (*live)->Get());
  Fill(folder.Path("a"), 5, 8);
  EXPECT_EQ((*live)->Get()->Statistics().articles, 8u);
  EXPECT_EQ(before->Statistics().articles, 5u);
}

TEST(LiveArchiveTest, KeepsTheArchiveWhereTheNextCannotBeOpened) {
  TestFolder folder;
  Fill(folder.Path("a"), 0, 5);
  const auto live = LiveArchive::Open(folder.Path("a"));
  ASSERT_TRUE(live.ok());
  testing::WriteFile(folder.Path("a/MANIFEST"), "no manifest");
  EXPECT_EQ((*live)->Get()->Statistics().articles, 5u);
  EXPECT_NE((*live)->problem(), "");
  EXPECT_FALSE((*live)->Refresh().ok());
}

TEST(LiveArchiveTest, AMissingArchiveIsAnError) {
  TestFolder folder;
  EXPECT_FALSE(LiveArchive::Open(folder.Path("none")).ok());
}

}  // namespace
}  // namespace unspin
