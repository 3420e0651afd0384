#include "watch/folder_notify.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <filesystem>
#include <fstream>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

namespace fs = std::filesystem;

class FolderNotifyTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(notify_.Follow({root_}, problem_)) << problem_; }
  void Put(const std::string& name, const std::string& bytes = "text") {
    std::ofstream(folder_.Path(name), std::ios::binary) << bytes;
  }

  testing::TestFolder folder_;
  const std::string root_ = fs::path(folder_.Path("x")).parent_path().string();
  FolderNotify notify_;
  std::string problem_;
};

TEST_F(FolderNotifyTest, TellsOfAFileThatWasClosed) {
  Put("a.txt");
  const auto happened = notify_.Take();
  EXPECT_EQ(happened.files, std::vector{root_ + "/a.txt"});
  EXPECT_FALSE(happened.must_list);
  EXPECT_TRUE(notify_.Take().files.empty());
}

TEST_F(FolderNotifyTest, TellsNothingWhileItIsWritten) {
  std::ofstream file(folder_.Path("a.txt"));
  file << "half" << std::flush;
  EXPECT_TRUE(notify_.Take().files.empty());
  file.close();
  EXPECT_EQ(notify_.Take().files.size(), 1u);
}

TEST_F(FolderNotifyTest, TellsOfAFileThatWasMovedHere) {
  testing::TestFolder other;
  std::ofstream(other.Path("a.txt")) << "text";
  fs::rename(other.Path("a.txt"), folder_.Path("b.txt"));
  EXPECT_EQ(notify_.Take().files, std::vector{root_ + "/b.txt"});
}

TEST_F(FolderNotifyTest, ANewFolderMeansAListing) {
  fs::create_directory(folder_.Path("inner"));
  EXPECT_TRUE(notify_.Take().must_list);
  EXPECT_TRUE(notify_.Follow({root_, root_ + "/inner"}, problem_));
  EXPECT_FALSE(notify_.Follow({root_, root_ + "/inner"}, problem_));
  Put("inner/c.txt");
  EXPECT_EQ(notify_.Take().files, std::vector{root_ + "/inner/c.txt"});
}

TEST_F(FolderNotifyTest, AFolderThatIsNotFollowedAnyMoreIsSilent) {
  fs::create_directory(folder_.Path("inner"));
  notify_.Follow({root_, root_ + "/inner"}, problem_);
  notify_.Follow({root_}, problem_);
  notify_.Take();
  Put("inner/c.txt");
  EXPECT_TRUE(notify_.Take().files.empty());
}

TEST_F(FolderNotifyTest, TheDescriptorWakes) {
  pollfd wait{notify_.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&wait, 1, 0), 0);
  Put("a.txt");
  EXPECT_EQ(poll(&wait, 1, 0), 1);
}

}  // namespace
}  // namespace unspin::watch
