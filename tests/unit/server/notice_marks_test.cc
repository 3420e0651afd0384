#include "server/notice_marks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "evidence/notice.h"
#include "evidence/notice_forms.h"

namespace unspin::server {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(MarksInTest, FieldsAndStatementsComeInTheOrderOfTheDraft) {
  EXPECT_THAT(
      MarksIn("Name: [to be filled in: your name], [to be filled in: your function]\n"
              "[ ] (v) I have a belief.\n"
              "Unterschrift: [bitte ausfüllen: Ihre Unterschrift]\n"
              "Nom : [à compléter : votre nom]\n"
              "Firma: [por completar: su firma]"),
      ElementsAre("your name", "your function", "(v) I have a belief.", "Ihre Unterschrift", "votre nom", "su firma"));
}

TEST(MarksInTest, BracketsOfAnArticleAreNone) {
  EXPECT_THAT(MarksIn("Fill in [to be filled in: …].\nTitle: [Video] Night ferry [is back\n\"[…] the harbour\"\n[to be "
                      "filled in: cut"),
              IsEmpty());
}

TEST(MarksInTest, EveryMarkOfEveryFormIsFound) {
  for (const char* form : evidence::kNoticeForms) {
    for (const char* language : evidence::kNoticeLanguages) {
      const std::string_view text = evidence::FormText(form, language);
      ASSERT_FALSE(text.empty()) << form << " " << language;
      size_t brackets = 0;
      for (size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
        const size_t line = text.rfind('\n', at) + 1;
        const bool begins_section = line == at && text[at + 1] != ' ' && text.find("]\n", at) < text.find(' ', at);
        if (!begins_section && text[line] != '#') ++brackets;
      }
      EXPECT_EQ(brackets, MarksIn(text).size()) << form << " " << language;
    }
  }
}

}  // namespace
}  // namespace unspin::server
