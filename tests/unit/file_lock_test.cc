// Locks between processes.
#include <unistd.h>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "unspin/base/strings.h"
#include "unspin/io/file_lock.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class FileLockTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-file-lock-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }

  std::string folder_;
};

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

TEST_F(FileLockTest, ASecondLockIsRefusedAndNamesTheHolder) {
  {
    const auto first = LockFile(Path("LOCK"));
    ASSERT_TRUE(first.ok());
    const auto second = LockFile(Path("LOCK"));
    ASSERT_FALSE(second.ok());
    EXPECT_NE(Message(second.status()).find("process " + std::to_string(::getpid())), std::string::npos);
  }
  EXPECT_TRUE(LockFile(Path("LOCK")).ok());
}

TEST_F(FileLockTest, ALockIsGivenWhenItsHolderEndsInTime) {
  auto first = std::make_unique<absl::StatusOr<FileLock>>(LockFile(Path("LOCK")));
  ASSERT_TRUE(first->ok());
  std::thread holder([&] { first.reset(); });
  EXPECT_TRUE(LockFile(Path("LOCK"), std::chrono::minutes(1)).ok());
  holder.join();
}

TEST_F(FileLockTest, AMovedLockStillHolds) {
  auto first = LockFile(Path("LOCK"));
  ASSERT_TRUE(first.ok());
  {
    const FileLock moved = *std::move(first);
    EXPECT_FALSE(LockFile(Path("LOCK")).ok());
  }
  EXPECT_TRUE(LockFile(Path("LOCK")).ok());
}

}  // namespace
}  // namespace unspin
