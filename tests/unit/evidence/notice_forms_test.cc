#include "evidence/notice_forms.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>

#include "evidence/notice.h"
#include "evidence/notice_template.h"
#include "support/source_folder.h"

namespace unspin::evidence {
namespace {

std::set<std::string> KeysOf(const FieldValues& values) {
  std::set<std::string> keys;
  for (const auto& [key, value] : values) keys.insert(key);
  return keys;
}

// The fields that a text names, with their commands: "{share}", "@if later".
std::multiset<std::string> NamedIn(std::string_view text) {
  std::multiset<std::string> names;
  for (size_t at = text.find_first_of("{@"); at != std::string_view::npos; at = text.find_first_of("{@", at + 1)) {
    const size_t end = text.find_first_of(text[at] == '{' ? "}:" : "\n", at);
    names.emplace(text.substr(at, end - at));
  }
  return names;
}

TEST(NoticeFormsTest, EveryFileOfTheFolderIsAFormInALanguage) {
  size_t files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(unspin::testing::SourceFolder() / "tools" / "evidence" / "forms"))
    files += entry.path().extension() == ".txt" ? 1 : 0;
  EXPECT_EQ(files, (kNoticeForms.size() + 1) * kNoticeLanguages.size());
  for (const std::string language : kNoticeLanguages) {
    EXPECT_FALSE(FormText("common", language).empty());
    for (const std::string form : kNoticeForms) EXPECT_FALSE(FormText(form, language).empty()) << form << language;
  }
  EXPECT_TRUE(FormText("dmca", "xx").empty());
  EXPECT_TRUE(FormText("nothing", "en").empty());
}

TEST(NoticeFormsTest, LanguagesHaveTheSameWords) {
  const auto keys = [](const std::string& language) {
    return KeysOf(WordsOf(SectionsOf(FormText("common", language)).at("words")));
  };
  for (const std::string language : kNoticeLanguages) EXPECT_EQ(keys(language), keys("en")) << language;
}

TEST(NoticeFormsTest, LanguagesNameTheSameFieldsInTheSameSections) {
  for (const std::string form : {"common", "dmca", "dsa", "google", "cloudflare", "letter"}) {
    const TemplateSections english = SectionsOf(FormText(form, "en"));
    for (const std::string language : kNoticeLanguages) {
      const TemplateSections other = SectionsOf(FormText(form, language));
      ASSERT_EQ(KeysOf(other), KeysOf(english)) << form << language;
      for (const auto& [name, text] : english)
        EXPECT_EQ(NamedIn(other.at(name)), NamedIn(text)) << form << language << name;
    }
  }
}

// Statements and places to be filled in are the person's part: none may get lost in a translation.
TEST(NoticeFormsTest, LanguagesLeaveTheSamePartsToAPerson) {
  const std::map<std::string, std::string> marks = {{"en", "[to be filled in: "},
                                                    {"de", "[bitte ausfüllen: "},
                                                    {"fr", "[à compléter : "},
                                                    {"es", "[por completar: "}};
  const auto count = [](std::string_view text, std::string_view mark) {
    size_t found = 0;
    for (size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) ++found;
    return found;
  };
  for (const std::string form : kNoticeForms) {
    const std::string english = SectionsOf(FormText(form, "en")).at("notice");
    EXPECT_GT(count(english, "\n[ ] "), 0u) << form;
    for (const std::string language : kNoticeLanguages) {
      const std::string notice = SectionsOf(FormText(form, language)).at("notice");
      EXPECT_EQ(count(notice, "\n[ ] "), count(english, "\n[ ] ")) << form << language;
      EXPECT_EQ(count(notice, marks.at(language)), count(english, marks.at("en"))) << form << language;
      EXPECT_EQ(count(notice, "\n## "), count(english, "\n## ")) << form << language;
    }
  }
}

}  // namespace
}  // namespace unspin::evidence
