#include "unspin/page/dates_near.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin {
namespace {

using Find = void (*)(const HtmlPage&, uint32_t, DayOrder, std::vector<DateClue>&);

std::vector<std::pair<DateSource, std::string>> Found(Find find, std::string_view html) {
  const HtmlPage page = ParseHtml(html);
  uint32_t headline = 0;
  while (page.nodes[headline].tag != HtmlTag::kH1) ++headline;
  std::vector<DateClue> clues;
  find(page, headline, DayOrder::kUnknown, clues);
  std::vector<std::pair<DateSource, std::string>> found;
  for (const DateClue& clue : clues) found.emplace_back(clue.source, ToIso8601(clue.moment));
  return found;
}

using Clues = std::vector<std::pair<DateSource, std::string>>;

TEST(FindDatesNearTest, LinesOfAuthorAndDate) {
  EXPECT_EQ(Found(FindDatesNear, "<h1>Bridge</h1><p>By Ann Writer | September 1, 2026 | 5 min read</p>"),
            (Clues{{DateSource::kPlain, "2026-09-01"}}));
  EXPECT_EQ(
      Found(FindDatesNear, "<h1>B</h1><p><a href=/ann>Ann Marie Writer</a> <a href=/b><time datetime=2026-09-01>today"),
      (Clues{{DateSource::kPlain, "2026-09-01"}}));
  EXPECT_EQ(Found(FindDatesNear, "<article><div>September 1, 2026</div><h1>Bridge</h1></article>"),
            (Clues{{DateSource::kPlain, "2026-09-01"}}));
  EXPECT_EQ(Found(FindDatesNear, "<div>September 1, 2026</div><h1>Bridge</h1>"),
            (Clues{{DateSource::kInside, "2026-09-01"}}))
      << "it may be the date of today";
  EXPECT_EQ(Found(FindDatesNear, "<h1>Bridge</h1><p>Published</p><p>September 1, 2026</p>"),
            (Clues{{DateSource::kLabelled, "2026-09-01"}}));
}

TEST(FindDatesNearTest, DatesInSentencesAreWhatTheySpeakOf) {
  for (const char* html : {"<h1>B</h1><p>The old bridge fell on September 9, 1999 in a storm.</p>",
                           "<h1>B</h1><p>She sank on <time datetime=1894-02-03>3 February 1894</time></p>",
                           "<h1>B</h1><p><time datetime=1894-02-03>3 February</time> was the day on which she sank.",
                           "<h1>B</h1><div>Tickets for <time datetime=2026-10-25>25 October</time> go on sale.</div>",
                           "<h1>B</h1><p>Его построили <time datetime=1894-02-03>давно</time>.</p>",
                           "<h1>B</h1><p>他于<time datetime=1894-02-03>1894</time>出生，在北京。</p>"})
    EXPECT_EQ(Found(FindDatesNear, html), Clues()) << html;
  for (const char* html :
       {"<h1>B</h1><p>She wrote it all down <time pubdate datetime=2026-09-01>today</time></p>",
        "<h1>B</h1><p>From our man in town <time class=entry-date datetime=2026-09-01>now</time>",
        "<h1>B</h1><p>This story was first published on <time datetime=2026-09-01>1 Sept</time></p>"})
    EXPECT_EQ(Found(FindDatesNear, html), (Clues{{DateSource::kLabelled, "2026-09-01"}})) << html;
  EXPECT_EQ(Found(FindDatesNear,
                  "<h1>B</h1><p>By Ann von Writer, <a href=/t>local</a>, "
                  "<time datetime=2026-09-01>vor drei Tagen</time>, 5 min read</p>"),
            (Clues{{DateSource::kPlain, "2026-09-01"}}));
}

TEST(FindDatesNearTest, UpdatesDoNotCount) {
  for (const char* html : {"<h1>B</h1><time class=updated datetime=2026-09-09>9 Sep</time>",
                           "<h1>B</h1><p>Updated <time datetime=2026-09-09>9 September 2026</time></p>",
                           "<h1>B</h1><time class=published-date datetime=2026-09-09>Updated 9 September 2026</time>",
                           "<h1>B</h1><p>Last updated:</p><p>9 September 2026</p>"})
    EXPECT_EQ(Found(FindDatesNear, html), Clues()) << html;
  EXPECT_EQ(Found(FindDatesNear,
                  "<h1>B</h1><p><span class=entry-date>1 Sep 2026</span> <span class=modified>2 Sep 2026</span>"),
            (Clues{{DateSource::kLabelled, "2026-09-01"}}));
}

TEST(FindDatesNearTest, OtherStoriesDoNotCount) {
  for (const char* html : {"<h1>B</h1><div class=related-stories><time datetime=2019-01-01>then</time></div>",
                           "<h1>B</h1><a href=/x><h3>Mill</h3><time datetime=2019-01-01>then</time></a>",
                           "<h1>B</h1><p><a href=/x>Mill for sale <time datetime=2019-01-01>then</time></a></p>",
                           "<h1>B</h1><p><a href=/x>Mill for sale</a>, 1 January 2019</p>",
                           "<h1>B</h1><div id=comments><p>1 January 2019</p></div>",
                           "<header><p>Sunday, 29 November 2026</p></header><h1>B</h1>",
                           "<p>Sunday, 29 November 2026</p><article><h1>B</h1></article>",
                           "<article><h1>B</h1></article><p>1 January 2019</p>",
                           "<h1>B</h1><figure><figcaption>1 January 2019</figcaption></figure>"})
    EXPECT_EQ(Found(FindDatesNear, html), Clues()) << html;
}

TEST(FindDatesNearTest, TheFirstDateBehindAHeadlineIsItsOwn) {
  EXPECT_EQ(Found(FindDatesNear, "<h1>B</h1><p>1 September 2026</p><p>2 September 2026</p>"),
            (Clues{{DateSource::kPlain, "2026-09-01"}, {DateSource::kInside, "2026-09-02"}}));
}

TEST(FindDatesFarTest, OneDayAtTheEndOfTheArticle) {
  std::string text = "<article><h1>B</h1>";
  for (int i = 0; i < 80; ++i) text += "<p>A line of the article, neither long nor short.</p>";
  const std::string one = text + "<p>Posted on 1 September 2026 by Ann</p></article><p>2 September 2026</p>";
  EXPECT_EQ(Found(FindDatesNear, one), Clues());
  EXPECT_EQ(Found(FindDatesFar, one), (Clues{{DateSource::kInside, "2026-09-01"}}));
  EXPECT_EQ(Found(FindDatesFar, text + "<p>1 September 2026</p><p>2 September 2026</p>"), Clues());
}

TEST(FindDatesNearTest, NestingTakesTimeInProportion) {
  std::string html = "<h1>B</h1>";
  for (int i = 0; i < 100'000; ++i) html += "<time itemprop=datePublished class=published>";
  EXPECT_EQ(Found(FindDatesNear, html), Clues());
  EXPECT_EQ(Found(FindDatesFar, html), Clues());
}

}  // namespace
}  // namespace unspin
