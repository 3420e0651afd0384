#include "unspin/page/page_title.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(WithoutSiteTest, TheNameOfTheSiteIsCutAtEitherEnd) {
  EXPECT_EQ(WithoutSite("Bridge opens | The Daily", "The Daily"), "Bridge opens");
  EXPECT_EQ(WithoutSite("Bridge opens - north \xe2\x80\x93 The Daily", "the daily"), "Bridge opens - north");
  EXPECT_EQ(WithoutSite("The Daily: x - The Daily - Bridge", "The Daily"), "The Daily: x - The Daily - Bridge");
  EXPECT_EQ(WithoutSite("The Daily - Bridge opens", "The Daily"), "Bridge opens");
  EXPECT_EQ(WithoutSite("Bridge opens | The Daily", ""), "Bridge opens | The Daily");
}

TEST(TitleOfTest, AHeadingThatAnotherTitleConfirmsIsTheHeadline) {
  TitleSources sources;
  sources.headings = {"The Daily", "Bridge opens", "More news of the day"};
  sources.document = "Bridge opens | The Daily";
  sources.site = "The Daily";
  EXPECT_EQ(TitleOf(sources), "Bridge opens");
  sources.open_graph =
      "\xe2\x80\x9c"
      "Bridge\xe2\x80\x9d opens";
  EXPECT_EQ(TitleOf(sources), sources.open_graph) << "the same words, better spelt";
}

TEST(TitleOfTest, OtherwiseTheOnlyHeadingThenWhatTheHeadSays) {
  TitleSources sources;
  sources.headings = {"A bridge for everybody"};
  sources.open_graph = "You will not believe this";
  EXPECT_EQ(TitleOf(sources), "A bridge for everybody");
  sources.headings.push_back("Another story");
  EXPECT_EQ(TitleOf(sources), "You will not believe this");
  TitleSources only;
  only.document = "Only this";
  EXPECT_EQ(TitleOf(only), "Only this");
  EXPECT_EQ(TitleOf({}), "");
}

}  // namespace
}  // namespace unspin
