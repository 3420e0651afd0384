#include "server/case_filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::MadeCase;
using unspin::testing::MadeFinding;
using unspin::testing::MadeReport;
using unspin::testing::NumberedCase;

class CaseFilterTest : public DeskTestBase {
 protected:
  int64_t Add(const std::string& site, const std::string& title, const std::string& verdict, double probability,
              const std::string& text = "The cranes stand still.") {
    MadeReport report;
    report.id = "report " + title;
    report.site = site;
    report.url = "https://" + site + "/" + std::to_string(++added_);
    report.title = title;
    report.verdict = verdict;
    report.probability = probability;
    if (verdict == "unrelated") {
      report.findings = {};
    } else {
      report.findings = {MadeFinding{"ours " + title, verdict, probability, probability / 2}};
    }
    now_ += 1000;
    return Open(MadeCase(report, text));
  }
  std::string Titles(const CaseFilter& filter) {
    const absl::StatusOr<CasePage> page = desk_->FindCases(filter);
    EXPECT_TRUE(page.ok()) << page.status();
    std::string titles;
    if (!page.ok()) return titles;
    for (const CaseRow& row : page->cases) titles += (titles.empty() ? "" : " ") + row.title;
    EXPECT_EQ(page->total, static_cast<int64_t>(page->cases.size()));
    return titles;
  }
  absl::StatusCode Refusal(const CaseFilter& filter) { return desk_->FindCases(filter).status().code(); }

  int added_ = 0;
};

TEST_F(CaseFilterTest, FiltersByEachField) {
  const int64_t a = Add("one.example", "A", "spun", 0.9);
  const int64_t b = Add("two.example", "B", "copy", 0.99);
  Add("two.example", "C", "unrelated", 0.1);
  ASSERT_TRUE(desk_->Decide(a, 1, "pursue", "why", "", kAna).ok());
  ASSERT_TRUE(desk_->Assign(b, 1, "Ben", kAna).ok());
  ASSERT_TRUE(desk_->AddLicence({.site = "one.example"}, kAna).ok());
  EXPECT_EQ(Titles({.state = "decided"}), "A");
  EXPECT_EQ(Titles({.state = "decided,new", .sort = "id"}), "A B C");
  EXPECT_EQ(Titles({.decision = "pursue"}), "A");
  EXPECT_EQ(Titles({.verdict = "copy"}), "B");
  EXPECT_EQ(Titles({.site = "two.example", .sort = "id"}), "B C");
  EXPECT_EQ(Titles({.assignee = "Ben"}), "B");
  EXPECT_EQ(Titles({.assignee = "-", .sort = "id"}), "A C");
  EXPECT_EQ(Titles({.licence = "licensed"}), "A");
  EXPECT_EQ(Titles({.original = "ours B"}), "B");
  EXPECT_EQ(Titles({.min_probability = 0.95}), "B");
  EXPECT_EQ(Titles({.min_coverage = 0.4, .sort = "id"}), "A B");
  EXPECT_EQ(Titles({.site = "two.example", .min_probability = 0.95}), "B");
}

TEST_F(CaseFilterTest, SortsByEachKey) {
  Add("two.example", "B", "spun", 0.9);
  Add("one.example", "C", "copy", 0.99);
  Add("three.example", "A", "unrelated", 0.1);
  EXPECT_EQ(Titles({}), "A C B");  // the latest first
  EXPECT_EQ(Titles({.sort = "updated"}), "B C A");
  EXPECT_EQ(Titles({.sort = "created"}), "B C A");
  EXPECT_EQ(Titles({.sort = "-probability"}), "C B A");
  EXPECT_EQ(Titles({.sort = "coverage"}), "A B C");  // none comes before little
  EXPECT_EQ(Titles({.sort = "site"}), "C A B");
  EXPECT_EQ(Titles({.sort = "-title"}), "C B A");
  EXPECT_EQ(Titles({.sort = "id"}), "B C A");
  EXPECT_EQ(Titles({.sort = "published"}), "B C A");  // equal: by id
}

TEST_F(CaseFilterTest, SearchesTitleAddressSiteNoteText) {
  const int64_t a = Add("one.example", "Alpha", "spun", 0.9, "The Müller family of Oslo.");
  Add("two.example", "Beta", "spun", 0.9);
  ASSERT_TRUE(desk_->AddNote(a, 1, "Ask the lawyer.", kAna).ok());
  EXPECT_EQ(Titles({.query = "alpha"}), "Alpha");
  EXPECT_EQ(Titles({.query = "one.example"}), "Alpha");
  EXPECT_EQ(Titles({.query = "lawyer"}), "Alpha");
  EXPECT_EQ(Titles({.query = "muller oslo"}), "Alpha");
  EXPECT_EQ(Titles({.query = "muller bergen"}), "");
  EXPECT_EQ(Titles({.query = "mull"}), "Alpha");  // still typing
  EXPECT_EQ(Titles({.query = "mull "}), "");
  EXPECT_EQ(Titles({.query = "\"family of oslo\""}), "Alpha");
  EXPECT_EQ(Titles({.query = "\"oslo family\""}), "");
}

TEST_F(CaseFilterTest, SearchTakesAnythingThatIsTyped) {
  Add("one.example", "Alpha", "spun", 0.9);
  for (const char* typed : {"\"", "\"\"", "*", "NOT", "AND OR", "alpha)", "title:alpha", "a\"b\"c", "^x", "-",
                            "'; DROP", "\xff\xfe", "NEAR(a b)", "{a b}: c", "alpha + beta"}) {
    EXPECT_TRUE(desk_->FindCases({.query = typed}).ok()) << typed;
  }
  EXPECT_TRUE(desk_->FindCases({.query = std::string("a\0b", 3)}).ok());
  EXPECT_EQ(Titles({.query = "--"}), "Alpha");  // no word: no filter
}

TEST_F(CaseFilterTest, PagesHoldEveryCaseOnceWhateverTheSort) {
  constexpr int kCases = 23;
  for (int i = 0; i < kCases; ++i) Add("one.example", "T" + std::to_string(i % 3), "spun", (i % 4) / 4.0);
  for (const char* key : kCaseSortKeys) {
    for (const std::string& sort : {std::string(key), "-" + std::string(key)}) {
      std::vector<int64_t> paged;
      CaseFilter filter{.sort = sort, .limit = 5};
      do {
        const absl::StatusOr<CasePage> page = desk_->FindCases(filter);
        ASSERT_TRUE(page.ok()) << sort << page.status();
        EXPECT_EQ(page->total, kCases);
        for (const CaseRow& row : page->cases) paged.push_back(row.id);
        filter.after = page->next;
      } while (!filter.after.empty());
      std::vector<int64_t> whole;
      const absl::StatusOr<CasePage> at_once = desk_->FindCases({.sort = sort});
      ASSERT_TRUE(at_once.ok());
      for (const CaseRow& row : at_once->cases) whole.push_back(row.id);
      EXPECT_EQ(paged, whole) << sort;
      EXPECT_EQ(std::set<int64_t>(paged.begin(), paged.end()).size(), size_t{kCases}) << sort;
    }
  }
}

TEST_F(CaseFilterTest, RefusesUnknownWords) {
  Add("one.example", "Alpha", "spun", 0.9);
  EXPECT_EQ(Refusal({.state = "lost"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.decision = "pursue,x"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.licence = "maybe"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.sort = "report; DROP TABLE cases"}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.limit = 0}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.limit = 1001}), absl::StatusCode::kInvalidArgument);
  for (const char* cursor : {"x", "!!", "dXBkYXRlZA", "AAAA"}) {
    EXPECT_EQ(Refusal({.after = cursor}), absl::StatusCode::kInvalidArgument) << cursor;
  }
}

TEST_F(CaseFilterTest, RefusesTheCursorOfAnotherSort) {
  Add("one.example", "Alpha", "spun", 0.9);
  Add("one.example", "Beta", "spun", 0.9);
  const std::string next = desk_->FindCases({.sort = "title", .limit = 1})->next;
  EXPECT_FALSE(next.empty());
  EXPECT_EQ(Refusal({.sort = "-title", .after = next}), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Refusal({.sort = "id", .after = next}), absl::StatusCode::kInvalidArgument);
}

TEST_F(CaseFilterTest, FindsTheCasesOfAnAudit) {
  NewCase made = NumberedCase(1);
  made.audit = 7;
  Open(made);
  Open(NumberedCase(2));
  EXPECT_EQ(desk_->FindCases({.audit = 7})->total, 1);
}

}  // namespace
}  // namespace unspin::server
