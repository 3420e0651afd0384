#include "evidence/pack_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "evidence/event_line.h"
#include "evidence/zip_writer.h"
#include "support/made_evidence.h"

namespace unspin::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
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

// A line that follows an event.
std::string LineAfter(const LogHead& last, const std::string& details, std::string* hash = nullptr) {
  Event event{last.seq + 1, "2026-11-30T10:00:00.000Z", "anna", "noted", "case", 3, details, last.hash, ""};
  event.hash = HashOfEvent(event);
  if (hash != nullptr) *hash = event.hash;
  return EventLine(event);
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

TEST_F(PackLayoutTest, FoldersAreNumbered) {
  EXPECT_EQ(ReportFolder(1), "reports/0001");
  EXPECT_EQ(ReportFolder(12345), "reports/12345");
  EXPECT_EQ(FolderOf("reports/0001/suspect/text.txt"), "reports/0001");
  EXPECT_EQ(FolderOf("reports/0001"), "");
  EXPECT_EQ(FolderOf("README.txt"), "");
}

TEST_F(PackLayoutTest, AChainedLogHasNoProblem) {
  LogHead first{1, ""};
  const std::string one = LineAfter({}, "{\"n\":1}", &first.hash), two = LineAfter(first, "{\"n\":2}");
  EXPECT_THAT(ProblemsOfLog({one, two}), IsEmpty());
}

TEST_F(PackLayoutTest, EventsOfOtherCasesMayBeLeftOut) {
  EXPECT_THAT(ProblemsOfLog({LineAfter({4, "00"}, "{}"), LineAfter({8, "11"}, "{}")}), IsEmpty());
}

TEST_F(PackLayoutTest, AChangedEventIsNamed) {
  std::string line = LineAfter({}, "{\"n\":1}");
  line.replace(line.find("\"n\":1"), 5, "\"n\":2");
  EXPECT_THAT(ProblemsOfLog({line}), ElementsAre(HasSubstr("line 1: event 1 was changed")));
}

TEST_F(PackLayoutTest, AnExchangedEventIsNamed) {
  const std::string one = LineAfter({}, "{\"n\":1}");
  EXPECT_THAT(ProblemsOfLog({one, LineAfter({1, "00"}, "{}")}),
              ElementsAre(HasSubstr("line 2: event 2 does not follow")));
  EXPECT_THAT(ProblemsOfLog({"{}"}), ElementsAre(HasSubstr("line 1: no line of a log")));
}

}  // namespace
}  // namespace unspin::evidence
