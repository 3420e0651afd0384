// Forms of news that are filled in twice, and copies that resemble them (form_pairs.jsonl).
#include "unspin/verdict/forms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include "support/english.h"
#include "support/source_folder.h"
#include "unspin/engine/engine.h"
#include "unspin/verdict/judge.h"

namespace unspin {
namespace {

struct FormPair {
  std::string name, original, suspect;
  bool is_form = false;
};

std::vector<FormPair> ReadFormPairs() {
  std::ifstream in(testing::SourceFolder() / "tests" / "unit" / "form_pairs.jsonl");
  std::vector<FormPair> pairs;
  for (std::string line; std::getline(in, line);) {
    const nlohmann::json row = nlohmann::json::parse(line);
    pairs.push_back({row["name"], row["original"], row["suspect"], row["expected"] == "form"});
  }
  return pairs;
}

Article Made(const std::string& text) {
  Article article;
  article.id = "article";
  article.text = text;
  return article;
}

class FormsTest : public ::testing::Test {
 protected:
  Finding Compare(const std::string& original, const std::string& suspect) {
    return engine_.Compare(Made(original), Made(suspect), CheckOptions{}, workspace_).findings.at(0);
  }
  std::optional<FilledForm> Find(const std::string& original, const std::string& suspect) {
    const AnalyzedArticle left = Analyze(original, lexicon_), right = Analyze(suspect, lexicon_);
    return FindFilledForm(ViewPair(left, right, nullptr, lexicon_), lexicon_.lexicon().language());
  }
  static bool SaysForm(const Finding& finding) {
    return !finding.because.empty() && finding.because.front().signal == "form";
  }

  const Engine engine_;
  Workspace workspace_{engine_};
  LexiconCache lexicon_{EnglishLexicon()};
  const std::vector<FormPair> pairs_ = ReadFormPairs();
};

TEST_F(FormsTest, TwoFillingsOfAFormHaveACommonSource) {
  size_t forms = 0;
  for (const FormPair& pair : pairs_) {
    if (!pair.is_form) continue;
    ++forms;
    for (const Finding& finding : {Compare(pair.original, pair.suspect), Compare(pair.suspect, pair.original)}) {
      EXPECT_EQ(finding.verdict, Verdict::kCommonSource) << pair.name << ' ' << Name(finding.verdict);
      EXPECT_TRUE(SaysForm(finding)) << pair.name;
    }
  }
  EXPECT_GE(forms, 10u);
}

TEST_F(FormsTest, CopiesThatWereSpunEditedOrUpdatedAreNamed) {
  size_t copies = 0;
  for (const FormPair& pair : pairs_) {
    if (pair.is_form) continue;
    ++copies;
    const Finding finding = Compare(pair.original, pair.suspect);
    EXPECT_TRUE(NamesDerivation(finding.verdict)) << pair.name << ' ' << Name(finding.verdict);
    EXPECT_FALSE(SaysForm(finding)) << pair.name;
  }
  EXPECT_GE(copies, 10u);
}

TEST_F(FormsTest, TheSameItemIsACopy) {
  for (const FormPair& pair : pairs_) {
    if (!pair.is_form) continue;
    EXPECT_FALSE(Find(pair.original, pair.original)) << pair.name;
    EXPECT_EQ(Compare(pair.original, pair.original).verdict, Verdict::kCopy) << pair.name;
  }
}

TEST_F(FormsTest, EachFillingCountsOnce) {
  const std::string frame =
      "% will start cloudy on Monday with mist that lifts by $ in the morning. The high in % will be # degrees.\n\n"
      "Winds over % may reach @ kilometres an hour in the afternoon, and rain is expected by the evening of the day.";
  const auto fill = [&](std::string place, std::string hour, std::string high, std::string wind) {
    std::string text;
    for (const char c : frame) {
      if (c == '%') {
        text += place;
      } else if (c == '$') {
        text += hour;
      } else if (c == '#') {
        text += high;
      } else if (c == '@') {
        text += wind;
      } else {
        text += c;
      }
    }
    return text;
  };
  const auto form = Find(fill("Holme", "9.30", "19", "35"), fill("Marren", "10.15", "22", "60"));
  ASSERT_TRUE(form);
  EXPECT_EQ(form->differing, 4u) << "a place, an hour, a temperature, a speed";
  EXPECT_EQ(form->fillings, 4u);
  EXPECT_EQ(form->sentences, 3u);
  EXPECT_FALSE(Find(fill("Holme", "9.30", "19", "35"), fill("Marren", "9.30", "19", "35"))) << "one altered name";
}

}  // namespace
}  // namespace unspin
