#include "server/audit_input.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "support/test_folder.h"

namespace unspin::server {
namespace {

namespace fs = std::filesystem;
using testing::TestFolder;

class AuditInputTest : public ::testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folders_.data);
    Write("inputs/news/a.jsonl");
    Write("inputs/b.txt");
    Write("secret.txt");
  }
  void Write(const std::string& name) {
    fs::create_directories(fs::path(folder_.Path(name)).parent_path());
    std::ofstream(folder_.Path(name)) << "text";
  }
  void Link(const std::string& to, const std::string& name) {
    fs::create_symlink(folder_.Path(to), folder_.Path(name));
  }
  bool Refuses(const std::string& path) const { return !NameAuditInput(folders_, path).ok(); }

  const TestFolder folder_;
  const AuditFolders folders_{folder_.Path("data"), folder_.Path("inputs")};
};

TEST_F(AuditInputTest, PathsBelowTheInputsAreFound) {
  for (const std::string path : {"b.txt", "news", "news/a.jsonl"}) {
    const auto kept = NameAuditInput(folders_, path);
    ASSERT_TRUE(kept.ok()) << kept.status();
    const auto input = FindAuditInput(folders_, *kept);
    ASSERT_TRUE(input.ok()) << input.status();
    EXPECT_EQ(input->name, path);
    EXPECT_TRUE(fs::equivalent(input->path, folders_.inputs + "/" + path));
  }
}

TEST_F(AuditInputTest, NoPathLeadsOutOfTheInputs) {
  for (const std::string path : {"", ".", "..", "../secret.txt", "news/../../secret.txt", "news/..", "./b.txt",
                                 "/etc/passwd", "news/", "news//a.jsonl", "none.txt"})
    EXPECT_TRUE(Refuses(path)) << path;
  EXPECT_TRUE(Refuses(folder_.Path("inputs/b.txt")));
  EXPECT_TRUE(Refuses(std::string("b.txt\0.jsonl", 12)));
}

TEST_F(AuditInputTest, APipeIsRefused) {
  ASSERT_EQ(mkfifo(folder_.Path("inputs/pipe").c_str(), 0600), 0);
  EXPECT_TRUE(Refuses("pipe"));
}

TEST_F(AuditInputTest, ALinkThatLeadsOutIsRefused) {
  Link("secret.txt", "inputs/link.txt");
  Link("data", "inputs/folder");
  Write("inputs/deep/c.txt");
  Link("secret.txt", "inputs/deep/link.txt");
  for (const std::string path : {"link.txt", "folder", "deep"}) EXPECT_TRUE(Refuses(path)) << path;
}

TEST_F(AuditInputTest, ALinkThatStaysInsideIsFollowed) {
  Link("inputs/b.txt", "inputs/again.txt");
  EXPECT_FALSE(Refuses("again.txt"));
}

TEST_F(AuditInputTest, ALinkThatIsMadeLaterIsSeen) {
  const auto kept = NameAuditInput(folders_, "b.txt");
  ASSERT_TRUE(kept.ok());
  fs::remove(folder_.Path("inputs/b.txt"));
  Link("secret.txt", "inputs/b.txt");
  EXPECT_FALSE(FindAuditInput(folders_, *kept).ok());
}

TEST_F(AuditInputTest, WithoutAFolderOfInputsNoPathIsFound) {
  EXPECT_FALSE(NameAuditInput({folders_.data, ""}, "b.txt").ok());
}

TEST_F(AuditInputTest, AnUploadIsFoundAgain) {
  const std::string bytes("a\0b\n", 4);
  const auto kept = StoreUpload(folders_, bytes, "C:\\files\\news of May.jsonl");
  ASSERT_TRUE(kept.ok()) << kept.status();
  const auto input = FindAuditInput(folders_, *kept);
  ASSERT_TRUE(input.ok()) << input.status();
  EXPECT_EQ(input->name, "news of May.jsonl");
  std::ifstream file(input->path, std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), bytes);
  EXPECT_EQ(*StoreUpload(folders_, bytes, "/x/news of May.jsonl"), *kept);
}

TEST_F(AuditInputTest, NoNameOfAnUploadLeadsOutOfItsFolder) {
  for (const std::string& name : std::vector<std::string>{"", ".", "..", "../../x", "/etc/passwd", ".hidden", "a/",
                                                          "a\nb", "-", std::string(4000, 'x')}) {
    const auto kept = StoreUpload(folders_, "text of " + name, name);
    ASSERT_TRUE(kept.ok()) << name << ": " << kept.status();
    const auto input = FindAuditInput(folders_, *kept);
    ASSERT_TRUE(input.ok()) << name << ": " << input.status();
    EXPECT_TRUE(input->path.starts_with(fs::canonical(folders_.data).string() + "/uploads/"));
    EXPECT_EQ(input->name.find('\n'), std::string::npos);
  }
}

TEST_F(AuditInputTest, AKeptPathOfAnotherKindIsRefused) {
  for (const std::string kept : {"", "b.txt", "/etc/passwd", "upload/../../secret.txt", "upload/none/x"})
    EXPECT_FALSE(FindAuditInput(folders_, kept).ok()) << kept;
}

}  // namespace
}  // namespace unspin::server
