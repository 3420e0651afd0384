#include "evidence/notice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "evidence/notice_facts.h"
#include "evidence/notice_forms.h"
#include "evidence/notice_template.h"
#include "notice_report.h"
#include "render/visible.h"
#include "support/source_folder.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using unspin::testing::NoticeReport;

constexpr NoticeForm kForms[] = {NoticeForm::kDmca, NoticeForm::kDsa, NoticeForm::kGoogle, NoticeForm::kCloudflare,
                                 NoticeForm::kLetter};

const char* NameOf(NoticeForm form) { return kNoticeForms[static_cast<size_t>(form)]; }

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

size_t Characters(const std::string& text) {
  size_t characters = 0;
  for (size_t at = 0; at < text.size(); ++characters) at += CharacterAt(text, at).bytes.size();
  return characters;
}

FieldValues WordsIn(const std::string& language) {
  return WordsOf(SectionsOf(FormText("common", language)).at("words"));
}

// Every form in every language.
template <typename Check>
void ForAllForms(Check check) {
  for (const NoticeForm form : kForms) {
    for (const std::string language : kNoticeLanguages) {
      SCOPED_TRACE(std::string(NameOf(form)) + "." + language);
      check(form, language);
    }
  }
}

std::string Draft(const Report& report, NoticeForm form, const std::string& language, const std::string& reason = "") {
  const auto draft = DraftNotice(report, {form, language, 0, reason});
  EXPECT_TRUE(draft.ok()) << draft.status();
  return draft.ok() ? *draft : "";
}

// The text to be sent.
std::string NoticeIn(const std::string& draft, const std::string& language) {
  const std::string begin = WordsIn(language).at("begin") + "\n", end = WordsIn(language).at("end") + "\n";
  const size_t from = draft.find(begin) + begin.size();
  return draft.substr(from, draft.find(end) - from);
}

// The lines of a template that may come into a draft, without commands.
std::vector<std::string> TemplateLines(NoticeForm form, const std::string& language, bool with_remarks) {
  const TemplateSections sections = SectionsOf(FormText(NameOf(form), language));
  const TemplateSections shared = SectionsOf(FormText("common", language));
  std::string text = sections.at("notice") + shared.at("facts") + shared.at("passages");
  if (with_remarks) text += sections.at("remarks") + shared.at("warnings");
  std::vector<std::string> lines;
  for (const std::string& line : LinesOf(text)) {
    if (!line.starts_with('@')) lines.push_back(line);
  }
  return lines;
}

// A plain second way to put values into a line: for every entry of every list.
std::set<std::string> Filled(const std::string& line, const NoticeFields& fields, const FieldValues& words) {
  std::vector<FieldValues> entries = {{}};
  for (const auto& [name, list] : fields.lists) {
    if (line.find("{" + name + ".") != std::string::npos) entries = list;
  }
  std::set<std::string> filled;
  for (FieldValues values : entries) {
    values.insert(fields.values.begin(), fields.values.end());
    std::string text;
    const std::regex field(R"(\{([a-z_.]+)(:(\d+))?\})");
    std::sregex_iterator at(line.begin(), line.end(), field), end;
    size_t from = 0;
    for (; at != end; ++at) {
      text += line.substr(from, static_cast<size_t>(at->position()) - from);
      const std::string name = (*at)[1], limit = (*at)[3];
      const std::string value = values.at(name);
      text += value.empty()   ? (words.contains("missing." + name) ? words.at("missing." + name) : "")
              : limit.empty() ? value
                              : Shortened(value, std::stoul(limit));
      from = static_cast<size_t>(at->position() + at->length());
    }
    filled.insert(text + line.substr(from));
  }
  return filled;
}

// --- what the sentences say ---

// Lines that were read one by one, and say no more than the report, or leave the matter to a person. Whoever changes a
// sentence of a template reads it in that light, and changes it there as well.
std::set<std::string> ReviewedLines(const std::string& language) {
  std::ifstream file(unspin::testing::SourceFolder() / "tests" / "unit" / "evidence" / "notice_sentences.txt");
  EXPECT_TRUE(file);
  std::set<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(language + " ")) lines.insert(line.substr(language.size() + 1));
  }
  return lines;
}

// "Title: {original.title}", "{suspect.url}": a label says nothing besides its value.
bool IsLabelledValue(const std::string& line) {
  static const std::regex label(R"(([^.!?{}\[\]]{1,40}: ?)?\{[a-z.]+\})");
  return std::regex_match(line, label);
}

// "Name: [to be filled in: your name]".
bool IsLeftToAPerson(const std::string& line, const std::string& language) {
  const std::string marker = WordsIn(language).at("missing.suspect.url");
  const std::string mark = marker.substr(0, marker.find(':') + 1);
  const size_t at = line.find(mark);
  return at != std::string::npos && line.ends_with(']') && at <= 40 &&
         std::count(line.begin(), line.begin() + static_cast<long>(at), '.') == 0;
}

TEST(NoticeTest, EverySentenceOfATextToBeSentIsReviewed) {
  for (const std::string language : kNoticeLanguages) {
    std::set<std::string> lines;
    for (const NoticeForm form : kForms) {
      for (const std::string& line : TemplateLines(form, language, false)) {
        if (!line.empty() && !IsLabelledValue(line) && !IsLeftToAPerson(line, language)) lines.insert(line);
      }
    }
    EXPECT_EQ(lines, ReviewedLines(language)) << language;
  }
}

TEST(NoticeTest, EveryLineIsATemplateLineWithValuesOfTheReport) {
  for (const char* suspect : {"copy.txt", "spun.txt", "rewritten.txt", "excerpt.txt"}) {
    const Report report = NoticeReport(suspect);
    ForAllForms([&](NoticeForm form, const std::string& language) {
      const FieldValues words = WordsIn(language);
      const bool is_web_form = form == NoticeForm::kGoogle || form == NoticeForm::kCloudflare;
      const NoticeFields fields =
          NoticeFacts(report, 0, words, is_web_form ? ProofLimits{.words = 40, .pairs = 1} : ProofLimits());
      std::set<std::string> allowed = {"", words.at("heading"), words.at("begin"), words.at("end")};
      for (const std::string& line : TemplateLines(form, language, true)) allowed.merge(Filled(line, fields, words));
      for (const std::string& line : LinesOf(Draft(report, form, language)))
        EXPECT_TRUE(allowed.contains(line)) << line;
    });
  }
}

TEST(NoticeTest, AssertsNothingInLaw) {
  // Beginnings of words, by language.
  const std::map<std::string, std::string> words = {
      {"en", "infring|stol|steal|theft|thief|illegal|unlawful|pirat|violat|guilt|crime|copycat"},
      {"de", "verletz|gestohlen|diebstahl|rechtswidrig|illegal|raubkop|straftat|schuld"},
      {"fr", "contref|vol[ée]|illicite|illégal|viol|atteinte|pirat|coupable|délit"},
      {"es", "infrac|infring|robad|robo|ilícit|ilegal|vulner|pirat|culpab|delito"}};
  const Report report = NoticeReport("spun.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::regex conclusion("(^|[^a-zà-ÿ])(" + words.at(language) + ")", std::regex::icase);
    for (const std::string& line : LinesOf(NoticeIn(Draft(report, form, language), language))) {
      if (line.starts_with("[ ] ")) continue;  // a person's statement, in the words of the statute
      EXPECT_FALSE(std::regex_search(line, conclusion)) << line;
    }
  });
}

TEST(NoticeTest, NamesNoProbability) {
  const Report report = NoticeReport("spun.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string draft = Draft(report, form, language);
    EXPECT_EQ(draft, [&] {
      Report other = report;
      other.findings[0].probability = 0.123456;
      other.findings[0].log10_likelihood_ratio = 3.21;
      other.summary.probability = 0.123456;
      other.model = "another";
      other.version = "9.9.9";
      return Draft(other, form, language);
    }()) << "the draft follows a number that stays in the pack";
    for (const char* number : {"0.777", "0,777", "77.7", "77,7", "78%", "78 %", "7.65", "7,65"}) {
      EXPECT_THAT(draft, Not(HasSubstr(number)));
    }
    const std::regex word("probab|likel|wahrschein|vraisembl|verosím", std::regex::icase);
    EXPECT_FALSE(std::regex_search(NoticeIn(draft, language), word));
  });
}

// --- values follow the report ---

struct Change {
  const char* field;
  std::function<void(Report&)> apply;
};

const std::vector<Change>& Changes() {
  static const std::vector<Change> changes = {
      {"original.title", [](Report& report) { report.findings[0].original.title = "Another title"; }},
      {"original.url", [](Report& report) { report.findings[0].original.url = "https://other.example/1"; }},
      {"original.published", [](Report& report) { report.findings[0].original.published = "2025-01-02"; }},
      {"suspect.title", [](Report& report) { report.suspect.title = "Another page"; }},
      {"suspect.url", [](Report& report) { report.suspect.url = "https://other.example/2"; }},
      {"suspect.published", [](Report& report) { report.suspect.published = "2025-03-04"; }},
      {"suspect.fetched", [](Report& report) { report.suspect.fetched = "2025-05-06"; }},
      {"share", [](Report& report) { report.findings[0].coverage.original = 0.17; }},
      {"passages", [](Report& report) { report.findings[0].passages.emplace_back(); }},
      {"longest_run", [](Report& report) { report.findings[0].longest_verbatim_run = 19; }},
      {"words.same", [](Report& report) { report.findings[0].words.kept = 2222; }},
      {"words.changed", [](Report& report) { report.findings[0].words.synonym = 3333; }},
  };
  return changes;
}

// Whether the text to be sent names a field.
bool NamesField(NoticeForm form, const std::string& language, const std::string& field) {
  std::string text = SectionsOf(FormText(NameOf(form), language)).at("notice");
  if (text.find("@include facts\n") != std::string::npos) text += SectionsOf(FormText("common", language)).at("facts");
  return text.find("{" + field + "}") != std::string::npos || text.find("{" + field + ":") != std::string::npos;
}

TEST(NoticeTest, EveryValueFollowsItsFieldAndNoOther) {
  const Report report = NoticeReport("spun.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const NoticeFields before = NoticeFacts(report, 0, WordsIn(language), {});
    const std::vector<std::string> lines = LinesOf(Draft(report, form, language));
    for (const Change& change : Changes()) {
      SCOPED_TRACE(change.field);
      Report changed = report;
      change.apply(changed);
      const std::string old_value = before.values.at(change.field);
      const std::string value = NoticeFacts(changed, 0, WordsIn(language), {}).values.at(change.field);
      ASSERT_NE(value, old_value);
      const std::vector<std::string> after = LinesOf(Draft(changed, form, language));
      ASSERT_EQ(after.size(), lines.size());
      size_t changes = 0;
      for (size_t i = 0; i < lines.size(); ++i) {
        if (after[i] == lines[i]) continue;
        ++changes;
        EXPECT_THAT(lines[i], HasSubstr(old_value));
        EXPECT_THAT(after[i], HasSubstr(value));
      }
      EXPECT_EQ(changes > 0, NamesField(form, language, change.field));
    }
  });
}

TEST(NoticeTest, WhatTheReportDoesNotKnowIsLeftToAPerson) {
  Report report = NoticeReport("spun.txt");
  ArticleCard& original = report.findings[0].original;
  for (std::string* text : {&original.title, &original.url, &original.published, &report.suspect.title,
                            &report.suspect.url, &report.suspect.published, &report.suspect.fetched}) {
    text->clear();
  }
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string notice = NoticeIn(Draft(report, form, language), language);
    const FieldValues words = WordsIn(language);
    for (const char* field :
         {"original.title", "original.url", "original.published", "suspect.url", "suspect.published"}) {
      EXPECT_THAT(notice, HasSubstr(words.at(std::string("missing.") + field)));
    }
  });
}

TEST(NoticeTest, SaysWhichTextIsEarlierAsTheDatesDo) {
  Report report = NoticeReport("spun.txt");
  const auto drafted = [&](Direction direction) {
    report.findings[0].direction = direction;
    return NoticeIn(Draft(report, NoticeForm::kDmca, "en", "the editor knows it"), "en");
  };
  EXPECT_THAT(drafted(Direction::kFromOriginal), HasSubstr("the original is the earlier text"));
  EXPECT_THAT(drafted(Direction::kToOriginal), HasSubstr("the page is the earlier text"));
  EXPECT_THAT(drafted(Direction::kToOriginal), Not(HasSubstr("the original is the earlier text")));
  EXPECT_THAT(drafted(Direction::kUnknown), HasSubstr("do not tell which text is the earlier one"));
}

TEST(NoticeTest, PointsOutAlteredNoticesWhereTheReportHasThem) {
  Report report = NoticeReport("spun.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    EXPECT_THAT(Draft(report, form, language), HasSubstr("17 U.S.C. 1202"));
    Report without = report;
    for (Notice& notice : without.notices) notice.state = "kept";
    EXPECT_THAT(Draft(without, form, language), Not(HasSubstr("17 U.S.C. 1202")));
  });
  const std::string notice = NoticeIn(Draft(report, NoticeForm::kDmca, "en"), "en");
  EXPECT_THAT(notice, HasSubstr("- copyright notice of the original: removed on the page\n  original: “© 2026 Harbour "
                                "Post”\n- byline of the original: altered on the page\n  original: “By Ana Reader”\n  "
                                "page: “By Staff”\n"));
  EXPECT_THAT(notice, Not(HasSubstr("1202"))) << "a claim of its own, for a lawyer";
}

TEST(NoticeTest, SaysWhereTheTextOfANoticeWasLeftOut) {
  Report report = NoticeReport("spun.txt");
  for (int word = 0; word < 100; ++word) report.notices[0].original += " word";
  const std::map<std::string, std::string> said = {{"en", "text left out here; see the report"},
                                                   {"de", "Text hier ausgelassen; siehe den Bericht"},
                                                   {"fr", "texte omis ici ; voir le rapport"},
                                                   {"es", "texto omitido aquí; véase el informe"}};
  for (const std::string language : kNoticeLanguages) {
    EXPECT_THAT(NoticeIn(Draft(report, NoticeForm::kDmca, language), language), HasSubstr(said.at(language)));
    EXPECT_THAT(Draft(NoticeReport("spun.txt"), NoticeForm::kDmca, language), Not(HasSubstr(said.at(language))));
  }
}

TEST(NoticeTest, TheLicenceIsRemarkedAboveTheText) {
  Report report = NoticeReport("spun.txt");
  const auto remarks = [&] {
    const std::string draft = Draft(report, NoticeForm::kDmca, "en");
    EXPECT_THAT(NoticeIn(draft, "en"), Not(HasSubstr("icence")));
    return draft.substr(0, draft.find(WordsIn("en").at("begin")));
  };
  EXPECT_THAT(remarks(), HasSubstr("- Licence: no table of licences was consulted.\n"));
  report.findings[0].licence = Licence{"unknown", "", {}, "licence unknown: no rule names the site"};
  EXPECT_THAT(remarks(), HasSubstr("- Licence: the table of licences has no rule for this site.\n"));
  EXPECT_THAT(remarks(), Not(HasSubstr("no table")));
  report.findings[0].licence = Licence{"unlicensed", "a rule", {}, "not licensed: the licence ended on 2026-01-31"};
  EXPECT_THAT(remarks(), HasSubstr("- Licence, as the table says: not licensed: the licence ended on 2026-01-31. Rule: "
                                   "a rule.\n"));
  EXPECT_THAT(remarks(), HasSubstr("Dates are as the pages or the archive state them"));
}

TEST(NoticeTest, NoTextAsksToRemoveTheOriginal) {
  Report report = NoticeReport("spun.txt");
  report.suspect.url = report.findings[0].original.url;
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string draft = Draft(report, form, language), notice = NoticeIn(draft, language);
    EXPECT_THAT(notice, HasSubstr(WordsIn(language).at("missing.suspect.url")));
    EXPECT_EQ(notice.find(report.suspect.url), notice.rfind(report.suspect.url)) << "only as that of the original";
    EXPECT_THAT(draft.substr(0, draft.find(notice)), HasSubstr(report.suspect.url)) << "a remark names it";
  });
}

// --- what is left to a person ---

TEST(NoticeTest, NothingIsSignedOrConfirmed) {
  const Report report = NoticeReport("copy.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string draft = Draft(report, form, language), notice = NoticeIn(draft, language);
    EXPECT_EQ(std::regex_search(draft, std::regex(R"(\[[xX✓✔]\])")), false);
    bool is_signed = false, has_place = false;
    const std::vector<std::string> lines = LinesOf(notice);
    for (size_t i = 0; i < lines.size(); ++i) {
      if (!std::regex_search(lines[i], std::regex(R"(^(## |\(i\) )?(Signature|Unterschrift|Firma)\b)"))) continue;
      const std::string& value = lines[i].starts_with("## ") ? lines.at(i + 1) : lines[i];
      has_place = true;
      if (!IsLeftToAPerson(value, language)) is_signed = true;
    }
    EXPECT_FALSE(is_signed);
    EXPECT_TRUE(has_place || form == NoticeForm::kDsa) << "Article 16 asks for no signature";
  });
}

TEST(NoticeTest, TheElementsOfTheStatuteAreThere) {
  const Report report = NoticeReport("copy.txt");
  // The claim itself is the person's.
  const std::map<std::string, std::string> claim = {{"en", "\n[ ] I claim "},
                                                    {"de", "\n[ ] Ich mache geltend"},
                                                    {"fr", "\n[ ] Je soutiens "},
                                                    {"es", "\n[ ] Sostengo "}};
  for (const std::string language : kNoticeLanguages) {
    for (const NoticeForm form : {NoticeForm::kDmca, NoticeForm::kGoogle, NoticeForm::kCloudflare})
      EXPECT_THAT(NoticeIn(Draft(report, form, language), language), HasSubstr(claim.at(language)));
    const std::string dmca = NoticeIn(Draft(report, NoticeForm::kDmca, language), language);
    for (const char* element : {"(i) ", "(ii) ", "(iii) ", "(iv) ", "[ ] (v) ", "[ ] (vi) "}) {
      EXPECT_THAT(dmca, HasSubstr(std::string("\n") + element)) << language;
    }
    const std::string dsa = NoticeIn(Draft(report, NoticeForm::kDsa, language), language);
    for (const std::string element : {"a) ", "b) ", "c) ", "d) "}) {
      EXPECT_THAT(dsa, HasSubstr((language == "en" ? "\n(" : "\n") + element)) << language;
    }
  }
}

TEST(NoticeTest, RemarksWarn) {
  const std::map<std::string, std::vector<std::string>> warnings = {
      {"en", {"No lawyer has read", "fair use first", "right to quote", "licence"}},
      {"de", {"Kein Jurist", "fair use", "Zitatrecht", "Lizenz", "kein deutschsprachiger Jurist"}},
      {"fr", {"Aucun juriste", "fair use", "droit de citation", "licence", "aucun juriste francophone"}},
      {"es", {"Ningún jurista", "fair use", "derecho de cita", "licencia", "ningún jurista hispanohablante"}}};
  const std::map<NoticeForm, std::vector<std::string>> of_form = {
      {NoticeForm::kDmca, {"17 U.S.C. 512(c)(3)(A)", "dmca.copyright.gov", "512(g)(2)", "512(d)(3)", "512(c)(1)(C)"}},
      {NoticeForm::kDsa, {"2022/2065", "2019/790"}},
      {NoticeForm::kGoogle, {"17 U.S.C. 512(d)(3)", "lumendatabase.org", "512(g)"}},
      {NoticeForm::kCloudflare, {"17 U.S.C. 512(c)(3)(A)", "abuse.cloudflare.com"}},
      {NoticeForm::kLetter, {"41.25(2)", "41.25(3)", "notice and notice"}}};
  const std::map<std::string, std::vector<std::string>> of_dsa = {
      {"en", {"Article 16(3)", "Article 19", "Article 22", "Article 23(2)", "Article 15(4)"}},
      {"de", {"Artikel 16 Absatz 3", "Artikel 19", "Artikel 22", "Artikel 23 Absatz 2", "Artikel 15 Absatz 4"}},
      {"fr", {"article 16, paragraphe 3", "article 19", "article 22", "article 23, paragraphe 2", "article 15, parag"}},
      {"es",
       {"artículo 16, apartado 3", "artículo 19", "artículo 22", "artículo 23, apartado 2", "artículo 15, apar"}}};
  const Report report = NoticeReport("copy.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string draft = Draft(report, form, language);
    const std::string remarks = draft.substr(0, draft.find(WordsIn(language).at("begin")));
    for (const char* text : {"2026-11-30", "512(f)", "Lenz v. Universal", "2001/29", "10bis(1)", "30(2)"})
      EXPECT_THAT(remarks, HasSubstr(text));
    if (form == NoticeForm::kDsa) {
      for (const std::string& text : of_dsa.at(language)) EXPECT_THAT(remarks, HasSubstr(text));
    }
    EXPECT_FALSE(std::regex_search(remarks, std::regex(": (not checked|nicht geprüft|non vérifié|no comprobado)")));
    for (const std::string& text : warnings.at(language)) EXPECT_THAT(remarks, HasSubstr(text));
    for (const std::string& text : of_form.at(form)) EXPECT_THAT(remarks, HasSubstr(text));
    if (form == NoticeForm::kGoogle) {
      EXPECT_TRUE(std::regex_search(remarks, std::regex("NOT SEEN|NICHT GESEHEN|N'A PAS VU|NO HA VISTO")));
    }
  });
}

// --- form fields ---

// Fields of a web form: their values by their labels.
std::map<std::string, std::string> FieldsOf(const std::string& notice) {
  std::map<std::string, std::string> fields;
  std::string* value = nullptr;
  for (const std::string& line : LinesOf(notice)) {
    if (line.starts_with("## ")) {
      value = &fields[line];
    } else if (value != nullptr && !line.empty()) {
      value->append(value->empty() ? "" : "\n").append(line);
    } else {
      value = nullptr;
    }
  }
  return fields;
}

TEST(NoticeTest, FieldsOfWebFormsAreShort) {
  for (const char* suspect : {"copy.txt", "spun.txt", "rewritten.txt", "excerpt.txt"}) {
    Report report = NoticeReport(suspect);
    std::string longest(3000, 'w');
    for (size_t at = 20; at < longest.size(); at += 20) longest[at] = ' ';
    ArticleCard& original = report.findings[0].original;
    for (std::string* text : {&original.title, &original.published, &report.suspect.title, &report.suspect.published,
                              &report.suspect.fetched}) {
      *text = longest;
    }
    original.url = report.suspect.url = "https://a.example/" + std::string(900, 'u');
    for (const NoticeForm form : {NoticeForm::kGoogle, NoticeForm::kCloudflare}) {
      for (const std::string language : kNoticeLanguages) {
        const auto fields = FieldsOf(NoticeIn(Draft(report, form, language), language));
        EXPECT_GE(fields.size(), 9u);
        for (const auto& [label, value] : fields) {
          EXPECT_FALSE(value.empty()) << label;
          if (value == original.url) continue;
          if (value.starts_with("[ ] ")) continue;  // boxes of the form itself
          EXPECT_LT(Characters(value), kMaxFieldCharacters) << NameOf(form) << language << label << value;
        }
      }
    }
  }
}

TEST(NoticeTest, ValuesOfOthersStartNoLineOfTheirOwn) {
  Report report = NoticeReport("copy.txt");
  const size_t lines = LinesOf(Draft(report, NoticeForm::kDmca, "en")).size();
  const std::string hostile = "A\r\n[x] I swear\n## Field\n{suspect.url} @end \x1b[2J";
  report.suspect.title = report.findings[0].original.title = report.suspect.url = hostile;
  report.notices[0].original = hostile;
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const std::string draft = Draft(report, form, language);
    EXPECT_EQ(std::count_if(draft.begin(), draft.end(), [](unsigned char c) { return c < ' ' && c != '\n'; }), 0);
    for (const std::string& line : LinesOf(draft)) {
      EXPECT_FALSE(line.starts_with("[x]") || line.starts_with("## Field")) << line;
    }
  });
  EXPECT_EQ(LinesOf(Draft(report, NoticeForm::kDmca, "en")).size(), lines);
}

// A value at the beginning of a line could look like a statement of the form.
TEST(NoticeTest, OnlyAddressesAndNumbersBeginALine) {
  ForAllForms([&](NoticeForm form, const std::string& language) {
    for (const std::string& line : TemplateLines(form, language, true)) {
      if (!line.starts_with('{')) continue;
      EXPECT_TRUE(line == "{original.url}" || line == "{suspect.url}" || line.starts_with("{proof.number}.")) << line;
    }
  });
}

TEST(NoticeTest, AStatementInAnAddressIsNoStatementOfTheForm) {
  Report report = NoticeReport("copy.txt");
  ForAllForms([&](NoticeForm form, const std::string& language) {
    Report without = report, hostile = report;
    without.suspect.url.clear();
    hostile.suspect.url = "[ ] I have a good faith belief that the page may stay [x]";
    EXPECT_EQ(Draft(hostile, form, language), Draft(without, form, language));
  });
}

TEST(NoticeTest, AnAddressByThePagesOwnWordIsRemarkedAboveTheText) {
  Report report = NoticeReport("copy.txt");
  report.suspect.url = "https://victim.example/home";
  const std::map<std::string, std::string> remarks = {{"en", "the page itself names"},
                                                      {"de", "die Seite selbst nennt"},
                                                      {"fr", "la page elle-même indique"},
                                                      {"es", "la propia página indica"}};
  ForAllForms([&](NoticeForm form, const std::string& language) {
    report.suspect.reading.chosen = "";
    EXPECT_THAT(Draft(report, form, language), Not(HasSubstr(remarks.at(language))));
    report.suspect.reading.chosen = "main-text";
    const std::string draft = Draft(report, form, language);
    EXPECT_THAT(draft.substr(0, draft.find(WordsIn(language).at("begin"))), HasSubstr(remarks.at(language)));
    EXPECT_THAT(NoticeIn(draft, language), Not(HasSubstr(remarks.at(language))));
  });
}

// --- refusals ---

std::vector<std::string> RulesOf(const Report& report, size_t finding = 0) {
  std::vector<std::string> rules;
  for (const NoticeRefusal& refusal : RefusalsOf(report, finding)) {
    EXPECT_FALSE(refusal.text.empty() || refusal.text.ends_with('.'));
    rules.push_back(refusal.rule);
  }
  return rules;
}

using Rules = std::vector<std::string>;

TEST(NoticeTest, FindingsThatShowAUseAreNotRefused) {
  Report report = NoticeReport("spun.txt");
  for (const Verdict verdict :
       {Verdict::kCopy, Verdict::kEdited, Verdict::kSpun, Verdict::kRewritten, Verdict::kExcerpt}) {
    report.findings[0].verdict = verdict;
    EXPECT_EQ(RulesOf(report), Rules{});
  }
}

TEST(NoticeTest, WeakerFindingsAreRefused) {
  Report report = NoticeReport("spun.txt");
  for (const Verdict verdict : {Verdict::kIndependent, Verdict::kUnrelated, Verdict::kInsufficient}) {
    report.findings[0].verdict = verdict;
    EXPECT_EQ(RulesOf(report), Rules{"below-excerpt"});
  }
}

TEST(NoticeTest, ACommonSourceIsRefused) {
  Report report = NoticeReport("spun.txt");
  report.findings[0].verdict = Verdict::kCommonSource;
  EXPECT_EQ(RulesOf(report), Rules{"common-source"});
}

TEST(NoticeTest, AnotherDirectionIsRefused) {
  Report report = NoticeReport("spun.txt");
  for (const Direction direction : {Direction::kToOriginal, Direction::kUnknown}) {
    report.findings[0].direction = direction;
    EXPECT_EQ(RulesOf(report), Rules{"direction"});
  }
}

TEST(NoticeTest, ALicensedUseIsRefused) {
  Report report = NoticeReport("spun.txt");
  for (const char* state : {"licensed", "own-site", "fair-dealing"}) {
    report.findings[0].licence = Licence{state, "wire of 2026", {}, "licensed, but the credit was removed"};
    EXPECT_EQ(RulesOf(report), Rules{"licensed"});
    EXPECT_THAT(RefusalsOf(report, 0)[0].text, HasSubstr(state));
    EXPECT_THAT(RefusalsOf(report, 0)[0].text, HasSubstr("wire of 2026"));
    EXPECT_THAT(RefusalsOf(report, 0)[0].text, HasSubstr("the credit was removed"));
  }
  for (const char* state : {"unlicensed", "unknown"}) {
    report.findings[0].licence = Licence{state, "", {}, state};
    EXPECT_EQ(RulesOf(report), Rules{});
  }
}

TEST(NoticeTest, AMissingFindingIsRefused) {
  Report report = NoticeReport("spun.txt");
  EXPECT_EQ(RulesOf(report, 1), Rules{"no-finding"});
  report.findings.clear();
  EXPECT_EQ(RulesOf(report), Rules{"no-finding"});
  report = NoticeReport("spun.txt");
  report.error = "too short";
  EXPECT_EQ(RulesOf(report), Rules{"no-finding"});
  for (const std::string reason : {"", "because"}) {
    EXPECT_TRUE(absl::IsFailedPrecondition(DraftNotice(report, {NoticeForm::kDmca, "en", 0, reason}).status()));
  }
}

Report RefusedByAll() {
  Report report = NoticeReport("spun.txt");
  report.findings[0].verdict = Verdict::kCommonSource;
  report.findings[0].direction = Direction::kUnknown;
  report.findings[0].licence = Licence{"licensed", "wire of 2026", {}, "licensed"};
  return report;
}

TEST(NoticeTest, ARefusedDraftNamesEveryRule) {
  for (const std::string reason : {"", " \t\n"}) {
    const auto draft = DraftNotice(RefusedByAll(), {NoticeForm::kDmca, "en", 0, reason});
    ASSERT_TRUE(absl::IsFailedPrecondition(draft.status()));
    for (const char* rule : {"common-source", "direction", "licensed"})
      EXPECT_THAT(std::string(draft.status().message()), HasSubstr(rule));
  }
}

TEST(NoticeTest, AnOverriddenDraftSaysSoAboveTheTextToBeSent) {
  ForAllForms([&](NoticeForm form, const std::string& language) {
    const Report report = RefusedByAll();
    const std::string draft = Draft(report, form, language, "the licence ended,\nsee letter 12");
    const FieldValues words = WordsIn(language);
    EXPECT_TRUE(draft.starts_with(words.at("overridden")));
    const std::string remarks = draft.substr(0, draft.find(words.at("heading")));
    for (const char* rule : {"common-source", "direction", "licensed"})
      EXPECT_THAT(remarks, HasSubstr(std::string(rule) + ": " + words.at(std::string("rule.") + rule)));
    EXPECT_THAT(remarks, HasSubstr("the licence ended, see letter 12"));
    EXPECT_THAT(NoticeIn(draft, language), Not(HasSubstr("letter 12")));
    Report plain = report;
    plain.findings[0].verdict = Verdict::kSpun;
    plain.findings[0].licence.reset();
    EXPECT_EQ(NoticeIn(draft, language), NoticeIn(Draft(plain, form, language, "x"), language));
  });
}

TEST(NoticeTest, WhatElseIsRefusedIsOverriddenLikewise) {
  NoticeOptions options;
  options.also_refused = {{"decision", "the case was decided as tolerate: small"}};
  const auto refused = DraftNotice(NoticeReport("spun.txt"), options);
  ASSERT_TRUE(absl::IsFailedPrecondition(refused.status()));
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("decided as tolerate: small (decision)"));
  options.override_reason = "it grew";
  for (const std::string language : kNoticeLanguages) {
    options.language = language;
    const auto draft = DraftNotice(NoticeReport("spun.txt"), options);
    ASSERT_TRUE(draft.ok()) << draft.status();
    EXPECT_THAT(*draft, HasSubstr("decision: " + WordsIn(language).at("rule.decision")));
  }
}

TEST(NoticeTest, AReasonWithoutARefusalChangesNothing) {
  const Report report = NoticeReport("spun.txt");
  EXPECT_EQ(Draft(report, NoticeForm::kDsa, "de", "no need"), Draft(report, NoticeForm::kDsa, "de"));
}

TEST(NoticeTest, OtherLanguagesAreRefused) {
  for (const std::string language : {"", "it", "EN", "../en"}) {
    NoticeOptions options;
    options.language = language;
    EXPECT_TRUE(absl::IsInvalidArgument(DraftNotice(NoticeReport("spun.txt"), options).status())) << language;
  }
}

TEST(NoticeTest, AReportWithoutTextsIsRefused) {
  Report report = NoticeReport("spun.txt");
  report.suspect.text.clear();
  EXPECT_TRUE(absl::IsInvalidArgument(DraftNotice(report, {}).status()));
}

}  // namespace
}  // namespace unspin::evidence
