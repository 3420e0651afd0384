// The law of replay: a report made again from its basis has the same bytes, whatever the archive knew and whatever was
// asked for.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "edits.h"
#include "support/check_archives.h"

namespace unspin {
namespace {

using testing::Draw;
using testing::Rendered;
using testing::SampleArticle;
using testing::SampleStories;

constexpr uint64_t kSeeds = 12;      // archives,
constexpr size_t kSuspectsEach = 8;  // and suspects of each

class ReplayProperty : public testing::CheckArchiveTest {
 protected:
  static std::string DrawDate(Draw& draw) {
    return draw.Chance(0.2) ? std::string() : "2020-01-0" + std::to_string(1 + draw.Below(9));
  }

  static Article DrawArticle(Draw& draw, const std::string& id) {
    static const std::vector<std::string> stories = SampleStories();
    static const std::vector<std::string> files = {"original.txt",  "copy.txt",    "spun.txt",       "edited.txt",
                                                   "rewritten.txt", "excerpt.txt", "independent.txt"};
    Article article = SampleArticle(draw.From(stories), draw.From(files));
    article.id = id;
    article.site = draw.From(std::vector<std::string>{"", "Courier", "Herald"});
    article.published = DrawDate(draw);
    if (draw.Chance(0.3)) article.url = "https://" + id + ".example/story";
    if (draw.Chance(0.3)) article.record = 1 + draw.Below(9);
    // What many articles of one site end with.
    if (draw.Chance(0.6)) article.text += "\n\n" + testing::MadeWords("about " + article.site, 60);
    if (draw.Chance(0.3)) article.text += "\n\n" + SampleArticle(draw.From(stories), "excerpt.txt").text;
    if (draw.Chance(0.3)) {
      auto edits = testing::Replacements(article.text, draw);
      const size_t count = draw.Below(edits.size() / 2 + 1);
      article.text = testing::Replace(article.text, std::move(edits), count);
    }
    return article;
  }

  std::vector<Substitution> DrawReplacements(const std::vector<Article>& articles, Draw& draw) {
    std::vector<Substitution> replacements;
    for (int i = 0; i < 10; ++i) {
      const Report report = engine_.Compare(draw.From(articles), draw.From(articles), {}, workspace_);
      for (const Substitution& made : report.findings.front().substitutions) {
        if (draw.Chance(0.7)) replacements.push_back(made);
      }
    }
    return replacements;
  }

  static CheckOptions DrawOptions(const std::vector<Article>& articles, const Article& suspect, Draw& draw) {
    CheckOptions options;
    options.all = draw.Chance(0.5);
    if (draw.Chance(0.4)) options.limit = static_cast<uint32_t>(1 + draw.Below(3));
    if (draw.Chance(0.3)) options.prior = 0.001;
    if (draw.Chance(0.3)) options.candidates = 100;
    if (draw.Chance(0.3)) {
      const auto begin = static_cast<uint32_t>(draw.Below(suspect.text.size()));
      options.exclude.spans.push_back({begin, begin + static_cast<uint32_t>(draw.Below(800))});
    }
    if (draw.Chance(0.2)) options.exclude.originals.push_back(draw.From(articles).id);
    return options;
  }
};

TEST_F(ReplayProperty, TheReportFromTheBasisIsTheReport) {
  size_t with_standing = 0, with_replacements = 0, explained = 0, set_aside = 0, listed = 0;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Draw draw(seed);
    std::vector<Article> articles;
    for (int i = 0; i < 40; ++i) articles.push_back(DrawArticle(draw, "article " + std::to_string(i)));
    const std::string name = std::to_string(seed);
    Write(name, articles);
    if (draw.Chance(0.7)) Teach(name, DrawReplacements(articles, draw));
    for (size_t i = 0; i < kSuspectsEach; ++i) {
      // Some are in the archive themselves.
      Article suspect = draw.Chance(0.3) ? draw.From(articles) : DrawArticle(draw, "suspect");
      if (draw.Chance(0.2)) suspect.text += " more";
      const Checked checked = Check(name, suspect, DrawOptions(articles, suspect, draw));
      const auto& originals = checked.basis.originals;
      with_standing += static_cast<size_t>(std::any_of(
          originals.begin(), originals.end(), [](const auto& original) { return !original.standing_runs.empty(); }));
      with_replacements += !checked.basis.replacements.empty();
      set_aside += !checked.report.set_aside.empty();
      listed += !checked.report.findings.empty();
      explained += static_cast<size_t>(
          std::any_of(checked.report.findings.begin(), checked.report.findings.end(),
                      [](const Finding& finding) { return finding.verdict == Verdict::kCommonSource; }));
    }
  }
  // The law is about all of these.
  EXPECT_GT(listed, kSeeds);
  EXPECT_GT(with_standing, 0u);
  EXPECT_GT(with_replacements, 0u);
  EXPECT_GT(explained, 0u);
  EXPECT_GT(set_aside, 0u);
}

}  // namespace
}  // namespace unspin
