// Notices beside the text of a page stay with its article, and are compared like those in a text.
#include "unspin/page/page_notices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/page_stories.h"
#include "support/read_page.h"
#include "unspin/engine/engine.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kTramStory;
using testing::kWeirStory;
using testing::Repeated;
using testing::TextOf;

TextBlock Block(const std::string& text, bool ends_sentence = false) {
  TextBlock block;
  block.text = text;
  block.bytes = static_cast<uint32_t>(text.size());
  block.ends_sentence = ends_sentence;
  return block;
}

// The notices of a page whose blocks are all outside of the article, but those that begin with "+".
std::vector<std::string> Notices(const std::vector<std::string>& texts) {
  std::vector<TextBlock> blocks;
  std::vector<bool> is_chosen;
  for (const std::string& text : texts) {
    is_chosen.push_back(text.starts_with("+"));
    blocks.push_back(Block(text, text.ends_with(".")));
  }
  return FindPageNotices(blocks, is_chosen);
}

TEST(PageNoticesTest, BylinesBesideTheArticleAreNotices) {
  EXPECT_THAT(Notices({"By Ann Writer", "12 May", "+The river rose.", "+It fell."}), ElementsAre("By Ann Writer"));
  EXPECT_THAT(Notices({"+The river rose.", "by Ann Writer"}), ElementsAre("by Ann Writer"));
  EXPECT_THAT(Notices({"+The river rose.", "BY ANN WRITER", "+It fell."}), ElementsAre("BY ANN WRITER"));
}

TEST(PageNoticesTest, BylinesOfTeasersFarAwayAreNone) {
  std::vector<std::string> texts = {"+The river rose."};
  for (int i = 0; i < 8; ++i) texts.push_back("Another story " + std::to_string(i));
  texts.push_back("By Tom Teaser");
  EXPECT_THAT(Notices(texts), IsEmpty());
}

TEST(PageNoticesTest, SentencesThatBeginWithByAreNone) {
  EXPECT_THAT(Notices({"By Friday the river had risen.", "+The river rose."}), IsEmpty());
  EXPECT_THAT(Notices({"By the way", "+The river rose."}), IsEmpty());
  EXPECT_THAT(Notices({"By Ann" + Repeated(" and Ann", 30), "+The river rose."}), IsEmpty());
}

TEST(PageNoticesTest, CopyrightNoticesAreFoundAnywhere) {
  std::vector<std::string> texts = {"+The river rose."};
  for (int i = 0; i < 40; ++i) texts.push_back("Another story " + std::to_string(i));
  texts.push_back("\u00a9 2026 The Post.");
  texts.push_back("Copyright The Post");
  texts.push_back("The Post. ALL RIGHTS RESERVED.");
  EXPECT_THAT(Notices(texts),
              ElementsAre("\u00a9 2026 The Post.", "Copyright The Post", "The Post. ALL RIGHTS RESERVED."));
}

TEST(PageNoticesTest, ALongTextAboutRightsIsNone) {
  EXPECT_THAT(Notices({"+The river rose.", "Copyright" + Repeated(" and the law of the land", 20)}), IsEmpty());
}

TEST(PageNoticesTest, NoticesOfTheTextItselfAreLeftToTheText) {
  EXPECT_THAT(Notices({"+By Ann Writer", "+The river rose.", "+\u00a9 2026 The Post."}), IsEmpty());
}

TEST(PageNoticesTest, EachIsTakenOnceWithItsSpacesCollapsed) {
  EXPECT_THAT(Notices({" By  Ann\n Writer ", "By Ann Writer", "+The river rose."}), ElementsAre("By Ann Writer"));
}

TEST(PageNoticesTest, APageWithoutAnArticleHasNone) {
  EXPECT_THAT(Notices({"By Ann Writer", "\u00a9 2026 The Post."}), IsEmpty());
  EXPECT_THAT(Notices({}), IsEmpty());
}

TEST(PageNoticesTest, HiddenTextIsNone) {
  std::vector<TextBlock> blocks = {Block("\u00a9 2026 The Post."), Block("The river rose.", true)};
  blocks[0].visibility = Visibility::kHidden;
  EXPECT_THAT(FindPageNotices(blocks, {false, true}), IsEmpty());
}

// facts/page_notices.h, as the engine calls it.
class ComparePageNoticesTest : public ::testing::Test {
 protected:
  static Article Story(std::vector<std::string> notices, const std::string& text = TextOf(kWeirStory)) {
    Article article;
    article.id = "story";
    article.text = text;
    article.notices = std::move(notices);
    return article;
  }

  Report Compare(const Article& original, const Article& suspect) {
    return engine_.Compare(original, suspect, CheckOptions{}, workspace_);
  }

  // "kind state: original > suspect"
  std::vector<std::string> Compared(const Article& original, const Article& suspect) {
    std::vector<std::string> compared;
    for (const Notice& notice : Compare(original, suspect).notices)
      compared.push_back(notice.kind + " " + notice.state + ": " + notice.original + " > " + notice.suspect);
    return compared;
  }

  const Engine engine_;
  Workspace workspace_{engine_};
  const std::string byline_ = "By Ann Writer", copyright_ = "\u00a9 2026 The Valley Post Ltd. All rights reserved.";
};

TEST_F(ComparePageNoticesTest, NoticesOutsideOfBothTextsAreKept) {
  EXPECT_THAT(
      Compared(Story({byline_, copyright_}), Story({byline_, copyright_})),
      ElementsAre("byline kept: " + byline_ + " > " + byline_, "copyright kept: " + copyright_ + " > " + copyright_));
}

TEST_F(ComparePageNoticesTest, NoticesThatTheSuspectLacksAreRemoved) {
  EXPECT_THAT(Compared(Story({byline_, copyright_}), Story({})),
              ElementsAre("byline removed: " + byline_ + " > ", "copyright removed: " + copyright_ + " > "));
}

TEST_F(ComparePageNoticesTest, OtherNamesAreAlterations) {
  const std::string other = "By Bob Copier";
  EXPECT_THAT(Compared(Story({byline_}), Story({other})), ElementsAre("byline altered: " + byline_ + " > " + other));
}

TEST_F(ComparePageNoticesTest, ANoticeInsideOfOneTextEqualsThatBesideTheOther) {
  const Article inside = Story({}, byline_ + "\n\n" + TextOf(kWeirStory) + "\n\n" + copyright_);
  const std::vector<std::string> kept = {"byline kept: " + byline_ + " > " + byline_,
                                         "copyright kept: " + copyright_ + " > " + copyright_};
  EXPECT_EQ(Compared(Story({byline_, copyright_}), inside), kept);
  EXPECT_EQ(Compared(inside, Story({byline_, copyright_})), kept);
}

TEST_F(ComparePageNoticesTest, SpansAreInsideOfTheSuspectsText) {
  const Article beside = Story({byline_, copyright_});
  for (const Notice& notice : Compare(beside, beside).notices) EXPECT_FALSE(notice.span.has_value()) << notice.suspect;
  const Article mixed = Story({byline_}, TextOf(kWeirStory) + "\n\n" + copyright_);
  for (const Notice& notice : Compare(beside, mixed).notices) {
    ASSERT_EQ(notice.span.has_value(), notice.kind == "copyright") << notice.suspect;
    if (!notice.span) continue;
    EXPECT_EQ(mixed.text.substr(notice.span->begin, notice.span->end - notice.span->begin), copyright_);
  }
}

TEST_F(ComparePageNoticesTest, UnrelatedPagesHaveNoNotices) {
  EXPECT_THAT(Compared(Story({byline_}), Story({byline_}, TextOf(kTramStory))), IsEmpty());
}

TEST_F(ComparePageNoticesTest, NoticesChangeNoJudgement) {
  const Report with = Compare(Story({byline_, copyright_}), Story({"By Bob Copier"}));
  const Report without = Compare(Story({}), Story({}));
  EXPECT_EQ(with.findings.at(0).log10_likelihood_ratio, without.findings.at(0).log10_likelihood_ratio);
  EXPECT_EQ(with.findings.at(0).coverage.suspect, without.findings.at(0).coverage.suspect);
}

}  // namespace
}  // namespace unspin
