#include "unspin/zones/transcripts.h"

#include <gtest/gtest.h>

#include <string>

#include "support/zone_checks.h"

namespace unspin {
namespace {

TEST(TranscriptsTest, InterviewsAndTranscriptsAreQuotations) {
  const std::string interview =
      "Q: What did you find under the pier?\n\nA: We found two cracks, each as long as a bus.\n\nThey were old.\n\n"
      "Q: Will it hold?\n\nA: I think that it will hold.";
  EXPECT_TRUE(IsAll(Below(interview), interview.substr(0, interview.size() - 4), Zone::kQuotation));
  const std::string transcript =
      "JANE DOE, HOST: Welcome. What did you find?\n\nJOHN ROE: We found cracks.\n\nDOE: How long are they?\n\n"
      "ROE: As long as a bus.\n\nDOE: Thank you.\n\nROE: My pleasure.";
  EXPECT_TRUE(IsAll(Below(transcript), transcript, Zone::kQuotation));
  const std::string results = "Senate: The council picked Roe.\n\nGovernor: Doe won.\n\nSenate: Moe was unopposed.";
  EXPECT_TRUE(IsAll(Below(results), results, Zone::kBody));
}

TEST(TranscriptsTest, LinesOfSpeechThatADashOpensAreQuotations) {
  const std::string text = "– We have kept this bridge for years, said Jane Doe.\n\n" + std::string(kStory) +
                           "\n\n– I want my road back, said John Roe.";
  EXPECT_TRUE(IsAll(Below(text), "We have kept this bridge for years", Zone::kQuotation));
  EXPECT_TRUE(IsAll(Below(text), "I want my road back", Zone::kQuotation));
  const std::string list = "– The piers hold.\n\n– The road is open.\n\n– The lorries are gone.";
  EXPECT_FALSE(IsAll(Below(list), "The piers hold", Zone::kQuotation));
}

TEST(TranscriptsTest, TwoLabelsMakeNoConversation) {
  const std::string text = "Doe: I won.\n\nRoe: I lost.";
  EXPECT_TRUE(IsAll(Below(text), "I lost", Zone::kBody));
}

}  // namespace
}  // namespace unspin
