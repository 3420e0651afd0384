#include "watch/pipe_feed.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

std::string Line(const std::string& id) { return "{\"id\":\"" + id + "\",\"text\":\"Some words of " + id + ".\"}\n"; }

// A named pipe, which behaves as standard input does until its writers have gone.
class PipeFeedTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0); }
  void OpenJournal() {
    feed_.reset();
    journal_.reset();
    auto journal = WatchJournal::Open(folder_.Path("state"));
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
  }
  void OpenFeed() {
    feed_.reset();
    auto feed = PipeFeed::Open(path_, {}, *journal_, stop_, {});
    ASSERT_TRUE(feed.ok()) << feed.status();
    feed_ = *std::move(feed);
  }
  Descriptor Writer() { return OpenDescriptor(path_, O_WRONLY); }
  static void Send(const Descriptor& writer, const std::string& bytes) {
    ASSERT_EQ(write(writer.get(), bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  }
  // The id of the next article, or where a record is bad.
  std::string Next() {
    const auto item = feed_->Next();
    if (!item) return "end";
    last_ = item->mark;
    if (const auto* article = std::get_if<Article>(&item->record)) return article->id;
    if (const auto* bad = std::get_if<BadRecord>(&item->record)) return "bad " + bad->location.substr(path_.size());
    return "blank";
  }
  void CommitLast() {
    WatchJournal::Done done;
    done.mark = last_;
    ASSERT_TRUE(journal_->Commit(done).ok());
  }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("pipe");
  StopFlag stop_;
  std::unique_ptr<WatchJournal> journal_ = WatchJournal::InMemory();
  std::unique_ptr<PipeFeed> feed_;
  decltype(FeedItem::mark) last_;
};

TEST_F(PipeFeedTest, GivesLinesAsTheyCome) {
  for (const bool spooled : {false, true}) {
    if (spooled) OpenJournal();
    OpenFeed();
    const Descriptor writer = Writer();
    Send(writer, Line("one") + Line("two") + "{\"id\":\"thr");
    EXPECT_EQ(Next(), "one");
    EXPECT_EQ(Next(), "two");
    std::thread later([&] { Send(writer, "ee\",\"text\":\"Words.\"}\n"); });
    EXPECT_EQ(Next(), "three");
    later.join();
  }
}

TEST_F(PipeFeedTest, WritersMayGoAndComeAgain) {
  for (const bool spooled : {false, true}) {
    if (spooled) OpenJournal();
    OpenFeed();
    for (int i = 0; i < 5; ++i) {
      std::thread writer([&] { Send(Writer(), Line("a" + std::to_string(i))); });
      EXPECT_EQ(Next(), "a" + std::to_string(i));
      writer.join();
    }
  }
}

TEST_F(PipeFeedTest, ALineThatItsWriterLeftEndsWithTheWriter) {
  for (const bool spooled : {false, true}) {
    if (spooled) OpenJournal();
    OpenFeed();
    std::thread first([&] { Send(Writer(), "{\"id\":\"one\",\"text\":\"Words.\"}"); });
    EXPECT_EQ(Next(), "one");
    first.join();
    std::thread second([&] { Send(Writer(), "{\"id\":\"cut"); });
    EXPECT_EQ(Next().substr(0, 3), "bad");
    second.join();
    std::thread third([&] { Send(Writer(), Line("two")); });
    EXPECT_EQ(Next(), "two");
    third.join();
  }
}

TEST_F(PipeFeedTest, BadAndBlankLinesKeepTheirPlace) {
  OpenFeed();
  const Descriptor writer = Writer();
  Send(writer, "no json\n\n" + Line("one") + "{\"id\":3}\n{\"text\":\"Words without an id.\"}\n");
  EXPECT_EQ(Next(), "bad :1");
  EXPECT_EQ(Next(), "blank");
  EXPECT_EQ(Next(), "one");
  EXPECT_EQ(Next(), "bad :4");
  EXPECT_EQ(Next(), path_ + "#5");
}

TEST_F(PipeFeedTest, WhatWasNotCommittedComesAgainWithTheSameNumber) {
  OpenJournal();
  OpenFeed();
  const Descriptor reader = OpenDescriptor(path_, O_RDONLY | O_NONBLOCK);  // keeps the pipe
  const Descriptor writer = Writer();
  Send(writer, Line("one") + "{\"text\":\"Words.\"}\n" + Line("three") + "{\"id\":\"fo");
  EXPECT_EQ(Next(), "one");
  CommitLast();
  EXPECT_EQ(Next(), path_ + "#2");
  EXPECT_EQ(Next(), "three");
  OpenJournal();
  OpenFeed();
  EXPECT_EQ(Next(), path_ + "#2");
  EXPECT_EQ(Next(), "three");
  Send(writer, "ur\",\"text\":\"Words.\"}\n");
  EXPECT_EQ(Next(), "four");  // half of it was spooled by the feed before
}

TEST_F(PipeFeedTest, ALineDoesNotGoOnInAnotherPipe) {
  OpenJournal();
  OpenFeed();
  {
    const Descriptor writer = Writer();
    Send(writer, Line("one") + "{\"id\":\"cut");
    EXPECT_EQ(Next(), "one");
    CommitLast();
  }
  OpenJournal();
  const std::string other = path_ + "2";
  ASSERT_EQ(mkfifo(other.c_str(), 0600), 0);
  auto feed = PipeFeed::Open(other, {}, *journal_, stop_, {});
  ASSERT_TRUE(feed.ok());
  feed_ = *std::move(feed);
  const Descriptor writer = OpenDescriptor(other, O_WRONLY);
  Send(writer, Line("two"));
  EXPECT_EQ(Next(), "bad 2:2");
  EXPECT_EQ(Next(), "two");
}

TEST_F(PipeFeedTest, AStopEndsAWait) {
  for (const bool spooled : {false, true}) {
    if (spooled) OpenJournal();
    OpenFeed();
    const Descriptor writer = Writer();
    std::thread other([&] { stop_.Raise(); });
    EXPECT_EQ(Next(), "end");
    EXPECT_TRUE(feed_->failure().ok());
    other.join();
  }
}

TEST_F(PipeFeedTest, ALineWithoutEndIsPassed) {
  OpenJournal();
  OpenFeed();
  std::thread writer([&] {
    const Descriptor pipe = Writer();
    const std::string piece(1 << 20, 'x');
    for (int i = 0; i < 70; ++i) {
      std::string_view rest = piece;
      while (!rest.empty()) rest.remove_prefix(static_cast<size_t>(write(pipe.get(), rest.data(), rest.size())));
    }
    Send(pipe, "\n" + Line("two"));
  });
  EXPECT_EQ(Next(), "bad :1");
  EXPECT_EQ(Next(), "two");
  writer.join();
}

}  // namespace
}  // namespace unspin::watch
