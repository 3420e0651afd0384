#include "unspin/facts/credit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/english.h"

namespace unspin {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTaken[] =
    "The ferry will carry 640 passengers over the sound by night, and the first crossing was sold out in two hours.";
constexpr char kOwn[] =
    "Shopkeepers along the promenade painted their fronts this week, and the town band practised twice in the rain.";

class CreditTest : public ::testing::Test {
 protected:
  // Kind and wording of the credits of a suspect that took kTaken, or, if it does not hold it, nothing.
  std::vector<std::string> Credits(const std::string& suspect, const std::string& original = kTaken) {
    LexiconCache lexicon(EnglishLexicon());
    const AnalyzedArticle theirs = Analyze(suspect, lexicon), ours = Analyze(original, lexicon);
    std::vector<TokenSpan> taken;
    const size_t begin = suspect.find(kTaken);
    TokenSpan span{0, 0};
    for (uint32_t token = 0; token < theirs.size(); ++token) {
      if (theirs.text.tokens[token].source.begin < begin) span.begin = token + 1;
      if (begin != std::string::npos && theirs.text.tokens[token].source.end < begin + sizeof kTaken)
        span.end = token + 1;
    }
    if (begin != std::string::npos) taken.push_back(span);
    std::vector<std::string> found;
    for (const Credit& credit :
         FindCredit({"o", site_, url_, original, ours}, {"s", suspect_site_, "", suspect, theirs}, taken, English())) {
      EXPECT_EQ(suspect.substr(credit.span.begin, credit.span.size()), credit.text);
      found.push_back(credit.kind + " " + credit.text);
    }
    return found;
  }

  std::string Beside(const std::string& sentence) { return Far(sentence + "\n\n" + kTaken); }
  std::string Far(const std::string& middle) {
    return std::string(kOwn) + "\n\n" + kOwn + "\n\n" + middle + "\n\n" + kOwn + "\n\n" + kOwn + "\n\n" + kOwn;
  }

  std::string site_ = "Halmsund Evening Post", url_ = "https://www.halmsundeveningpost.example/ferry", suspect_site_;
};

TEST_F(CreditTest, NamesTheOutletBesideWhatWasTaken) {
  EXPECT_THAT(
      Credits(Beside("Bookings opened on Monday, the Halmsund Evening Post reported after a visit to the quay.")),
      ElementsAre("named Halmsund Evening Post"));
}

TEST_F(CreditTest, ANameFarFromWhatWasTakenIsNoCredit) {
  const std::string other =
      "Jobs at the Halmsund Evening Post are scarce, said a printer who has worked there since May.";
  EXPECT_THAT(Credits(std::string(kOwn) + "\n\n" + other + "\n\n" + kOwn + "\n\n" + kOwn + "\n\n" + kTaken), IsEmpty());
}

TEST_F(CreditTest, AHeadingDoesNotPartTheNameFromWhatWasTaken) {
  const std::string name =
      "The owner told the Halmsund Evening Post that bookings had opened on Monday at nine o'clock.";
  EXPECT_THAT(Credits(Far(name + "\n\nFirst crossing\n\n" + kTaken)), ElementsAre("named Halmsund Evening Post"));
}

TEST_F(CreditTest, TheShortNameCountsWhereTheLongOneStandsElsewhere) {
  const std::string sentence =
      "Bookings opened on Monday, the Post reported after a visit to the harbour and its quay.";
  EXPECT_THAT(Credits(Beside(sentence)), IsEmpty());
  EXPECT_THAT(Credits("Readers of the Halmsund Evening Post know him well, and so do all the people along the coast "
                      "who ever took the old boat.\n\n" +
                      Beside(sentence)),
              ElementsAre("named Halmsund Evening Post", "named the Post"));
}

TEST_F(CreditTest, ADomainSpelledWithInitialsIsKnown) {
  site_ = "";
  url_ = "https://www.hetimes.example/1";
  EXPECT_THAT(Credits(Beside("Bookings opened on Monday, the Halmsund Evening Times's reporter wrote from the quay.")),
              ElementsAre("named Halmsund Evening Times"));
}

TEST_F(CreditTest, AnOrdinaryWordIsANameOnlyWhereItPublished) {
  site_ = "Reason";
  url_ = "https://reason.example/ferry";
  EXPECT_THAT(
      Credits(Beside("Then Reason prevailed over Fear, and the harbour board of Orrevik signed the long lease.")),
      IsEmpty());
  EXPECT_THAT(
      Credits(Beside("Bookings opened on Monday, the owner told Reason in the harbour office over some coffee.")),
      ElementsAre("named Reason"));
  EXPECT_THAT(Credits(Beside("Bookings opened on Monday and the quay was full of people until the evening. (Reason)")),
              ElementsAre("named Reason"));
}

TEST_F(CreditTest, AnAgencyIsKnownByBothOfItsNames) {
  site_ = "";
  url_ = "https://apnews.com/1";
  EXPECT_THAT(Credits(Beside("The Associated Press contributed a picture of the quay and the ship to this long page.")),
              ElementsAre("named Associated Press"));
  EXPECT_THAT(Credits(Beside("Bookings opened on Monday, the AP reported after a visit to the harbour and its quay.")),
              ElementsAre("named AP"));
  EXPECT_THAT(Credits(Beside("An AP course is what the ap in her letter meant, nothing but a course at the school.")),
              ElementsAre("named AP"));
}

TEST_F(CreditTest, AnAgencyInTheOriginalsBylineIsItsSource) {
  const std::string original = std::string("By Jane Doe, Associated Press\n\n") + kTaken;
  EXPECT_THAT(
      Credits(Beside("The Associated Press had the story of the ferry first, and many people then read it."), original),
      ElementsAre("named Associated Press"));
}

TEST_F(CreditTest, NamesTheAuthorOfTheByline) {
  const std::string original = std::string("By Ottoline Brask\n\n") + kTaken;
  EXPECT_THAT(
      Credits(Beside("As Ottoline Brask noted from the quay, the harbour board signed the long lease on Monday."),
              original),
      ElementsAre("named Ottoline Brask"));
}

TEST_F(CreditTest, LinksTheOutletsDomain) {
  EXPECT_THAT(
      Credits(Beside("See www.HalmsundEveningPost.example/ferry for the pictures that were taken on the quay.")),
      ElementsAre("linked HalmsundEveningPost.example"));
  EXPECT_THAT(
      Credits(Beside("See nothalmsundeveningpost.example or halmsundeveningpost.example.org for other stories.")),
      IsEmpty());
}

TEST_F(CreditTest, ACreditLineAtTheEndCounts) {
  EXPECT_THAT(Credits(std::string(kTaken) + "\n\n" + kOwn + "\n\n" + kOwn + "\n\n" + kOwn +
                      "\n\nFrom the Halmsund Evening Post"),
              ElementsAre("named Halmsund Evening Post"));
}

TEST_F(CreditTest, NarrationInQuotationMarksIsAQuotationWhereTheOutletIsNamed) {
  const std::string quoted = std::string("The Halmsund Evening Post writes: \u201c") + kTaken + "\u201d";
  EXPECT_THAT(Credits(Far(quoted)),
              ElementsAre("named Halmsund Evening Post",
                          std::string("quoted ") + std::string(kTaken).substr(0, sizeof kTaken - 2)));
  EXPECT_THAT(Credits(Far(std::string("A neighbour said: \u201c") + kTaken + "\u201d")), IsEmpty());
}

TEST_F(CreditTest, WhatTheOriginalQuotesItselfIsNotItsWording) {
  const std::string speech = std::string("The owner said: \u201c") + kTaken + "\u201d";
  const std::string original = std::string(kOwn) + "\n\n" + kOwn + "\n\n" + speech;
  EXPECT_THAT(Credits(Far("The Halmsund Evening Post was there.\n\n" + speech), original),
              ElementsAre("named Halmsund Evening Post"));
}

TEST_F(CreditTest, TheOwnNameOfTheOutletIsNoCredit) {
  suspect_site_ = site_;
  EXPECT_THAT(
      Credits(Beside("Bookings opened on Monday, the Halmsund Evening Post reported after a visit to the quay.")),
      IsEmpty());
}

TEST_F(CreditTest, TheSameWordingIsListedOnce) {
  const std::string sentence =
      "Bookings opened on Monday, the Halmsund Evening Post reported after a visit to the quay.";
  EXPECT_THAT(Credits(Beside(sentence + " " + sentence)), ElementsAre("named Halmsund Evening Post"));
}

TEST_F(CreditTest, AnEmptySuspectHasNone) { EXPECT_THAT(Credits(""), IsEmpty()); }

}  // namespace
}  // namespace unspin
