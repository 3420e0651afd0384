// How a text is laid out and encoded does not change what its words are: narration, speech, a document.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "law.h"
#include "support/english.h"
#include "support/sample_articles.h"
#include "unspin/text/tokenize.h"
#include "unspin/zones/zones.h"

namespace unspin {
namespace {

using testing::ExpectLaw;
using testing::ReadSample;
using testing::SampleStories;

// Paragraphs of every zone, with the marks of speech in all of their uses. Curly marks only: the laws replace them.
const std::vector<std::string>& Paragraphs() {
  static const std::vector<std::string>* const paragraphs = [] {
    auto* all = new std::vector<std::string>{
        "“We are going home,” she said. “It is late, and the workers’ bus has left.”",
        "“There were mornings when I wondered whether anybody would be left.",
        "“They always came,” he said.",
        "He called it “the worst winter of my life and the longest one too.",
        "The council’s decision isn’t final, and the town’s bakers don’t like it at all.",
        "“He told me ‘go home and stay there’ and I went,” the witness said.",
        "Q: What did you find under the pier, and how long had it been there?",
        "A: We found two cracks, each as long as a bus.",
        "The mayor said in a statement on Monday:",
        "We regret what happened at our bridge, and we will pay for all of it.",
        "Dear Mayor Doe,",
        "Sincerely,",
        "Section 3. Every bridge shall be inspected once a year by the council.",
        "The bridge is open! pic.twitter.com/abc — Jane Doe (@janedoe) March 4, 2017",
        "The poll of 1,002 adults was conducted by telephone and has a margin of error of 3 percentage points.",
        "Sign up for our newsletter to get the best stories delivered to your inbox every morning.",
        "The views expressed in this article are those of the author and do not represent the views of the paper.",
        "Engineers look at the second pier of the bridge. (Photo by Jane Doe/Getty Images)",
        "Jane Doe is a columnist at the Courier. Follow her on Twitter.",
        "– We have kept this bridge for years, and you will not close it, said Jane Doe.",
        "We are glad that our road is open again, said Mayor Jane Doe.",
        "BRANDECK (Dispatch) — Engineers reopened the bridge on Tuesday after eleven weeks of repairs.",
        "Copyright 2024 Northwire. All rights reserved.",
        "Pier 1 20 40 60 12",
    };
    for (const std::string& story : SampleStories()) {
      const std::string text = ReadSample(story, "independent.txt");
      for (size_t begin = 0; begin < text.size();) {
        const size_t end = std::min(text.find("\n\n", begin), text.size());
        std::string paragraph = text.substr(begin, end - begin);
        if (paragraph.find('\n') == std::string::npos && !paragraph.empty()) all->push_back(std::move(paragraph));
        begin = end + 2;
      }
    }
    return all;
  }();
  return *paragraphs;
}

// One paragraph a line, so long that each line is a paragraph whatever stands between.
std::vector<std::string> SomeParagraphs() {
  std::vector<std::string> some = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(Paragraphs()));
  some.push_back(
      "Traffic moved slowly at first, and the council, which had closed the bridge when divers found cracks in two of "
      "the nine piers, said that lorries had to go round by the northern valley road until the spring of next year.");
  return some;
}

std::string Join(const std::vector<std::string>& paragraphs, std::string_view between) {
  std::string text;
  for (const std::string& paragraph : paragraphs) text += (text.empty() ? "" : std::string(between)) + paragraph;
  return text;
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

std::vector<Zone> ZonesOf(std::string_view text) { return FindZones(text, Tokenize(text)).of_token; }

TEST(ZonesPropertyTest, LineEndsDoNotMatter) {
  ExpectLaw("LF, CRLF and CR give the same zones", [] {
    const std::string text = Join(SomeParagraphs(), "\n\n");
    const std::vector<Zone> zones = ZonesOf(text);
    RC_ASSERT(ZonesOf(Replaced(text, "\n", "\r\n")) == zones);
    RC_ASSERT(ZonesOf(Replaced(text, "\n", "\r")) == zones);
  });
}

TEST(ZonesPropertyTest, SpaceBetweenParagraphsDoesNotMatter) {
  ExpectLaw("blanks at the ends of lines, and one, two or three line breaks, give the same zones", [] {
    const std::vector<std::string> paragraphs = SomeParagraphs();
    const std::vector<Zone> zones = ZonesOf(Join(paragraphs, "\n\n"));
    RC_ASSERT(ZonesOf(Join(paragraphs, "  \n \n")) == zones);
    RC_ASSERT(ZonesOf(Join(paragraphs, "\n")) == zones);
    RC_ASSERT(ZonesOf(Join(paragraphs, "\n\n\n")) == zones);
  });
}

TEST(ZonesPropertyTest, EncodingOfMarksDoesNotMatter) {
  ExpectLaw("straight, curly and doubled marks give the same zones", [] {
    const std::string curly = Join(SomeParagraphs(), "\n\n");
    const std::vector<Zone> zones = ZonesOf(curly);
    const std::string straight = Replaced(Replaced(curly, "“", "\""), "”", "\"");
    RC_ASSERT(ZonesOf(straight) == zones);
    RC_ASSERT(ZonesOf(Replaced(Replaced(straight, "’", "'"), "‘", "'")) == zones);
    RC_ASSERT(ZonesOf(Replaced(curly, "”", "\"")) == zones);
    RC_ASSERT(ZonesOf(Replaced(Replaced(curly, "“", "''"), "”", "''")) == zones);
  });
}

TEST(ZonesPropertyTest, HardWrapsDoNotMatter) {
  ExpectLaw("lines broken at any width give the same zones, where blank lines part the paragraphs", [] {
    const std::vector<std::string> paragraphs = SomeParagraphs();
    const auto width = *rc::gen::inRange<size_t>(20, 120);
    std::vector<std::string> wrapped;
    for (std::string paragraph : paragraphs) {
      for (size_t begin = 0; paragraph.size() - begin > width;) {
        const size_t space = paragraph.rfind(' ', begin + width);
        if (space == std::string::npos || space <= begin) break;
        paragraph[space] = '\n';
        begin = space + 1;
      }
      wrapped.push_back(std::move(paragraph));
    }
    RC_ASSERT(ZonesOf(Join(wrapped, "\n\n")) == ZonesOf(Join(paragraphs, "\n\n")));
  });
}

}  // namespace
}  // namespace unspin
