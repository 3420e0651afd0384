#include "evidence/remake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "support/evidence_files.h"
#include "unspin/base/sha256.h"

namespace unspin::evidence {
namespace {

using testing::ReadSample;
using testing::SampleStories;

class RemakeTest : public testing::EvidenceFilesTest {
 protected:
  static std::string Sample(const std::string& file) { return ReadSample(SampleStories().front(), file); }
};

TEST_F(RemakeTest, NothingButTheEvidenceIsNeeded) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("spun.txt"))).front();
  auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  archive_.reset();
  std::filesystem::remove_all(folder_.Path(""));
  Workspace workspace(engine_);
  const auto report = RemakeReport(*gathered, engine_, workspace);
  ASSERT_TRUE(report.ok()) << report.status();
  EXPECT_EQ(RenderJson(*report, gathered->json), line);
}

TEST_F(RemakeTest, AnotherTextGivesAnotherReport) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("spun.txt"))).front();
  auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  gathered->basis.originals.front().stored.article.text += " One more sentence.";
  EXPECT_NE(RenderJson(*RemakeReport(*gathered, engine_, workspace_), gathered->json), line);
}

TEST_F(RemakeTest, AComparisonNeedsOneOriginal) {
  Evidence evidence;
  EXPECT_FALSE(RemakeReport(evidence, engine_, workspace_).ok());
  evidence.basis.originals.resize(2);
  EXPECT_FALSE(RemakeReport(evidence, engine_, workspace_).ok());
}

TEST_F(RemakeTest, UnreadableLicencesAreAnError) {
  Evidence evidence;
  evidence.basis.archive.emplace();
  evidence.licences_in_report = true;
  evidence.licences = "no,such,columns\n1,2,3\n";
  EXPECT_FALSE(RemakeReport(evidence, engine_, workspace_).ok());
}

TEST_F(RemakeTest, AReceivedFileIsReadAsFromDisk) {
  const std::string page = "<html><head><title>T</title></head><body><p>" + Sample("edited.txt") + "</p></body></html>";
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>("a.txt", Sample("edited.txt")),
                                    {"page.html", page},
                                    {"one.jsonl", "{\"text\":\"One.\",\"id\":\"1\"}\n"}}) {
    const std::string path = AddFile(name, bytes);
    for (const bool hashed : {true, false}) {
      ReaderOptions reader;
      reader.hash_files = hashed;
      const Article article = Read(path, reader).front();
      EXPECT_EQ(article.file_sha256, hashed ? Sha256Hex(bytes) : "");
      const auto received = ReadReceived({bytes, path, true, ""}, reader, article.record);
      ASSERT_TRUE(received.ok()) << received.status();
      EXPECT_EQ(*received, article);
    }
  }
}

TEST_F(RemakeTest, ARecordOfManyHasNoHashOfItsFile) {
  const std::string bytes = "{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n";
  ReaderOptions reader;
  reader.hash_files = true;
  const std::vector<Article> articles = Read(AddFile("two.jsonl", bytes), reader);
  ASSERT_EQ(articles.size(), 2u);
  for (const Article& article : articles) {
    const auto received = ReadReceived({bytes, article.path, true, ""}, reader, article.record);
    ASSERT_TRUE(received.ok()) << received.status();
    EXPECT_EQ(*received, article);
    EXPECT_EQ(received->file_sha256, "");
  }
}

TEST_F(RemakeTest, AMissingRecordIsAnError) {
  const ReceivedFile file{"{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", "two.jsonl", true, ""};
  EXPECT_FALSE(ReadReceived(file, {}, 3).ok());
  EXPECT_FALSE(ReadReceived(file, {}, std::nullopt).ok());
  EXPECT_FALSE(ReadReceived({"", "empty.txt", true, ""}, {}, std::nullopt).ok());
  EXPECT_FALSE(ReadReceived({"{}", "record", false, ""}, {}, 3).ok());
  EXPECT_FALSE(ReadReceived({"[", "record", false, ""}, {}, std::nullopt).ok());
}

}  // namespace
}  // namespace unspin::evidence
