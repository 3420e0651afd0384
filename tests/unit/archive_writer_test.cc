#include "unspin/engine/archive_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "support/archive_files.h"
#include "support/test_folder.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/base/task_queue.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/manifest.h"

namespace unspin {
namespace {

using testing::Add;
using ::testing::ElementsAre;
using testing::Fill;
using testing::Findable;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::kOneSegment;
using testing::MadeArticle;
using testing::MakeArticle;
using testing::Message;
using testing::OpenArchive;
using testing::OpenWriter;
using testing::ReadFile;
using testing::TestFolder;
using testing::WithId;
using testing::WriteFile;
using Added = ArchiveWriter::Added;

TEST(ArchiveWriterTest, LeavesAnUnchangedArticleAlone) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 5);
  const std::string before = ReadFile(folder.Path("a/MANIFEST"));
  const auto writer = OpenWriter(folder.Path("a"));
  EXPECT_EQ(*Add(*writer, MakeArticle(3)), Added::kUnchanged);
  EXPECT_EQ(*Add(*writer, MakeArticle(9)), Added::kNew);
  EXPECT_EQ(*Add(*writer, MakeArticle(9)), Added::kUnchanged);  // in the open segment as well
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 6u);
}

TEST(ArchiveWriterTest, KnowsWhereAnIdStoodInThisRunWithAnotherText) {
  for (const uint64_t segment_bytes : {kOneSegment, uint64_t{1}}) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 1);
    const auto writer = OpenWriter(folder.Path("a"), segment_bytes);
    const auto add = [&](uint64_t text, const std::string& id, uint64_t record) {
      MadeArticle made = WithId(MakeArticle(text), id);
      made.article.path = "in.jsonl";
      made.article.record = record;
      EXPECT_TRUE(Add(*writer, made).ok());
      return writer->earlier_text();
    };
    EXPECT_FALSE(add(10, "x", 1));
    EXPECT_FALSE(add(10, "x", 2)) << "the same text";
    EXPECT_FALSE(add(11, MakeArticle(0).article.id, 3)) << "the other text is of an earlier run";
    const auto earlier = add(12, "x", 4);
    ASSERT_TRUE(earlier);
    EXPECT_EQ(earlier->id, "x");
    EXPECT_EQ(earlier->path, "in.jsonl");
    EXPECT_EQ(earlier->record, 1u);
    EXPECT_FALSE(add(13, "x", 5)) << "it was told before";
  }
}

TEST(ArchiveWriterTest, FindsEqualTextsOfTheArchiveAndOfFiles) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  const auto writer = OpenWriter(folder.Path("a"));
  const auto ids = [&](uint64_t text) {
    const auto found = writer->FindEqualTexts(Sha256Hex(MakeArticle(text).article.text));
    EXPECT_TRUE(found.ok());
    std::vector<std::string> names;
    for (const ArchiveWriter::Place& place : *found) names.push_back(place.id);
    return names;
  };
  EXPECT_THAT(ids(1), ElementsAre(MakeArticle(1).article.id));
  EXPECT_THAT(ids(5), IsEmpty());
  MadeArticle file = WithId(MakeArticle(5), "five");
  file.article.record.reset();
  ASSERT_TRUE(Add(*writer, file).ok());
  EXPECT_THAT(ids(5), ElementsAre("five"));
  EXPECT_TRUE(writer->Holds("five"));
  EXPECT_FALSE(writer->Holds("six"));
  ASSERT_TRUE(*writer->Remove(MakeArticle(1).article.id));
  EXPECT_THAT(ids(1), IsEmpty());
}

TEST(ArchiveWriterTest, RefusesAFolderOfOtherFiles) {
  const TestFolder folder;
  std::filesystem::create_directory(folder.Path("docs"));
  WriteFile(folder.Path("docs/notes.txt"), "notes");
  const auto writer = ArchiveWriter::Open(folder.Path("docs"));
  EXPECT_THAT(Message(writer.status()), HasSubstr("notes.txt"));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("docs/LOCK")));
  EXPECT_THAT(Message(ArchiveWriter::Open(folder.Path("docs/notes.txt")).status()), HasSubstr("is a file"));
}

TEST(ArchiveWriterTest, WritesNothingWhenNothingChanged) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 5);
  const std::string before = ReadFile(folder.Path("a/MANIFEST"));
  Fill(folder.Path("a"), 0, 5);
  EXPECT_EQ(ReadFile(folder.Path("a/MANIFEST")), before);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().segments.size(), 1u);
}

TEST(ArchiveWriterTest, NumbersTheVersionsOfAnIdOverAllSegments) {
  const TestFolder folder;
  for (uint64_t i = 1; i <= 4; ++i) {
    const auto writer = OpenWriter(folder.Path("a"));
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(10 * i), "x")), i == 1 ? Added::kNew : Added::kNewVersion);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(10 * i + 1), "x")), Added::kNewVersion);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(10), "x")), Added::kUnchanged);  // the first text is there still
    ASSERT_TRUE(writer->Finish().ok());
  }
  const auto archive = OpenArchive(folder.Path("a"));
  for (uint32_t i = 1; i <= 8; ++i) {
    const auto stored = archive->reader().Fetch({(i - 1) / 2, (i - 1) % 2});
    EXPECT_EQ(stored->version, i);
    EXPECT_EQ(stored->article.text, MakeArticle(10 * ((i + 1) / 2) + (i + 1) % 2).article.text);
  }
  EXPECT_THAT(archive->Verify(), IsEmpty());
}

// Pages of ids are released while ids are searched for in many segments.
TEST(ArchiveWriterTest, FindsIdsInManySegments) {
  const TestFolder folder;
  constexpr uint64_t kSegments = 50;
  Fill(folder.Path("a"), 0, kSegments, 1);
  ASSERT_EQ(OpenArchive(folder.Path("a"))->Statistics().segments.size(), kSegments);
  const auto writer = OpenWriter(folder.Path("a"));
  for (uint64_t i = 0; i < kSegments; ++i) {
    const uint64_t from_last = kSegments - 1 - i;
    EXPECT_EQ(*Add(*writer, MakeArticle(kSegments + i)), Added::kNew);
    EXPECT_EQ(*Add(*writer, MakeArticle(from_last)), Added::kUnchanged);
    EXPECT_EQ(*Add(*writer, MakeArticle(i)), Added::kUnchanged);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(3 * kSegments + i), MakeArticle(i).article.id)), Added::kNewVersion);
  }
  ASSERT_TRUE(writer->Finish().ok());
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_EQ(archive->Statistics().articles, 3 * kSegments);
  EXPECT_THAT(archive->Verify(), IsEmpty());
}

// These tasks do not run before the writer waits for them.
TEST(ArchiveWriterTest, FindsIdsInASegmentThatIsBeingWritten) {
  const TestFolder folder;
  TaskQueue tasks(2);
  {
    const auto writer = *ArchiveWriter::Open(folder.Path("a"), 1, true, &tasks);
    EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kNew);
    EXPECT_THAT(OpenArchive(folder.Path("a"))->Statistics().segments, IsEmpty());
    EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kUnchanged);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(2), "article-1")), Added::kNewVersion);
    // Only the first segment is committed: its article is deleted with the commit of the second.
    EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("article-1/1"));
  }
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("article-1/2"));
}

TEST(ArchiveWriterTest, BytesDoNotDependOnThreads) {
  const TestFolder folder;
  const uint64_t segment_bytes = 25 * MakeArticle(0).article.text.size();
  Fill(folder.Path("alone"), 0, 200, segment_bytes);
  TaskQueue tasks(3);
  std::atomic<bool> finished = false;
  std::vector<std::jthread> helpers(2);
  for (std::jthread& helper : helpers) {
    helper = std::jthread([&] {
      while (!finished) {
        std::unique_lock lock(tasks.mutex());
        tasks.RunOne(lock);
      }
    });
  }
  const auto writer = *ArchiveWriter::Open(folder.Path("helped"), segment_bytes, false, &tasks);
  for (uint64_t i = 0; i < 200; ++i) ASSERT_TRUE(Add(*writer, MakeArticle(i)).ok());
  ASSERT_TRUE(writer->Finish().ok());
  finished = true;
  const auto alone = OpenArchive(folder.Path("alone"));
  for (const std::string& name : alone->Statistics().segments)
    EXPECT_EQ(ReadFile(folder.Path("helped/" + name)), ReadFile(folder.Path("alone/" + name))) << name;
  EXPECT_EQ(ReadFile(folder.Path("helped/MANIFEST")), ReadFile(folder.Path("alone/MANIFEST")));
}

TEST(ArchiveWriterTest, KeepsAllVersionsFindable) {
  const TestFolder folder;
  const auto writer = OpenWriter(folder.Path("a"));
  for (uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(Add(*writer, WithId(MakeArticle(i), "x")).ok());
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("x/1", "x/2", "x/3"));
}

TEST(ArchiveWriterTest, ReplaceDeletesEarlierVersions) {
  const TestFolder folder;
  Fill(folder.Path("a"), 1, 3);
  {
    const auto writer = OpenWriter(folder.Path("a"), kOneSegment, true);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(11), "article-1")), Added::kNewVersion);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(12), "article-1")), Added::kNewVersion);
    EXPECT_EQ(*Add(*writer, MakeArticle(2)), Added::kUnchanged);
    // Not before the commit.
    EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("article-1/1", "article-2/1"));
    ASSERT_TRUE(writer->Finish().ok());
  }
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_THAT(Findable(*archive, MakeArticle(7)), ElementsAre("article-1/3", "article-2/1"));
  EXPECT_EQ(archive->Statistics().articles, 2u);
  EXPECT_EQ(archive->Statistics().text_bytes, MakeArticle(12).article.text.size() + MakeArticle(2).article.text.size());
  // A deleted text that is added again is a new version, not an unchanged one.
  const auto writer = OpenWriter(folder.Path("a"));
  EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kNewVersion);
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)),
              ElementsAre("article-1/3", "article-1/4", "article-2/1"));
}

TEST(ArchiveWriterTest, ReplaceByAKnownTextDeletesOtherVersions) {
  const TestFolder folder;
  {
    const auto writer = OpenWriter(folder.Path("a"));
    for (uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(Add(*writer, WithId(MakeArticle(i), "x")).ok());
    ASSERT_TRUE(writer->Finish().ok());
  }
  const auto writer = OpenWriter(folder.Path("a"), kOneSegment, true);
  EXPECT_EQ(*Add(*writer, WithId(MakeArticle(1), "x")), Added::kUnchanged);
  ASSERT_TRUE(writer->Finish().ok());
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_THAT(Findable(*archive, MakeArticle(7)), ElementsAre("x/2"));
  EXPECT_EQ(archive->Statistics().segments.size(), 1u);
}

// Deleted articles must not displace others.
TEST(ArchiveWriterTest, DeletedArticlesDoNotCountForTheLimit) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 20);
  const auto writer = OpenWriter(folder.Path("a"), kOneSegment, true);
  for (uint64_t i = 0; i < 10; ++i) {
    MadeArticle other = WithId(MakeArticle(i), "article-" + std::to_string(i));
    other.article.text += "changed";
    other.sketch = testing::EmptySketch();
    other.anchors.clear();
    ASSERT_TRUE(Add(*writer, other).ok());
  }
  ASSERT_TRUE(writer->Finish().ok());
  CandidateOptions options;
  options.limit = 5;
  SearchScratch scratch;
  const MadeArticle suspect = MakeArticle(0);
  EXPECT_EQ(
      OpenArchive(folder.Path("a"))->reader().FindCandidates(suspect.sketch, suspect.anchors, options, scratch).size(),
      5u);
}

absl::StatusOr<ArchiveWriter::Merged> Merge(const std::string& folder, uint64_t segment_bytes = kOneSegment) {
  return OpenWriter(folder, kOneSegment)->Merge(segment_bytes, [](uint64_t) {});
}

TEST(ArchiveWriterTest, MergesWithoutChangingAFinding) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 200, 5000);
  {
    const auto writer = OpenWriter(folder.Path("a"), kOneSegment);
    for (const uint64_t number : {0u, 5u, 70u, 71u, 72u, 199u})
      ASSERT_TRUE(*writer->Remove(MakeArticle(number).article.id));
    ASSERT_TRUE(writer->Finish().ok());
  }
  const auto before = OpenArchive(folder.Path("a"));
  const auto merged = Merge(folder.Path("a"));
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_EQ(merged->segments_before, before->Statistics().segments.size());
  EXPECT_EQ(merged->segments_after, 1u);
  EXPECT_EQ(merged->articles, 194u);
  EXPECT_EQ(merged->deleted, 6u);
  const auto after = OpenArchive(folder.Path("a"));
  EXPECT_THAT(after->Verify(), IsEmpty());
  EXPECT_EQ(after->Statistics().fingerprint, before->Statistics().fingerprint);
  EXPECT_THAT(after->Statistics().segments, ElementsAre(::testing::_));
  CandidateOptions options;
  options.bucket_cap = 1000;  // deleted articles count until they are merged away
  for (uint64_t number = 0; number < 220; number += 3)
    EXPECT_EQ(Findable(*after, MakeArticle(number), options), Findable(*before, MakeArticle(number), options));
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.Path("a"))) files += entry.exists();
  EXPECT_EQ(files, 3u) << "more than the lock, the manifest and one segment";
}

TEST(ArchiveWriterTest, MergesNoMoreThanFitsIntoOneSegment) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 200, 5000);
  const auto merged = Merge(folder.Path("a"), 20'000);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_GT(merged->segments_after, 1u);
  EXPECT_LT(merged->segments_after, merged->segments_before);
  EXPECT_EQ(Merge(folder.Path("a"), 20'000)->articles, 0u);
  EXPECT_THAT(OpenArchive(folder.Path("a"))->Verify(), IsEmpty());
}

TEST(ArchiveWriterTest, KeepsTheOldSegmentsWhenOneIsTooDamagedToMerge) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 40, 5000);
  const std::vector<std::string> segments = OpenArchive(folder.Path("a"))->Statistics().segments;
  const std::string damaged = folder.Path("a") + "/" + segments[1];
  {
    std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-20, std::ios::end);
    file.put('!');
  }
  const auto merged = Merge(folder.Path("a"));
  EXPECT_EQ(merged.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(StdView(merged.status().message())), HasSubstr(damaged));
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().segments, segments);
}

TEST(ArchiveWriterTest, LetsNoOtherWriterIn) {
  const TestFolder folder;
  auto writer = OpenWriter(folder.Path("a"));
  const absl::Status status = ArchiveWriter::Open(folder.Path("a")).status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Message(status), HasSubstr("LOCK: locked by process " + std::to_string(getpid())));
  writer.reset();
  EXPECT_TRUE(ArchiveWriter::Open(folder.Path("a")).ok());
}

TEST(ArchiveWriterTest, LosesArticlesThatWereNotCommitted) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ASSERT_TRUE(Add(*OpenWriter(folder.Path("a")), MakeArticle(5)).ok());
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 2u);
}

TEST(ArchiveWriterTest, MakesAnEmptyArchive) {
  const TestFolder folder;
  ASSERT_TRUE(OpenWriter(folder.Path("deep/er/a"))->Finish().ok());
  const auto archive = OpenArchive(folder.Path("deep/er/a"));
  EXPECT_EQ(archive->Statistics().articles, 0u);
  EXPECT_THAT(Findable(*archive, MakeArticle(1)), IsEmpty());
}

TEST(ArchiveWriterTest, SaysWhyItCannotMakeTheFolder) {
  EXPECT_THAT(Message(ArchiveWriter::Open("/dev/full/a").status()),
              HasSubstr("/dev/full/a: cannot create the folder: "));
}

TEST(ArchiveWriterTest, RemovesTheLeftoversOfADeadWriter) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const std::vector<std::string> left = {"segment-000002.unspin", "segment-000002.unspin.tmp-17-0",
                                         "MANIFEST.tmp-17-1"};
  const std::vector<std::string> foreign = {"notes.txt", "segment-2.unspin", "segment-000002.unspin.bak",
                                            "letter.tmp-1-1"};
  for (const std::string& name : left) WriteFile(folder.Path("a/" + name), "half");
  for (const std::string& name : foreign) WriteFile(folder.Path("a/" + name), "mine");
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 2u);
  for (const std::string& name : left)
    EXPECT_TRUE(std::filesystem::exists(folder.Path("a/" + name))) << name;  // by no reader
  Fill(folder.Path("a"), 2, 4);
  for (const std::string& name : foreign) EXPECT_EQ(ReadFile(folder.Path("a/" + name)), "mine");
  EXPECT_FALSE(std::filesystem::exists(folder.Path("a/" + left[1])));
  EXPECT_FALSE(std::filesystem::exists(folder.Path("a/" + left[2])));
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_EQ(archive->Statistics().articles, 4u);
  EXPECT_THAT(archive->Verify(), IsEmpty());
}

TEST(ArchiveWriterTest, RemovesNoSegmentWhenTheManifestIsLost) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  std::filesystem::remove(folder.Path("a/MANIFEST"));
  const absl::Status status = ArchiveWriter::Open(folder.Path("a")).status();
  EXPECT_TRUE(absl::IsDataLoss(status));
  EXPECT_THAT(Message(status), HasSubstr("MANIFEST: missing, though segment-000001.unspin is there"));
  EXPECT_TRUE(std::filesystem::exists(folder.Path("a/segment-000001.unspin")));
}

// Runs `work` in a process of its own and returns how that ended (waitpid's status).
int InAnotherProcess(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    work();
    ::_exit(0);
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

// The archive must be whole, and hold the first articles and nothing else.
void ExpectFirstArticles(const std::string& folder, uint64_t min_articles, uint64_t max_articles) {
  const auto archive = OpenArchive(folder);
  EXPECT_THAT(archive->Verify(), IsEmpty());
  const ArchiveStatistics statistics = archive->Statistics();
  EXPECT_GE(statistics.articles, min_articles);
  EXPECT_LE(statistics.articles, max_articles);
  uint64_t number = 0;
  for (uint32_t segment = 0; segment < statistics.segments.size(); ++segment) {
    for (uint32_t i = 0;; ++i) {
      const auto stored = archive->reader().Fetch({segment, i});
      if (absl::IsOutOfRange(stored.status())) break;
      ASSERT_TRUE(stored.ok()) << stored.status();
      EXPECT_EQ(stored->article.text, MakeArticle(number++).article.text);
    }
  }
  EXPECT_EQ(number, statistics.articles);
}

TEST(KilledWriterTest, LeavesWhatItCommitted) {
  const uint64_t segment_bytes = 5 * MakeArticle(0).article.text.size();
  for (uint64_t adds = 0; adds < 20; ++adds) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 3);
    const int status = InAnotherProcess([&] {
      auto writer = ArchiveWriter::Open(folder.Path("a"), segment_bytes);
      for (uint64_t i = 3; i < 3 + adds; ++i) {
        if (!Add(**writer, MakeArticle(i)).ok()) ::_exit(1);
      }
      ::raise(SIGKILL);
    });
    ASSERT_TRUE(WIFSIGNALED(status));
    // Articles differ in length by a word or two: five of them, give or take one, fill a segment.
    ExpectFirstArticles(folder.Path("a"), 3 + (adds >= 6 ? adds - 6 : 0), 3 + adds);
    Fill(folder.Path("a"), 0, 30);  // the next writer is not held up
    ExpectFirstArticles(folder.Path("a"), 30, 30);
  }
}

// SIGKILL from outside at no particular moment: every article is a commit, so most kills fall into one.
TEST(KilledWriterTest, LeavesAWholeArchiveAtAnyMoment) {
  for (int round = 0; round < 20; ++round) {
    const TestFolder folder;
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto writer = ArchiveWriter::Open(folder.Path("a"), 1);
      for (uint64_t i = 0;; ++i) {
        if (!Add(**writer, MakeArticle(i)).ok() || ::write(ends[1], "+", 1) != 1) ::_exit(1);
      }
    }
    ::close(ends[1]);
    uint64_t told = 0;
    char byte;
    while (told < static_cast<uint64_t>(round) && ::read(ends[0], &byte, 1) == 1) ++told;
    if (round == 0) {
      // Nothing was heard of this one: it may not even have made its manifest yet.
      while (!std::filesystem::exists(folder.Path("a/MANIFEST"))) ::sched_yield();
    }
    ::kill(child, SIGKILL);
    int status;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    while (::read(ends[0], &byte, 1) == 1) ++told;
    ::close(ends[0]);
    ExpectFirstArticles(folder.Path("a"), told, told + 1);
    Fill(folder.Path("a"), 0, told + 3);
    ExpectFirstArticles(folder.Path("a"), told + 3, told + 3);
  }
}

// The system kills a process that writes more than it may: here, in the middle of a segment or manifest.
TEST(KilledWriterTest, LeavesTheOldArchiveWhenItDiesInTheMiddleOfAFile) {
  for (rlim_t limit = 0; limit < 20000; limit += 1371) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 3);
    const int status = InAnotherProcess([&] {
      auto writer = ArchiveWriter::Open(folder.Path("a"));
      const rlimit max_size = {limit, limit};
      ::signal(SIGXFSZ, SIG_DFL);
      ::setrlimit(RLIMIT_FSIZE, &max_size);
      for (uint64_t i = 3; i < 40; ++i) {
        if (!Add(**writer, MakeArticle(i)).ok()) ::_exit(1);
      }
      (*writer)->Finish().IgnoreError();
    });
    ASSERT_TRUE(WIFSIGNALED(status)) << limit;
    ExpectFirstArticles(folder.Path("a"), 3, 3);
    Fill(folder.Path("a"), 3, 6);
    ExpectFirstArticles(folder.Path("a"), 6, 6);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.Path("a")), {}),
              4);  // LOCK, MANIFEST, two segments
  }
}

// A limit on the size of files stands in for a full disk: write() fails after some bytes.
TEST(FullDiskTest, LeavesTheOldArchiveAndNoOtherFile) {
  for (const rlim_t limit : {0, 100, 5000, 20000}) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 3);
    const std::string told = folder.Path("told");
    const int status = InAnotherProcess([&] {
      auto writer = ArchiveWriter::Open(folder.Path("a"));
      rlimit max_size;
      ::getrlimit(RLIMIT_FSIZE, &max_size);
      const rlim_t before = max_size.rlim_cur;
      max_size.rlim_cur = limit;
      ::signal(SIGXFSZ, SIG_IGN);
      ::setrlimit(RLIMIT_FSIZE, &max_size);
      for (uint64_t i = 3; i < 40; ++i) {
        if (!Add(**writer, MakeArticle(i)).ok()) ::_exit(1);
      }
      const absl::Status finished = (*writer)->Finish();
      // Nothing more is taken, and nobody is told that all went well.
      if ((*writer)->Finish().ok() || Add(**writer, MakeArticle(50)).ok()) ::_exit(2);
      max_size.rlim_cur = before;
      ::setrlimit(RLIMIT_FSIZE, &max_size);
      WriteFile(told, Message(finished));
    });
    ASSERT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << limit;
    EXPECT_THAT(ReadFile(told), HasSubstr("a/segment-000002.unspin: cannot write: File too large"));
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.Path("a")), {}),
              3);  // LOCK, MANIFEST, one segment
    ExpectFirstArticles(folder.Path("a"), 3, 3);
  }
}

// The disk is full for the manifest, after the segment was written: the segment must not stay behind.
TEST(FullDiskTest, RemovesASegmentThatItCannotName) {
  const TestFolder folder;
  const std::string path = folder.Path("a");
  for (uint64_t i = 0; i < 3; ++i) Fill(path, i, i + 1);
  // Many tombstones make a manifest that is larger than a segment of one short article.
  const uint64_t scheme = SketchScheme::Default().Fingerprint();
  const int status = InAnotherProcess([&] {
    auto writer = ArchiveWriter::Open(path, kOneSegment, true);
    for (uint64_t i = 100; i < 2100; ++i) {
      MadeArticle made = MakeArticle(i, 2);
      made.sketch = testing::EmptySketch();
      if (!Add(**writer, WithId(made, "x")).ok()) ::_exit(1);
    }
    if (!(*writer)->Finish().ok()) ::_exit(1);
    MadeArticle last = MakeArticle(1, 2);
    last.sketch = testing::EmptySketch();
    if (!Add(**writer, WithId(last, "y")).ok()) ::_exit(1);
    const rlimit max_size = {8000, 8000};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &max_size);
    const absl::Status finished = (*writer)->Finish();
    if (finished.ok() || Message(finished).find("MANIFEST: cannot write") == std::string::npos) ::_exit(2);
  });
  ASSERT_TRUE(WIFEXITED(status));
  ASSERT_EQ(WEXITSTATUS(status), 0);
  const auto manifest = Manifest::Load(path, scheme);
  ASSERT_TRUE(manifest.ok());
  EXPECT_EQ(manifest->segments.size(), 4u);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(path), {}), 6);  // LOCK, MANIFEST, four segments
  EXPECT_THAT(OpenArchive(path)->Verify(), IsEmpty());
}

}  // namespace
}  // namespace unspin
