// The articles below a page's own are dropped; a second layout of it and its own parts are not.
#include "unspin/page/next_article.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "support/page_stories.h"
#include "support/read_page.h"
#include "unspin/page/html.h"

namespace unspin {
namespace {

using testing::kComments;
using testing::kTramStory;
using testing::kWeirHeadline;
using testing::kWeirStory;
using testing::Paragraphs;
using testing::Repeated;

constexpr char kTramHeadline[] = "<h1>Trams reach the hospital</h1>";

// The blocks that remain where all were chosen, apart by a line.
std::string Remaining(const std::string& html, std::string_view title = "") {
  const HtmlPage page = ParseHtml(html);
  const TextBlocks found = FindTextBlocks(page);
  std::vector<bool> is_chosen(found.blocks.size(), true);
  DropNextArticles(page, found, title, is_chosen);
  std::string text;
  for (size_t i = 0; i < found.blocks.size(); ++i) {
    if (is_chosen[i]) text += found.blocks[i].text + "\n";
  }
  return text;
}

bool Has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string Article(const std::string& name, const std::string& content) {
  return "<article class=\"" + name + "\">" + content + "</article>";
}

TEST(NextArticleTest, AnArticleOfTheSameClassUnderAHeadlineOfTheSameRankIsDropped) {
  const std::string text = Remaining("<main>" + Article("story", kWeirHeadline + Paragraphs(kWeirStory)) +
                                     Article("story", kTramHeadline + Paragraphs(kTramStory)) + "</main>");
  for (const std::string_view paragraph : kWeirStory) EXPECT_TRUE(Has(text, paragraph)) << paragraph;
  for (const std::string_view paragraph : kTramStory) EXPECT_FALSE(Has(text, paragraph)) << paragraph;
  EXPECT_FALSE(Has(text, "Trams reach"));
}

// Fewer paragraphs than say on their own that the article ends.
TEST(NextArticleTest, AnotherClassIsNoNextArticle) {
  const std::string first =
      Article("story", kWeirHeadline + std::string("<p>") + std::string(kWeirStory[0]) + "</p><p>" +
                           std::string(kWeirStory[1]) + "</p><p>" + std::string(kWeirStory[2]) + "</p>");
  const std::string next = kTramHeadline + Paragraphs(kTramStory);
  EXPECT_TRUE(Has(Remaining("<main>" + first + Article("part", next) + "</main>"), kTramStory[0]));
  EXPECT_FALSE(Has(Remaining("<main>" + first + Article("story", next) + "</main>"), kTramStory[0]));
}

TEST(NextArticleTest, AHeadlineOfLowerRankBeginsAPartOfTheArticle) {
  const std::string first = "<section><h1>Tarnholt loses its weir</h1><p>" + std::string(kWeirStory[0]) + "</p><p>" +
                            std::string(kWeirStory[1]) + "</p><p>" + std::string(kWeirStory[2]) + "</p></section>";
  EXPECT_TRUE(Has(Remaining("<main>" + first + "<section><h2>What comes next</h2><p>" + std::string(kWeirStory[6]) +
                            "</p></section></main>"),
                  kWeirStory[6]));
}

TEST(NextArticleTest, ASecondLayoutOfTheArticleIsNotDropped) {
  const std::string story = kWeirHeadline + "<p>" + std::string(kWeirStory[0]) + "</p><p>" +
                            std::string(kWeirStory[1]) + "</p><p>" + std::string(kWeirStory[2]) + "</p>";
  const std::string text = Remaining("<main>" + Article("story", story) + Article("story", story) + "</main>");
  EXPECT_NE(text.find(kWeirStory[0]), text.rfind(kWeirStory[0]));
}

TEST(NextArticleTest, WhatPrecedesTheHeadlineIsDropped) {
  const std::string notice = "<div><p>We and our partners keep cookies on your device.</p></div>";
  const std::string text = Remaining(notice + "<main>" + kWeirHeadline + Paragraphs(kWeirStory) + "</main>");
  EXPECT_FALSE(Has(text, "cookies"));
  EXPECT_TRUE(Has(text, kWeirStory[0]));
}

TEST(NextArticleTest, MostOfTheTextBeforeTheHeadlineIsKept) {
  const std::string text =
      Remaining("<main>" + Paragraphs(kWeirStory) + "</main><h1>More of the day</h1><p>A short line.</p>");
  for (const std::string_view paragraph : kWeirStory) EXPECT_TRUE(Has(text, paragraph)) << paragraph;
}

TEST(NextArticleTest, WhatFollowsTheContainerOfTheArticleIsDropped) {
  const std::string text = Remaining("<main><div class=a>" + kWeirHeadline + Paragraphs(kWeirStory) +
                                     "</div><div class=b>" + Paragraphs(kComments) + "</div></main>");
  EXPECT_TRUE(Has(text, kWeirStory[6]));
  EXPECT_FALSE(Has(text, kComments[0]));
}

TEST(NextArticleTest, AHeadlineInABoxOfItsOwnDropsNothingOfTheText) {
  const std::string text =
      Remaining("<main><header>" + kWeirHeadline + "</header><div class=b>" + Paragraphs(kWeirStory) + "</div></main>");
  for (const std::string_view paragraph : kWeirStory) EXPECT_TRUE(Has(text, paragraph)) << paragraph;
}

TEST(NextArticleTest, TheDeclaredTitleSaysWhichArticleIsThePages) {
  const std::string articles =
      "<main>" + Article("story", "<h2>Tarnholt loses its weir</h2>" + Paragraphs(kWeirStory)) +
      Article("story", "<h2>Trams reach the hospital</h2>" + Paragraphs(kTramStory)) + "</main>";
  EXPECT_FALSE(Has(Remaining(articles, "Tarnholt loses its weir"), kTramStory[0]));
  EXPECT_TRUE(Has(Remaining(articles, "Trams reach the hospital"), kTramStory[0]));
}

TEST(NextArticleTest, WithoutAHeadlineNothingIsDropped) {
  const std::string text = Remaining("<main>" + Article("story", Paragraphs(kWeirStory)) +
                                     Article("story", Paragraphs(kTramStory)) + "</main>");
  EXPECT_TRUE(Has(text, kWeirStory[0]));
  EXPECT_TRUE(Has(text, kTramStory[0]));
}

// Time that grows with the square of the page would take hours here.
TEST(NextArticleTest, HostilePagesTakeLinearTime) {
  constexpr size_t kTimes = 100000;
  const std::string story = kWeirHeadline + Paragraphs(kWeirStory);
  const std::string pages[] = {
      "<main>" + Repeated(Article("story", "<h1>River</h1><p>rose"), kTimes) + "</main>",
      Repeated("<div>", kTimes) + story + Repeated("</div><div><h1>River</h1>", kTimes),
      "<main>" + Article("story", story) + Repeated("<article class=story><p>It rose.</p></article>", kTimes) +
          "</main>",
      Repeated("<div>" + kWeirHeadline, kTimes),
  };
  for (const std::string& page : pages) EXPECT_FALSE(Remaining(page).empty()) << page.substr(0, 40);
}

}  // namespace
}  // namespace unspin
