#include "watch/watch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "render/report_line.h"
#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"
#include "unspin/io/read_file.h"

namespace unspin::watch {
namespace {

using unspin::testing::SampleArticle;
using unspin::testing::SampleStories;

// Gives what it was filled with.
class ListFeed final : public ArticleFeed {
 public:
  std::optional<FeedItem> Next() override {
    if (items.empty()) return std::nullopt;
    FeedItem item = std::move(items.front());
    items.pop_front();
    return item;
  }
  void Add(Article article) { items.push_back({std::move(article), {}}); }

  std::deque<FeedItem> items;
};

class WatchTest : public ::testing::Test {
 protected:
  void SetUp() override {
    Index(SampleStories()[0]);
    auto archive = LiveArchive::Open(folder_.Path("archive"));
    ASSERT_TRUE(archive.ok()) << archive.status();
    archive_ = *std::move(archive);
    OpenJournal();
  }
  void OpenJournal() {
    journal_.reset();
    auto journal = WatchJournal::Open(folder_.Path("state"));
    ASSERT_TRUE(journal.ok()) << journal.status();
    journal_ = *std::move(journal);
  }
  void Index(const std::string& story) {
    auto writer = ArchiveWriter::Open(folder_.Path("archive"), uint64_t{1} << 30, false);
    ASSERT_TRUE(writer.ok()) << writer.status();
    const Article original = SampleArticle(story, "original.txt");
    Workspace workspace(engine_);
    ASSERT_TRUE((*writer)->Add(original, engine_.Fingerprints(original, workspace)).ok());
    ASSERT_TRUE((*writer)->Finish().ok());
  }
  // Runs a watch over the feed; the ids in the file of findings afterwards.
  std::vector<std::string> Run(ListFeed& feed, WatchOptions options = {}) {
    options.threads = 3;
    auto out = FindingsFile::Open(path_, journal_->out_bytes(),
                                  [&](std::string_view line) { return NoteReported(line, *journal_); });
    EXPECT_TRUE(out.ok()) << out.status();
    Watch watch(engine_, *archive_, *journal_, **out, stop_, options,
                {[](const auto&) {}, [](const auto&) {}, [&](const std::string& said) { said_.push_back(said); },
                 [](const auto&) {}});
    status_ = watch.Run(feed);
    counts_ = watch.counts();
    return Reported();
  }
  std::vector<std::string> Reported() const {
    std::vector<std::string> ids;
    const std::string all = *ReadFile(path_);
    for (size_t begin = 0; begin < all.size();) {
      const size_t end = all.find('\n', begin);
      const auto report = ReportLineReader().Read(all.substr(begin, end - begin));
      ids.push_back(report ? report->report.suspect.id : "no report");
      begin = end + 1;
    }
    return ids;
  }
  static Article Copy(const std::string& id, const std::string& story = SampleStories()[0]) {
    Article copy = SampleArticle(story, "original.txt");
    copy.id = id;
    return copy;
  }
  static Article Other(const std::string& id) {
    Article other;
    other.id = id;
    other.text = "Nothing of this stands in any archive, and it is short as well.";
    return other;
  }

  testing::TestFolder folder_;
  const std::string path_ = folder_.Path("findings.jsonl");
  const Engine engine_;
  StopFlag stop_;
  std::unique_ptr<LiveArchive> archive_;
  std::unique_ptr<WatchJournal> journal_;
  std::vector<std::string> said_;
  absl::Status status_;
  WatchCounts counts_;
};

using Ids = std::vector<std::string>;

TEST_F(WatchTest, WritesFindingsInTheOrderOfTheFeed) {
  ListFeed feed;
  Ids expected;
  for (int i = 0; i < 20; ++i) {
    feed.Add(Copy("copy" + std::to_string(i)));
    feed.Add(Other("other" + std::to_string(i)));
    expected.push_back("copy" + std::to_string(i));
  }
  EXPECT_EQ(Run(feed), expected);
  EXPECT_TRUE(status_.ok()) << status_;
  EXPECT_EQ(counts_.articles, 40u);
  EXPECT_EQ(counts_.findings, 20u);
}

TEST_F(WatchTest, AnArticleThatComesAgainIsNotReportedAgain) {
  ListFeed feed;
  for (int i = 0; i < 10; ++i) feed.Add(Copy("a"));
  EXPECT_EQ(Run(feed), Ids{"a"});
  EXPECT_EQ(counts_.known, 9u);
  OpenJournal();
  feed.Add(Copy("a"));
  feed.Add(Copy("b"));
  EXPECT_EQ(Run(feed), (Ids{"a", "b"}));
}

TEST_F(WatchTest, AllWritesEveryReport) {
  ListFeed feed;
  feed.Add(Other("a"));
  feed.Add(Copy("b"));
  WatchOptions options;
  options.all = true;
  EXPECT_EQ(Run(feed, options), (Ids{"a", "b"}));
}

TEST_F(WatchTest, TheVerdictDecides) {
  ListFeed feed;
  feed.Add(Copy("a"));
  Article longer = Copy("b");
  for (int i = 0; i < 12; ++i)
    longer.text += "\n\nOther words follow here, number " + std::to_string(i * 977) + " of them.";
  feed.Add(longer);
  feed.Add(Other("c"));
  WatchOptions options;
  options.min_verdict = Verdict::kCopy;
  const Ids strong = Run(feed, options);
  EXPECT_EQ(std::count(strong.begin(), strong.end(), "a"), 1);
  EXPECT_EQ(std::count(strong.begin(), strong.end(), "c"), 0);
}

// Killed behind the line and before the journal: the line counts.
TEST_F(WatchTest, ALineThatTheJournalDoesNotKnowCounts) {
  ListFeed feed;
  feed.Add(Copy("a"));
  Run(feed);
  journal_.reset();
  std::filesystem::remove_all(folder_.Path("state"));
  OpenJournal();
  feed.Add(Copy("a"));
  feed.Add(Copy("b"));
  EXPECT_EQ(Run(feed), (Ids{"a", "b"}));
}

TEST_F(WatchTest, EachFindingHasACaseThatWaits) {
  ListFeed feed;
  feed.Add(Other("a"));
  feed.Add(Copy("b"));
  feed.Add(Copy("b"));
  WatchOptions options;
  options.opens_cases = true;
  Run(feed, options);
  ASSERT_EQ(journal_->waiting_cases(), 1u);
  EXPECT_NE((*journal_->NextCase(stop_))->article.find("\"id\":\"b\""), std::string::npos);
}

TEST_F(WatchTest, SeesWhatIsAddedToTheArchive) {
  const std::string story = SampleStories()[1];
  ListFeed feed;
  feed.Add(Copy("before", story));
  EXPECT_EQ(Run(feed), Ids{});
  Index(story);
  feed.Add(Copy("before", story));
  feed.Add(Copy("after", story));
  EXPECT_EQ(Run(feed), Ids{"after"});
  EXPECT_EQ(said_, Ids{});  // the second watch began with it
}

TEST_F(WatchTest, SaysThatTheArchiveHasChanged) {
  struct Growing final : ArticleFeed {
    explicit Growing(std::function<void()> grow) : grow_(std::move(grow)) {}
    std::optional<FeedItem> Next() override {
      if (given_ == 1) grow_();
      if (given_ == 3) return std::nullopt;
      return FeedItem{Other("o" + std::to_string(given_++)), {}};
    }
    std::function<void()> grow_;
    int given_ = 0;
  } feed([&] { Index(SampleStories()[1]); });
  auto out = FindingsFile::Open(path_, 0, [](std::string_view) { return absl::OkStatus(); });
  Watch watch(engine_, *archive_, *journal_, **out, stop_, {},
              {[](const auto&) {}, [](const auto&) {}, [&](const std::string& said) { said_.push_back(said); },
               [](const auto&) {}});
  ASSERT_TRUE(watch.Run(feed).ok());
  EXPECT_EQ(said_, Ids{"the archive has changed: 2 articles now"});
}

TEST_F(WatchTest, BadRecordsAreCounted) {
  ListFeed feed;
  feed.items.push_back({BadRecord{"x:1", "no JSON"}, {}});
  feed.Add(Copy("a"));
  EXPECT_EQ(Run(feed), Ids{"a"});
  EXPECT_EQ(counts_.bad, 1u);
}

TEST_F(WatchTest, AForeignFileIsNoFileOfFindings) { EXPECT_FALSE(NoteReported("{\"a\": 1}", *journal_).ok()); }

}  // namespace
}  // namespace unspin::watch
