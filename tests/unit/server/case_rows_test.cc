#include "server/case_rows.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "server/database.h"
#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::DeskTestBase;
using unspin::testing::kAna;
using unspin::testing::MadeCase;
using unspin::testing::MadeReport;
using unspin::testing::NumberedCase;
using unspin::testing::TestFolder;

class CaseRowsTest : public DeskTestBase {};

TEST(ProblemOfCasesTest, SeesChangedRows) {
  for (const char* sql :
       {"UPDATE cases SET decision = 'dismiss'", "UPDATE cases SET file_sha256 = 'x'", "UPDATE cases SET revision = 9",
        "UPDATE suspect SET bytes = x'00'", "UPDATE report SET json = x'00'", "UPDATE cases SET report_sha256 = 'x'",
        "DELETE FROM cases", "DELETE FROM event_text WHERE key = 'note'", "DELETE FROM event_text WHERE key = 'reason'",
        "DELETE FROM event WHERE seq = 2"}) {
    const TestFolder folder;
    const std::string path = folder.Path("desk");
    {
      absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(path);
      const int64_t id = (*desk)->OpenCase(NumberedCase(1), kAna)->row.id;
      ASSERT_TRUE((*desk)->Decide(id, 1, "pursue", "why", "asked", kAna).ok());
      EXPECT_TRUE((*desk)->VerifyLog()->whole);
    }
    {
      absl::StatusOr<Database> database = Database::Open(path + "/desk.sqlite", Database::Mode::kWrite);
      const std::string script = "PRAGMA foreign_keys = OFF; DROP TRIGGER event_is_not_deleted;" + std::string(sql);
      ASSERT_TRUE(database->RunScript(script.c_str()).ok()) << sql;
    }
    const absl::StatusOr<LogCheck> check = (*Desk::Open(path))->VerifyLog();
    ASSERT_TRUE(check.ok()) << sql << check.status();
    EXPECT_FALSE(check->whole) << sql;
  }
}

TEST_F(CaseRowsTest, OriginalsCasesComeByPublication) {
  MadeReport late;
  late.url = "https://a.example/late";
  late.published = "2026-06-01T00:00:00Z";
  MadeReport early;
  early.url = "https://a.example/early";
  early.published = "2026-05-01T00:00:00Z";
  Open(MadeCase(late));
  Open(MadeCase(early));
  const absl::StatusOr<std::vector<OriginalCase>> cases = desk_->OriginalCases("ours-1");
  ASSERT_EQ(cases->size(), 2u);
  EXPECT_EQ(cases->front().row.url, early.url);
  EXPECT_EQ(cases->front().verdict, "spun");
  EXPECT_EQ(cases->front().coverage_original, 0.8);
}

}  // namespace
}  // namespace unspin::server
