#include "unspin/engine/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "support/archive_files.h"
#include "support/test_folder.h"
#include "unspin/base/sha256.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/engine/manifest.h"
#include "unspin/format/section_file.h"

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
using ::testing::Not;
using testing::OpenArchive;
using testing::OpenWriter;
using testing::ReadFile;
using testing::TestFolder;
using testing::WithId;
using testing::WriteFile;

TEST(ArchiveTest, FindsEveryArticleItHolds) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 100);
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_EQ(archive->Statistics().articles, 100u);
  EXPECT_THAT(archive->Statistics().segments, ElementsAre("segment-000001.unspin"));
  EXPECT_THAT(archive->Verify(), IsEmpty());
  SearchScratch scratch;
  for (uint64_t i = 0; i < 100; ++i) {
    const MadeArticle made = MakeArticle(i);
    const auto found = archive->reader().FindCandidates(made.sketch, made.anchors, {}, scratch);
    ASSERT_FALSE(found.empty());
    const auto stored = archive->reader().Fetch(found[0].address);
    ASSERT_TRUE(stored.ok()) << stored.status();
    EXPECT_EQ(stored->article.id, made.article.id);
    EXPECT_EQ(stored->article.text, made.article.text);
    EXPECT_EQ(stored->sha256, Sha256Hex(made.article.text));
    EXPECT_EQ(stored->version, 1u);
  }
}

TEST(ArchiveTest, CountsTextAndDisk) {
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

TEST(ArchiveTest, CandidatesDoNotDependOnSegments) {
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
  SearchScratch scratch;
  for (const uint32_t posting_cap : {1000u, 12u}) {
    CandidateOptions options;
    options.limit = 40;
    options.posting_cap = posting_cap;
    for (uint64_t number = 280; number < 320; ++number) {
      const MadeArticle suspect = MakeArticle(number);
      const auto expected = one->reader().FindCandidates(suspect.sketch, suspect.anchors, options, scratch);
      const auto found = five->reader().FindCandidates(suspect.sketch, suspect.anchors, options, scratch);
      ASSERT_EQ(found.size(), expected.size());
      ASSERT_FALSE(found.empty());
      for (size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].score, expected[i].score);
        EXPECT_EQ(five->reader().Fetch(found[i].address)->article.id,
                  one->reader().Fetch(expected[i].address)->article.id);
      }
    }
  }
}

TEST(ArchiveTest, UsesHugePagesForWhatMemoryCanHold) {
  constexpr SegmentPages kHuge = {PagePolicy::kHugePages, PagePolicy::kHugePages},
                         kArticlesRandom = {PagePolicy::kHugePages, PagePolicy::kRandom},
                         kRandom = {PagePolicy::kRandom, PagePolicy::kRandom};
  // Of 100 bytes 40 are articles.
  EXPECT_EQ(ChoosePages(100, 40, 202), kHuge);
  EXPECT_EQ(ChoosePages(100, 40, 200), kArticlesRandom);
  EXPECT_EQ(ChoosePages(100, 40, 84), kArticlesRandom);
  EXPECT_EQ(ChoosePages(100, 40, 80), kRandom);
  EXPECT_EQ(ChoosePages(100, 40, 0), kRandom);
}

TEST(ArchiveTest, CandidatesDoNotDependOnMemory) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 60, 20'000);
  const auto archive = OpenArchive(folder.Path("a"));
  ASSERT_GT(archive->Statistics().segments.size(), 1u);
  const uint64_t bytes = archive->Statistics().disk_bytes;
  // Nothing, the articles, and everything are read at random.
  for (const uint64_t memory : {4 * bytes, bytes * 3 / 2, uint64_t{0}}) {
    const auto other = Archive::Open(folder.Path("a"), memory);
    ASSERT_TRUE(other.ok()) << other.status();
    EXPECT_THAT((*other)->Verify(), IsEmpty());
    for (uint64_t i = 0; i < 70; i += 7) {
      SearchScratch scratch;
      const MadeArticle suspect = MakeArticle(i);
      const auto expected = archive->reader().FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
      const auto found = (*other)->reader().FindCandidates(suspect.sketch, suspect.anchors, {}, scratch);
      (*other)->reader().Prefetch(found);
      ASSERT_EQ(found.size(), expected.size());
      for (size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].address, expected[k].address) << memory;
        EXPECT_EQ(found[k].score, expected[k].score) << memory;
        const auto stored = (*other)->reader().Fetch(found[k].address),
                   expected_article = archive->reader().Fetch(expected[k].address);
        ASSERT_TRUE(stored.ok() && expected_article.ok());
        EXPECT_EQ(stored->article.text, expected_article->article.text);
      }
    }
  }
}

TEST(ArchiveTest, EqualInputGivesEqualBytes) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 50, 5000);
  Fill(folder.Path("b"), 0, 50, 5000);
  const auto segments = OpenArchive(folder.Path("a"))->Statistics().segments;
  ASSERT_GE(segments.size(), 2u);
  for (const std::string& name : segments)
    EXPECT_EQ(ReadFile(folder.Path("a/" + name)), ReadFile(folder.Path("b/" + name)));
  EXPECT_EQ(ReadFile(folder.Path("a/MANIFEST")), ReadFile(folder.Path("b/MANIFEST")));
}

TEST(ArchiveTest, TheFingerprintDependsOnTheContents) {
  const TestFolder folder;
  std::set<std::string> fingerprints;
  for (uint64_t i = 0; i < 5; ++i) {
    Fill(folder.Path("a"), i, i + 1);
    fingerprints.insert(OpenArchive(folder.Path("a"))->Statistics().fingerprint);
  }
  EXPECT_EQ(fingerprints.size(), 5u);
  EXPECT_EQ(fingerprints.begin()->size(), 16u);
}

TEST(ArchiveTest, SeesTheArticlesOfTheTimeWhenItWasOpened) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  const auto before = OpenArchive(folder.Path("a"));
  Fill(folder.Path("a"), 3, 6);
  EXPECT_EQ(before->Statistics().articles, 3u);
  EXPECT_EQ(OpenArchive(folder.Path("a"))->Statistics().articles, 6u);
}

TEST(ArchiveTest, SaysWhereThereIsNoArchive) {
  const TestFolder folder;
  const absl::Status status = Archive::Open(folder.Path("none")).status();
  EXPECT_TRUE(absl::IsNotFound(status));
  EXPECT_THAT(Message(status), HasSubstr("none/MANIFEST: there is no archive; make one: unspin index"));
}

TEST(ArchiveTest, RefusesToFetchAnArticleThatItDoesNotHave) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 3);
  const auto archive = OpenArchive(folder.Path("a"));
  EXPECT_TRUE(absl::IsOutOfRange(archive->reader().Fetch({0, 3}).status()));
  EXPECT_TRUE(absl::IsOutOfRange(archive->reader().Fetch({1, 0}).status()));
}

TEST(DamagedArchiveTest, NamesTheSegmentThatIsMissing) {
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

TEST(DamagedArchiveTest, NamesTheSegmentThatIsCutOff) {
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

TEST(DamagedArchiveTest, NamesTheSegmentThatLostItsEndSinceItWasOpened) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const auto archive = OpenArchive(folder.Path("a"));
  std::filesystem::resize_file(folder.Path("a/segment-000001.unspin"), 100);
  EXPECT_THAT(archive->Verify(), ElementsAre(HasSubstr("segment-000001.unspin: removed or cut off")));
}

TEST(DamagedArchiveTest, RefusesAWholeSegmentThatIsNotItsOwn) {
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

TEST(DamagedArchiveTest, RefusesTheManifestOfAForeignScheme) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ChangeScheme(folder.Path("a/MANIFEST"), {"segments", "dropped"});
  for (const absl::Status& status :
       {Archive::Open(folder.Path("a")).status(), ArchiveWriter::Open(folder.Path("a")).status()}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(status));
    EXPECT_THAT(Message(status), HasSubstr("MANIFEST: made by scheme "));
  }
}

TEST(DamagedArchiveTest, RefusesASegmentOfAForeignScheme) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  ChangeScheme(folder.Path("a/segment-000001.unspin"),
               {"identities", "index", "anchor-counts", "standing-runs", "store"});
  const absl::Status status = Archive::Open(folder.Path("a")).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(status));
  EXPECT_THAT(Message(status), HasSubstr("segment-000001.unspin: made by scheme "));
}

// Opens, verifies, searches and fetches; all messages, each of which must name the file.
std::vector<std::string> AllProblems(const std::string& folder, size_t articles) {
  const auto archive = Archive::Open(folder);
  if (!archive.ok()) return {Message(archive.status())};
  std::vector<std::string> problems = (*archive)->Verify();
  SearchScratch scratch;
  const MadeArticle suspect = MakeArticle(0);
  for (const Candidate& candidate : (*archive)->reader().FindCandidates(suspect.sketch, suspect.anchors, {}, scratch)) {
    EXPECT_LT(candidate.address.article, articles);
  }
  for (uint32_t i = 0; i < articles; ++i) {
    if (const auto stored = (*archive)->reader().Fetch({0, i}); !stored.ok()) {
      EXPECT_THAT(problems, Not(IsEmpty())) << "Verify() missed what Fetch() saw";
      problems.push_back(Message(stored.status()));
    }
  }
  return problems;
}

TEST(DamagedArchiveTest, NamesTheFileOfEveryFlippedBit) {
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
TEST(DamagedArchiveTest, RefusesAManifestThatMakesNoSense) {
  const TestFolder folder;
  Fill(folder.Path("a"), 0, 2);
  const uint64_t scheme = SketchScheme::Default().Fingerprint();
  const auto good = Manifest::Load(folder.Path("a"), scheme);
  ASSERT_TRUE(good.ok());
  const std::vector<std::function<void(Manifest&)>> changes = {
      [](Manifest& manifest) { manifest.deleted = {{0, 2}}; },
      [](Manifest& manifest) { manifest.deleted = {{1, 0}}; },
      [](Manifest& manifest) { manifest.deleted = {{0, 1}, {0, 0}}; },
      [](Manifest& manifest) { manifest.deleted = {{0, 1}, {0, 1}}; },
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

}  // namespace
}  // namespace unspin
