#include "unspin/facts/outlet_names.h"

#include <gtest/gtest.h>

#include <string>

#include "support/english.h"

namespace unspin {
namespace {

TEST(DomainOfTest, LeavesOutSubdomains) {
  EXPECT_EQ(DomainOf("https://www.harbourpost.com/2026/ferry?x=1"), "harbourpost.com");
  EXPECT_EQ(DomainOf("edition.HarbourPost.com"), "harbourpost.com");
  EXPECT_EQ(DomainOf("http://news.harbourpost.co.uk:8080"), "harbourpost.co.uk");
}

TEST(DomainOfTest, KeepsTheLabelThatNamesTheOutlet) {
  EXPECT_EQ(DomainOf("https://abcnews.go.com/x"), "abcnews.go.com");
}

TEST(DomainOfTest, ATextIsNoDomain) {
  for (const char* text : {"", "Harbour Post", "Harbour Post - News", "file", "a..b", ".", "http://", "two words.com"})
    EXPECT_EQ(DomainOf(text), "") << text;
}

class MatchNameTest : public ::testing::Test {
 protected:
  // The text of the first match.
  std::string Match(const OutletName& name, const std::string& text) {
    LexiconCache lexicon(EnglishLexicon());
    const AnalyzedArticle article = Analyze(text, lexicon);
    for (uint32_t token = 0; token < article.size(); ++token) {
      const TokenSpan words = MatchName(name, text, article, token, English());
      if (words.empty()) continue;
      const ByteSpan bytes = article.text.Bytes(words);
      return text.substr(bytes.begin, bytes.size());
    }
    return "";
  }
};

TEST_F(MatchNameTest, WordsSpellTheName) {
  EXPECT_EQ(Match({"harbourpost", false, false}, "He told the Harbour Post about it."), "Harbour Post");
  EXPECT_EQ(Match({"harbourpost", false, false}, "He read HarbourPost today."), "HarbourPost");
  EXPECT_EQ(Match({"harbourpost", false, false}, "Near the harbour post office."), "");
  EXPECT_EQ(Match({"harbourpost", false, false}, "In the Harbour, Post and mail arrive."), "");
  EXPECT_EQ(Match({"harbourpost", false, false}, "At the Harbour Posts are painted."), "");
}

TEST_F(MatchNameTest, InitialsNeedAWholeWordOrThreeOfThem) {
  EXPECT_EQ(Match({"nhtimes", true, false}, "He told the North Harbour Times about it."), "North Harbour Times");
  EXPECT_EQ(Match({"whj", true, false}, "He told the West Harbour Journal about it."), "West Harbour Journal");
  EXPECT_EQ(Match({"wj", true, false}, "He told the West Journal about it."), "");
  EXPECT_EQ(Match({"nhtimes", false, false}, "He told the North Harbour Times about it."), "");
}

TEST_F(MatchNameTest, ALastWordMayBeCutOff) {
  EXPECT_EQ(Match({"nhmag", true, false}, "He told North Harbour Magazine about it."), "North Harbour Magazine");
  EXPECT_EQ(Match({"time", true, false}, "He told the Times about it."), "");
}

TEST_F(MatchNameTest, CapitalsAreAWordOfTheirOwn) {
  EXPECT_EQ(Match({"hbs", false, true}, "He told HBS about it."), "HBS");
  EXPECT_EQ(Match({"hbs", false, true}, "He told Hbs about it."), "");
}

TEST(NamesOfOutletTest, KnowsDomainSiteAndAuthor) {
  LexiconCache lexicon(EnglishLexicon());
  const std::string text = "By Jane Doe and Per Lund\n\nThe ferry returned to the harbour on a rainy morning in May.";
  const OutletNames outlet = NamesOfOutlet("North Harbour Post - News", "https://www.thenhpost.com/1", text,
                                           Analyze(text, lexicon), English());
  EXPECT_EQ(outlet.domain, "thenhpost.com");
  std::string letters;
  for (const OutletName& name : outlet.names) letters += name.letters + " ";
  EXPECT_EQ(letters, "thenhpost nhpost northharbourpost nhp janedoe ");
}

TEST(NamesOfOutletTest, NothingKnownIsNoName) {
  LexiconCache lexicon(EnglishLexicon());
  const OutletNames outlet = NamesOfOutlet("", "", "", Analyze("", lexicon), English());
  EXPECT_TRUE(outlet.domain.empty() && outlet.names.empty());
}

}  // namespace
}  // namespace unspin
