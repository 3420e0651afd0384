#include "unspin/verdict/shared_wording.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "unspin/align/exclude_words.h"

namespace unspin {
namespace {

constexpr std::string_view kFirst =
    "Engineers reopened the bridge on Tuesday after eleven weeks of repairs, and traffic moved slowly at first. ";
constexpr std::string_view kSecond =
    "Lorries crossed the river in the morning. A crowd had come to see it, though rain fell until the afternoon. ";
constexpr std::string_view kSpeech =
    "nobody in this valley will ever forget those long and terrible weeks without a road";

struct Pair {
  AnalyzedArticle original, suspect;
  SharedWording wording;

  // The zones of the suspect's words that stand in `part`.
  std::vector<Zone> ZonesOf(std::string_view text, std::string_view part) const {
    const size_t begin = text.find(part);
    EXPECT_NE(begin, std::string_view::npos) << part;
    std::vector<Zone> zones;
    for (size_t token = 0; token < suspect.size(); ++token) {
      const uint32_t at = suspect.text.tokens[token].source.begin;
      if (at >= begin && at < begin + part.size()) zones.push_back(wording.suspect_zones[token]);
    }
    return zones;
  }
  bool IsAll(std::string_view text, std::string_view part, Zone zone) const {
    const std::vector<Zone> zones = ZonesOf(text, part);
    return std::all_of(zones.begin(), zones.end(), [zone](Zone other) { return other == zone; });
  }
};

Pair Compare(std::string_view original, std::string_view suspect, const StandingText* standing = nullptr) {
  LexiconCache cache(EnglishLexicon());
  Pair pair{Analyze(original, cache), Analyze(suspect, cache), {}};
  pair.wording = FindSharedWording(AnalyzedPair(pair.original, pair.suspect), standing, English());
  return pair;
}

std::string Quoted(std::string_view speech) { return "\"" + std::string(speech) + ",\" said Jane Doe. "; }

class EverythingStands : public StandingText {
 public:
  void Mark(std::span<const uint64_t>, std::vector<bool>& standing) const override {
    standing.assign(standing.size(), true);
  }
};

TEST(SharedWordingTest, WhatOneSideQuotesIsSpeechOnBoth) {
  const std::string original = std::string(kFirst) + Quoted(kSpeech);
  const std::string suspect = std::string(kSecond) + "According to Doe " + std::string(kSpeech) + ".";
  const Pair pair = Compare(original, suspect);
  EXPECT_TRUE(pair.IsAll(suspect, kSpeech, Zone::kQuotation));
  EXPECT_TRUE(pair.IsAll(suspect, kSecond, Zone::kBody));
}

TEST(SharedWordingTest, SharedNarrationStaysNarration) {
  const std::string suspect = std::string(kSecond) + std::string(kFirst);
  EXPECT_TRUE(Compare(std::string(kFirst) + Quoted(kSpeech), suspect).IsAll(suspect, kFirst, Zone::kBody));
}

TEST(SharedWordingTest, RewordedSpeechIsTheWritersWork) {
  const std::string reworded = "no one in this region can forget these endless and awful months lacking any street";
  const std::string suspect = std::string(kFirst) + std::string(kSecond) + Quoted(reworded);
  EXPECT_TRUE(Compare(std::string(kFirst) + Quoted(kSpeech), suspect).IsAll(suspect, reworded, Zone::kOwnSpeech));
}

TEST(SharedWordingTest, AQuotationOfWhichMostIsSharedIsSpeechToItsEnd) {
  const std::string longer = std::string(kSpeech) + " to town";
  const std::string suspect = std::string(kSecond) + Quoted(longer);
  EXPECT_TRUE(Compare(std::string(kFirst) + Quoted(kSpeech), suspect).IsAll(suspect, longer, Zone::kQuotation));
}

TEST(SharedWordingTest, InAnArticleCopiedWholeSpeechIsEvidence) {
  const std::string text = std::string(kFirst) + std::string(kSecond) + Quoted(kSpeech);
  const Pair pair = Compare(text, text);
  EXPECT_TRUE(pair.wording.copied_whole);
  EXPECT_TRUE(pair.IsAll(text, kSpeech, Zone::kOwnSpeech));
}

TEST(SharedWordingTest, ASentenceRepeatedIsNoArticleCopiedWhole) {
  const auto four_times = [](const std::string& text) { return text + "\n\n" + text + "\n\n" + text + "\n\n" + text; };
  const std::string story = std::string(kFirst) + std::string(kSecond) +
                            "The ferry that had carried schoolchildren since March made its last trip with flags.";
  EXPECT_FALSE(Compare(story, four_times(std::string(kFirst))).wording.copied_whole);
  EXPECT_TRUE(Compare(story, story).wording.copied_whole);
}

TEST(SharedWordingTest, AnInterviewCopiedWholeIsNarration) {
  std::string text = "He spoke of the valley. ";
  for (int i = 0; i < 3; ++i) text += Quoted(std::string(kSpeech) + " number " + std::to_string(i));
  const Pair pair = Compare(text, text);
  EXPECT_TRUE(pair.wording.copied_whole);
  EXPECT_TRUE(pair.IsAll(text, kSpeech, Zone::kBody));
}

TEST(SharedWordingTest, TextThatHardlyNarratesIsWhatThereIsToTake) {
  const std::string interview = "\"" + std::string(kSpeech) + ", " + std::string(kFirst) + "\"";
  const std::string suspect = std::string(kSecond) + std::string(kSecond) + std::string(kSpeech) + ".";
  EXPECT_TRUE(Compare(interview, suspect).IsAll(suspect, kSpeech, Zone::kBody));
}

TEST(SharedWordingTest, ExcludedWordsAreInNoRun) {
  LexiconCache cache(EnglishLexicon());
  const std::string text = std::string(kFirst) + std::string(kSecond);
  const auto begin = static_cast<uint32_t>(text.find("river"));
  const std::vector<ByteSpan> spans = {{begin, begin + 5}};
  const AnalyzedArticle original = Analyze(text, cache), suspect = AnalyzeWithout(text, spans, cache);
  const SharedWording wording = FindSharedWording(AnalyzedPair(original, suspect), nullptr, English());
  ASSERT_EQ(wording.runs.size(), 2u);
  EXPECT_EQ(wording.runs[1].suspect.begin - wording.runs[0].suspect.end, 1u);
  EXPECT_EQ(wording.suspect_zones[wording.runs[0].suspect.end], Zone::kExcluded);
}

TEST(SharedWordingTest, TooLittleThatIsLeftIsNoArticleCopiedWhole) {
  LexiconCache cache(EnglishLexicon());
  const std::string text = std::string(kFirst) + Quoted(kSpeech) + std::string(kSecond);
  const AnalyzedArticle original = Analyze(text, cache);
  const auto is_copied_whole = [&](const std::vector<ByteSpan>& spans) {
    const AnalyzedArticle suspect = AnalyzeWithout(text, spans, cache);
    return FindSharedWording(AnalyzedPair(original, suspect), nullptr, English()).copied_whole;
  };
  EXPECT_TRUE(is_copied_whole({}));
  EXPECT_FALSE(is_copied_whole({{0, static_cast<uint32_t>(text.size() * 2 / 3)}}));
}

TEST(SharedWordingTest, StandingTextIsMarkedWhereItIsShared) {
  const EverythingStands standing;
  const std::string suspect = std::string(kSecond) + std::string(kFirst);
  const Pair pair = Compare(std::string(kFirst) + Quoted(kSpeech), suspect, &standing);
  EXPECT_TRUE(pair.IsAll(suspect, kFirst, Zone::kStandingText));
  EXPECT_TRUE(pair.IsAll(suspect, kSecond, Zone::kBody));
}

TEST(SharedWordingTest, TheFirstPersonWasSaidToBothWhereNeitherNarratesInIt) {
  const std::string testimony = "I went down to the second pier and saw the cracks in the old stone. ";
  std::string suspect;
  for (int day = 1; day <= 9; ++day)
    suspect +=
        "On day " + std::to_string(day) + " lorries crossed the river in the morning and a crowd came to see it. ";
  suspect += testimony;
  EXPECT_TRUE(
      Compare(std::string(kFirst) + Quoted(kSpeech) + testimony, suspect).IsAll(suspect, testimony, Zone::kQuotation));
}

TEST(SharedWordingTest, TheFirstPersonOfTwoNarratorsIsNarration) {
  const std::string memory = "I went down to the second pier and saw the cracks in the old stone. ";
  const std::string original = "I remember that morning well. " + memory + "My father waited for me on the shore.";
  const std::string suspect = "My road was gone. " + memory + "I drove home and told my wife that we were poor now.";
  EXPECT_TRUE(Compare(original, suspect).IsAll(suspect, memory, Zone::kBody));
}

TEST(SharedWordingTest, AStatementMarkedInPartIsOneStatement) {
  const std::string rest = "The piers were built by masons of this town, and the town paid for every stone of them. ";
  const std::string original = std::string(kFirst) + "\"" + std::string(kSpeech) +
                               ". It was a hard winter for the lorries and for all who had to drive them. \" " + rest;
  const std::string statement =
      std::string(kSpeech) + ". It was a hard winter for the lorries and for all who had to drive them. " + rest;
  const std::string suspect = std::string(kSecond) + statement;
  EXPECT_TRUE(Compare(original, suspect).IsAll(suspect, statement, Zone::kQuotation));
  // Where somebody is said to speak, a reporter narrates.
  const std::string told =
      "The mayor said that masons of this town built the piers, and the town paid for all of them. ";
  const std::string other = std::string(kSecond) + std::string(kSpeech) +
                            ". It was a hard winter for the lorries and for all who had to drive them. " + told;
  EXPECT_TRUE(Compare(std::string(kFirst) + "\"" + std::string(kSpeech) +
                          ". It was a hard winter for the lorries and for all who had to drive them. \" " + told,
                      other)
                  .IsAll(other, told, Zone::kBody));
}

TEST(SharedWordingTest, WhatAReportTakesFromAColumnThatItQuotesIsADocument) {
  const std::string column =
      "I have sold lamps in this valley for years, and we were glad of the old road that my father built. " +
      std::string(kSpeech) + ". We will now give one million dollars to the fund for the new piers. " +
      "I ask my neighbors to join our work, and we will thank them.";
  const std::string told = "now give one million dollars to the fund for the new piers";
  const std::string report =
      std::string(kFirst) + std::string(kSecond) + Quoted(kSpeech) + "The shop will " + told + ".";
  EXPECT_TRUE(Compare(column, report).IsAll(report, told, Zone::kDocument));
  // Without marks, it takes.
  const std::string copy = std::string(kFirst) + std::string(kSecond) + "The shop will " + told + ".";
  EXPECT_TRUE(Compare(column, copy).IsAll(copy, told, Zone::kBody));
}

TEST(SharedWordingTest, AnAttributionBetweenSharedQuotationsIsNoNarration) {
  const std::string speech = "\"" + std::string(kSpeech) + ",\" Doe said there. \"" +
                             "It was hard for the lorries and hard for all who had to drive them\"";
  const std::string suspect = std::string(kSecond) + speech;
  EXPECT_TRUE(Compare(std::string(kFirst) + speech, suspect).IsAll(suspect, "Doe said there", Zone::kQuotation));
}

}  // namespace
}  // namespace unspin
