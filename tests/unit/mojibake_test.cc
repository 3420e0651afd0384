// Mojibake is undone where it is certain, and innocent texts stay as they are.
#include "unspin/charset/mojibake.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unspin/article/mapped_text.h"
#include "unspin/charset/charset_table.h"

namespace unspin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Article Undone(const std::string& text) {
  Article article;
  article.text = text;
  UndoMojibake(article);
  return article;
}

constexpr char kEnglish[] =
    "The mayor\u2019s office didn\u2019t answer. \u201cWe\u2019re late,\u201d it said \u2013 at a caf\u00e9.";

TEST(MojibakeTest, WhatWasReadWrongIsReadRight) {
  for (const char* set : {"windows-1252", "macintosh"}) {
    const std::string once = *ConvertFrom(CharsetNamed(set), kEnglish);
    EXPECT_EQ(Undone(once).text, kEnglish) << set;
    ASSERT_THAT(Undone(once).reading.alerts, SizeIs(1)) << set;
    EXPECT_EQ(Undone(once).reading.alerts[0].kind, "mojibake");
    const std::string twice = *ConvertFrom(CharsetNamed(set), once);
    EXPECT_EQ(Undone(twice).text, kEnglish) << set << " twice";
  }
  const std::string german =
      "Der B\u00fcrgermeister m\u00fcsse f\u00fcr die Stra\u00dfe zahlen, sagte er \u00e4rgerlich.";
  EXPECT_EQ(Undone(*ConvertFrom(CharsetNamed("windows-1252"), german)).text, german);
  for (const char* set : {"ibm437", "ibm850", "windows-1250"}) {
    EXPECT_EQ(Undone(*ConvertFrom(CharsetNamed(set), german)).text, german) << set;
    EXPECT_EQ(Undone(*ConvertFrom(CharsetNamed(set), kEnglish)).text, kEnglish) << set;
  }
  for (const char* set : {"ibm866", "koi8-r"})
    EXPECT_EQ(Undone(*ConvertFrom(CharsetNamed(set), german)).text, german) << set;
  const std::string russian =
      "\u041c\u043e\u0441\u0442 \u0437\u0430\u043a\u0440\u044b\u0442 \u0434\u043e \u0432\u0435\u0441\u043d\u044b.";
  EXPECT_EQ(Undone(*ConvertFrom(CharsetNamed("windows-1251"), russian)).text, russian);
}

TEST(MojibakeTest, OnlyTheRunsThatAreMojibakeChange) {
  const std::string quoted = *ConvertFrom(CharsetNamed("windows-1252"), "they don\u2019t, won\u2019t and can\u2019t");
  EXPECT_EQ(Undone("He\u2019s at the caf\u00e9: " + quoted).text,
            "He\u2019s at the caf\u00e9: they don\u2019t, won\u2019t and can\u2019t");
}

TEST(MojibakeTest, StepsLeadBackToTheRecord) {
  const std::string record = *ConvertFrom(CharsetNamed("windows-1252"), "a don\u2019t b won\u2019t c can\u2019t end");
  const Article article = Undone(record);
  const size_t end = article.text.find("end");
  size_t in_record = 0;
  for (const OffsetStep& step : article.steps) {
    if (step.text <= end) in_record = step.record + (end - step.text);
  }
  EXPECT_EQ(record.substr(in_record, 3), "end");
  for (const OffsetStep& step : article.steps) {
    const OffsetStep counted = CountUnits(record, OffsetStep{}, step.record);
    EXPECT_EQ(counted.codepoint, step.codepoint);
    EXPECT_EQ(counted.utf16, step.utf16);
  }
}

TEST(MojibakeTest, InnocentTextsStay) {
  for (const std::string text : {
           "S\u00c3O PAULO, A CONSTRU\u00c7\u00c3O E A DECIS\u00c3O: n\u00e3o, ent\u00e3o, p\u00e3o, m\u00e3e.",
           "\u00ab caf\u00e9\u00a0\u00bb, \u00ab \u00e9t\u00e9\u00a0\u00bb, \u00ab th\u00e9\u00a0\u00bb, \u00ab "
           "n\u00e9\u00a0\u00bb, \u00c0 l\u2019\u00c2ge.",
           "\u00c3 is a letter of Portuguese, and \u00e2 of French.",
           "T\u00f4i kh\u00f4ng \u00e2n h\u1eadn; \u00c2u Ch\u00e2u, \u0111\u1ed3ng \u1ea5y, th\u1eadt v\u1eady.",
           "K\u0131\u015f\u0131n k\u00f6pr\u00fc kapal\u0131; \u00c7ay, \u015eeker, \u0130stanbul, Ya\u011fmur.",
           "\u201d\u00c4ssä\u201d, \u201dP\u00c5\u201d, \u201d\u00c4\u201d and \u201d\u00d6\u201d are letters.",
           "\u0420\u0456\u0437\u0434\u0432\u043e, \u0421\u0456\u0447\u0435\u043d\u044c, \u0420\u0456\u043a: "
           "\u0443\u0441\u0456 \u0437\u043d\u0430\u044e\u0442\u044c.",
           "\u0421\u0430\u043c \u043e\u043d \u0440\u0430\u0431\u043e\u0442\u0430\u0435\u0442, \u0435\u0451 "
           "\u0438\u0434\u0451\u0442, \u0432\u0441\u0451, \u043d\u0430\u0439\u0434\u0451\u0442, "
           "\u0441\u0430\u0434\u0430\u043c.",
           "\u251c\u2500\u2500 src, \u2514\u2500\u2500 lib, \u2502caf\u00e9\u2502th\u00e9\u2502 \u2554\u2550\u2557",
           "\u250c\u2500\u2500\u2510\n\u251c\u2500\u2500\u2524\n\u251c\u2500\u2500\u2524\n"
           "\u2502\u2460 a\u2502\n\u251c\u2500\u2500\u2524\n\u2514\u2500\u2500\u2518\u2500\u2510",
           "The sign \u00e2\u20ac\u2122 came out where an apostrophe was meant.",
           "UTF-8 read wrong turns don\u2019t into don\u00e2\u20ac\u2122t, won\u2019t into won\u00e2\u20ac\u2122t, "
           "can\u2019t into can\u00e2\u20ac\u2122t.",
       }) {
    EXPECT_EQ(Undone(text).text, text);
    EXPECT_THAT(Undone(text).reading.alerts, IsEmpty()) << text;
  }
}

TEST(MojibakeTest, RemainsAreNamedAndStay) {
  const std::string text = "He said \u00e2\u20acit was late\u00e2\u20ac and \u00e2\u20acthat was all.";
  EXPECT_EQ(Undone(text).text, text);
  EXPECT_THAT(Undone(text).reading.alerts, SizeIs(1));
}

}  // namespace
}  // namespace unspin
