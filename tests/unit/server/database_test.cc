#include "server/database.h"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>

#include "support/test_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::TestFolder;

Database OpenFile(const std::string& path, Database::Mode mode = Database::Mode::kWrite) {
  absl::StatusOr<Database> database = Database::Open(path, mode);
  EXPECT_TRUE(database.ok()) << database.status();
  return *std::move(database);
}

TEST(DatabaseTest, KeepsWhatWasBound) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(database.RunScript("CREATE TABLE t(a INTEGER, b REAL, c TEXT, d BLOB, e REAL)").ok());
  const std::string with_zero("x\0y", 3);
  ASSERT_TRUE(database
                  .Run("INSERT INTO t VALUES(?1, ?2, ?3, ?4, ?5)", int64_t{-7}, 0.1, with_zero,
                       Blob{std::string_view("\xff\0", 2)}, std::optional<double>())
                  .ok());
  absl::StatusOr<Statement> rows = database.Prepare("SELECT * FROM t");
  ASSERT_TRUE(rows.ok());
  ASSERT_TRUE(*rows->Step());
  EXPECT_EQ(rows->Integer(0), -7);
  EXPECT_EQ(rows->Real(1), 0.1);
  EXPECT_EQ(rows->Text(2), with_zero);
  EXPECT_EQ(rows->Text(3), std::string("\xff\0", 2));
  EXPECT_EQ(rows->RealOrNull(4), std::nullopt);
  EXPECT_FALSE(*rows->Step());
}

TEST(DatabaseTest, BindsAnEmptyViewAsEmptyText) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  EXPECT_EQ(*database.Integer("SELECT ?1 IS NULL", std::string_view()), 0);
}

TEST(DatabaseTest, SynchronisesFullyInWalMode) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  EXPECT_EQ(*database.Integer("PRAGMA synchronous"), 2);  // FULL
  EXPECT_EQ(*database.Integer("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(*database.Integer("PRAGMA secure_delete"), 1);
  absl::StatusOr<Statement> mode = database.Prepare("PRAGMA journal_mode");
  ASSERT_TRUE(*mode->Step());
  EXPECT_EQ(mode->Text(0), "wal");
}

TEST(DatabaseTest, ReaderCannotWrite) {
  const TestFolder folder;
  const Database writer = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(writer.RunScript("CREATE TABLE t(a)").ok());
  const Database reader = OpenFile(folder.Path("a.sqlite"), Database::Mode::kRead);
  EXPECT_EQ(reader.Run("INSERT INTO t VALUES(1)").code(), absl::StatusCode::kPermissionDenied);
}

TEST(DatabaseTest, SaysThatAFileIsNoDatabase) {
  const TestFolder folder;
  std::ofstream(folder.Path("a.sqlite")) << std::string(4096, 'x');
  const absl::StatusOr<Database> database = Database::Open(folder.Path("a.sqlite"), Database::Mode::kWrite);
  EXPECT_EQ(database.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(std::string(database.status().message()).find("damaged; put back a copy"), std::string::npos);
}

TEST(DatabaseTest, SaysThatAFileCannotBeOpened) {
  const TestFolder folder;
  const absl::StatusOr<Database> database = Database::Open(folder.Path("missing/a.sqlite"), Database::Mode::kWrite);
  EXPECT_EQ(database.status().code(), absl::StatusCode::kPermissionDenied);
}

TEST(DatabaseTest, SaysThatTheDiskIsFull) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(database.RunScript("CREATE TABLE t(a); PRAGMA max_page_count = 10").ok());
  const absl::Status status = database.Run("INSERT INTO t VALUES(?1)", std::string(100'000, 'x'));
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(std::string(status.message()).find("the disk is full"), std::string::npos);
  EXPECT_EQ(*database.Integer("SELECT count(*) FROM t"), 0);
}

TEST(DatabaseTest, CheckPagesSeesADamagedPage) {
  const TestFolder folder;
  const std::string path = folder.Path("a.sqlite");
  {
    const Database database = OpenFile(path);
    ASSERT_TRUE(database.RunScript("CREATE TABLE t(a)").ok());
    for (int i = 0; i < 100; ++i) ASSERT_TRUE(database.Run("INSERT INTO t VALUES(?1)", std::string(500, 'x')).ok());
    EXPECT_TRUE(CheckPages(database).ok());
  }
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(2 * 4096);
  file << std::string(64, '\xff');
  file.close();
  const absl::StatusOr<Database> database = Database::Open(path, Database::Mode::kWrite);
  ASSERT_TRUE(database.ok());
  EXPECT_EQ(CheckPages(*database).code(), absl::StatusCode::kDataLoss);
}

TEST(TransactionTest, RollsBackUnlessCommitted) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(database.RunScript("CREATE TABLE t(a)").ok());
  {
    absl::StatusOr<Transaction> transaction = Transaction::Begin(database);
    ASSERT_TRUE(database.Run("INSERT INTO t VALUES(1)").ok());
  }
  EXPECT_EQ(*database.Integer("SELECT count(*) FROM t"), 0);
  absl::StatusOr<Transaction> transaction = Transaction::Begin(database);
  ASSERT_TRUE(database.Run("INSERT INTO t VALUES(1)").ok());
  ASSERT_TRUE(transaction->Commit().ok());
  EXPECT_EQ(*database.Integer("SELECT count(*) FROM t"), 1);
}

constexpr std::array<const char*, 3> kSteps = {"CREATE TABLE t(a INTEGER)", "ALTER TABLE t ADD COLUMN b INTEGER",
                                               "UPDATE t SET b = a * 2"};

TEST(MigrateTest, LeadsEveryOlderVersionToTheNewest) {
  for (size_t version = 0; version <= kSteps.size(); ++version) {
    const TestFolder folder;
    const Database database = OpenFile(folder.Path("a.sqlite"));
    ASSERT_TRUE(Migrate(database, std::span(kSteps).first(version)).ok());
    if (version == 2) {
      ASSERT_TRUE(database.Run("INSERT INTO t(a) VALUES(21)").ok());
    }
    ASSERT_TRUE(Migrate(database, kSteps).ok());
    EXPECT_EQ(*database.Integer("PRAGMA user_version"), 3);
    if (version == 2) {
      EXPECT_EQ(*database.Integer("SELECT b FROM t"), 42);
    }
  }
}

TEST(MigrateTest, RefusesANewerVersion) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(Migrate(database, kSteps).ok());
  const absl::Status status = Migrate(database, std::span(kSteps).first(2));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_NE(std::string(status.message()).find("a newer program wrote it (version 3"), std::string::npos);
}

TEST(MigrateTest, StaysAtTheOldVersionIfAStepFails) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  constexpr std::array<const char*, 2> kBroken = {"CREATE TABLE t(a)", "CREATE TABLE t(a)"};
  EXPECT_FALSE(Migrate(database, kBroken).ok());
  EXPECT_EQ(*database.Integer("PRAGMA user_version"), 0);
  EXPECT_EQ(*database.Integer("SELECT count(*) FROM sqlite_schema"), 0);
}

TEST(ClaimFileTest, RefusesADatabaseOfAnotherProgram) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(database.RunScript("CREATE TABLE theirs(a)").ok());
  EXPECT_EQ(ClaimFile(database, 7).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(ClaimFileTest, KnowsItsOwnFileAgain) {
  const TestFolder folder;
  const Database database = OpenFile(folder.Path("a.sqlite"));
  ASSERT_TRUE(ClaimFile(database, 7).ok());
  ASSERT_TRUE(database.RunScript("CREATE TABLE ours(a)").ok());
  EXPECT_TRUE(ClaimFile(database, 7).ok());
  EXPECT_FALSE(ClaimFile(database, 8).ok());
}

}  // namespace
}  // namespace unspin::server
