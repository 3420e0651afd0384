// What the program says about the samples that are committed with it. The counts are pinned: a change of any of them is
// a change of what users see.

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "support/sample_articles.h"
#include "support/test_folder.h"
#include "unspin/engine/archive.h"
#include "unspin/engine/archive_writer.h"
#include "unspin/engine/pipeline.h"

namespace unspin {
namespace {

using testing::SampleArticle;
using testing::SampleStories;

struct Label {
  std::string story, file, verdict;
  bool derived = false;
};

std::vector<Label> ReadLabels() {
  std::vector<Label> labels;
  for (const std::string& story : SampleStories()) {
    const auto json = nlohmann::json::parse(testing::ReadSample(story, "labels.json"));
    for (const auto& [file, label] : json["files"].items())
      labels.push_back({story, file, label["verdict"], label["derived"]});
  }
  return labels;
}

class SamplesTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new testing::TestFolder;
    const Engine engine;
    Workspace workspace(engine);
    auto writer = ArchiveWriter::Open(folder_->Path("archive"));
    ASSERT_TRUE(writer.ok()) << writer.status();
    for (const std::string& story : SampleStories()) {
      const Article original = SampleArticle(story, "original.txt");
      ASSERT_TRUE((*writer)->Add(original, engine.Fingerprints(original, workspace)).ok());
    }
    ASSERT_TRUE((*writer)->Finish().ok());
  }
  static void TearDownTestSuite() {
    delete folder_;
    folder_ = nullptr;
  }
  void SetUp() override {
    auto archive = Archive::Open(folder_->Path("archive"));
    ASSERT_TRUE(archive.ok()) << archive.status();
    archive_ = *std::move(archive);
  }
  Report Check(const Label& label, bool all) {
    CheckOptions options;
    options.all = all;
    auto report = engine_.Check(SampleArticle(label.story, label.file), *archive_, options, workspace_);
    EXPECT_TRUE(report.ok()) << report.status();
    return *std::move(report);
  }

  static inline testing::TestFolder* folder_ = nullptr;
  std::unique_ptr<const Archive> archive_;
  const Engine engine_;
  Workspace workspace_{engine_};
};

TEST_F(SamplesTest, TwelveStoriesHaveSixSuspectsEach) {
  EXPECT_EQ(SampleStories().size(), 12u);
  EXPECT_EQ(ReadLabels().size(), 72u);
}

TEST_F(SamplesTest, TheOriginalOfEveryDerivedFileIsFoundFirst) {
  for (const Label& label : ReadLabels()) {
    if (!label.derived) continue;
    const Report report = Check(label, true);
    ASSERT_FALSE(report.findings.empty()) << label.story << '/' << label.file;
    EXPECT_EQ(report.findings[0].original.id, label.story + "/original.txt") << label.file;
    EXPECT_FALSE(Check(label, false).findings.empty()) << label.story << '/' << label.file << " is not named";
  }
}

TEST_F(SamplesTest, NoOtherStoryIsNamed) {
  for (const Label& label : ReadLabels()) {
    for (const Finding& finding : Check(label, false).findings) {
      EXPECT_EQ(finding.original.id, label.story + "/original.txt")
          << label.story << '/' << label.file << ": " << Name(finding.verdict) << ", evidence "
          << finding.log10_likelihood_ratio;
    }
  }
}

// Of the twelve files of each kind, how many get the verdict that their label names.
TEST_F(SamplesTest, VerdictsAreThoseOfTheLabels) {
  std::map<std::string, int> right, files;
  for (const Label& label : ReadLabels()) {
    const Report report = Check(label, true);
    ASSERT_FALSE(report.findings.empty()) << label.story << '/' << label.file;
    const std::string verdict = Name(report.summary.verdict);
    ++files[label.verdict];
    right[label.verdict] += verdict == label.verdict;
    if (verdict != label.verdict) {
      const Finding& finding = report.findings[0];
      std::cout << label.story << '/' << label.file << ": " << verdict << ", rewrite " << finding.rewrite
                << ", coverage " << finding.coverage.suspect << ", order " << finding.order_kept << ", evidence "
                << finding.log10_likelihood_ratio << '\n';
    }
  }
  for (const char* kind : {"copy", "spun", "excerpt", "independent"}) {
    EXPECT_GE(right[kind] * 10, files[kind] * 9) << kind << ": " << right[kind] << " of " << files[kind];
  }
  for (const char* kind : {"edited", "rewritten"}) {
    std::cout << kind << ": " << right[kind] << " of " << files[kind] << '\n';
  }
}

}  // namespace
}  // namespace unspin
