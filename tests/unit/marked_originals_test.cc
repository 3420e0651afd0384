#include "unspin/facts/marked_originals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace unspin {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "kind=id of the original that it names"
std::vector<std::string> Listed(const Article& suspect) {
  Report report;
  report.findings.resize(2);
  report.findings[0].original.id = "ferry";
  report.findings[0].original.site = "The Harbour Post";
  report.findings[0].original.url = "https://www.harbourpost.example/ferry";
  report.findings[1].original.id = "https://wire.example/9";
  ListMarks(suspect, report);
  std::vector<std::string> listed;
  for (const PageMark& mark : report.suspect.marks) listed.push_back(mark.kind + "=" + mark.original);
  return listed;
}

Article With(std::vector<PageMark> marks) {
  Article article;
  article.url = "https://copy.example/x";
  article.marks = std::move(marks);
  return article;
}

TEST(MarkedOriginalsTest, AnAddressNamesTheOriginalThatHasIt) {
  EXPECT_THAT(Listed(With({{"canonical", "http://harbourpost.example/ferry/"},
                           {"is-based-on", "https://wire.example/9"},
                           {"original-source", "https://harbourpost.example/"}})),
              ElementsAre("canonical=ferry", "is-based-on=https://wire.example/9", "original-source="));
}

TEST(MarkedOriginalsTest, ANameNamesTheOriginalOfItsOutlet) {
  EXPECT_THAT(Listed(With({{"credit-text", "By Ann Writer, Harbour Post"},
                           {"copyright-holder", "HarbourPost.example"},
                           {"provider", "Harbourpostal Services"},
                           {"source-organization", "Post"}})),
              ElementsAre("credit-text=ferry", "copyright-holder=ferry", "provider=", "source-organization="));
}

TEST(MarkedOriginalsTest, OnlyLinksToAnOriginalAreListed) {
  EXPECT_THAT(Listed(With({{"link", "https://elsewhere.example/"}, {"link", "https://harbourpost.example/ferry#top"}})),
              ElementsAre("link=ferry"));
}

TEST(MarkedOriginalsTest, AnAddressThatSomebodyElseRecordedIsNoMark) {
  Article suspect = With({{"canonical", "https://copy.example/x/"}});
  EXPECT_THAT(Listed(suspect), ElementsAre("canonical="));
  suspect.record = 7;
  EXPECT_THAT(Listed(suspect), IsEmpty());
}

}  // namespace
}  // namespace unspin
