// A file is read whole.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/io/read_file.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class ReadFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-read-file-XXXXXX").string();
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

TEST_F(ReadFileTest, AFileIsReadAsItIs) {
  const auto bytes = ReadFile(Write("a", std::string("one\0two", 7)));
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes, std::string("one\0two", 7));
  EXPECT_EQ(ReadFile(Write("empty", "")).value_or("?"), "");
  const std::string long_text = SampleText(300'000);
  EXPECT_EQ(ReadFile(Write("long", long_text)).value_or("?"), long_text);
  EXPECT_TRUE(absl::IsNotFound(ReadFile(Path("none")).status()));
  EXPECT_FALSE(ReadFile(folder_).ok());
}

TEST_F(ReadFileTest, ALargerFileThanAskedForIsNotRead) {
  const std::string path = Write("a", "12345");
  EXPECT_EQ(ReadFile(path, 5).value_or("?"), "12345");
  EXPECT_TRUE(absl::IsResourceExhausted(ReadFile(path, 4).status()));
}

}  // namespace
}  // namespace unspin
