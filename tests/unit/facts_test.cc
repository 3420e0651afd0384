#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "support/sample_articles.h"
#include "unspin/engine/engine.h"

namespace unspin {
namespace {

using ::testing::IsEmpty;

// Sentences that keep a passage together around what is looked at.
constexpr char kBefore[] =
    "The harbour board met in the old customs house to hear the engineers and the pilots of the estuary speak about "
    "the "
    "state of the northern pier. ";
constexpr char kAfter[] =
    " The engineers told the board that the concrete under the northern pier had been eaten away by salt and that no "
    "ship "
    "of any size should moor there before the autumn gales were over.";

class FactsTest : public ::testing::Test {
 protected:
  Report Compare(const std::string& original, const std::string& suspect) {
    Article left, right;
    left.id = "original";
    left.text = original;
    right.id = "suspect";
    right.text = suspect;
    return engine_.Compare(left, right, CheckOptions{}, workspace_);
  }
  // (kind, original) → state, and what stands there now.
  std::map<std::string, std::string> Facts(const std::string& original, const std::string& suspect) {
    std::map<std::string, std::string> facts;
    const Report report = Compare(kBefore + original + kAfter, kBefore + suspect + kAfter);
    for (const Fact& fact : report.findings.at(0).facts) {
      facts[fact.kind + " " + fact.original] = fact.state + (fact.suspect.empty() ? "" : ": " + fact.suspect);
    }
    return facts;
  }
  std::vector<std::string> Notices(const std::string& original, const std::string& suspect) {
    std::vector<std::string> notices;
    for (const Notice& notice : Compare(original, suspect).notices) {
      notices.push_back(notice.kind + " " + notice.state + ": " + notice.original + " > " + notice.suspect);
    }
    return notices;
  }

  const Engine engine_;
  Workspace workspace_{engine_};
};

TEST_F(FactsTest, FactsAreKeptHoweverTheyAreWritten) {
  const auto facts =
      Facts("Inspector Bill Norwood counted 26 cracks and two holes on March 4, costing $48 million.",
            "Inspector Bill Norwood counted twenty-six cracks and 2 holes on March 4, costing $forty-eight million.");
  EXPECT_EQ(facts.at("name Bill Norwood"), "kept: Bill Norwood");
  EXPECT_EQ(facts.at("number 26"), "kept: twenty-six");
  EXPECT_EQ(facts.at("number two"), "kept: 2");
  EXPECT_EQ(facts.at("date March 4"), "kept: March 4");
  EXPECT_THAT(facts.at("number $48 million"), ::testing::StartsWith("kept"));
}

TEST_F(FactsTest, AlteredFactsNameTheirReplacement) {
  const auto facts = Facts("It was last month that the inspector Bill Norwood counted 26 cracks in the wall.",
                           "It was ultimate month that the inspector Invoice Norwood counted 62 cracks in the wall.");
  EXPECT_EQ(facts.at("date last month"), "altered: ultimate month");
  EXPECT_EQ(facts.at("name Bill Norwood"), "altered: Invoice Norwood");
  EXPECT_EQ(facts.at("number 26"), "altered: 62");
}

TEST_F(FactsTest, OnlyAFactThatOccursNowhereIsMissing) {
  const auto facts =
      Facts("The repair will take 17 weeks, said Marta Quill of the board, and Ines Halloran agreed with her.",
            "The repair will take some weeks, said a member of the board, and Ines Halloran agreed with her. The "
            "harbour was once run by Marta Quill.");
  EXPECT_EQ(facts.at("number 17"), "missing");
  EXPECT_EQ(facts.at("name Marta Quill"), "kept: Marta Quill");
  EXPECT_EQ(facts.at("name Ines Halloran"), "kept: Ines Halloran");
}

TEST_F(FactsTest, AQuotationWithOtherWordsIsAltered) {
  const auto facts = Facts("\"Nobody in this town will be left with the bill,\" said the mayor of the port.",
                           "\"Nobody in this town will be left with the invoice,\" said the mayor of the port.");
  EXPECT_EQ(facts.at("quotation Nobody in this town will be left with the bill"),
            "altered: Nobody in this town will be left with the invoice");
}

TEST_F(FactsTest, AnIdenticalArticleKeepsEverything) {
  for (const std::string& story : testing::SampleStories()) {
    const std::string text = testing::ReadSample(story, "original.txt");
    const Report report = Compare(text, text);
    EXPECT_FALSE(report.findings.at(0).facts.empty()) << story;
    for (const Fact& fact : report.findings.at(0).facts)
      EXPECT_EQ(fact.state, "kept") << story << ": " << fact.original;
    EXPECT_FALSE(report.notices.empty()) << story;
    for (const Notice& notice : report.notices) EXPECT_EQ(notice.state, "kept") << story << ": " << notice.original;
  }
}

// The page of a spinner: byline gone, notice reworded. What it does to numbers written out is no damage.
TEST_F(FactsTest, SpunSamplesLoseTheirBylinesAndHaveTheirNoticesReworded) {
  for (const std::string& story : testing::SampleStories()) {
    const Report report = Compare(testing::ReadSample(story, "original.txt"), testing::ReadSample(story, "spun.txt"));
    int copyright = 0;
    for (const Notice& notice : report.notices) {
      if (notice.kind != "copyright" || notice.state == "added") continue;
      ++copyright;
      EXPECT_EQ(notice.state, "altered") << story << ": " << notice.original;
      EXPECT_TRUE(notice.span.has_value());
    }
    EXPECT_EQ(copyright, 1) << story;
    size_t names = 0, kept = 0;
    for (const Fact& fact : report.findings.at(0).facts) {
      names += fact.kind == "name";
      kept += fact.kind == "name" && fact.state == "kept";
    }
    EXPECT_GE(static_cast<double>(kept), 0.85 * static_cast<double>(names)) << story << ": " << kept << " of " << names;
  }
}

TEST_F(FactsTest, NoticesAreComparedByKindWordsAndPosition) {
  const std::string body = std::string(kBefore) + kAfter;
  const std::string notice =
      "Copyright 2023 The Harbour Press. All rights reserved. This material may not be published, "
      "broadcast, rewritten or redistributed.";
  const std::string spun =
      "Copyright 2023 The Harbour Press. All rights reserved. This fabric won't be revealed, "
      "broadcast, rewritten or redistributed.";
  EXPECT_THAT(Notices("By Anna Berg\n\n" + body + "\n\n" + notice, "By Admin Desk\n\n" + body + "\n\n" + spun),
              ::testing::ElementsAre("byline altered: By Anna Berg > By Admin Desk",
                                     "copyright altered: " + notice + " > " + spun));
  EXPECT_THAT(Notices(body + "\n\n" + notice, body), ::testing::ElementsAre("copyright removed: " + notice + " > "));
  EXPECT_THAT(Notices(body, "By Anna Berg\n\n" + body), ::testing::ElementsAre("byline added:  > By Anna Berg"));
}

TEST_F(FactsTest, CreditsAreToldApartByWhatTheyCredit) {
  const std::string body = std::string(kBefore) + kAfter;
  const auto with = [&](const std::string& lines) { return body + "\n\n" + lines; };
  EXPECT_THAT(Notices(with("Photo: Anna Berg/Harbour Press\n\nSource: Tessera News\n\n(Reporting by Marta Quill)"),
                      with("Photo: Desk Archive\n\n(Reporting by Marta Quill)")),
              ::testing::ElementsAre("credit altered: Photo: Anna Berg/Harbour Press > Photo: Desk Archive",
                                     "credit removed: Source: Tessera News > ",
                                     "credit kept: (Reporting by Marta Quill) > (Reporting by Marta Quill)"));
}

TEST_F(FactsTest, AnAgencyNamedInAnotherLineIsNotTheSameNotice) {
  const std::string body = std::string(kBefore) + kAfter;
  const std::string notice = "\n\n© 2023 Harbour Press";
  EXPECT_THAT(Notices("VELMAR (Harbour Press) — " + body, body + notice),
              ::testing::ElementsAre("dateline removed: VELMAR (Harbour Press) > ",
                                     "copyright added:  > © 2023 Harbour Press"));
}

TEST_F(FactsTest, TheSpanOfANoticeIsItsText) {
  const std::string body = std::string(kBefore) + kAfter;
  const std::string original = "By Anna Berg\n\nVELMAR (Harbour Press) — " + body + "\n\n(c) 2023 Harbour Press.";
  const Report report = Compare(original, original);
  ASSERT_EQ(report.notices.size(), 3u);
  for (const Notice& notice : report.notices) {
    ASSERT_TRUE(notice.span.has_value());
    EXPECT_EQ(original.substr(notice.span->begin, notice.span->size()), notice.suspect);
  }
  EXPECT_EQ(report.notices[1].suspect, "VELMAR (Harbour Press)");
  EXPECT_EQ(report.notices[2].suspect, "(c) 2023 Harbour Press.");
}

TEST_F(FactsTest, ANumberOfSeveralWordsIsFoundAnywhere) {
  const auto facts =
      Facts("The repair costs 48 million and lasts for 36 weeks, the engineers of the board said.",
            "The engineers of the board said the repair costs forty-eight million and lasts for 63 weeks.");
  EXPECT_THAT(facts.at("number 48 million"), ::testing::StartsWith("kept"));
  EXPECT_EQ(facts.at("number 36"), "altered: 63");
}

TEST_F(FactsTest, APossessiveIsTheSameName) {
  const auto facts = Facts("It was then that the board saw Tom Norwood and asked for the plans of Ines Halloran.",
                           "It was then that the board saw Tom Norwood's and asked for the plans of Ines Halloran's.");
  EXPECT_THAT(facts.at("name Tom Norwood"), ::testing::StartsWith("kept"));
  EXPECT_THAT(facts.at("name Ines Halloran"), ::testing::StartsWith("kept"));
}

TEST_F(FactsTest, WordsThatAreNoDateDoNotAlterADate) {
  const auto facts = Facts("It was in the castle in 2009 that the pilots of the estuary made their first report.",
                           "It was in the castle in Castle that the pilots of the estuary made their first report.");
  EXPECT_EQ(facts.at("date 2009"), "missing");
}

TEST_F(FactsTest, AnotherFormOfAWordAltersAQuotation) {
  const auto facts = Facts("\"Our lines of communication will be longer,\" said the mayor of the port.",
                           "\"Our lines of communicating will be longer,\" said the mayor of the port.");
  EXPECT_EQ(facts.at("quotation Our lines of communication will be longer"),
            "altered: Our lines of communicating will be longer");
}

TEST_F(FactsTest, WithoutADerivationNoticesAreNotCompared) {
  EXPECT_THAT(
      Notices(testing::ReadSample("rail-strike", "original.txt"), testing::ReadSample("vent-field", "spun.txt")),
      IsEmpty());
}

}  // namespace
}  // namespace unspin
