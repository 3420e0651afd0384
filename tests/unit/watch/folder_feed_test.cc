#include "watch/folder_feed.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

namespace fs = std::filesystem;
using Ids = std::vector<std::string>;

std::string Line(const std::string& id) { return "{\"id\":\"" + id + "\",\"text\":\"Some words of " + id + ".\"}\n"; }

class FolderFeedTest : public ::testing::Test {
 protected:
  void SetUp() override { fs::create_directories(in_); }

  void Open(bool once = false, bool notify = true) {
    FolderOptions options{in_, {}, once, std::chrono::milliseconds(100), notify};
    feed_.reset();
    auto feed = FolderFeed::Open(options, *journal_, stop_, {});
    ASSERT_TRUE(feed.ok()) << feed.status();
    feed_ = *std::move(feed);
  }
  void Put(const std::string& name, const std::string& bytes) {
    fs::create_directories(fs::path(in_ + "/" + name).parent_path());
    std::ofstream(in_ + "/" + name, std::ios::binary) << bytes;
  }
  // The id of the next article, or "bad"; marks are committed on the way.
  std::string Next() {
    while (auto item = feed_->Next()) {
      WatchJournal::Done done;
      done.mark = item->mark;
      EXPECT_TRUE(journal_->Commit(done).ok());
      if (const auto* article = std::get_if<Article>(&item->record)) return article->id;
      if (std::get_if<BadRecord>(&item->record)) return "bad";
    }
    return "end";
  }
  Ids All() {
    Ids all;
    for (std::string id; (id = Next()) != "end";) all.push_back(id);
    return all;
  }

  testing::TestFolder folder_;
  const std::string in_ = folder_.Path("in");
  StopFlag stop_;
  std::unique_ptr<WatchJournal> journal_ = WatchJournal::InMemory();
  std::unique_ptr<FolderFeed> feed_;
};

TEST_F(FolderFeedTest, OnceGivesWhatIsThere) {
  Put("b.jsonl", Line("b1") + Line("b2"));
  Put("inner/a.txt", "A plain text of some words.");
  Put("a.json", "{\"id\":\"a\",\"text\":\"Words.\"}");
  Put(".hidden.txt", "no");
  Put("style.css", "body {}");
  Open(true);
  EXPECT_EQ(All(), (Ids{"a", "b1", "b2", in_ + "/inner/a.txt"}));
}

TEST_F(FolderFeedTest, GivesFilesAsTheyCome) {
  Open();
  Put("a.jsonl", Line("a"));
  EXPECT_EQ(Next(), "a");
  std::ofstream(folder_.Path("outside")) << Line("moved");
  fs::rename(folder_.Path("outside"), in_ + "/moved.jsonl");
  EXPECT_EQ(Next(), "moved");
}

TEST_F(FolderFeedTest, FollowsNewFolders) {
  Open();
  Put("deep/er/a.jsonl", Line("a"));
  EXPECT_EQ(Next(), "a");
  Put("deep/er/b.jsonl", Line("b"));
  EXPECT_EQ(Next(), "b");
  fs::create_directories(folder_.Path("whole/tree"));
  std::ofstream(folder_.Path("whole/tree/c.jsonl")) << Line("c");
  fs::rename(folder_.Path("whole"), in_ + "/whole");
  EXPECT_EQ(Next(), "c");
}

// Who may put files into the folder must not choose what else is read, nor how much.
TEST_F(FolderFeedTest, FoldersBehindLinksAreNotFollowed) {
  fs::create_directories(folder_.Path("other"));
  std::ofstream(folder_.Path("other/far.jsonl")) << Line("far");
  fs::create_directory_symlink(folder_.Path("other"), in_ + "/linked");
  fs::create_symlink(folder_.Path("other/far.jsonl"), in_ + "/z.jsonl");
  Put("a.jsonl", Line("a"));
  Open(true);
  EXPECT_EQ(All(), (Ids{"a", "far"})) << "once: by the link to the file";
}

TEST_F(FolderFeedTest, ANamedPipeIsNeverWaitedFor) {
  Put("a.jsonl", Line("a"));
  ASSERT_EQ(::mkfifo((in_ + "/MANIFEST").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo((in_ + "/b.jsonl").c_str(), 0600), 0);
  Open(true);
  EXPECT_EQ(All(), (Ids{"a"}));
}

TEST_F(FolderFeedTest, AStopEndsAListingAndForgetsNoFile) {
  Put("a.jsonl", Line("a"));
  Open(true);
  EXPECT_EQ(All(), (Ids{"a"}));
  Put("b.jsonl", Line("b"));
  stop_.Raise();
  Open(true);
  EXPECT_EQ(All(), Ids{});
  const FileProgress a = journal_->ProgressOf(KeyOfPath(in_ + "/a.jsonl"));
  EXPECT_TRUE(a.is_whole) << "a listing that did not end knows no file that is gone";
}

TEST_F(FolderFeedTest, WithoutNotificationsItListsAgain) {
  Open(false, false);
  Put("a.jsonl", Line("a"));
  EXPECT_EQ(Next(), "a");
  Put("inner/b.jsonl", Line("b"));
  EXPECT_EQ(Next(), "b");
  Put("a.jsonl", Line("a") + Line("more"));
  EXPECT_EQ(Next(), "a");
  EXPECT_EQ(Next(), "more");
}

TEST_F(FolderFeedTest, AFileThatIsBeingWrittenWaits) {
  for (const bool notify : {true, false}) {
    std::ofstream half(in_ + "/half.jsonl", std::ios::trunc);
    half << "{\"id\":\"half" << std::flush;
    Open(false, notify);
    Put("other.jsonl", Line(notify ? "one" : "two"));
    EXPECT_EQ(Next(), notify ? "one" : "two");
    half << "\",\"text\":\"Words.\"}\n";
    half.close();
    EXPECT_EQ(Next(), "half");
  }
}

TEST_F(FolderFeedTest, OnceLeavesAFileThatIsBeingWritten) {
  std::ofstream half(in_ + "/half.jsonl");
  half << "{\"id\":\"half" << std::flush;
  Put("a.jsonl", Line("a"));
  Open(true);
  EXPECT_EQ(All(), Ids{"a"});
}

TEST_F(FolderFeedTest, AChangedFileIsReadAgain) {
  Open();
  Put("a.jsonl", Line("a"));
  EXPECT_EQ(Next(), "a");
  std::ofstream(in_ + "/a.jsonl", std::ios::app) << Line("b");
  EXPECT_EQ(Next(), "a");
  EXPECT_EQ(Next(), "b");
}

// So soon after the first that the time of the change may be the same.
TEST_F(FolderFeedTest, AChangeOfEqualSizeIsSeen) {
  Open();
  for (int i = 0; i < 10; ++i) {
    const std::string id = "a" + std::to_string(i);
    Put("a.jsonl", Line(id));
    EXPECT_EQ(Next(), id);
  }
}

TEST_F(FolderFeedTest, AFileThatWasReadIsNotReadByTheNextRun) {
  Put("a.jsonl", Line("a"));
  Put("b.jsonl", Line("b"));
  Open(true);
  EXPECT_EQ(All(), (Ids{"a", "b"}));
  Put("b.jsonl", Line("b") + Line("new"));
  Open(true);
  EXPECT_EQ(All(), (Ids{"b", "new"}));
}

TEST_F(FolderFeedTest, AHalfReadFileGoesOnWhereItWas) {
  std::string lines;
  for (int i = 0; i < 1000; ++i) lines += Line("a" + std::to_string(i));
  Put("a.jsonl", lines);
  Open(true);
  for (int i = 0; i < 600; ++i) ASSERT_EQ(Next(), "a" + std::to_string(i));
  Open(true);
  EXPECT_EQ(Next(), "a600");
}

TEST_F(FolderFeedTest, BadRecordsDoNotEndIt) {
  Put("a.jsonl", "no json\n" + Line("a"));
  Put("b.jsonl", Line("b"));
  Open(true);
  EXPECT_EQ(All(), (Ids{"bad", "a", "b"}));
}

TEST_F(FolderFeedTest, EveryFileOfAFloodIsGiven) {
  Open();
  constexpr int kFiles = 2000;
  std::thread writer([&] {
    for (int i = 0; i < kFiles; ++i)
      Put("f" + std::to_string(i % 7) + "/" + std::to_string(i) + ".jsonl", Line("a" + std::to_string(i)));
  });
  std::set<std::string> all;  // a file that was listed before its event came may be read twice
  while (all.size() < kFiles) all.insert(Next());
  writer.join();
}

TEST_F(FolderFeedTest, AStopEndsAWait) {
  Open();
  std::thread other([&] { stop_.Raise(); });
  EXPECT_EQ(Next(), "end");
  other.join();
}

TEST_F(FolderFeedTest, AMissingFolderIsAnError) {
  EXPECT_FALSE(FolderFeed::Open({folder_.Path("none"), {}}, *journal_, stop_, {}).ok());
}

}  // namespace
}  // namespace unspin::watch
