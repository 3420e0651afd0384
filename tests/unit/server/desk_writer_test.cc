#include "server/desk_writer.h"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "server/utc_time.h"
#include "support/test_folder.h"

namespace unspin::server {
namespace {

using unspin::testing::TestFolder;

class DeskWriterTest : public ::testing::Test {
 protected:
  void Start(const char* more = "") {
    absl::StatusOr<Database> database = Database::Open(path(), Database::Mode::kWrite);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->RunScript((std::string("CREATE TABLE t(a);") + more).c_str()).ok());
    writer_ = std::make_unique<DeskWriter>(*std::move(database), MillisecondsNow, feed_);
  }
  std::string path() const { return folder_.Path("a.sqlite"); }
  int64_t Rows() {
    const absl::StatusOr<Database> reader = Database::Open(path(), Database::Mode::kRead);
    return *reader->Integer("SELECT count(*) FROM t");
  }
  static absl::Status Insert(Writing& writing, size_t bytes = 1) {
    return writing.database.Run("INSERT INTO t VALUES(?1)", std::string(bytes, 'x'));
  }

  TestFolder folder_;
  ChangeFeed feed_;
  std::unique_ptr<DeskWriter> writer_;
};

TEST_F(DeskWriterTest, IsCommittedWhenItReturns) {
  Start();
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(writer_->Do([](Writing& writing) { return Insert(writing); }).ok());
    EXPECT_EQ(Rows(), i);
  }
}

TEST_F(DeskWriterTest, NothingOfAFailedChangeIsStored) {
  Start();
  std::vector<DeskWriter::Task> tasks;
  for (int i = 0; i < 10; ++i) {
    tasks.push_back([i](Writing& writing) -> absl::Status {
      if (absl::Status status = Insert(writing); !status.ok()) return status;
      return i % 2 == 0 ? absl::OkStatus() : absl::InvalidArgumentError("odd");
    });
  }
  const std::vector<absl::Status> results = writer_->DoAll(std::move(tasks));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(results[i].ok(), i % 2 == 0);
  EXPECT_EQ(Rows(), 5);
}

TEST_F(DeskWriterTest, FullDiskAcknowledgesNothingThatIsNotStored) {
  Start("PRAGMA max_page_count = 64;");  // of 4 KiB
  int64_t acknowledged = 0;
  int64_t refused = 0;
  for (int round = 0; round < 20; ++round) {
    std::vector<DeskWriter::Task> tasks;
    for (int i = 0; i < 4; ++i) tasks.push_back([](Writing& writing) { return Insert(writing, 10'000); });
    for (const absl::Status& status : writer_->DoAll(std::move(tasks))) {
      status.ok() ? ++acknowledged : ++refused;
      EXPECT_TRUE(status.ok() || absl::IsResourceExhausted(status)) << status;
    }
  }
  EXPECT_GT(acknowledged, 0);
  EXPECT_GT(refused, 0);
  EXPECT_EQ(Rows(), acknowledged);
}

TEST_F(DeskWriterTest, GoesOnWhenThereIsRoomAgain) {
  Start("PRAGMA max_page_count = 8;");
  EXPECT_FALSE(writer_->Do([](Writing& writing) { return Insert(writing, 100'000); }).ok());
  ASSERT_TRUE(writer_->Do([](Writing& writing) { return Insert(writing); }).ok());
  EXPECT_EQ(Rows(), 1);
}

TEST_F(DeskWriterTest, ListenersHearNothingOfWhatFailed) {
  Start();
  std::vector<int64_t> heard;
  const auto subscription = feed_.Subscribe([&](const Change& change) { heard.push_back(change.id); });
  for (int64_t id = 0; id < 4; ++id) {
    writer_
        ->Do([id](Writing& writing) -> absl::Status {
          writing.changes.push_back({0, "case", id, "noted", ""});
          return id % 2 == 0 ? absl::OkStatus() : absl::InternalError("odd");
        })
        .IgnoreError();
  }
  writer_.reset();
  EXPECT_EQ(heard, (std::vector<int64_t>{0, 2}));
}

TEST_F(DeskWriterTest, ManyThreadsAreCommittedTogether) {
  Start();
  std::atomic<int> failed{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int j = 0; j < 25; ++j) {
        failed += writer_->Do([](Writing& writing) { return Insert(writing); }).ok() ? 0 : 1;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 0);
  EXPECT_EQ(Rows(), 200);
}

TEST_F(DeskWriterTest, ErasedBytesLeaveTheLogFileWhenNobodyReads) {
  Start();
  ASSERT_TRUE(writer_->Do([](Writing& writing) { return Insert(writing); }).ok());
  ASSERT_TRUE(writer_
                  ->Do([](Writing& writing) {
                    writing.erases = true;
                    return writing.database.Run("DELETE FROM t");
                  })
                  .ok());
  EXPECT_EQ(std::filesystem::file_size(path() + "-wal"), 0u);
}

}  // namespace
}  // namespace unspin::server
