#include "evidence/notice_template.h"

#include <gtest/gtest.h>

#include <string>

#include "render/visible.h"

namespace unspin::evidence {
namespace {

const FieldValues kWords = {{"missing.title", "[to be filled in: title]"}};

NoticeFields Fields() {
  NoticeFields fields;
  fields.values = {{"title", "Bridge to close"}, {"url", ""}, {"dated", "1"}, {"undated", ""}};
  fields.lists["proof"] = {{{"quote", "one"}, {"other", ""}}, {{"quote", "two"}, {"other", "2"}}};
  fields.lists["none"] = {};
  return fields;
}

absl::StatusOr<std::string> Draw(const std::string& text, const NoticeFields& fields = Fields()) {
  return DrawSection({{"notice", text}}, "notice", {{"facts", "Title: {title}\n"}}, kWords, fields);
}

TEST(NoticeTemplateTest, SectionsBeginWithTheirNames) {
  const TemplateSections sections =
      SectionsOf("# remark\nlost\n[a]\n\n1\n#\n[ ] tick\n[to be filled in: x]\n\n\n[b]\n2");
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_EQ(sections.at("a"), "\n1\n[ ] tick\n[to be filled in: x]\n");
  EXPECT_EQ(sections.at("b"), "2\n");
}

TEST(NoticeTemplateTest, ValuesTakeThePlaceOfFields) {
  EXPECT_EQ(*Draw("A {title}, {title:8}.\n"), "A Bridge to close, Bridge….\n");
}

TEST(NoticeTemplateTest, AMissingValueIsMarked) {
  NoticeFields fields = Fields();
  fields.values["title"] = "";
  EXPECT_EQ(*Draw("{title}{title:3}\n", fields), "[to be filled in: title][to be filled in: title]\n");
}

TEST(NoticeTemplateTest, BlocksAreThereWhereTheirFieldIs) {
  EXPECT_EQ(*Draw("@if dated\nA\n@if undated\nB\n@end\n@end\n@unless undated\nC\n@end\n@unless dated\nD\n@end\nE\n"),
            "A\nC\nE\n");
}

TEST(NoticeTemplateTest, ListsAreRepeated) {
  EXPECT_EQ(*Draw("@each proof\n{quote} of {title}\n@if other\nand {other}\n@end\n@end\n@each none\nX\n@end\n"),
            "one of Bridge to close\ntwo of Bridge to close\nand 2\n");
}

TEST(NoticeTemplateTest, SharedSectionsAreIncluded) {
  EXPECT_EQ(*Draw("@include facts\n"), "Title: Bridge to close\n");
}

TEST(NoticeTemplateTest, ValuesAreNotReadAsTemplates) {
  NoticeFields fields = Fields();
  fields.values["title"] = "{url} @end {";
  EXPECT_EQ(*Draw("{title}\n", fields), "{url} @end {\n");
}

TEST(NoticeTemplateTest, MistakesAreNamed) {
  for (const std::string text :
       {"{nothing}\n", "{title\n", "{url}\n", "{title:x}\n", "{title:0}\n", "@if dated\nA\n", "@if nothing\n@end\n",
        "@each nothing\n@end\n", "@end\n", "@include nothing\n", "@what\n"}) {
    const auto drawn = Draw(text);
    EXPECT_FALSE(drawn.ok()) << text;
    EXPECT_NE(drawn.status().message().find(text.substr(0, text.find('\n'))), std::string::npos) << drawn.status();
  }
  EXPECT_FALSE(DrawSection({}, "notice", {}, {}, {}).ok());
}

TEST(NoticeTemplateTest, ASectionThatIncludesItselfEnds) {
  EXPECT_FALSE(DrawSection({{"notice", "@include a\n"}}, "notice", {{"a", "@include a\n"}}, {}, {}).ok());
}

TEST(NoticeTemplateTest, WordsAreLinesWithAnEqualsSign) {
  const FieldValues words = WordsOf("a = b = c\npercent =  %\nnothing\n");
  EXPECT_EQ(words, (FieldValues{{"a", "b = c"}, {"percent", " %"}}));
}

TEST(NoticeTemplateTest, ShortenedTextsFit) {
  const std::string text = "Größe über alles, élan vital und noch mehr Wörter, dann ein-sehr-langes-Wort-ohne-Lücke";
  for (size_t limit = 1; limit < 100; ++limit) {
    const std::string cut = Shortened(text, limit);
    size_t characters = 0;
    for (size_t at = 0; at < cut.size(); ++characters) {
      const Character character = CharacterAt(cut, at);
      EXPECT_NE(character.code, U'\uFFFD') << "cut inside a character";
      at += character.bytes.size();
    }
    EXPECT_LE(characters, limit);
    EXPECT_TRUE(cut == text || cut.ends_with("…"));
  }
}

}  // namespace
}  // namespace unspin::evidence
