#include "render/ascii.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

bool IsAscii(const std::string& text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

TEST(AsciiTest, AsciiStaysAsItIs) {
  std::string ascii;
  for (char c = ' '; c < '\x7f'; ++c) ascii += c;
  EXPECT_EQ(AsciiOnly(ascii), ascii);
  EXPECT_EQ(AsciiOnly(""), "");
}

TEST(AsciiTest, SignsOfReportsBecomeSimilarOnes) {
  EXPECT_EQ(AsciiOnly("“old” → ‘new’ … 3–4 − 5 × 6 · ──"), "\"old\" -> 'new' ... 3-4 - 5 x 6 . --");
  EXPECT_EQ(AsciiOnly("[█▒·] ‹U+202E›"), "[#+.] <U+202E>");
}

TEST(AsciiTest, LettersLoseTheirMarks) {
  EXPECT_EQ(AsciiOnly("Ångström, Dvořák, Nguyễn"), "Angstrom, Dvorak, Nguyen");
  EXPECT_EQ(AsciiOnly("e\u0301"), "e");
  EXPECT_EQ(AsciiOnly("Øresund, straße, Łódź"), "Oresund, strasse, Lodz");
}

TEST(AsciiTest, EachOtherCharacterIsOneQuestionMark) { EXPECT_EQ(AsciiOnly("東京 Плат 🙂"), "?? ???? ?"); }

TEST(AsciiTest, NoTextLeavesAsciiBehind) {
  for (char32_t code = 0x80; code < 0x3000; ++code) {
    std::string text;
    if (code < 0x800) {
      text = {static_cast<char>(0xc0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3f))};
    } else {
      text = {static_cast<char>(0xe0 | (code >> 12)), static_cast<char>(0x80 | ((code >> 6) & 0x3f)),
              static_cast<char>(0x80 | (code & 0x3f))};
    }
    ASSERT_TRUE(IsAscii(AsciiOnly(text))) << std::hex << static_cast<unsigned>(code);
  }
  EXPECT_TRUE(IsAscii(AsciiOnly("broken \xff\xc3")));
}

}  // namespace
}  // namespace unspin
