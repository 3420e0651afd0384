// Files, folders and streams become articles and bad records, in order and without loss.
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "support/input_files.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/reader.h"

namespace unspin {
namespace {

using testing::InputFiles;
using testing::Line;
using testing::Lines;
using testing::Problem;
using testing::ReadAll;
using testing::Zstd;

class ReaderTest : public ::testing::Test {
 protected:
  InputFiles files_;
};

using Expected = std::vector<std::string>;

TEST_F(ReaderTest, FoldersAreWalkedInNameOrder) {
  files_.Write("b.txt", "B");
  files_.Write("a/2.txt", "A2");
  files_.Write("a/10.txt", "A10");
  files_.Write("a.txt", "A");
  files_.Write("c/d/e.txt", "E");
  files_.Write(".hidden", "no");
  EXPECT_EQ(Lines(ReadAll({files_.Path("")})),
            (Expected{files_.Path("a/10.txt") + ": A10", files_.Path("a/2.txt") + ": A2", files_.Path("a.txt") + ": A",
                      files_.Path("b.txt") + ": B", files_.Path("c/d/e.txt") + ": E"}));
}

TEST_F(ReaderTest, AFolderThatLinksToItselfIsReadOnce) {
  files_.Write("a/x.txt", "X");
  std::filesystem::create_directory_symlink(files_.Path(""), files_.Path("a/loop"));
  EXPECT_EQ(Lines(ReadAll({files_.Path("")})), Expected{files_.Path("a/x.txt") + ": X"});
}

TEST_F(ReaderTest, EveryMissingInputIsNamedAtOnce) {
  const auto reader = ArticleReader::Open({files_.Path("one"), files_.Write("a.txt", "A"), files_.Path("two")}, {});
  ASSERT_FALSE(reader.ok());
  const std::string message(StdView(reader.status().message()));
  EXPECT_NE(message.find(files_.Path("one")), std::string::npos);
  EXPECT_NE(message.find(files_.Path("two")), std::string::npos);
  EXPECT_EQ(message.find("a.txt"), std::string::npos);
}

TEST_F(ReaderTest, ATruncatedTextIsABadRecord) {
  const std::string whole = Zstd(std::string(1000, 'a') + "b");
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.txt.zst", whole.substr(0, whole.size() - 3))})),
            Expected{"bad " + files_.Path("a.txt.zst")});
}

TEST_F(ReaderTest, EmptyAndBlankFilesHaveNoText) {
  for (const char* bytes : {"", " \n\t ", "\xef\xbb\xbf", "\xff\xfe"}) {
    const auto records = ReadAll({files_.Write("a.txt", bytes)});
    ASSERT_EQ(records.size(), 1u);
    EXPECT_NE(Problem(records[0]).find("no text"), std::string::npos) << Line(records[0]);
  }
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.jsonl", "\n\n")})), Expected{"bad " + files_.Path("a.jsonl")});
}

TEST_F(ReaderTest, Utf16IsConverted) {
  const std::string little("\xff\xfe\x48\x00\xe9\x00\x3d\xd8\x00\xde", 10);  // H é 😀
  EXPECT_EQ(Lines(ReadAll({files_.Write("a.txt", little)})),
            Expected{files_.Path("a.txt") + ": H\xc3\xa9\xf0\x9f\x98\x80"});
  const std::string big("\xfe\xff\x00\x48\x00\x69", 6);
  EXPECT_EQ(Lines(ReadAll({files_.Write("b.txt", big)})), Expected{files_.Path("b.txt") + ": Hi"});
}

TEST_F(ReaderTest, ProgressCountsStoredBytes) {
  const std::string stored = Zstd(std::string(100000, 'a'));
  auto reader = ArticleReader::Open({files_.Write("a.txt.zst", stored), files_.Write("b.txt", "12345")}, {});
  ASSERT_TRUE(reader.ok());
  EXPECT_EQ((*reader)->bytes_total(), std::optional<uint64_t>(stored.size() + 5));
  while ((*reader)->Next()) {
  }
  EXPECT_EQ((*reader)->bytes_read(), stored.size() + 5);
}

TEST_F(ReaderTest, BytesInMemoryAreReadLikeAFile) {
  const auto article = ArticleFromBytes(R"({"text": "T", "url": "u"})", "request", {});
  ASSERT_TRUE(std::holds_alternative<Article>(article));
  EXPECT_EQ(std::get<Article>(article).text, "T");
  EXPECT_EQ(std::get<Article>(article).url, "u");
  EXPECT_EQ(std::get<Article>(article).id, "request#1");
  EXPECT_EQ(Line(ArticleFromBytes(Zstd("plain"), "x", {})), "x: plain");
  EXPECT_TRUE(std::holds_alternative<BadRecord>(ArticleFromBytes("{\"text\":\"a\"}\n{\"text\":\"b\"}", "x", {})));
  EXPECT_TRUE(std::holds_alternative<BadRecord>(ArticleFromBytes("", "x", {})));
}

}  // namespace
}  // namespace unspin
