#include "watch/watch_journal.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <thread>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

ArticleKey Key(uint64_t number) { return {number, Mix64(number)}; }

class WatchJournalTest : public ::testing::Test {
 protected:
  void Open(JournalLimits limits = {}) {
    journal_.reset();
    auto opened = WatchJournal::Open(path_, limits);
    ASSERT_TRUE(opened.ok()) << opened.status();
    journal_ = *std::move(opened);
  }
  void Finish(uint64_t number) {
    WatchJournal::Done done;
    done.article = Key(number);
    ASSERT_TRUE(journal_->Commit(done).ok());
  }
  std::string NextArticle() {
    const auto waiting = journal_->NextCase(stop_);
    return waiting.ok() && *waiting ? (*waiting)->article : "none";
  }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("state/inner");
  StopFlag stop_;
  std::unique_ptr<WatchJournal> journal_;
};

TEST_F(WatchJournalTest, RemembersWhatIsDone) {
  Open();
  Finish(1);
  EXPECT_TRUE(journal_->Knows(Key(1)));
  Open();
  EXPECT_TRUE(journal_->Knows(Key(1)));
  EXPECT_FALSE(journal_->Knows(Key(2)));
}

TEST_F(WatchJournalTest, RemembersHowFarTheInputIsRead) {
  Open();
  WatchJournal::Done done;
  done.mark = FileMark{Key(7), {11, 3, true}};
  ASSERT_TRUE(journal_->Commit(done).ok());
  done.mark = PipeMark{1000, 17};
  done.out_bytes = 5000;
  ASSERT_TRUE(journal_->Commit(done).ok());
  Open();
  EXPECT_EQ(journal_->ProgressOf(Key(7)), (FileProgress{11, 3, true}));
  EXPECT_EQ(journal_->ProgressOf(Key(8)), FileProgress{});
  EXPECT_EQ(journal_->pipe(), (PipeMark{1000, 17}));
  EXPECT_EQ(journal_->out_bytes(), 5000u);
}

TEST_F(WatchJournalTest, ASecondOneIsRefusedAndNamesTheProcess) {
  Open();
  const auto second = WatchJournal::Open(path_);
  ASSERT_FALSE(second.ok());
  EXPECT_NE(second.status().message().find("locked by process " + std::to_string(getpid())), absl::string_view::npos);
}

TEST_F(WatchJournalTest, ACaseWaitsOnceItsArticleIsDone) {
  Open();
  ASSERT_TRUE(journal_->StageCase(Key(1), "one").ok());
  EXPECT_EQ(journal_->waiting_cases(), 0u);
  Finish(1);
  EXPECT_EQ(NextArticle(), "one");
  Open();
  EXPECT_EQ(NextArticle(), "one");
  ASSERT_TRUE(journal_->CloseCase(Key(1)).ok());
  Open();
  EXPECT_EQ(journal_->waiting_cases(), 0u);
}

TEST_F(WatchJournalTest, AStagedCaseOutlivesTheProcess) {
  Open();
  ASSERT_TRUE(journal_->StageCase(Key(1), "one").ok());
  Open();  // killed behind the line, before the article was done
  Finish(1);
  EXPECT_EQ(NextArticle(), "one");
}

TEST_F(WatchJournalTest, ADroppedCaseStaysDropped) {
  Open();
  ASSERT_TRUE(journal_->StageCase(Key(1), "one").ok());
  ASSERT_TRUE(journal_->DropStaged().ok());
  Finish(1);
  EXPECT_EQ(journal_->waiting_cases(), 0u);
  Open();
  EXPECT_EQ(journal_->waiting_cases(), 0u);
}

TEST_F(WatchJournalTest, StaysBoundedAndKeepsWhatItHolds) {
  JournalLimits limits;
  limits.articles = 1000;
  limits.slack_bytes = 10'000;
  Open(limits);
  ASSERT_TRUE(journal_->StageCase(Key(1'000'000), std::string(500, 'a')).ok());
  Finish(1'000'000);
  ASSERT_TRUE(journal_->StageCase(Key(1'000'001), std::string(500, 'b')).ok());
  uint64_t largest = 0;
  for (uint64_t i = 0; i < 20'000; ++i) {
    WatchJournal::Done done;
    done.article = Key(i);
    done.mark = PipeMark{i * 100, i};
    ASSERT_TRUE(journal_->Commit(done).ok());
    largest = std::max<uint64_t>(largest, std::filesystem::file_size(path_ + "/journal"));
  }
  EXPECT_LT(largest, 2 * (2 * 1000 * 16 + 2000) + 10'000 + 1000);
  Finish(1'000'001);
  Open(limits);
  for (uint64_t i = 19'000; i < 20'000; ++i) ASSERT_TRUE(journal_->Knows(Key(i))) << i;
  EXPECT_FALSE(journal_->Knows(Key(0)));
  EXPECT_EQ(journal_->pipe(), (PipeMark{19'999 * 100, 19'999}));
  EXPECT_EQ(NextArticle(), std::string(500, 'a'));
  ASSERT_TRUE(journal_->CloseCase(Key(1'000'000)).ok());
  EXPECT_EQ(NextArticle(), std::string(500, 'b'));
}

TEST_F(WatchJournalTest, FilesThatAreGoneAreForgotten) {
  JournalLimits limits;
  limits.slack_bytes = 0;
  Open(limits);
  for (uint64_t i = 0; i < 100; ++i) {
    WatchJournal::Done done;
    done.mark = FileMark{Key(i), {1, 1, true}};
    ASSERT_TRUE(journal_->Commit(done).ok());
  }
  journal_->KeepFiles({Key(3)});
  for (uint64_t i = 0; i < 1000; ++i) Finish(i);
  Open(limits);
  EXPECT_TRUE(journal_->ProgressOf(Key(3)).is_whole);
  EXPECT_FALSE(journal_->ProgressOf(Key(4)).is_whole);
}

TEST_F(WatchJournalTest, ThereIsNoRoomWhileCasesFillIt) {
  JournalLimits limits;
  limits.waiting_bytes = 100;
  Open(limits);
  ASSERT_TRUE(journal_->StageCase(Key(1), std::string(100, 'a')).ok());
  Finish(1);
  EXPECT_FALSE(journal_->HasRoom());
  std::thread service([&] { ASSERT_TRUE(journal_->CloseCase(Key(1)).ok()); });
  journal_->WaitForRoom(stop_);
  EXPECT_TRUE(journal_->HasRoom());
  service.join();
}

TEST_F(WatchJournalTest, AStopWakesThoseWhoWait) {
  Open();
  std::thread sender([&] { EXPECT_EQ(NextArticle(), "none"); });
  stop_.Raise();
  journal_->WakeAll();
  sender.join();
}

TEST_F(WatchJournalTest, TellsWhetherThePipeIsAnother) {
  Open();
  EXPECT_FALSE(*journal_->SetPipe(1, 2));
  Open();
  EXPECT_TRUE(*journal_->SetPipe(1, 2));
  EXPECT_FALSE(*journal_->SetPipe(1, 3));
}

TEST_F(WatchJournalTest, InMemoryNothingIsWritten) {
  journal_ = WatchJournal::InMemory();
  Finish(1);
  EXPECT_TRUE(journal_->Knows(Key(1)));
  EXPECT_TRUE(journal_->Sync().ok());
  EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace unspin::watch
