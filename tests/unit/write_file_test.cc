// Files are written atomically, durably, or in place.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class WriteFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-write-file-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  static std::string Read(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
  }
  size_t FilesInFolder() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
  }

  std::string folder_;
};

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

// Text that compresses, but not to nothing.
std::string SampleText(size_t size) {
  std::string text;
  uint32_t state = 1;
  while (text.size() < size) {
    state = state * 1664525 + 1013904223;
    text += "word" + std::to_string(state >> 20) + (state % 7 == 0 ? "\n" : " ");
  }
  text.resize(size);
  return text;
}

TEST_F(WriteFileTest, WritingInPlaceReplacesAnyContent) {
  const std::string path = Path("a");
  ASSERT_TRUE(WriteFileInPlace(path, "first").ok());
  fs::create_hard_link(path, Path("b"));
  const std::string long_text = SampleText(100'000);
  for (const std::string& text : {std::string("longer than the first"), std::string("shorter"), std::string("as long"),
                                  long_text, long_text.substr(1), std::string(), std::string("last")}) {
    ASSERT_TRUE(WriteFileInPlace(path, text).ok());
    EXPECT_EQ(Read(path), text);
  }
  EXPECT_EQ(Read(Path("b")), "last") << "the file was replaced";
}

TEST_F(WriteFileTest, ErrorsOfWritingInPlaceAreReported) {
  EXPECT_TRUE(absl::IsNotFound(WriteFileInPlace(Path("none/a"), "")));
  fs::create_directory(Path("folder"));
  const absl::Status folder = WriteFileInPlace(Path("folder"), "text");
  EXPECT_FALSE(folder.ok());
  EXPECT_NE(folder.message().find("give the name of a file"), std::string::npos) << folder;
  EXPECT_TRUE(fs::is_directory(Path("folder")));
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  EXPECT_TRUE(absl::IsResourceExhausted(WriteFileInPlace("/dev/full", "text")));
}

TEST_F(WriteFileTest, AnAtomicWriteReplacesTheFileAndLeavesNothingElse) {
  Write("a", "old and longer");
  ASSERT_TRUE(WriteFileAtomically(Path("a"), "new").ok());
  EXPECT_EQ(Read(Path("a")), "new");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(WriteFileTest, AnAtomicWriteIntoAMissingFolderNamesTheFile) {
  const absl::Status status = WriteFileAtomically(Path("none/a"), "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_NE(Message(status).find(Path("none/a")), std::string::npos);
}

TEST_F(WriteFileTest, AFullDiskIsReportedInTheSystemsWords) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const absl::Status status = WriteFileAtomically("/dev/full", "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(Message(status).find("No space left on device"), std::string::npos) << Message(status);
}

TEST_F(WriteFileTest, AWriteThatFailsKeepsTheOldFileAndRemovesTheTemporaryOne) {
  Write("a", "old");
  // In a process of its own: the limit on file sizes would hit other tests.
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const absl::Status status = WriteFileAtomically(Path("a"), std::string(100000, 'x'));
    const absl::Status fresh = WriteFileDurably(Path("b"), std::string(100000, 'x'));
    ::_exit(status.code() == absl::StatusCode::kResourceExhausted && !fresh.ok() ? 0 : 1);
  }
  int exit_status = 0;
  ASSERT_EQ(::waitpid(child, &exit_status, 0), child);
  EXPECT_EQ(exit_status, 0);
  EXPECT_EQ(Read(Path("a")), "old");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(WriteFileTest, ADurableWriteRefusesAnExistingFile) {
  ASSERT_TRUE(WriteFileDurably(Path("a"), "first").ok());
  EXPECT_EQ(WriteFileDurably(Path("a"), "second").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Read(Path("a")), "first");
}

}  // namespace
}  // namespace unspin
