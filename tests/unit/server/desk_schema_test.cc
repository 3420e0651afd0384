#include "server/desk_schema.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "server/database.h"
#include "server/desk.h"
#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::kAna;
using unspin::testing::NumberedCase;
using unspin::testing::TestFolder;

TEST(DeskSchemaTest, EveryOlderVersionMigrates) {
  for (size_t version = 0; version < DeskSchema().size(); ++version) {
    const TestFolder folder;
    std::filesystem::create_directory(folder.Path("desk"));
    {
      absl::StatusOr<Database> database = Database::Open(folder.Path("desk/desk.sqlite"), Database::Mode::kWrite);
      ASSERT_TRUE(ClaimFile(*database, kDeskApplication).ok());
      ASSERT_TRUE(Migrate(*database, DeskSchema().first(version)).ok());
    }
    absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder.Path("desk"));
    ASSERT_TRUE(desk.ok()) << version << desk.status();
    EXPECT_TRUE((*desk)->OpenCase(NumberedCase(1), kAna).ok());
    EXPECT_TRUE((*desk)->VerifyLog()->whole);
  }
}

}  // namespace
}  // namespace unspin::server
