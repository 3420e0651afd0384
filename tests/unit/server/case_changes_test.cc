#include "server/case_changes.h"

#include <gtest/gtest.h>

#include <string>

#include "support/desk_folder.h"
#include "unspin/base/sha256.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::kBen;
using unspin::testing::MadeCase;
using unspin::testing::MadeFinding;
using unspin::testing::MadeReport;
using unspin::testing::ReportLine;

class CaseChangesTest : public DeskTestBase {};

std::string ReportWithout(const char* id, double probability) {
  MadeReport report;
  report.id = id;
  report.probability = probability;
  report.verdict = "excerpt";
  report.findings = {MadeFinding{"ours-2", "excerpt", probability, 0.3}};
  return ReportLine(report);
}

TEST_F(CaseChangesTest, DecisionNeedsAReason) {
  const int64_t id = Open(MadeCase({}));
  EXPECT_EQ(desk_->Decide(id, 1, "pursue", " \n", "", kAna).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(desk_->Decide(id, 1, "perhaps", "why", "", kAna).code(), absl::StatusCode::kInvalidArgument);
  ASSERT_TRUE(desk_->Decide(id, 1, "pursue", "Whole article.", "Their lawyer is on holiday.", kBen).ok());
  const Case got = Get(id);
  EXPECT_EQ(got.row.decision, "pursue");
  EXPECT_EQ(got.row.state, "decided");
  EXPECT_EQ(got.row.reason, "Whole article.");
  EXPECT_EQ(got.row.revision, 2);
  EXPECT_EQ(got.history[1].details,
            "{\"decision\":\"pursue\",\"reason\":\"Whole article.\",\"note\":"
            "\"Their lawyer is on holiday.\",\"revision\":2}");
}

TEST_F(CaseChangesTest, DecisionCanBeTakenBack) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->Decide(id, 1, "dismiss", "Agency text.", "", kAna).ok());
  ASSERT_TRUE(desk_->Decide(id, 2, "none", "", "", kBen).ok());
  EXPECT_EQ(Get(id).row.state, "review");
  EXPECT_EQ(Get(id).row.reason, "");
}

TEST_F(CaseChangesTest, OlderRevisionIsRefused) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->Assign(id, 1, "Ben", kAna).ok());
  EXPECT_EQ(desk_->SetState(id, 1, "review", kBen).code(), absl::StatusCode::kAborted);
  EXPECT_TRUE(desk_->SetState(id, kAnyRevision, "review", kBen).ok());
  EXPECT_EQ(Get(id).row.assignee, "Ben");
  EXPECT_EQ(Get(id).row.revision, 3);
}

TEST_F(CaseChangesTest, UndecidedCaseIsNotSetDecided) {
  const int64_t id = Open(MadeCase({}));
  EXPECT_EQ(desk_->SetState(id, 1, "decided", kAna).code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(desk_->SetState(id, 1, "lost", kAna).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(CaseChangesTest, TooLongNoteIsRefused) {
  const int64_t id = Open(MadeCase({}));
  EXPECT_EQ(desk_->AddNote(id, 1, std::string(65 * 1024, 'x'), kAna).code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(CaseChangesTest, ExclusionBringsTheFiguresOfItsReport) {
  const int64_t id = Open(MadeCase({}));
  const NewExclusion quote{"quotation", 4, 10, "", "Said at a press conference."};
  const absl::StatusOr<Exclusion> exclusion = desk_->Exclude(id, 1, quote, ReportWithout("report-2", 0.6), kBen);
  ASSERT_TRUE(exclusion.ok()) << exclusion.status();
  EXPECT_EQ(exclusion->number, 1);
  const Case got = Get(id);
  EXPECT_EQ(got.row.probability, 0.6);
  EXPECT_EQ(got.row.verdict, "excerpt");
  EXPECT_EQ(got.row.original_id, "ours-2");
  EXPECT_EQ(got.row.report, "report-2");
  EXPECT_EQ(got.report, ReportWithout("report-2", 0.6));
  ASSERT_EQ(got.exclusions.size(), 1u);
  EXPECT_EQ(got.exclusions[0].what.end, 10u);
  EXPECT_TRUE(desk_->OriginalCases("ours-1")->empty());
  EXPECT_EQ(desk_->OriginalCases("ours-2")->size(), 1u);
  EXPECT_TRUE(desk_->GetReport("report-1").ok());  // the earlier one keeps its address
}

TEST_F(CaseChangesTest, UndoneExclusionHoldsNoMore) {
  const int64_t id = Open(MadeCase({}));
  const NewExclusion source{"source", 0, 0, "ours-1", "We have it from them."};
  ASSERT_TRUE(desk_->Exclude(id, 1, source, ReportWithout("report-2", 0.6), kBen).ok());
  ASSERT_TRUE(desk_->UndoExclusion(id, 2, 1, ReportLine({}), kAna).ok());
  const Case got = Get(id);
  EXPECT_EQ(got.row.probability, 0.99);
  EXPECT_EQ(got.row.report, "report-1");
  EXPECT_EQ(got.exclusions[0].undone_by, "Ana Reader");
  EXPECT_EQ(desk_->UndoExclusion(id, 3, 1, ReportLine({}), kAna).code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Problem(), "");
}

TEST_F(CaseChangesTest, ReportOfTheSameIdAndOtherBytesIsKeptBeside) {
  const int64_t id = Open(MadeCase({}));
  const NewExclusion source{"source", 0, 0, "ours-1", "We have it from them."};
  ASSERT_TRUE(desk_->Exclude(id, 1, source, ReportWithout("report-1", 0.6), kBen).ok());
  EXPECT_EQ(Get(id).report, ReportWithout("report-1", 0.6));
  EXPECT_EQ(Problem(), "");
}

TEST_F(CaseChangesTest, ExclusionOutsideTheTextIsRefused) {
  const int64_t id = Open(MadeCase({}));
  const std::string report = ReportWithout("report-2", 0.6);
  for (const NewExclusion& bad :
       {NewExclusion{"passage", 5, 5, "", "why"}, NewExclusion{"passage", 0, 1000, "", "why"},
        NewExclusion{"source", 0, 0, "", "why"}, NewExclusion{"source", 0, 4, "ours-1", "why"},
        NewExclusion{"page", 0, 4, "", "why"}, NewExclusion{"passage", 0, 4, "", ""}}) {
    EXPECT_EQ(desk_->Exclude(id, 1, bad, report, kAna).status().code(), absl::StatusCode::kInvalidArgument);
  }
  EXPECT_EQ(Get(id).row.revision, 1);
}

TEST_F(CaseChangesTest, ErasedCaseKeepsFiguresDecisionsHashes) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->Decide(id, kAnyRevision, "pursue", "Whole article.", "Private.", kAna).ok());
  ASSERT_TRUE(desk_->EraseText(id, kAnyRevision, "On request.", kBen).ok());
  const Case got = Get(id);
  EXPECT_TRUE(got.row.erased);
  EXPECT_EQ(got.suspect.bytes + got.suspect.text + got.report + got.row.title, "");
  EXPECT_EQ(got.row.reason, "Whole article.");
  EXPECT_EQ(got.row.probability, 0.99);
  EXPECT_EQ(got.row.file_sha256, Sha256Hex(MadeCase({}).bytes));
  EXPECT_NE(got.history[1].details.find("\"note\":null"), std::string::npos);
  EXPECT_EQ(desk_->GetReport("report-1").status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(desk_->EraseText(id, kAnyRevision, "Again.", kBen).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(Problem(), "");
  EXPECT_EQ(desk_->CaseOfReport("report-1").value(), id);  // its address says that it was erased
  const absl::StatusOr<OpenedCase> again = desk_->OpenCase(MadeCase({}), kAna);
  EXPECT_FALSE(again->existed);
  EXPECT_EQ(desk_->CaseOfReport("report-1").value(), again->row.id);
  EXPECT_TRUE(desk_->GetReport("report-1").ok());
  EXPECT_EQ(Problem(), "");
}

// Reasons of notices often quote the suspect; those of decisions and exclusions are the desk's own.
TEST_F(CaseChangesTest, ErasedCaseKeepsNoReasonOfANotice) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->Decide(id, kAnyRevision, "pursue", "Whole article.", "", kAna).ok());
  ASSERT_TRUE(desk_->RecordNotice(id, {"dmca", "en", 0, "ours-1", {"direction"}, "They write: cranes."}, kBen).ok());
  ASSERT_TRUE(desk_->EraseText(id, kAnyRevision, "On request.", kBen).ok());
  const Case got = Get(id);
  EXPECT_NE(got.history[1].details.find("\"reason\":\"Whole article.\""), std::string::npos);
  EXPECT_NE(got.history[2].details.find("\"overridden\":[\"direction\"],\"reason\":null"), std::string::npos);
  EXPECT_NE(got.history[3].details.find("\"reason\":\"On request.\""), std::string::npos);
  EXPECT_EQ(Problem(), "");
}

TEST_F(CaseChangesTest, PackAndNoticeCountNoRevision) {
  const int64_t id = Open(MadeCase({}));
  const Case before = Get(id);
  ASSERT_TRUE(desk_->RecordPack(id, std::string(64, 'a'), false, kBen).ok());
  ASSERT_TRUE(desk_->RecordNotice(id, {"dmca", "en", 0, "ours-1", {}, ""}, kBen).ok());
  const Case after = Get(id);
  EXPECT_EQ(after.row.revision, 1);
  EXPECT_EQ(after.row.updated, before.row.updated);
  ASSERT_EQ(after.history.size(), 3u);
  EXPECT_EQ(after.history[1].action, "packed");
  EXPECT_EQ(after.history[2].details,
            "{\"form\":\"dmca\",\"language\":\"en\",\"finding\":0,\"original\":\"ours-1\",\"overridden\":[],"
            "\"revision\":1}");
  EXPECT_TRUE(desk_->Decide(id, 1, "tolerate", "Short.", "", kAna).ok());
  EXPECT_EQ(Problem(), "");
}

TEST_F(CaseChangesTest, OverriddenRuleNeedsAReason) {
  const int64_t id = Open(MadeCase({}));
  NewNotice notice{"dsa", "de", 0, "ours-1", {"direction", "licensed"}, " "};
  EXPECT_EQ(desk_->RecordNotice(id, notice, kAna).code(), absl::StatusCode::kInvalidArgument);
  notice.reason = "Seen in print.";
  ASSERT_TRUE(desk_->RecordNotice(id, notice, kAna).ok());
  EXPECT_NE(
      Get(id).history[1].details.find("\"overridden\":[\"direction\",\"licensed\"],\"reason\":\"Seen in print.\""),
      std::string::npos);
}

TEST_F(CaseChangesTest, CustodyHasNoPackAndNoText) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->AddNote(id, kAnyRevision, "Their lawyer is away.", kAna).ok());
  const auto before = desk_->CustodyOf(id);
  ASSERT_TRUE(desk_->RecordPack(id, std::string(64, 'a'), true, kAna).ok());
  const auto after = desk_->CustodyOf(id);
  ASSERT_TRUE(before.ok() && after.ok());
  EXPECT_EQ(*before, *after);
  ASSERT_EQ(before->size(), 2u);
  EXPECT_EQ((*before)[1].find("lawyer"), std::string::npos);
  EXPECT_EQ((*before)[1].find('\n'), std::string::npos);
}

TEST_F(CaseChangesTest, CheckedAgainCaseHasTheNewReport) {
  const int64_t id = Open(MadeCase({}));
  EXPECT_EQ(desk_->CheckAgain(id, 9, ReportWithout("report-2", 0.6), kBen).code(), absl::StatusCode::kAborted);
  ASSERT_TRUE(desk_->CheckAgain(id, 1, ReportWithout("report-2", 0.6), kBen).ok());
  EXPECT_EQ(Get(id).row.report, "report-2");
  EXPECT_EQ(Get(id).row.verdict, "excerpt");
  EXPECT_EQ(Get(id).row.revision, 2);
  EXPECT_EQ(Problem(), "");
}

TEST_F(CaseChangesTest, ErasedCaseIsNeitherPackedNorCheckedAgain) {
  const int64_t id = Open(MadeCase({}));
  ASSERT_TRUE(desk_->EraseText(id, 1, "asked", kAna).ok());
  EXPECT_EQ(desk_->RecordPack(id, "aa", false, kAna).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(desk_->RecordNotice(id, {"dmca", "en", 0, "", {}, ""}, kAna).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(desk_->CheckAgain(id, kAnyRevision, ReportWithout("r", 0.6), kAna).code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST_F(CaseChangesTest, TitleIsTheBestNameThatIsKnown) {
  MadeReport report;
  EXPECT_EQ(Get(Open(MadeCase(report))).row.title, "Harbour cranes stand still");
  report.title = " ";
  EXPECT_EQ(Get(Open(MadeCase(report, "Other text."))).row.title, "https://copies.example/a");
  report.url = "";
  EXPECT_EQ(Get(Open(MadeCase(report))).row.title, "suspect of ");
  report.suspect_id = "-#1";
  EXPECT_EQ(Get(Open(MadeCase(report, "  The cranes\n stand."))).row.title, "The cranes stand.");
  std::string much;
  for (int i = 0; i < 100; ++i) much += "crane ";
  const std::string title = Get(Open(MadeCase(report, much))).row.title;
  EXPECT_TRUE(title.starts_with("crane crane ") && title.ends_with("crane …") && title.size() < 110) << title;
}

}  // namespace
}  // namespace unspin::server
