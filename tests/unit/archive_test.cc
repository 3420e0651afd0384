#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/made_articles.h"
#include "support/test_folder.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/blocked_bloom_filter.h"
#include "unspin/engine/manifest.h"
#include "unspin/format/section_file.h"
#include "unspin/io/read_file.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::MadeArticle;
using testing::MakeArticle;
using ::testing::Not;
using testing::TestFolder;
using Added = ArchiveWriter::Added;

constexpr uint64_t kOneSegment = uint64_t{1} << 40;

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

std::unique_ptr<ArchiveWriter> OpenWriter(const std::string& folder, uint64_t segment_bytes = kOneSegment,
                                          bool replace = false) {
  auto writer = ArchiveWriter::Open(folder, segment_bytes, replace);
  EXPECT_TRUE(writer.ok()) << writer.status();
  return *std::move(writer);
}

std::unique_ptr<const Archive> OpenArchive(const std::string& folder) {
  auto archive = Archive::Open(folder);
  EXPECT_TRUE(archive.ok()) << archive.status();
  return *std::move(archive);
}

absl::StatusOr<Added> Add(ArchiveWriter& writer, const MadeArticle& made) {
  return writer.Add(made.article, made.sketch, made.anchors);
}

MadeArticle WithId(MadeArticle made, const std::string& id) {
  made.article.id = id;
  return made;
}

void Fill(const std::string& folder, uint64_t begin, uint64_t end, uint64_t segment_bytes = kOneSegment) {
  const auto writer = OpenWriter(folder, segment_bytes);
  for (uint64_t i = begin; i < end; ++i) ASSERT_TRUE(Add(*writer, MakeArticle(i)).ok());
  ASSERT_TRUE(writer->Finish().ok());
}

// Ids and versions of all candidates for a suspect that shares much with all articles.
std::vector<std::string> Findable(const Archive& archive, const MadeArticle& suspect,
                                  const CandidateOptions& options = {}) {
  IndexReader::Scratch scratch;
  std::vector<std::string> found;
  for (const ArchiveCandidate& candidate : archive.FindCandidates(suspect.sketch, suspect.anchors, options, scratch)) {
    const auto stored = archive.Fetch(candidate.number);
    EXPECT_TRUE(stored.ok()) << stored.status();
    found.push_back(stored->article.id + "/" + std::to_string(stored->version));
  }
  std::sort(found.begin(), found.end());
  return found;
}

TEST(Archive, FindsEveryArticleItHolds) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 100);
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_EQ(archive->Statistics().articles, 100u);
  EXPECT_THAT(archive->Statistics().segments, ElementsAre("segment-000001.unspin"));
  EXPECT_THAT(archive->Verify(), IsEmpty());
  IndexReader::Scratch scratch;
  for (uint64_t i = 0; i < 100; ++i) {
    const MadeArticle made = MakeArticle(i);
    const auto found = archive->FindCandidates(made.sketch, made.anchors, {}, scratch);
    ASSERT_FALSE(found.empty());
    const auto stored = archive->Fetch(found[0].number);
    ASSERT_TRUE(stored.ok()) << stored.status();
    EXPECT_EQ(stored->article.id, made.article.id);
    EXPECT_EQ(stored->article.text, made.article.text);
    EXPECT_EQ(stored->sha256, Sha256Hex(made.article.text));
    EXPECT_EQ(stored->version, 1u);
  }
}

TEST(Archive, CountsTextAndDisk) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 10, 1000);
  uint64_t text = 0, disk = 0;
  for (uint64_t i = 0; i < 10; ++i) text += MakeArticle(i).article.text.size();
  for (const auto& entry : std::filesystem::directory_iterator(folder.Path("a"))) {
    if (entry.path().filename() != "LOCK") disk += entry.file_size();
  }
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().text_bytes, text);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().disk_bytes, disk);
}

TEST(Archive, GivesTheSameFindingsHoweverItIsSegmented) {
  const TestFolder folder;
  Fill(folder.Path("one"), 0, 300);
  Fill(folder.Path("five"), 0, 60, kOneSegment);
  Fill(folder.Path("five"), 60, 200, uint64_t{30} << 10);
  Fill(folder.Path("five"), 200, 300, kOneSegment);
  const auto one = OpenArchive(folder.Path("one"));
  const auto five = OpenArchive(folder.Path("five"));
  ASSERT_EQ(one->Statistics().segments.size(), 1u);
  ASSERT_GE(five->Statistics().segments.size(), 4u);
  EXPECT_EQ(one->Statistics().fingerprint, five->Statistics().fingerprint);
  IndexReader::Scratch scratch;
  for (const uint32_t posting_cap : {1000u, 12u}) {
    CandidateOptions options;
    options.limit = 40;
    options.posting_cap = posting_cap;
    for (uint64_t number = 280; number < 320; ++number) {
      const MadeArticle suspect = MakeArticle(number);
      const auto expected = one->FindCandidates(suspect.sketch, suspect.anchors, options, scratch);
      const auto found = five->FindCandidates(suspect.sketch, suspect.anchors, options, scratch);
      ASSERT_EQ(found.size(), expected.size());
      ASSERT_FALSE(found.empty());
      for (size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].score, expected[i].score);
        EXPECT_EQ(five->Fetch(found[i].number)->article.id, one->Fetch(expected[i].number)->article.id);
      }
    }
  }
}

TEST(Archive, ReadsSmallPagesOfWhatMemoryDoesNotHold) {
  // Of 100 bytes 40 are articles.
  EXPECT_EQ(ScatteredReads(100, 40, 202), Scattered::kNothing);
  EXPECT_EQ(ScatteredReads(100, 40, 200), Scattered::kArticles);
  EXPECT_EQ(ScatteredReads(100, 40, 84), Scattered::kArticles);
  EXPECT_EQ(ScatteredReads(100, 40, 80), Scattered::kEverything);
  EXPECT_EQ(ScatteredReads(100, 40, 0), Scattered::kEverything);
}

TEST(Archive, AnswersTheSameWhateverTheMemoryHolds) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 60, 20'000);
  const auto archive = OpenArchive(folder.Path("a"));
  ASSERT_GT(archive->Statistics().segments.size(), 1u);
  const uint64_t bytes = archive->Statistics().disk_bytes;
  // Nothing, articles and everything are scattered.
  for (const uint64_t memory : {4 * bytes, bytes * 3 / 2, uint64_t{0}}) {
    const auto other = Archive::Open(folder.Path("a"), memory);
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_THAT((*other)->Verify(), IsEmpty());
    for (uint64_t i = 0; i < 70; i += 7) {
      IndexReader::Scratch scratch;
      const MadeArticle suspect = MakeArticle(i);
      const auto expected = archive->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
      const auto found = (*other)->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
      (*other)->Prefetch(found);
      ASSERT_EQ(found.size(), expected.size());
      for (size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].number, expected[k].number) << memory;
        EXPECT_EQ(found[k].score, expected[k].score) << memory;
        const auto stored = (*other)->Fetch(found[k].number), wanted = archive->Fetch(expected[k].number);
        ASSERT_TRUE(stored.ok() && wanted.ok());
        EXPECT_EQ(stored->article.text, wanted->article.text);
      }
    }
  }
}

TEST(Archive, IsTheSameBytesForTheSameInput) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 50, 5000);
  Fill(folder.Path("b"), 0, 50, 5000);
  const auto segments = OpenArchive(folder.Path("a"))->Statistics().segments;
  ASSERT_GE(segments.size(), 2u);
  for (const std::string& name : segments)
    EXPECT_EQ(ReadFile(folder.Path("a/" + name)), ReadFile(folder.Path("b/" + name)));
  EXPECT_EQ(ReadFile(folder.Path("a/MANIFEST")), ReadFile(folder.Path("b/MANIFEST")));
}

TEST(Archive, ChangesItsFingerprintWithItsContents) {
  const TestFolder folder;
  std::set<std::string> fingerprints;
  for (uint64_t i = 0; i < 5; ++i) {
    Fill(folder.Path("a"), i, i + 1);
    fingerprints.insert(OpenArchive(folder.Path("a"))->Statistics().fingerprint);
  }
  EXPECT_EQ(fingerprints.size(), 5u);
  EXPECT_EQ(fingerprints.begin()->size(), 16u);
}

TEST(Archive, KeepsSeeingWhatWasThereWhenItWasOpened) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  const auto before = OpenArchive(folder.Path("a"));
  Fill(folder.Path("a"), 3, 6);
  EXPECT_EQ(before->Statistics().articles, 3u);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 6u);
}

TEST(Archive, SaysWhereThereIsNone) {
  const TestFolder folder;
  const absl::Status status = Archive::Open(folder.Path("none")).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(Message(status), HasSubstr("none/MANIFEST: there is no archive; make one: unspin index"));
}

TEST(Archive, RefusesToFetchWhatItDoesNotHold) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_TRUE(absl::IsOutOfRange(archive->Fetch({0, 3}).status()));
  EXPECT_TRUE(absl::IsOutOfRange(archive->Fetch({1, 0}).status()));
}

TEST(ArchiveWriter, LeavesAnUnchangedArticleAlone) {
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

TEST(ArchiveWriter, WritesNothingWhenNothingChanged) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 5);
  const std::string before = ReadFile(folder.Path("a/MANIFEST"));
  Fill(folder.Path("a"), 0, 5);
  EXPECT_EQ(ReadFile(folder.Path("a/MANIFEST")), before);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().segments.size(), 1u);
}

TEST(ArchiveWriter, NumbersTheVersionsOfAnIdOverSegments) {
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
    const auto stored = archive->Fetch({(i - 1) / 2, (i - 1) % 2});
    EXPECT_EQ(stored->version, i);
    EXPECT_EQ(stored->article.text, MakeArticle(10 * ((i + 1) / 2) + (i + 1) % 2).article.text);
  }
  EXPECT_THAT(archive->Verify(), IsEmpty());
}

// Pages of ids are given back while ids are looked for among many segments.
TEST(ArchiveWriter, KnowsTheIdsOfManySegments) {
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

// Nobody runs these tasks before they are waited for.
TEST(ArchiveWriter, KnowsTheIdsOfASegmentThatIsBeingWritten) {
  const TestFolder folder;
  TaskQueue tasks(2);
  {
    const auto writer = *ArchiveWriter::Open(folder.Path("a"), 1, true, &tasks);
    EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kNew);
    EXPECT_THAT(OpenArchive(folder.Path("a"))->Statistics().segments, IsEmpty());
    EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kUnchanged);
    EXPECT_EQ(*Add(*writer, WithId(MakeArticle(2), "article-1")), Added::kNewVersion);
    // Only the first segment is held: its article is dropped when the second one is.
    EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("article-1/1"));
  }
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("article-1/2"));
}

TEST(ArchiveWriter, WritesTheSameBytesWhoeverDoesTheWork) {
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

TEST(ArchiveWriter, KeepsAllVersionsFindable) {
  const TestFolder folder;
  const auto writer = OpenWriter(folder.Path("a"));
  for (uint64_t i = 0; i < 3; ++i) ASSERT_TRUE(Add(*writer, WithId(MakeArticle(i), "x")).ok());
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)), ElementsAre("x/1", "x/2", "x/3"));
}

TEST(ArchiveWriter, DropsEarlierVersionsWhenItReplaces) {
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
  // A dropped text that comes back is a new version, not an unchanged one.
  const auto writer = OpenWriter(folder.Path("a"));
  EXPECT_EQ(*Add(*writer, MakeArticle(1)), Added::kNewVersion);
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_THAT(Findable(*OpenArchive(folder.Path("a")), MakeArticle(7)),
              ElementsAre("article-1/3", "article-1/4", "article-2/1"));
}

TEST(ArchiveWriter, DropsOtherVersionsWhenItReplacesByATextThatIsThere) {
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

// Dropped articles must not take the places of others.
TEST(ArchiveWriter, FillsTheListWithArticlesThatWereNotDropped) {
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
  IndexReader::Scratch scratch;
  const MadeArticle suspect = MakeArticle(0);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->FindCandidates(suspect.sketch, suspect.anchors, options, scratch).size(),
            5u);
}

absl::StatusOr<ArchiveWriter::Merged> Merge(const std::string& folder, uint64_t segment_bytes = kOneSegment) {
  return OpenWriter(folder, kOneSegment)->Merge(segment_bytes, [](uint64_t) {});
}

TEST(ArchiveWriter, MergesWithoutChangingAFinding) {
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
  EXPECT_EQ(merged->dropped, 6u);
  const auto after = OpenArchive(folder.Path("a"));
  EXPECT_THAT(after->Verify(), IsEmpty());
  EXPECT_EQ(after->Statistics().fingerprint, before->Statistics().fingerprint);
  EXPECT_THAT(after->Statistics().segments, ElementsAre(::testing::_));
  CandidateOptions options;
  options.bucket_cap = 1000;  // dropped articles count until they are merged away
  for (uint64_t number = 0; number < 220; number += 3)
    EXPECT_EQ(Findable(*after, MakeArticle(number), options), Findable(*before, MakeArticle(number), options));
  size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.Path("a"))) files += entry.exists();
  EXPECT_EQ(files, 3u) << "more than the lock, the manifest and one segment";
}

TEST(ArchiveWriter, MergesNoMoreThanFitsIntoOneSegment) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 200, 5000);
  const auto merged = Merge(folder.Path("a"), 20'000);
  ASSERT_TRUE(merged.ok()) << merged.status();
  EXPECT_GT(merged->segments_after, 1u);
  EXPECT_LT(merged->segments_after, merged->segments_before);
  EXPECT_EQ(Merge(folder.Path("a"), 20'000)->articles, 0u);
  EXPECT_THAT(OpenArchive(folder.Path("a"))->Verify(), IsEmpty());
}

TEST(ArchiveWriter, KeepsTheOldSegmentsWhenOneIsTooDamagedToMerge) {
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

TEST(ArchiveWriter, LetsNoOtherWriterIn) {
  const TestFolder folder;
  auto writer = OpenWriter(folder.Path("a"));
  const absl::Status status = ArchiveWriter::Open(folder.Path("a")).status();
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Message(status), HasSubstr("LOCK: locked by process " + std::to_string(getpid())));
  writer.reset();
  EXPECT_TRUE(ArchiveWriter::Open(folder.Path("a")).ok());
}

TEST(ArchiveWriter, DropsWhatWasNotCommitted) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ASSERT_TRUE(Add(*OpenWriter(folder.Path("a")), MakeArticle(5)).ok());
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 2u);
}

TEST(ArchiveWriter, MakesAnEmptyArchive) {
  const TestFolder folder;
  ASSERT_TRUE(OpenWriter(folder.Path("deep/er/a"))->Finish().ok());
  const auto archive = OpenArchive(folder.Path("deep/er/a"));
  EXPECT_EQ(archive->Statistics().articles, 0u);
  EXPECT_THAT(Findable(*archive, MakeArticle(1)), IsEmpty());
}

TEST(ArchiveWriter, SaysWhyItCannotMakeTheFolder) {
  EXPECT_THAT(Message(ArchiveWriter::Open("/dev/full/a").status()),
              HasSubstr("/dev/full/a: cannot create the folder: "));
}

TEST(ArchiveWriter, RemovesWhatADeadWriterLeft) {
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

TEST(ArchiveWriter, RemovesNoSegmentWhenTheManifestIsLost) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  std::filesystem::remove(folder.Path("a/MANIFEST"));
  const absl::Status status = ArchiveWriter::Open(folder.Path("a")).status();
  EXPECT_TRUE(absl::IsDataLoss(status));
  EXPECT_THAT(Message(status), HasSubstr("MANIFEST: missing, though segment-000001.unspin is there"));
  EXPECT_TRUE(std::filesystem::exists(folder.Path("a/segment-000001.unspin")));
}

TEST(DamagedArchive, NamesTheSegmentThatIsMissing) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  Fill(folder.Path("a"), 2, 4);
  std::filesystem::remove(folder.Path("a/segment-000001.unspin"));
  for (const absl::Status& status :
       {Archive::Open(folder.Path("a")).status(), ArchiveWriter::Open(folder.Path("a")).status()}) {
    EXPECT_TRUE(absl::IsDataLoss(status));
    EXPECT_THAT(Message(status), HasSubstr("segment-000001.unspin: missing, though MANIFEST names it; restore it"));
  }
}

TEST(DamagedArchive, NamesTheSegmentThatIsCutOff) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const std::string path = folder.Path("a/segment-000001.unspin");
  const std::string good = ReadFile(path);
  for (const size_t size : {size_t{0}, size_t{1}, size_t{63}, size_t{64}, good.size() / 2, good.size() - 1}) {
    WriteFile(path, good.substr(0, size));
    const absl::Status status = Archive::Open(folder.Path("a")).status();
    EXPECT_TRUE(absl::IsDataLoss(status)) << size;
    EXPECT_THAT(Message(status),
                HasSubstr("segment-000001.unspin: cut off, " + std::to_string(size) + " bytes instead of "));
  }
}

TEST(DamagedArchive, NamesTheSegmentThatLostItsEndSinceItWasOpened) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const auto archive = OpenArchive(folder.Path("a"));
  std::filesystem::resize_file(folder.Path("a/segment-000001.unspin"), 100);
  EXPECT_THAT(archive->Verify(), ElementsAre(HasSubstr("segment-000001.unspin: removed or cut off")));
}

TEST(DamagedArchive, RefusesAWholeSegmentThatIsNotItsOwn) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  Fill(folder.Path("b"), 0, 1);
  // Same number of articles and bytes, another id.
  const auto writer = OpenWriter(folder.Path("c"));
  for (const uint64_t i : {0, 1})
    ASSERT_TRUE(Add(*writer, WithId(MakeArticle(i), "Article-" + std::to_string(i))).ok());
  ASSERT_TRUE(writer->Finish().ok());
  for (const std::string other : {"b", "c"}) {
    std::filesystem::copy_file(folder.Path(other + "/segment-000001.unspin"), folder.Path("a/segment-000001.unspin"),
                               std::filesystem::copy_options::overwrite_existing);
    EXPECT_TRUE(absl::IsDataLoss(Archive::Open(folder.Path("a")).status())) << other;
  }
}

// Writes a file of sections again under another scheme, with checksums that are true.
void ChangeScheme(const std::string& path, const std::vector<std::string>& names) {
  const std::string bytes = ReadFile(path);
  const auto file = SectionFile::Parse(bytes, path);
  std::vector<Section> sections;
  for (const std::string& name : names) sections.push_back({name, 1, {*file->Read(name, 1)}});
  WriteFile(path, BuildSectionFile(file->scheme() + 1, sections));
}

TEST(DamagedArchive, RefusesTheManifestOfAForeignScheme) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ChangeScheme(folder.Path("a/MANIFEST"), {"segments", "dropped"});
  for (const absl::Status& status :
       {Archive::Open(folder.Path("a")).status(), ArchiveWriter::Open(folder.Path("a")).status()}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_THAT(Message(status), HasSubstr("MANIFEST: made by scheme "));
  }
}

TEST(BlockedBloomFilter, ForgetsNoIdAndDoubtsFewOthers) {
  BlockedBloomFilter filter(20'000);
  for (int i = 0; i < 20'000; ++i) filter.Add(HashId("held-" + std::to_string(i)));
  int doubted = 0;
  for (int i = 0; i < 20'000; ++i) {
    ASSERT_TRUE(filter.MayContain(HashId("held-" + std::to_string(i))));
    doubted += filter.MayContain(HashId("absent-" + std::to_string(i)));
  }
  EXPECT_LT(doubted, 10);
  EXPECT_FALSE(BlockedBloomFilter().MayContain(HashId("any")));
}

TEST(DamagedArchive, RefusesASegmentOfAForeignScheme) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ChangeScheme(folder.Path("a/segment-000001.unspin"), {"identities", "index", "anchor-counts", "store"});
  const absl::Status status = Archive::Open(folder.Path("a")).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status), HasSubstr("segment-000001.unspin: made by scheme "));
}

// Opens, verifies, searches and fetches; all messages, each of which must name the file.
std::vector<std::string> AllProblems(const std::string& folder, size_t articles) {
  const auto archive = Archive::Open(folder);
  if (!archive.ok()) return {Message(archive.status())};
  std::vector<std::string> problems = (*archive)->Verify();
  IndexReader::Scratch scratch;
  const MadeArticle suspect = MakeArticle(0);
  for (const ArchiveCandidate& candidate : (*archive)->FindCandidates(suspect.sketch, suspect.anchors, {}, scratch)) {
    EXPECT_LT(candidate.number.article, articles);
  }
  for (uint32_t i = 0; i < articles; ++i) {
    if (const auto stored = (*archive)->Fetch({0, i}); !stored.ok()) {
      EXPECT_THAT(problems, Not(IsEmpty())) << "Verify() missed what Fetch() saw";
      problems.push_back(Message(stored.status()));
    }
  }
  return problems;
}

TEST(DamagedArchive, NamesTheFileOfEveryFlippedBit) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  ASSERT_THAT(AllProblems(folder.Path("a"), 3), IsEmpty());
  for (const std::string name : {"MANIFEST", "segment-000001.unspin"}) {
    const std::string path = folder.Path("a/" + name);
    const std::string good = ReadFile(path);
    ASSERT_FALSE(good.empty());
    for (size_t i = 0; i < good.size(); ++i) {
      std::string bytes = good;
      bytes[i] ^= static_cast<char>(1 << i % 8);
      WriteFile(path, bytes);
      const std::vector<std::string> problems = AllProblems(folder.Path("a"), 3);
      ASSERT_THAT(problems, Not(IsEmpty())) << name << " byte " << i;
      for (const std::string& problem : problems) ASSERT_THAT(problem, HasSubstr(name)) << "byte " << i;
    }
    WriteFile(path, good);
  }
}

// Checksums only prove who wrote last. A manifest whose checksums are right and whose numbers are wrong is no crash.
TEST(DamagedArchive, RefusesAManifestThatMakesNoSense) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const uint64_t scheme = SketchScheme::Default().Fingerprint();
  const auto good = Manifest::Load(folder.Path("a"), scheme);
  ASSERT_TRUE(good.ok());
  const std::vector<std::function<void(Manifest&)>> changes = {
      [](Manifest& manifest) { manifest.dropped = {{0, 2}}; },
      [](Manifest& manifest) { manifest.dropped = {{1, 0}}; },
      [](Manifest& manifest) { manifest.dropped = {{0, 1}, {0, 0}}; },
      [](Manifest& manifest) { manifest.dropped = {{0, 1}, {0, 1}}; },
      [](Manifest& manifest) { manifest.segments[0].name = "../a/segment-000001.unspin"; },
      [](Manifest& manifest) { manifest.segments[0].name = "segment-000009.unspin"; },
      [](Manifest& manifest) { manifest.segments[0].articles = 3; },
      [](Manifest& manifest) { manifest.segments[0].checksum ^= 1; },
      [](Manifest& manifest) { manifest.segments[0].length += 1; },
  };
  for (size_t i = 0; i < changes.size(); ++i) {
    Manifest manifest = *good;
    changes[i](manifest);
    ASSERT_TRUE(manifest.Save(folder.Path("a")).ok());
    EXPECT_TRUE(absl::IsDataLoss(Archive::Open(folder.Path("a")).status())) << i;
  }
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
void ExpectFirstArticles(const std::string& folder, uint64_t least, uint64_t most) {
  const auto archive = OpenArchive(folder);
  EXPECT_THAT(archive->Verify(), IsEmpty());
  const ArchiveStatistics statistics = archive->Statistics();
  EXPECT_GE(statistics.articles, least);
  EXPECT_LE(statistics.articles, most);
  uint64_t number = 0;
  for (uint32_t segment = 0; segment < statistics.segments.size(); ++segment) {
    for (uint32_t i = 0;; ++i) {
      const auto stored = archive->Fetch({segment, i});
      if (absl::IsOutOfRange(stored.status())) break;
      ASSERT_TRUE(stored.ok()) << stored.status();
      EXPECT_EQ(stored->article.text, MakeArticle(number++).article.text);
    }
  }
  EXPECT_EQ(number, statistics.articles);
}

TEST(KilledWriter, LeavesWhatItCommitted) {
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
TEST(KilledWriter, LeavesAWholeArchiveWhereverItWas) {
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
TEST(KilledWriter, LeavesTheOldArchiveWhenItDiesInTheMiddleOfAFile) {
  for (rlim_t limit = 0; limit < 20000; limit += 1371) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 3);
    const int status = InAnotherProcess([&] {
      auto writer = ArchiveWriter::Open(folder.Path("a"));
      const rlimit most = {limit, limit};
      ::signal(SIGXFSZ, SIG_DFL);
      ::setrlimit(RLIMIT_FSIZE, &most);
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
TEST(FullDisk, LeavesTheOldArchiveAndNoOtherFile) {
  for (const rlim_t limit : {0, 100, 5000, 20000}) {
    const TestFolder folder;
    Fill(folder.Path("a"), 0, 3);
    const std::string told = folder.Path("told");
    const int status = InAnotherProcess([&] {
      auto writer = ArchiveWriter::Open(folder.Path("a"));
      rlimit most;
      ::getrlimit(RLIMIT_FSIZE, &most);
      const rlim_t before = most.rlim_cur;
      most.rlim_cur = limit;
      ::signal(SIGXFSZ, SIG_IGN);
      ::setrlimit(RLIMIT_FSIZE, &most);
      for (uint64_t i = 3; i < 40; ++i) {
        if (!Add(**writer, MakeArticle(i)).ok()) ::_exit(1);
      }
      const absl::Status finished = (*writer)->Finish();
      // Nothing more is taken, and nobody is told that all went well.
      if ((*writer)->Finish().ok() || Add(**writer, MakeArticle(50)).ok()) ::_exit(2);
      most.rlim_cur = before;
      ::setrlimit(RLIMIT_FSIZE, &most);
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
TEST(FullDisk, RemovesASegmentThatItCannotName) {
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
    const rlimit most = {8000, 8000};
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &most);
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
