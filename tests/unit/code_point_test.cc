#include "unspin/text/code_point.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace unspin {
namespace {

using Class = CodePointClass;

TEST(CodePointTest, DecodesOneToFourBytes) {
  EXPECT_EQ(DecodeCodePoint("a", 0).value, U'a');
  EXPECT_EQ(DecodeCodePoint("xé", 1).value, U'é');
  EXPECT_EQ(DecodeCodePoint("xé", 1).size, 2u);
  EXPECT_EQ(DecodeCodePoint("€", 0).value, U'€');
  EXPECT_EQ(DecodeCodePoint("€", 0).size, 3u);
  EXPECT_EQ(DecodeCodePoint("😀!", 0).value, U'😀');
  EXPECT_EQ(DecodeCodePoint("😀!", 0).size, 4u);
}

TEST(CodePointTest, BrokenBytesAreOneByteEach) {
  // A lone continuation byte, a cut sequence, an overlong "/", a surrogate, a value behind U+10FFFF, a byte never used.
  for (const std::string_view text :
       {std::string_view("\x80"), std::string_view("\xe2\x82"), std::string_view("\xc0\xaf"),
        std::string_view("\xed\xa0\x80"), std::string_view("\xf4\x90\x80\x80"), std::string_view("\xff")}) {
    EXPECT_EQ(DecodeCodePoint(text, 0).value, kBrokenUtf8) << ::testing::PrintToString(text);
    EXPECT_EQ(DecodeCodePoint(text, 0).size, 1u) << ::testing::PrintToString(text);
  }
}

TEST(CodePointTest, DecodingStopsAtTheEndOfTheText) {
  const std::string_view cut = std::string_view("€").substr(0, 2);
  EXPECT_EQ(DecodeCodePoint(cut, 0).value, kBrokenUtf8);
}

TEST(CodePointTest, LettersDigitsAndApostrophesHaveClasses) {
  EXPECT_EQ(Classify(U'a'), Class::kLetter);
  EXPECT_EQ(Classify(U'ß'), Class::kLetter);
  EXPECT_EQ(Classify(0x0301), Class::kLetter) << "a combining accent belongs to its letter";
  EXPECT_EQ(Classify(U'7'), Class::kDigit);
  EXPECT_EQ(Classify(0x0663), Class::kDigit) << "Arabic-Indic three";
  EXPECT_EQ(Classify(U'漢'), Class::kIdeograph);
  EXPECT_EQ(Classify(U'か'), Class::kIdeograph);
  EXPECT_EQ(Classify(0x2019), Class::kApostrophe);
  EXPECT_EQ(Classify(U'\''), Class::kApostrophe);
  EXPECT_EQ(Classify(U'\n'), Class::kNewline);
  EXPECT_EQ(Classify(0x2029), Class::kNewline);
  EXPECT_EQ(Classify(0x00a0), Class::kSpace);
  EXPECT_EQ(Classify(U'—'), Class::kOther);
  EXPECT_EQ(Classify(U'€'), Class::kOther);
}

TEST(CodePointTest, EverySignThatStandsForAnApostropheIsOne) {
  for (const char32_t c :
       {U'`', U'\u00b4', U'\u2018', U'\u201b', U'\u02bb', U'\u02bc', U'\uff07', U'\u2032', U'\u055a', char32_t{0x92}}) {
    EXPECT_EQ(Classify(c), Class::kApostrophe) << std::hex << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {U'"', U'\u201c', U'\u2033', U'\u00b0', U','}) {
    EXPECT_NE(Classify(c), Class::kApostrophe) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(CodePointTest, WhatNobodyWritesInsideWordsIsAnIntruder) {
  for (const char32_t c : {0x07u, 0x1fu, 0x7fu, 0x80u, 0xfffcu, 0x0332u, 0x0353u, 0xe000u, 0xf8ffu, 0x0336u, 0x0338u,
                           0x20ddu, 0xfdd0u, 0xfdefu, 0xfffeu, 0x1ffffu}) {
    EXPECT_EQ(Classify(c), Class::kIntruder) << std::hex << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {0x00u, 0x09u, 0x0bu, 0x0cu, 0x0301u, 0x0323u, 0x0361u, 0x96u}) {
    EXPECT_NE(Classify(c), Class::kIntruder) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(CodePointTest, InvisibleCharactersAreHidden) {
  for (const char32_t c : {0x00adu, 0x200bu, 0x200du, 0x2060u, 0xfeffu, 0xfe0fu, 0xe0041u, 0x1160u, 0x3164u, 0x2800u}) {
    EXPECT_EQ(Classify(c), Class::kHidden) << std::hex << static_cast<uint32_t>(c);
  }
  for (const char32_t c : {0x200eu, 0x202eu, 0x2066u, 0x061cu}) {
    EXPECT_EQ(Classify(c), Class::kBidirectional) << std::hex << static_cast<uint32_t>(c);
  }
}

TEST(CodePointTest, EveryValueHasAClass) {
  for (uint32_t c = 0; c < 0x110000; c += 7) {
    EXPECT_LE(static_cast<int>(Classify(c)), static_cast<int>(Class::kBidirectional));
  }
  EXPECT_EQ(Classify(kBrokenUtf8), Class::kOther);
}

TEST(CodePointTest, UpperCaseIsNotOnlyAscii) {
  EXPECT_TRUE(IsUpper(U'A'));
  EXPECT_TRUE(IsUpper(U'É'));
  EXPECT_TRUE(IsUpper(U'Ж'));
  EXPECT_FALSE(IsUpper(U'é'));
  EXPECT_FALSE(IsUpper(U'7'));
  EXPECT_FALSE(IsUpper(kBrokenUtf8));
}

TEST(CodePointTest, FoldingJoinsSpellings) {
  EXPECT_EQ(FoldWord("Café"), FoldWord("cafe\xcc\x81"));
  EXPECT_EQ(FoldWord("ﬁnance"), "finance");
  EXPECT_EQ(FoldWord("ＦＵＬＬ"), "full");
  EXPECT_EQ(FoldWord("Straße"), "strasse");
  EXPECT_EQ(FoldWord(FoldWord("Straße")), FoldWord("Straße"));
}

TEST(CodePointTest, WaysToWriteALetterAreOneWord) {
  for (const auto& [one, other] : {std::pair{"über", "ueber"},
                                   {"Straße", "STRASSE"},
                                   {"Ærø", "aeroe"},
                                   {"Ålborg", "Aalborg"},
                                   {"u\u0308ber", "ueber"},
                                   {"Ёлка", "елка"},
                                   {"Ελλάς", "Ελλας"},
                                   {"أحمد", "احمد"},
                                   {"الممـــرات", "الممرات"},
                                   {"مُحَمَّد", "محمد"},
                                   {"שָׁלוֹם", "שלום"},
                                   {"Timiș", "Timiş"}}) {
    EXPECT_EQ(FoldWord(one), FoldWord(other)) << one;
  }
  EXPECT_NE(FoldWord("résumé"), FoldWord("resume")) << "accents make other words";
  EXPECT_NE(FoldWord("ısı"), FoldWord("isi"));
}

TEST(CodePointTest, SmallCapitalsAndPhoneticLettersAreLatin) {
  for (const auto& [written, read] :
       {std::pair{"ʟᴏᴄᴋ", "lock"}, {"Eɴɢɪɴᴇᴇʀs", "engineers"}, {"beɡun", "begun"}, {"drɑınınɡ", "draining"}}) {
    std::string folded = FoldWord(written);
    EXPECT_TRUE(FoldLookAlikes(written, folded)) << written;
    EXPECT_EQ(folded, read);
  }
  for (const std::string innocent : {"kırmızı", "ŋɔɛ", "ɣe", "həˈləʊ"}) {
    std::string folded = FoldWord(innocent);
    EXPECT_FALSE(FoldLookAlikes(innocent, folded)) << innocent;
  }
}

TEST(CodePointTest, AccentsAndStrokesCanBeLeftOut) {
  EXPECT_EQ(WithoutAccents("Thé"), "the");
  EXPECT_EQ(WithoutAccents("wıłħ"), "wilh");
  EXPECT_EQ(WithoutAccents("мир"), "");
}

TEST(CodePointTest, LookAlikesFoldOnlyInMixedWords) {
  std::string folded = FoldWord("p\xd0\xb0per");  // a Cyrillic a
  EXPECT_TRUE(FoldLookAlikes("p\xd0\xb0per", folded));
  EXPECT_EQ(folded, "paper");

  std::string with_m = FoldWord("m\xd0\xb0n\xd0\xb0gement");
  EXPECT_TRUE(FoldLookAlikes("m\xd0\xb0n\xd0\xb0gement", with_m));
  EXPECT_EQ(with_m, "management");

  for (const auto& [mixed, latin] : {std::pair{"Вridge", "bridge"},
                                     {"Мinister", "minister"},
                                     {"Νation", "nation"},
                                     {"Іnk", "ink"},
                                     {"Ρaper", "paper"},
                                     {"pоwer", "power"},
                                     {"сity", "city"}}) {
    std::string capital = FoldWord(mixed);
    EXPECT_TRUE(FoldLookAlikes(mixed, capital)) << mixed;
    EXPECT_EQ(capital, latin);
  }

  std::string russian = FoldWord("мир");
  EXPECT_FALSE(FoldLookAlikes("мир", russian));
  EXPECT_EQ(russian, "мир");

  std::string latin = FoldWord("naïve");
  EXPECT_FALSE(FoldLookAlikes("naïve", latin));
}

TEST(CodePointTest, WordsWhoseForeignLettersAllLookLikeTheOthersAreATrick) {
  for (const std::string word : {"p\u0430per", "\u0430nd", "\u03bff", "\u0441\u0430t", "\u043a\u0430\u043da\u0432"}) {
    EXPECT_TRUE(IsLookAlikeTrick(word)) << word;
  }
  for (const std::string word :
       {"\u0394T", "\u03bcm", "k\u03a9", "\u03bde", "VIP\u0430\u043c", "TNF\u03b1", "\u0394Tmax"}) {
    EXPECT_FALSE(IsLookAlikeTrick(word)) << word;
  }
}

}  // namespace
}  // namespace unspin
