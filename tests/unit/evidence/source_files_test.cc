#include "evidence/source_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "support/archive_files.h"
#include "support/test_folder.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using testing::Message;

class SourceFilesTest : public ::testing::Test {
 protected:
  std::string Add(const std::string& name, const std::string& bytes) {
    const std::string path = folder_.Path(name);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    testing::WriteFile(path, bytes);
    return path;
  }

  const testing::TestFolder folder_;
};

TEST_F(SourceFilesTest, AFileKeepsTheNameOfTheReport) {
  Add("now/b/article.txt", "An article.");
  const auto found = SourceFiles(folder_.Path("now")).Find("then/a/b/article.txt", std::nullopt, {});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->file.name, "then/a/b/article.txt");
  EXPECT_EQ(found->article.id, "then/a/b/article.txt");
  EXPECT_EQ(found->article.text, "An article.");
}

TEST_F(SourceFilesTest, TheLongestPartOfThePathIsPreferred) {
  Add("now/b/article.txt", "The right one.");
  Add("now/article.txt", "Another one.");
  const auto found = SourceFiles(folder_.Path("now")).Find("b/article.txt", std::nullopt, {});
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ(found->article.text, "The right one.");
}

TEST_F(SourceFilesTest, NoPathLeavesTheFolder) {
  Add("secret.txt", "Not for you.");
  std::filesystem::create_directories(folder_.Path("now/b"));
  EXPECT_FALSE(SourceFiles(folder_.Path("now")).Find("../secret.txt", std::nullopt, {}).ok());
  EXPECT_FALSE(SourceFiles(folder_.Path("now")).Find("b/../../secret.txt", std::nullopt, {}).ok());
}

TEST_F(SourceFilesTest, StandardInputCannotBeFoundAgain) {
  EXPECT_THAT(Message(SourceFiles("").Find("-", std::nullopt, {}).status()), HasSubstr("standard input"));
}

TEST_F(SourceFilesTest, RecordsOfALargeFileAreFoundInAnyOrder) {
  std::string lines;
  for (int i = 1; i <= 3; ++i)
    lines += "{\"text\":\"" + std::string(SourceFiles::kMaxFileOfManyBytes, static_cast<char>('a' + i)) + "\"}\n";
  const std::string path = Add("many.jsonl", lines);
  SourceFiles files("");
  for (const uint64_t record : {1, 3, 2, 2}) {
    const auto found = files.Find(path, record, {});
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ(found->article.text[0], static_cast<char>('a' + record));
    EXPECT_EQ(found->article.record, record);
    EXPECT_FALSE(found->file.is_whole);
  }
  EXPECT_FALSE(files.Find(path, 4, {}).ok());
  EXPECT_FALSE(files.Find(path, std::nullopt, {}).ok());
}

}  // namespace
}  // namespace unspin::evidence
