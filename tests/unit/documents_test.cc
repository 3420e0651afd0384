#include "unspin/zones/documents.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(DocumentsTest, PrintedDocumentsAreDocuments) {
  const std::string statement = "We regret what happened at our bridge.\n\nOur engineers found the cracks in time.";
  EXPECT_TRUE(IsAll(Below("The council said in a statement:\n\n" + statement), statement, Zone::kDocument));
  const std::string letter =
      "Dear Mayor Doe,\n\nThe bridge was closed for eleven weeks and nobody told the town.\n\nSincerely,\n\nJohn Roe";
  EXPECT_TRUE(IsAll(Below(letter), letter, Zone::kDocument));
  const std::string tweet = "The bridge is open again! https://t.co/abc — Jane Doe (@janedoe) March 4, 2017";
  EXPECT_TRUE(IsAll(Below(tweet), tweet.substr(0, tweet.size() - 1), Zone::kDocument));
  const std::string law = "Section 3. Every bridge shall be inspected once a year.";
  EXPECT_TRUE(IsAll(Below(law), law, Zone::kDocument));
}

TEST(DocumentsTest, WhatAnotherOutletIsSaidToReportIsItsOwn) {
  const std::string report = "Divers found the cracks in May, and the council was told in June.";
  EXPECT_TRUE(IsAll(Below("The Northwire reports:\n\n" + report), report, Zone::kDocument));
  EXPECT_TRUE(IsAll(Below("Via Northwire:\n\n" + report), report, Zone::kDocument));
  EXPECT_TRUE(IsAll(Below("From the text of the bill that the council passed…\n\n" + report), report, Zone::kDocument));
}

TEST(DocumentsTest, AColonAloneIntroducesNoDocument) {
  const std::string story = "Divers found the cracks in May, and the council was told in June.";
  EXPECT_TRUE(IsAll(Below("Then things went wrong:\n\n" + story), story, Zone::kBody));
  EXPECT_TRUE(IsAll(Below("Opinion:\n\n" + story), story, Zone::kBody));
}

TEST(DocumentsTest, SomebodyWhoSpeaksBehindAColonIsNotTheReporter) {
  const std::string testimony = "I went down to the pier and saw the cracks myself.";
  EXPECT_TRUE(IsAll(Below("She then begins to describe the night:\n\n" + testimony + "\n\n" + std::string(kStory)),
                    testimony, Zone::kDocument));
  const std::string essay = "I had one question for my neighbors:\n\n" + testimony +
                            "\n\nMy father and I never knew how old the bridge of our town had been.";
  EXPECT_TRUE(IsAll(essay, testimony, Zone::kBody));
}

TEST(DocumentsTest, ALetterEndsBelowItsSignature) {
  const std::string letter = "Dear Mayor Doe,\n\nNobody told the town.\n\nSincerely,\n\nJohn Roe\n\n";
  EXPECT_TRUE(IsAll(letter + std::string(kStory), kStory, Zone::kBody));
}

}  // namespace
}  // namespace unspin
