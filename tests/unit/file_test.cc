// Files are mapped into memory.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/io/file.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class MappedFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-file-XXXXXX").string();
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

TEST_F(MappedFileTest, AMappedFileHasTheBytesOfTheFile) {
  const auto file = MapFile(Write("a", std::string("one\0two", 7)));
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->bytes(), std::string_view("one\0two", 7));
}

// Advice changes when bytes are read, never which.
TEST_F(MappedFileTest, AdviceChangesNoBytes) {
  const std::string text = SampleText(100'000);
  const auto file = MapFile(Write("a", text));
  ASSERT_TRUE(file.ok()) << file.status();
  file->Apply(PagePolicy::kHugePages, file->bytes());
  file->Apply(PagePolicy::kRandom, file->bytes().substr(file->bytes().size() / 3));
  file->Apply(PagePolicy::kRandom, file->bytes());
  file->Prefetch(file->bytes().substr(50'001, 3));
  file->Prefetch(file->bytes().substr(99'999));
  file->Prefetch({});
  EXPECT_EQ(file->bytes(), text);
  file->Release();
  EXPECT_EQ(file->bytes(), text);
}

TEST_F(MappedFileTest, AnEmptyFileIsMappedAsNothing) {
  const auto file = MapFile(Write("empty", ""));
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->bytes().empty());
}

TEST_F(MappedFileTest, AMappingOutlivesAMoveAndTheFilesName) {
  auto file = MapFile(Write("a", "text"));
  ASSERT_TRUE(file.ok());
  MappedFile moved = *std::move(file);
  fs::remove(Path("a"));
  EXPECT_EQ(moved.bytes(), "text");
}

TEST_F(MappedFileTest, MissingFilesAndFoldersAreErrors) {
  const auto missing = MapFile(Path("none"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(Message(missing.status()).find(Path("none")), std::string::npos);
  EXPECT_FALSE(MapFile(folder_).ok());
}

}  // namespace
}  // namespace unspin
