#include "server/case_search.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::MadeCase;
using unspin::testing::MadeReport;

class CaseSearchTest : public DeskTestBase {
 protected:
  // Words that no other case has.
  static std::string TitleWord(int number) { return "qt" + std::to_string(number * 7919) + "title"; }
  static std::string TextWord(int number) { return "qb" + std::to_string(number * 7919) + "text"; }
  static std::string NoteWord(int number) { return "qn" + std::to_string(number * 7919) + "note"; }

  static NewCase CaseOf(int number) {
    MadeReport report;
    report.id = "report " + std::to_string(number);
    report.url = "https://one.example/" + std::to_string(number);
    report.title = "About " + TitleWord(number);
    return MadeCase(report, "The cranes of " + TextWord(number) + " stand still.");
  }

  void Fill(int cases) {
    std::vector<NewCase> made;
    for (int number = 1; number <= cases; ++number) made.push_back(CaseOf(number));
    for (const auto& opened : desk_->OpenCases(std::move(made), kAna)) ASSERT_TRUE(opened.ok()) << opened.status();
  }

  int64_t Found(const std::string& query) { return desk_->FindCases({.query = query + " "})->total; }

  std::string FilesOfDesk() const {
    std::string bytes;
    for (const auto& file : std::filesystem::directory_iterator(data())) {
      std::ifstream in(file.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(in), {});
    }
    return bytes;
  }
};

// SQLite stores a word without the letters that it shares with the word before it.
std::string StoredEnd(const std::string& word) { return word.substr(3); }

TEST_F(CaseSearchTest, FindsCasesOfAllParts) {
  const int cases = static_cast<int>(kCasesPerSearchPart) + 1;
  Fill(cases);
  EXPECT_EQ(Found("cranes"), cases);
  for (const int number : {1, cases - 1, cases}) {
    const CasePage page = *desk_->FindCases({.query = TextWord(number)});
    ASSERT_EQ(page.cases.size(), 1u) << number;
    EXPECT_EQ(page.cases[0].id, number);
  }
  EXPECT_EQ(desk_->FindCases({.state = "decided", .query = "cranes"})->total, 0);
}

TEST_F(CaseSearchTest, ErasedWordsAreInNoFileAfterManyChanges) {
  constexpr int kCases = 400;
  Fill(kCases);
  for (int number = 1; number <= kCases; ++number) {
    ASSERT_TRUE(desk_->AddNote(number, kAnyRevision, "Ask " + NoteWord(number), kAna).ok());
  }
  for (int number = 1; number <= kCases; number += 20) {
    EXPECT_EQ(Found(NoteWord(number)), 1);
    ASSERT_TRUE(desk_->EraseText(number, kAnyRevision, "On request.", kAna).ok());
    EXPECT_EQ(Found(TitleWord(number)) + Found(TextWord(number)) + Found(NoteWord(number)), 0);
  }
  const std::string bytes = FilesOfDesk();
  for (int number = 1; number <= kCases; ++number) {
    const bool kept = number % 20 != 1;
    for (const std::string& word : {TitleWord(number), NoteWord(number)}) {
      EXPECT_EQ(bytes.find(word) != std::string::npos, kept) << word;
    }
  }
  for (int number = 1; number <= kCases; number += 20) {
    for (const std::string& word : {TitleWord(number), TextWord(number), NoteWord(number)}) {
      EXPECT_EQ(bytes.find(StoredEnd(word)), std::string::npos) << word;
    }
  }
}

TEST(SearchExpressionTest, AllWordsMustOccur) {
  EXPECT_EQ(SearchExpression("harbour crane "), "\"harbour\" AND \"crane\"");
}

TEST(SearchExpressionTest, LastWordMayBeTheBeginningOfOne) {
  EXPECT_EQ(SearchExpression("harbour cra"), "\"harbour\" AND \"cra\"*");
  EXPECT_EQ(SearchExpression("cr"), "\"cr\"");
  EXPECT_EQ(SearchExpression("cra "), "\"cra\"");
}

TEST(SearchExpressionTest, QuotedWordsStayTogether) {
  EXPECT_EQ(SearchExpression("a \"harbour crane\" b"), "\"a\" AND \"harbour crane\" AND \"b\"");
  EXPECT_EQ(SearchExpression("\"harbour crane\""), "\"harbour crane\"");
}

TEST(SearchExpressionTest, OperatorsAreWords) {
  EXPECT_EQ(SearchExpression("NOT title:x* "), "\"NOT\" AND \"title:x*\"");
}

TEST(SearchExpressionTest, NothingWithoutAWord) {
  for (const char* typed : {"", " ", "\"\"", "--", "* ( )"}) EXPECT_EQ(SearchExpression(typed), "") << typed;
}

}  // namespace
}  // namespace unspin::server
