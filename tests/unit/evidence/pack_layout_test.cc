#include "evidence/pack_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "evidence/record_json.h"
#include "evidence/zip_writer.h"
#include "support/made_evidence.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using unspin::testing::MadeEvidence;

class PackLayoutTest : public ::testing::Test {
 protected:
  std::vector<PackFile> FilesOf(const Evidence& evidence) {
    return FilesOfReport(evidence, ReportFolder(1), engine_, workspace_);
  }
  absl::StatusOr<Evidence> Read(const std::map<std::string, std::string>& files) {
    PackBudget budget(kReadLimits);
    return ReadReportFolder(
        ReportFolder(1),
        [&](const std::string& path) {
          const auto found = files.find(path);
          return found == files.end() ? nullptr : &found->second;
        },
        budget, engine_, workspace_);
  }

  const Engine engine_;
  Workspace workspace_{engine_};
};

std::map<std::string, std::string> ByPath(const std::vector<PackFile>& files) {
  std::map<std::string, std::string> found;
  for (const PackFile& file : files) found[file.path] = file.bytes;
  return found;
}

TEST_F(PackLayoutTest, EveryPathIsPlain) {
  for (const PackFile& file : FilesOf(MadeEvidence())) {
    EXPECT_TRUE(IsPlainZipPath(file.path)) << file.path;
    EXPECT_EQ(FolderOf(file.path), "reports/0001");
    EXPECT_FALSE(file.role.empty()) << file.path;
  }
}

TEST_F(PackLayoutTest, EvidenceIsReadBackAsItWasWritten) {
  const auto files = ByPath(FilesOf(MadeEvidence()));
  const auto read = Read(files);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(ByPath(FilesOf(*read)), files);
}

TEST_F(PackLayoutTest, DerivedFilesAreNotNeeded) {
  auto files = ByPath(FilesOf(MadeEvidence()));
  const auto whole = files;
  std::erase_if(files, [](const auto& file) { return !IsSource(file.first); });
  ASSERT_LT(files.size(), whole.size());
  const auto read = Read(files);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(ByPath(FilesOf(*read)), whole);
}

TEST_F(PackLayoutTest, AMissingSourceIsNamed) {
  const auto whole = ByPath(FilesOf(MadeEvidence()));
  for (const auto& [path, bytes] : whole) {
    if (!IsSource(path)) continue;
    auto files = whole;
    files.erase(path);
    const auto read = Read(files);
    ASSERT_FALSE(read.ok()) << path;
    EXPECT_THAT(std::string(read.status().message()), HasSubstr(path)) << path;
  }
}

TEST_F(PackLayoutTest, AChangedTextOfAnOriginalIsNamed) {
  auto files = ByPath(FilesOf(MadeEvidence()));
  files["reports/0001/originals/01/text.txt"] += "more";
  const auto read = Read(files);
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("reports/0001/originals/01/text.txt: "));
}

TEST_F(PackLayoutTest, ARecordInPlaceOfASmallTextIsRefused) {
  Evidence evidence = MadeEvidence();
  evidence.suspect_file = {RenderRecord(evidence.suspect), "suspect.txt", false, evidence.suspect_file.file_sha256};
  const auto read = Read(ByPath(FilesOf(evidence)));
  ASSERT_FALSE(read.ok());
  EXPECT_THAT(std::string(read.status().message()), HasSubstr("reports/0001/suspect/record.json: stands for a file"));
}

TEST_F(PackLayoutTest, FoldersAreNumbered) {
  EXPECT_EQ(ReportFolder(1), "reports/0001");
  EXPECT_EQ(ReportFolder(12345), "reports/12345");
  EXPECT_EQ(FolderOf("reports/0001/suspect/text.txt"), "reports/0001");
  EXPECT_EQ(FolderOf("reports/0001"), "");
  EXPECT_EQ(FolderOf("README.txt"), "");
}

}  // namespace
}  // namespace unspin::evidence
