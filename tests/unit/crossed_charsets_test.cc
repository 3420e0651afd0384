// Texts of one legacy set that were read in another one are read again, and innocent texts stay.
#include "unspin/charset/crossed_charsets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "unspin/charset/bytes_of_set.h"
#include "unspin/charset/charset_table.h"

namespace unspin {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Article Undone(const std::string& text) {
  Article article;
  article.text = text;
  UndoCrossedCharsets(article);
  return article;
}

// The text in the bytes of one set, read in another one.
std::string Crossed(std::u32string_view text, std::string_view right, std::string_view wrong) {
  const BytesOfSet set(right);
  std::string bytes;
  for (const char32_t c : text) bytes += static_cast<char>(c < 0x80 ? static_cast<int>(c) : set.ByteOf(c));
  return *ConvertFrom(CharsetNamed(wrong), bytes);
}

std::string Utf8(std::u32string_view text) { return Crossed(text, "koi8-r", "koi8-r"); }

constexpr char32_t kRussian[] =
    U"Старый мост закрыт до весны, потому что лёд повредил опоры. Жители обещают "
    U"возить почту на лодках, пока его не починят. Город уже нашёл деньги.";
constexpr char kRussianUtf8[] =
    "Старый мост закрыт до весны, потому что лёд повредил опоры. Жители обещают "
    "возить почту на лодках, пока его не починят. Город уже нашёл деньги.";
constexpr char32_t kSpanish[] =
    U"La alcaldía abrió el buzón del jardín. Los niños pequeños trajeron lápices, cartón y una canción, "
    U"según contó la señora Núñez en la reunión.";
constexpr char kSpanishUtf8[] =
    "La alcaldía abrió el buzón del jardín. Los niños pequeños trajeron lápices, cartón y una canción, "
    "según contó la señora Núñez en la reunión.";

TEST(CrossedCharsetsTest, WhatWasReadInAnotherSetIsReadAgain) {
  ASSERT_EQ(Utf8(kRussian), kRussianUtf8);
  for (const auto& [right, wrong] : {std::pair("windows-1251", "windows-1252"), std::pair("koi8-r", "windows-1251"),
                                     std::pair("windows-1251", "koi8-r"), std::pair("koi8-r", "windows-1252")}) {
    const Article article = Undone(Crossed(kRussian, right, wrong));
    EXPECT_EQ(article.text, kRussianUtf8) << right << " as " << wrong;
    ASSERT_THAT(article.reading.alerts, SizeIs(1));
    EXPECT_EQ(article.reading.alerts[0].kind, "mojibake");
  }
  EXPECT_EQ(Undone(Crossed(kSpanish, "windows-1252", "ibm850")).text, kSpanishUtf8);
}

TEST(CrossedCharsetsTest, StepsLeadBackToTheRecord) {
  const std::string record = Crossed(kSpanish, "windows-1252", "ibm850");
  const Article article = Undone(record);
  const size_t end = article.text.find("seg");
  size_t in_record = 0;
  for (const OffsetStep& step : article.steps) {
    if (step.text <= end) in_record = step.record + (end - step.text);
  }
  EXPECT_EQ(record.substr(in_record, 3), "seg");
}

TEST(CrossedCharsetsTest, WhatIsOfNoLanguageAndOfNoPairIsNamed) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "\u00ec\u00f0\u00de\u00f8\u00e5\u00f5 \u0175 ";
  EXPECT_EQ(Undone(text).text, text);
  EXPECT_THAT(Undone(text).reading.alerts, SizeIs(1));
}

TEST(CrossedCharsetsTest, InnocentTextsStay) {
  for (const std::string text : {
           kRussianUtf8,
           kSpanishUtf8,
           "",
           "La r\u00e9\u00e9lection cr\u00e9\u00e9e, les ann\u00e9es \u00e2\u0067\u00e9es; une id\u00e9e "
           "europ\u00e9enne.",
           "\u00c5\u00c4\u00d6, \u00e5\u00e4\u00f6 och \u00c5\u00c4\u00d6 \u00e4r bokst\u00e4ver; \u00e5\u00e4\u00f6.",
           "5\u00b12, 3\u00b11, 2\u00d73, 10\u00b0C, 1\u00bd, m\u00b2, x\u00b2y, a\u00b2b, c\u00b2d, e\u00b2f, "
           "a\u00b1b, c\u00b1d, e\u00b1f, g\u00b1h",
           "pa\u00adra\u00adgraph, col\u00b7lega, paral\u00b7lel, intel\u00b7ligent, il\u00b7lusi\u00f3",
           "iPhone \u0438 \u0439\u0422\u044e\u043d, \u0432\u041a\u043e\u043d\u0442\u0430\u043a\u0442\u0435",
           "\u00fea\u00f0 var k\u00f3lna\u00f0i, s\u00ed\u00f0an \u00fe\u00fd\u00f0u r\u00f6\u00f0\u00fa\u00f0 "
           "ve\u00f0ur.",
           "\u2502name\u2502age\u2502 \u251c\u2500\u2500src \u251c\u2500\u2500lib \u2514\u2500\u2500bin",
       }) {
    EXPECT_EQ(Undone(text).text, text);
    EXPECT_THAT(Undone(text).reading.alerts, IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace unspin
