// Engine::Compare on texts that are no ordinary news stories: other languages, lists, live blogs, very short and long
// ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "support/sample_articles.h"
#include "unspin/engine/engine.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

class EngineCompareTest : public ::testing::Test {
 protected:
  Finding Compare(const std::string& original, const std::string& suspect) {
    Article left, right;
    left.id = "original";
    left.text = original;
    right.id = "suspect";
    right.text = suspect;
    return engine_.Compare(left, right, CheckOptions{}, workspace_).findings.at(0);
  }
  static bool Says(const Finding& finding, std::string_view signal) {
    return std::any_of(finding.because.begin(), finding.because.end(),
                       [&](const Reason& reason) { return reason.signal == signal; });
  }
  static std::string Exchange(std::string text, const std::vector<std::pair<std::string, std::string>>& words) {
    for (const auto& [from, to] : words) {
      for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    }
    return text;
  }

  const Engine engine_;
  Workspace workspace_{engine_};
};

constexpr char kGerman[] =
    "Der Stadtrat von Kelheim hat am Dienstag beschlossen, die alte Drehbrücke für zwei Jahre zu sperren. Gutachter "
    "hatten "
    "in drei der neun Pfeiler Risse gefunden, die bis in den Fels reichen. Die Sanierung soll 41 Millionen Euro "
    "kosten, von "
    "denen das Land die Hälfte trägt. Der Bürgermeister sprach von einer bitteren, aber notwendigen Entscheidung. Die "
    "Händler der Altstadt fürchten um ihr Geschäft, denn der Umweg über die nördliche Talstraße ist zwölf Kilometer "
    "lang.";
constexpr char kOtherGerman[] =
    "Auf dem Wochenmarkt von Lindau wurden im Frühjahr so viele Erdbeeren verkauft wie seit Jahrzehnten nicht mehr. "
    "Bauern "
    "aus dem Umland führen das auf den milden Winter zurück und auf Bienenvölker, die sie gemeinsam angeschafft haben. "
    "Für den "
    "Sommer rechnen sie mit sinkenden Preisen. Eine Genossenschaft will deshalb eine eigene Marmeladenküche eröffnen "
    "und "
    "sucht dafür Räume in der Nähe des Hafens, möglichst mit Kühlkeller und einem Hof für die Lieferwagen.";
constexpr char kRussian[] =
    "Городской совет Кельна во вторник решил закрыть старый поворотный мост на два года. Эксперты нашли трещины в трёх "
    "из "
    "девяти опор, которые доходят до скалы. Ремонт обойдётся в сорок один миллион, половину заплатит земля. Мэр назвал "
    "решение горьким, но необходимым. Торговцы старого города опасаются за свои дела, потому что объезд по северной "
    "дороге "
    "составляет двенадцать километров. Паром должен до осени перевозить хотя бы пешеходов и велосипедистов.";

TEST_F(EngineCompareTest, ACopyInAnotherLanguageIsFoundWithAWarning) {
  const Finding german = Compare(kGerman, Exchange(kGerman, {{"bitteren", "schweren"}, {"Händler", "Kaufleute"}}));
  EXPECT_TRUE(german.verdict == Verdict::kCopy || german.verdict == Verdict::kEdited) << Name(german.verdict);
  EXPECT_TRUE(Says(german, "language"));
  const Finding russian = Compare(kRussian, Exchange(kRussian, {{"горьким", "тяжёлым"}}));
  EXPECT_TRUE(russian.verdict == Verdict::kCopy || russian.verdict == Verdict::kEdited) << Name(russian.verdict);
  EXPECT_TRUE(Says(russian, "language"));
}

TEST_F(EngineCompareTest, TwoStoriesInAnotherLanguageAreNotDerived) {
  const Finding finding = Compare(kGerman, kOtherGerman);
  EXPECT_GE(finding.verdict, Verdict::kIndependent) << Name(finding.verdict) << ' ' << finding.log10_likelihood_ratio;
  EXPECT_TRUE(Says(finding, "language"));
}

TEST_F(EngineCompareTest, EnglishNeedsNoWarning) {
  for (const std::string& story : testing::SampleStories()) {
    const std::string text = testing::ReadSample(story, "original.txt");
    EXPECT_FALSE(Says(Compare(text, text), "language")) << story;
  }
}

TEST_F(EngineCompareTest, AListIsNotDerivedFromAnotherListOfItsKind) {
  const std::string results =
      "Results of Saturday's matches:\n\n- Alder Rovers 2, Port Calder 1\n- Saint Maren 0, Kelling United 0\n- Brisa "
      "Athletic 3, Tessera 2\n- Norte 1, Harbour Town 4\n- Lantern City 2, Ostara 2\n- Calder Bay 5, Piraeus 1\n- "
      "Saltmarsh 0, Aldermoor 1\n- Candlegate 2, Sorrel 0";
  const std::string later =
      "Results of Sunday's matches:\n\n- Elm Wanderers 1, Fort Daley 1\n- Saint Orrin 2, Kestrel United 3\n- Vista "
      "Athletic 0, Mosaic 1\n- Sur 2, Mill Town 0\n- Beacon City 1, Equinox 4\n- Daley Bay 0, Corinth 0\n- "
      "Freshwater 3, Oakmoor 1\n- Torchgate 1, Clover 2";
  EXPECT_GE(Compare(results, later).verdict, Verdict::kCommonSource);
  EXPECT_LE(Compare(results, results).verdict, Verdict::kExcerpt);
}

// A live blog is the same entries in another order, newest first.
TEST_F(EngineCompareTest, AReversedLiveBlogIsDerived) {
  const std::string story = testing::ReadSample("rail-strike", "original.txt");
  std::vector<std::string> entries;
  for (size_t at = 0; at < story.size();) {
    const size_t end = std::min(story.find("\n\n", at), story.size());
    entries.push_back(story.substr(at, end - at));
    at = end + 2;
  }
  std::string blog;
  int minute = 59;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    blog += "14:" + std::to_string(minute--) + "\n\n" + *entry + "\n\n";
  }
  const Finding finding = Compare(story, blog);
  EXPECT_TRUE(NamesDerivation(finding.verdict)) << Name(finding.verdict) << ' ' << finding.log10_likelihood_ratio;
}

TEST_F(EngineCompareTest, AHundredThousandWordsAreCompared) {
  std::string original, suspect;
  int number = 1000;
  while (original.size() < 600'000) {
    for (const std::string& story : testing::SampleStories()) {
      // Numbers of its own keep each stretch apart from its repetitions.
      const std::string head = "Report " + std::to_string(++number) + " of the series. ";
      original += head + testing::ReadSample(story, "original.txt") + "\n\n";
      suspect += head + testing::ReadSample(story, "edited.txt") + "\n\n";
    }
  }
  const Finding finding = Compare(original, suspect);
  EXPECT_TRUE(NamesDerivation(finding.verdict)) << Name(finding.verdict);
  EXPECT_GT(finding.coverage.suspect, 0.8);
  EXPECT_LT(finding.rewrite, 0.4);
}

TEST_F(EngineCompareTest, AFewWordsAreInsufficient) {
  const Finding finding = Compare("The bridge is closed until Friday.", "The bridge is closed until Friday.");
  EXPECT_EQ(finding.verdict, Verdict::kInsufficient);
  EXPECT_EQ(finding.because.at(0).signal, "counted-words");
}

}  // namespace
}  // namespace unspin
