// Bytes at any offset are those of the file, or of the stream, wherever they are kept.
#include "unspin/io/random_access.h"

#include <gtest/gtest.h>

#include <string>

#include "support/input_files.h"

namespace unspin {
namespace {

std::string ReadAt(const RandomAccess& bytes, uint64_t offset, size_t size) {
  std::string read(size, '\0');
  EXPECT_EQ(bytes.Read(offset, read.data(), size), "");
  return read;
}

TEST(RandomAccessTest, AFileIsReadAsItIsStored) {
  const testing::InputFiles files;
  const std::string stored = testing::Zstd("The harbour is closed.");
  const auto bytes = OpenRandomAccess(files.Write("a.zst", stored));
  ASSERT_TRUE(bytes.ok());
  EXPECT_EQ((*bytes)->size(), stored.size());
  EXPECT_EQ(ReadAt(**bytes, 3, 5), stored.substr(3, 5));
  EXPECT_EQ(ReadAt(**bytes, stored.size(), 0), "");
  EXPECT_FALSE(OpenRandomAccess(files.Path("absent")).ok());
  EXPECT_FALSE(OpenRandomAccess(files.Path("")).ok());
}

TEST(RandomAccessTest, AFileThatShrinksIsAnError) {
  const testing::InputFiles files;
  const std::string path = files.Write("a", std::string(100, 'x'));
  const auto bytes = OpenRandomAccess(path);
  ASSERT_TRUE(bytes.ok());
  std::filesystem::resize_file(path, 50);
  char into[100];
  EXPECT_NE((*bytes)->Read(0, into, 100).find("shorter"), std::string::npos);
}

TEST(RandomAccessTest, AStreamIsKeptInMemoryOrOnDisk) {
  for (const size_t size : {size_t{0}, size_t{1000}, (size_t{33} << 20) + 7}) {
    std::string content;
    for (uint32_t state = 1; content.size() < size; state = state * 1664525 + 1013904223) {
      content += static_cast<char>('a' + (state >> 24) % 26);
    }
    auto stream = ByteStream::FromBytes(content, "stream");
    ASSERT_TRUE(stream.ok());
    const auto bytes = KeepStream(**stream);
    ASSERT_TRUE(bytes.ok());
    ASSERT_EQ((*bytes)->size(), size);
    EXPECT_TRUE(ReadAt(**bytes, 0, size) == content);
    if (size > 10) {
      EXPECT_EQ(ReadAt(**bytes, size - 9, 9), content.substr(size - 9));
    }
  }
}

TEST(RandomAccessTest, AStreamThatBreaksOffIsAnError) {
  const std::string whole = testing::Zstd(std::string(100'000, 'x') + "end");
  auto stream = ByteStream::FromBytes(whole.substr(0, whole.size() - 4), "stream");
  ASSERT_TRUE(stream.ok());
  EXPECT_FALSE(KeepStream(**stream).ok());
}

}  // namespace
}  // namespace unspin
