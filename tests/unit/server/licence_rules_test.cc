#include "server/licence_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "render/json.h"
#include "render/report_line.h"
#include "server/database.h"
#include "server/desk_schema.h"
#include "server/packed_bytes.h"
#include "support/desk_folder.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/licence/licence_rules.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::kBen;
using unspin::testing::MadeCase;
using unspin::testing::TestFolder;

LicenceRule Rule(const char* site) {
  LicenceRule rule;
  rule.site = site;
  return rule;
}

// A copy whose byline went.
Report MadeReport() {
  Report report;
  report.suspect.id = "s";
  report.suspect.site = "copies.example";
  report.suspect.url = "https://copies.example/a";
  report.suspect.published = "2026-05-04T10:00:00Z";
  report.suspect.text = "The cranes stand still.";
  report.summary.verdict = Verdict::kCopy;
  report.notices = {{"byline", "removed", "By Ann Writer", "", {}}};
  Finding& finding = report.findings.emplace_back();
  finding.verdict = Verdict::kCopy;
  finding.original.id = "ours-1";
  finding.original.site = "news.example";
  finding.original.url = "https://news.example/sport/a";
  finding.original.published = "2026-05-04T09:00:00Z";
  return report;
}

NewCase CaseOf(const Report& report) {
  NewCase made = MadeCase({});
  made.report = RenderJson(report, {});
  return made;
}

class LicenceRulesTest : public DeskTestBase {
 protected:
  std::string Licence(int64_t id) { return Get(id).row.licence + " | " + Get(id).row.licence_text; }
  StoredLicence Add(const LicenceRule& rule) {
    const absl::StatusOr<StoredLicence> added = desk_->AddLicence(rule, kAna);
    EXPECT_TRUE(added.ok()) << added.status();
    return added.ok() ? *added : StoredLicence{};
  }
  std::vector<std::string> Sites() {
    std::vector<std::string> sites;
    const auto rules = desk_->ListLicences();  // outlives the loop
    for (const StoredLicence& one : *rules) sites.push_back(one.what.site);
    return sites;
  }
};

TEST_F(LicenceRulesTest, ACaseHasTheSentenceOfItsFirstFinding) {
  LicenceRule rule = Rule("Copies.example");
  rule.credit = true;
  rule.embargo_hours = 1;
  Add(rule);
  const int64_t id = Open(CaseOf(MadeReport()));
  EXPECT_EQ(Licence(id), "licensed | licensed, but the credit was removed");
}

TEST_F(LicenceRulesTest, CasesFollowEveryChangeOfARule) {
  const int64_t id = Open(CaseOf(MadeReport()));
  EXPECT_EQ(Licence(id), "unknown | licence unknown: no rule names the site");
  StoredLicence stored = Add(Rule("copies.example"));
  EXPECT_EQ(Licence(id), "licensed | licensed");
  stored.what.original = "news.example/politics/";
  ASSERT_TRUE(desk_->ChangeLicence(stored.id, stored.what, kBen).ok());
  EXPECT_EQ(Licence(id), "unlicensed | not licensed: the licence is for news.example/politics/");
  stored.what.site = "other.example";
  ASSERT_TRUE(desk_->ChangeLicence(stored.id, stored.what, kBen).ok());
  EXPECT_EQ(Licence(id), "unknown | licence unknown: no rule names the site");
  stored.what = Rule("copies.example");
  stored.what.state = "own-site";
  ASSERT_TRUE(desk_->ChangeLicence(stored.id, stored.what, kBen).ok());
  EXPECT_EQ(Licence(id), "own-site | our own site");
  EXPECT_EQ(Get(id).row.revision, 1);
  ASSERT_TRUE(desk_->RemoveLicence(stored.id, kBen).ok());
  EXPECT_EQ(Licence(id), "unknown | licence unknown: no rule names the site");
  EXPECT_EQ(Problem(), "");
}

TEST_F(LicenceRulesTest, ANewReportOfACaseHasItsOwnLicence) {
  LicenceRule rule = Rule("copies.example");
  rule.credit = true;
  Add(rule);
  const int64_t id = Open(CaseOf(MadeReport()));
  Report without = MadeReport();
  without.findings.clear();
  without.notices.clear();
  ASSERT_TRUE(desk_->Exclude(id, 1, {"source", 0, 0, "ours-1", "agreed"}, RenderJson(without, {}), kAna).ok());
  EXPECT_EQ(Licence(id), "licensed | licensed");
}

TEST_F(LicenceRulesTest, AnErasedCaseKeepsItsLicence) {
  LicenceRule rule = Rule("copies.example");
  rule.credit = true;
  const int64_t id = Open(CaseOf(MadeReport()));
  ASSERT_TRUE(desk_->EraseText(id, kAnyRevision, "On request.", kBen).ok());
  Add(rule);
  EXPECT_EQ(Licence(id), "licensed | licensed, but the credit was removed");
}

TEST_F(LicenceRulesTest, AChangeIsAnEventOfTheLog) {
  const StoredLicence stored = Add(Rule("copies.example"));
  LicenceRule changed = stored.what;
  changed.link = true;
  ASSERT_TRUE(desk_->ChangeLicence(stored.id, changed, kBen).ok());
  ASSERT_TRUE(desk_->ChangeLicence(stored.id, changed, kBen).ok());  // nothing changes
  const std::string log = *desk_->LogLines(0, 100);
  const size_t first = log.find("licence-changed");
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(log.find("licence-changed", first + 1), std::string::npos);
  EXPECT_NE(log.find("\"link\":true"), std::string::npos);
  EXPECT_EQ(desk_->ChangeLicence(99, changed, kBen).status().code(), absl::StatusCode::kNotFound);
  changed.from = "yesterday";
  EXPECT_EQ(desk_->ChangeLicence(stored.id, changed, kBen).status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(LicenceRulesTest, AnImportAddsWhatIsNotThere) {
  Add(Rule("a.example"));
  const int64_t id = Open(CaseOf(MadeReport()));
  const std::vector<LicenceRule> rules = {Rule("a.example"), Rule("copies.example"), Rule("copies.example")};
  absl::StatusOr<LicenceImport> done = desk_->ImportLicences(rules, false, kAna);
  ASSERT_TRUE(done.ok()) << done.status();
  EXPECT_EQ(done->added, 1);
  EXPECT_EQ(done->known, 2);
  EXPECT_EQ(done->removed, 0);
  EXPECT_EQ(Sites(), (std::vector<std::string>{"a.example", "copies.example"}));
  EXPECT_EQ(Licence(id), "licensed | licensed");
  done = desk_->ImportLicences({Rule("a.example"), Rule("b.example")}, true, kAna);
  EXPECT_EQ(done->added, 1);
  EXPECT_EQ(done->removed, 1);
  EXPECT_EQ(Sites(), (std::vector<std::string>{"a.example", "b.example"}));
  EXPECT_EQ(Licence(id), "unknown | licence unknown: no rule names the site");
  EXPECT_EQ(Problem(), "");
}

TEST_F(LicenceRulesTest, ASiteIsLicensedWhereARuleIsForSomeOfOurArticles) {
  LicenceRule rule = Rule("copies.example");
  rule.original = "news.example/sport/";
  rule.from = "2026-01-01";
  Add(rule);
  EXPECT_EQ(LicenceOfSite(*desk_->ListLicences(), "copies.example", "2026-05-04"), "licensed");
  EXPECT_EQ(LicenceOfSite(*desk_->ListLicences(), "copies.example", "2025-05-04"), "unlicensed");
  EXPECT_EQ(LicenceOfSite(*desk_->ListLicences(), "other.example", "2026-05-04"), "unknown");
}

TEST(LicenceFactsTest, TheyGiveTheSameLicenceAsTheReport) {
  Report report = MadeReport();
  report.findings.push_back(report.findings.front());
  report.notices.push_back({"dateline", "altered", "OSLO (News)", "OSLO (Us)", {}});
  report.suspect.reading.chosen = "main-text";
  report.suspect.marks = {{"canonical", "https://news.example/sport/a", "ours-1"}, {"credit-text", "Secret words", ""}};
  LicenceRule rule = Rule("copies.example");
  rule.credit = rule.link = true;
  rule.may_alter = false;
  rule.embargo_hours = 2;
  const std::string facts = LicenceFacts(RenderJson(report, {}));
  for (const char* text : {"Secret", "OSLO", "Writer"}) EXPECT_EQ(facts.find(text), std::string::npos) << text;
  const std::optional<ReportLine> line = ReportLineReader().Read(facts);
  ASSERT_TRUE(line);
  const Licence of_facts = LicenceOf({&rule, 1}, line->report, 0, true);
  const Licence of_report = LicenceOf({&rule, 1}, report, 0, true);
  EXPECT_EQ(of_facts.text, of_report.text);
  EXPECT_EQ(of_facts.text,
            "licensed, but the credit was altered, the wording was altered and it appeared before the embargo ended");
  EXPECT_EQ(LicenceFacts("no report"), "");
}

// A database as the program before had it: five scripts, a rule, and a case with its report.
void MakeOldDesk(const std::string& path, const std::string& report) {
  absl::StatusOr<Database> database = Database::Open(path, Database::Mode::kWrite);
  ASSERT_TRUE(database.ok());
  ASSERT_TRUE(ClaimFile(*database, kDeskApplication).ok());
  ASSERT_TRUE(Migrate(*database, DeskSchema().first(5)).ok());
  ASSERT_TRUE(database
                  ->Run("INSERT INTO licence_rule VALUES(4, 'www.copies.example', '2026-01-01', '2026-12-31', "
                        "'=note', 'contract', 'Ana', '2026-01-01T00:00:00.000Z', '')")
                  .ok());
  ASSERT_TRUE(
      database
          ->Run("INSERT INTO cases VALUES(1, 1, 'new', 'none', '', 'copy', 0.9, NULL, NULL, NULL, "
                "'copies.example', 'https://copies.example/a', 'Cranes', 's', 'ours-1', '', 'licensed', '', "
                "'2026-05-04', '2026-05-05T00:00:00.000Z', '2026-05-05T00:00:00.000Z', 'r', 0, '', 'f', 't', 0, ?1)",
                Sha256Hex(report))
          .ok());
  ASSERT_TRUE(
      database->Run("INSERT INTO report VALUES('r', 1, ?1, ?2)", Blob{PackBytes(report)}, Sha256Hex(report)).ok());
}

TEST(LicenceTablesTest, ADeskOfTheOldTablesKeepsItsRules) {
  const TestFolder folder;
  std::filesystem::create_directory(folder.Path("desk"));
  MakeOldDesk(folder.Path("desk/desk.sqlite"), RenderJson(MadeReport(), {}));
  absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder.Path("desk"));
  ASSERT_TRUE(desk.ok()) << desk.status();
  const std::vector<StoredLicence> rules = *(*desk)->ListLicences();
  ASSERT_EQ(rules.size(), 1u);
  LicenceRule expected = Rule("copies.example");  // in the form that a table has
  expected.from = "2026-01-01";
  expected.to = "2026-12-31";
  expected.note = "'=note";
  expected.source = "contract";
  EXPECT_EQ(rules[0].what, expected);
  EXPECT_EQ(rules[0].id, 4);
  EXPECT_EQ((*desk)->GetCaseRow(1)->licence, "licensed");
  EXPECT_EQ((*desk)->GetCaseRow(1)->licence_text, "");
  LicenceRule more = Rule("copies.example/a");
  more.credit = true;
  ASSERT_TRUE((*desk)->AddLicence(more, kAna).ok());
  EXPECT_EQ((*desk)->GetCaseRow(1)->licence_text, "licensed, but the credit was removed");
}

}  // namespace
}  // namespace unspin::server
