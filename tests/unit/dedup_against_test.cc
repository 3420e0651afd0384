#include "unspin/engine/dedup_against.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "support/archive_files.h"
#include "support/test_folder.h"
#include "unspin/unspin.h"

namespace unspin {
namespace {

using testing::OpenArchive;
using testing::OpenWriter;
using testing::ReadFile;
using testing::TestFolder;
using testing::WriteFile;

constexpr uint64_t kSmallSegment = 20'000;  // bytes of text

// Words of a story, some of them replaced.
std::string Text(uint64_t story, uint64_t edits = 0, size_t words = 120) {
  std::mt19937_64 random(story);
  std::vector<std::string> text(words);
  for (std::string& word : text) word = "word" + std::to_string(random() % 5000);
  std::mt19937_64 edit(story + 1000 * edits);
  for (uint64_t i = 0; i < edits; ++i) text[edit() % words] = "other" + std::to_string(edit() % 5000);
  std::string joined;
  for (const std::string& word : text) joined += word + ' ';
  return joined;
}

Article MadeArticle(std::string id, std::string text) {
  Article article;
  article.id = std::move(id);
  article.text = std::move(text);
  return article;
}

class AddArchiveTest : public ::testing::Test {
 protected:
  void MakeArchive(const std::vector<Article>& articles) {
    const auto writer = OpenWriter(Folder(), kSmallSegment);
    for (const Article& article : articles)
      ASSERT_TRUE(writer->Add(article, engine_.Fingerprints(article, workspace_)).ok());
    ASSERT_TRUE(writer->Finish().ok());
  }
  std::string Folder() const { return folder_.Path("archive"); }

  std::unique_ptr<Deduplicator> Opened(DedupOptions options, const std::vector<std::string>& texts) {
    options.scratch = folder_.Path("");
    auto dedup = Deduplicator::Open(options);
    EXPECT_TRUE(dedup.ok()) << dedup.status();
    for (const std::string& text : texts)
      (*dedup)->Add("new-" + std::to_string((*dedup)->size()), "", text.size(), Shingles(text, options));
    return *std::move(dedup);
  }
  ShingleSet Shingles(const std::string& text, const DedupOptions& options) {
    return engine_.Shingles(text, options.shingle, workspace_);
  }

  // "id of the representative, similarity" of each article.
  static std::vector<std::string> Clustered(Deduplicator& dedup) {
    EXPECT_TRUE(dedup.Cluster([](double) {}).ok());
    std::vector<std::string> rows;
    Deduplicator::IdReader ids(dedup);
    for (uint64_t article = 0; article < dedup.size(); ++article) {
      const Membership membership = dedup.MembershipOf(article);
      rows.push_back(*ids.IdOf(membership.representative) + ", " + std::to_string(membership.similarity));
    }
    return rows;
  }
  std::vector<std::string> Against(const DedupOptions& options, const std::vector<std::string>& texts) {
    const auto dedup = Opened(options, texts);
    EXPECT_TRUE(AddArchive(engine_, *OpenArchive(Folder()), [](uint64_t) {}, *dedup).ok());
    return Clustered(*dedup);
  }

  const TestFolder folder_;
  const Engine engine_;
  Workspace workspace_{engine_};
};

// New articles beside archived ones: equal, near, unlike, and of too few words for a shingle.
struct Corpus {
  std::vector<Article> archived;
  std::vector<std::string> texts;

  Corpus() {
    for (uint64_t i = 0; i < 200; ++i) archived.push_back(MadeArticle("old-" + std::to_string(i), Text(i, i % 3)));
    archived.push_back(MadeArticle("old-short", "Three little words"));
    for (uint64_t i = 100; i < 260; ++i) texts.push_back(Text(i, i % 5));
    texts.push_back("three LITTLE words");
    texts.push_back("Two words");
  }
};

TEST_F(AddArchiveTest, FindsByArchivedSketchesWhatReadingEveryTextFinds) {
  const Corpus corpus;
  MakeArchive(corpus.archived);
  DedupOptions options;
  for (const Measure measure : {Measure::kJaccard, Measure::kContainment}) {
    for (const double threshold : {0.5, 0.8, 1.0}) {
      options.measure = measure;
      options.threshold = threshold;
      const auto read = Opened(options, corpus.texts);
      ASSERT_TRUE(read->BeginArchived().ok());
      for (const Article& article : corpus.archived)
        read->AddArchived(article.id, "", article.text.size(), Shingles(article.text, options));
      const std::vector<std::string> rows = Clustered(*read);
      EXPECT_EQ(Against(options, corpus.texts), rows) << threshold;
      EXPECT_EQ(rows[corpus.texts.size() - 2], "old-short, 1.000000");
      EXPECT_EQ(rows.back().substr(0, 4), "new-");
      EXPECT_EQ(rows[150], "new-150, 1.000000");
      EXPECT_EQ(rows[0].substr(0, 7), threshold < 1 ? "old-100" : "new-0, ");
    }
  }
}

TEST_F(AddArchiveTest, TheNumberOfThreadsChangesNothing) {
  const Corpus corpus;
  MakeArchive(corpus.archived);
  DedupOptions options;
  options.threshold = 0.6;
  const std::vector<std::string> one = Against(options, corpus.texts);
  options.threads = 4;
  EXPECT_EQ(Against(options, corpus.texts), one);
}

TEST_F(AddArchiveTest, KeepsOnlyArticlesThatMayBeSimilar) {
  const Corpus corpus;
  MakeArchive(corpus.archived);
  const auto dedup = Opened({}, {Text(150), Text(1000)});
  uint64_t done = 0;
  const auto archive = OpenArchive(Folder());
  ASSERT_TRUE(AddArchive(engine_, *archive, [&](uint64_t articles) { done = articles; }, *dedup).ok());
  EXPECT_EQ(done, corpus.archived.size());
  EXPECT_LT(dedup->archived(), 10u);
  EXPECT_EQ(dedup->size(), 2u);
}

TEST_F(AddArchiveTest, DeletedArticlesRepresentNothing) {
  MakeArchive({MadeArticle("a", Text(1)), MadeArticle("b", Text(1, 2)), MadeArticle("c", Text(2))});
  EXPECT_EQ(Against({}, {Text(1)}), std::vector<std::string>{"a, 1.000000"});
  const auto writer = OpenWriter(Folder());
  ASSERT_TRUE(writer->Remove("a").ok());
  ASSERT_TRUE(writer->Finish().ok());
  EXPECT_EQ(Against({}, {Text(1)})[0].substr(0, 2), "b,");
}

TEST_F(AddArchiveTest, EveryVersionRepresents) {
  MakeArchive({MadeArticle("a", Text(1)), MadeArticle("a", Text(2))});
  EXPECT_EQ(Against({}, {Text(2), Text(1)}), (std::vector<std::string>{"a, 1.000000", "a, 1.000000"}));
}

TEST_F(AddArchiveTest, ADamagedArchiveIsAnError) {
  MakeArchive({MadeArticle("a", Text(1))});
  const auto archive = OpenArchive(Folder());
  const std::string segment = Folder() + "/" + archive->Statistics().segments.front();
  std::string bytes = ReadFile(segment);
  bytes[bytes.size() - 40] ^= 1;  // in the compressed texts, which are read late
  WriteFile(segment, bytes);
  const auto dedup = Opened({}, {Text(1)});
  const auto damaged = Archive::Open(Folder());
  ASSERT_TRUE(damaged.ok()) << damaged.status();
  EXPECT_FALSE(AddArchive(engine_, **damaged, [](uint64_t) {}, *dedup).ok());
}

}  // namespace
}  // namespace unspin
