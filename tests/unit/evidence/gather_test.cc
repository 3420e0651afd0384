#include "evidence/gather.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "evidence/remake.h"
#include "support/evidence_files.h"
#include "unspin/base/sha256.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_table.h"

namespace unspin::evidence {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::Message;
using ::testing::Not;
using testing::ReadSample;
using testing::SampleStories;

class GatherTest : public testing::EvidenceFilesTest {
 protected:
  static std::string Sample(const std::string& file) { return ReadSample(SampleStories().front(), file); }
  std::string Problem(const std::string& line) {
    const auto gathered = Gather(line);
    EXPECT_FALSE(gathered.ok());
    return gathered.ok() ? "" : Message(gathered.status());
  }
};

TEST_F(GatherTest, AReportComesOutAsGiven) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  const auto gathered = Gather(line + "\r\n");
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
  EXPECT_EQ(RenderJson(gathered->report, gathered->json), line);
  EXPECT_EQ(gathered->suspect_file.bytes, Sample("edited.txt"));
  EXPECT_EQ(gathered->suspect_file.name, folder_.Path("suspect.txt"));
  EXPECT_TRUE(gathered->suspect_file.is_whole);
  EXPECT_FALSE(gathered->report.suspect.text.empty());
}

TEST_F(GatherTest, OptionsOfTheReportAreUsedAgain) {
  CheckOptions check;
  check.all = true;
  check.limit = 2;
  check.prior = 0.25;
  check.exclude.originals = {SampleStories().front() + "/original.txt"};
  ReaderOptions reader;
  reader.text_is = TextIs::kPlain;
  const std::string path = AddFile("suspect.txt", Sample("edited.txt") + " caf\u00e9 &amp; more");
  const std::string line = CheckFile(path, check, reader, OffsetUnit::kUtf16).front();
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
}

TEST_F(GatherTest, ExcludedSpansAreFoundAgain) {
  const std::string page = "<html><body><p>" + Sample("edited.txt") + "</p></body></html>";
  const std::string path = AddFile("suspect.html", page);
  ReaderOptions reader;
  reader.hash_files = true;
  const Article suspect = Read(path, reader).front();
  ArticleCard card;
  card.text = suspect.text;
  card.steps = suspect.steps;
  const RecordSpan span = {200, 700};
  CheckOptions check;
  check.exclude.spans = {OffsetMap(card, OffsetUnit::kCodepoint).Find(span)};
  const auto report = engine_.Check(suspect, *archive_, check, workspace_);
  ASSERT_TRUE(report.ok());
  const std::string line = RenderJson(
      *report, {true, OffsetUnit::kCodepoint, OptionsInReports(reader, check, OffsetUnit::kCodepoint, {span})});
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
}

TEST_F(GatherTest, ABriefReportIsCompletedFromTheSameFiles) {
  CheckOptions brief;
  brief.details = false;
  const std::string path = AddFile("suspect.txt", Sample("edited.txt"));
  const auto gathered = Gather(CheckFile(path, brief).front());
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, CheckFile(path).front());
}

TEST_F(GatherTest, ARecordOfManyIsFoundByItsNumber) {
  const std::string path = AddLines("suspects.jsonl", {"copy.txt", "edited.txt", "spun.txt"});
  for (const std::string& line : CheckFile(path)) {
    const auto gathered = Gather(line);
    ASSERT_TRUE(gathered.ok()) << gathered.status();
    EXPECT_EQ(gathered->report_json, line);
    EXPECT_TRUE(gathered->suspect_file.is_whole);
  }
}

TEST_F(GatherTest, OfALargeFileTheRecordIsKept) {
  const std::string path = AddLines("suspects.jsonl", {"copy.txt", "edited.txt", "spun.txt"}, 200);
  ASSERT_GT(std::filesystem::file_size(path), SourceFiles::kMaxFileOfManyBytes);
  const auto lines = CheckFile(path);
  EvidenceGatherer gatherer(options_, engine_, workspace_);
  for (const size_t number : {0u, 1u, 4u, 2u, 599u}) {
    const auto gathered = gatherer.Gather(lines[number]);
    ASSERT_TRUE(gathered.ok()) << gathered.status();
    EXPECT_EQ(gathered->report_json, lines[number]);
    EXPECT_FALSE(gathered->suspect_file.is_whole);
    EXPECT_LT(gathered->suspect_file.bytes.size(), 20'000u);
    const auto read = ReadReceived(gathered->suspect_file, gathered->reader, number + 1);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(*read, gathered->suspect);
  }
}

TEST_F(GatherTest, AReportOfTwoFilesNeedsNoArchive) {
  const std::string original = AddFile("original.txt", Sample("original.txt"));
  const std::string suspect = AddFile("suspect.txt", Sample("spun.txt"));
  options_.archive = nullptr;
  const std::string line = CompareFiles(original, suspect);
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
  ASSERT_TRUE(gathered->original_file);
  EXPECT_EQ(gathered->original_file->bytes, Sample("original.txt"));
  EXPECT_FALSE(gathered->basis.archive);
}

TEST_F(GatherTest, FilesThatMovedAreFoundInAFolder) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  std::filesystem::create_directories(folder_.Path("moved/here"));
  std::filesystem::rename(folder_.Path("suspect.txt"), folder_.Path("moved/here/suspect.txt"));
  EXPECT_THAT(Problem(line), HasSubstr("--suspects DIR"));
  options_.suspects = folder_.Path("moved/here");
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
}

TEST_F(GatherTest, AnotherTextIsRefused) {
  const std::string path = AddFile("suspect.txt", Sample("edited.txt"));
  const std::string line = CheckFile(path).front();
  AddFile("suspect.txt", Sample("edited.txt") + "One more.");
  EXPECT_THAT(Problem(line), HasSubstr("file_sha256"));
}

TEST_F(GatherTest, AnotherArchiveIsRefused) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  Article other;
  other.id = "other";
  other.text = "Another article came.";
  Write("archive", {other});
  archive_ = testing::OpenArchive(folder_.Path("archive"));
  options_.archive = archive_.get();
  EXPECT_THAT(Problem(line), AllOf(HasSubstr("unspin.archive.fingerprint"), HasSubstr("check the article again")));
}

TEST_F(GatherTest, WhatTheArchiveLearntSinceIsSeen) {
  const std::string path = AddFile("suspect.txt", Sample("spun.txt"));
  const std::string line = CheckFile(path).front();
  const auto before = Gather(line);
  ASSERT_TRUE(before.ok()) << before.status();
  Teach("archive", before->report.findings.front().substitutions);
  archive_ = testing::OpenArchive(folder_.Path("archive"));
  options_.archive = archive_.get();
  ASSERT_NE(CheckFile(path).front(), line);
  EXPECT_THAT(Problem(line), HasSubstr(": the report has "));
}

TEST_F(GatherTest, EveryChangedNumberIsNamed) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  for (const std::string field : {"\"probability\":", "\"longest_verbatim_run\":", "\"order_kept\":"}) {
    std::string changed = line;
    const size_t at = changed.find(field) + field.size();
    const size_t end = changed.find_first_of(",}", at);
    changed.replace(at, end - at, "0.123");
    EXPECT_THAT(Problem(changed), HasSubstr(field.substr(1, field.size() - 3) + ": the report has 0.123, made again "));
  }
}

TEST_F(GatherTest, AReportWithoutItsArchiveNamesTheOption) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  options_.archive = nullptr;
  EXPECT_THAT(Problem(line), HasSubstr("--archive DIR"));
}

TEST_F(GatherTest, WhatIsNoReportIsSaid) {
  for (const char* const line : {"", "{}", "[1,2", "{\"unspin\":{},\"suspect\":{}}", "\xff"})
    EXPECT_THAT(Problem(line), Not(::testing::IsEmpty())) << line;
}

TEST_F(GatherTest, AReportOfARecordThatFailedHasNoEvidence) {
  EXPECT_THAT(Problem(RenderJson(engine_.Failed("a", "bad line"), {})), HasSubstr("bad line"));
}

TEST_F(GatherTest, LinesOfTheLogAboutTheReportAreKept) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  const std::string opened = R"({"seq":1,"case":3,"details":{"report_sha256":")" + Sha256Hex(line) + "\"}}";
  const std::string noted = R"({"seq":2,"case":3,"details":{}})", other = R"({"seq":3,"case":31,"details":{}})";
  options_.log = {other, opened, noted, "", other};
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_THAT(gathered->log, ElementsAre(opened, noted));
}

TEST_F(GatherTest, ALineThatOnlyMentionsTheCaseIsNotOfIt) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  const std::string opened = R"({"seq":1,"case":3,"details":{"report_sha256":")" + Sha256Hex(line) + "\"}}";
  options_.log = {opened, R"({"seq":2,"case":4,"details":{"case":3,"n":1}})"};
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_THAT(gathered->log, ElementsAre(opened));
}

TEST_F(GatherTest, ALogOfTwoCasesAboutTheReportIsRefused) {
  const std::string line = CheckFile(AddFile("suspect.txt", Sample("edited.txt"))).front();
  const std::string details = R"(,"details":{"report_sha256":")" + Sha256Hex(line) + "\"}}";
  options_.log = {R"({"seq":1,"case":3)" + details, R"({"seq":2,"case":7)" + details};
  EXPECT_THAT(Problem(line), HasSubstr("events of cases 3 and 7"));
}

class GatherLicencesTest : public GatherTest {
 protected:
  static constexpr const char* kTable = "site,original,credit\nherald.example,,yes\nelsewhere.example,,no\n";

  std::string Line(const std::string& licences) {
    ReaderOptions reader;
    Article suspect = Read(path_, reader).front();
    auto report = engine_.Check(suspect, *archive_, {}, workspace_);
    EXPECT_TRUE(report.ok());
    if (licences.empty()) return RenderJson(*report, {});
    const auto rules = ParseLicences(licences, "table");
    EXPECT_TRUE(rules.ok()) << rules.status();
    ApplyLicences(*rules, *report);
    return RenderJson(*report,
                      {true, OffsetUnit::kByte, OptionsInReports({}, {}, OffsetUnit::kByte, {}, Sha256Hex(licences))});
  }

  void SetUp() override {
    GatherTest::SetUp();
    JsonWriter json;
    json.BeginObject();
    json.Field("text", Sample("edited.txt"));
    json.Field("url", "https://herald.example/news/1");
    json.EndObject();
    path_ = AddFile("suspects.jsonl", json.Take() + "\n{\"text\":\"Another one.\"}\n");
  }

  std::string path_;
};

TEST_F(GatherLicencesTest, TheRulesThatMatterAreKept) {
  const std::string line = Line(kTable);
  ASSERT_THAT(line, HasSubstr("\"licence\":"));
  options_.licences = kTable;
  options_.licences_given = true;
  const auto gathered = Gather(line);
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_EQ(gathered->report_json, line);
  EXPECT_TRUE(gathered->licences_in_report);
  EXPECT_THAT(gathered->licences, AllOf(HasSubstr("herald.example"), Not(HasSubstr("elsewhere.example"))));
}

TEST_F(GatherLicencesTest, AnotherTableIsRefused) {
  const std::string line = Line(kTable);
  EXPECT_THAT(Problem(line), HasSubstr("--licences FILE"));
  options_.licences = std::string(kTable) + "more.example,,no\n";
  options_.licences_given = true;
  EXPECT_THAT(Problem(line), HasSubstr("unspin.options.licences"));
}

TEST_F(GatherLicencesTest, ATableBesideAReportWithoutOneIsKept) {
  options_.licences = kTable;
  options_.licences_given = true;
  const auto gathered = Gather(Line(""));
  ASSERT_TRUE(gathered.ok()) << gathered.status();
  EXPECT_FALSE(gathered->licences_in_report);
  EXPECT_THAT(gathered->licences, HasSubstr("herald.example"));
  EXPECT_THAT(gathered->report_json, Not(HasSubstr("\"licence\":")));
}

}  // namespace
}  // namespace unspin::evidence
