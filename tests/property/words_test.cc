// The articles of Tokenize and the words of the fast reader are those that are read character by character, whatever
// stands between them, in every variant of the kernels.

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "support/english.h"
#include "unspin/kernels/scan_words.h"
#include "unspin/kernels/variant.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

void AppendUtf8(char32_t c, std::string& text) {
  const auto byte = [&](char32_t value) { text.push_back(static_cast<char>(value)); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) return byte(0xc0 | c >> 6), byte(0x80 | (c & 63));
  if (c < 0x10000) return byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63));
  byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 63)), byte(0x80 | (c >> 6 & 63)), byte(0x80 | (c & 63));
}

struct Range {
  char32_t first, last;
};

// Letters, marks and digits of one script each.
constexpr Range kScripts[] = {{'a', 'z'},        {'A', 'Z'},       {'0', '9'},       {0xaa, 0xff},     {0x100, 0x24f},
                              {0x300, 0x36f},    {0x370, 0x3ff},   {0x400, 0x45f},   {0x531, 0x586},   {0x5d0, 0x5ea},
                              {0x620, 0x669},    {0x900, 0x96f},   {0xe01, 0xe59},   {0xe81, 0xedf},   {0x1000, 0x104f},
                              {0x1780, 0x17e9},  {0x10a0, 0x10ff}, {0x13a0, 0x13ff}, {0x1e00, 0x1eff}, {0x3041, 0x30ff},
                              {0x4e00, 0x4eff},  {0xac00, 0xadff}, {0xfb00, 0xfb06}, {0xff10, 0xff5a}, {0xff66, 0xff9f},
                              {0x1d400, 0x1d7ff}};

// What separates words, joins them, or is not seen.
constexpr Range kBetween[] = {
    {0, ' '},           {'!', '/'},         {':', '@'},        {'[', '`'},       {'{', 0x9f},      {0xa0, 0xbf},
    {0x2b0, 0x2bf},     {0x600, 0x61f},     {0x1680, 0x1680},  {0x180b, 0x180e}, {0x2000, 0x206f}, {0x20a0, 0x20cf},
    {0x2100, 0x218f},   {0x2460, 0x24ff},   {0x2800, 0x2800},  {0x3000, 0x303f}, {0xfe00, 0xfe6f}, {0xfeff, 0xff0f},
    {0x1f1e6, 0x1f1ff}, {0x1f600, 0x1f64f}, {0xe0001, 0xe007f}};

class MixedText {
 public:
  explicit MixedText(uint32_t seed) : random_(seed) {}

  std::string Make(size_t bytes) {
    std::string text;
    // Some texts are mostly of one script, as real ones are; others change with every word.
    const Range home = Of(kScripts);
    const bool loyal = Below(2) == 0;
    while (text.size() < bytes) {
      Word(loyal && Below(8) != 0 ? home : Of(kScripts), text);
      Between(text);
    }
    return text;
  }

  size_t Below(size_t limit) { return random_() % limit; }

 private:
  template <size_t n>
  Range Of(const Range (&ranges)[n]) {
    return ranges[Below(n)];
  }
  char32_t Any(Range range) { return range.first + static_cast<char32_t>(Below(range.last - range.first + 1)); }

  void Word(Range script, std::string& text) {
    for (size_t letters = 1 + Below(Below(16) == 0 ? 60 : 7); letters > 0; --letters) {
      AppendUtf8(Any(Below(24) == 0 ? Of(kScripts) : script), text);
      if (Below(24) == 0) AppendUtf8(Any(Of(kBetween)), text);
    }
  }

  void Between(std::string& text) {
    static constexpr std::string_view kJoiners[] = {"-\n", "-\r\n", "\u00ad\n", "-\n", "'", "’", ".",
                                                    ",",   "ʼ",     "＇",       "-",   "–", "—"};
    static constexpr std::string_view kPercents[] = {"%", " %", "\t%", "\n%", "\u00a0%", "% %", "%%", "\u200b%", "％"};
    static constexpr std::string_view kBroken[] = {"\x80",         "\xff",     "\xc2",     "\xc3",
                                                   "\xe2",         "\xe2\x80", "\xf0\x9f", "\xf0\x9f\x98",
                                                   "\xed\xa0\x80", "\xc0\xaf", "\xf5\x80", "\xe2\xe2\x80\x99"};
    static constexpr std::string_view kEnds[] = {". ",      "! ",    "? ",   ".\" ", ".) ",   ". (",     ".'",
                                                 "… ",      ".\n",   "\n\n", "\n  ", "! “",   ".” A",    " Dr. A",
                                                 " U.S. A", " J. A", "! [A", ".»",   "。 東", " x. y",   " no. 5",
                                                 ", ",      "; ",    ": ",   "-\n",  "-\r\n", "\u00ad\n"};
    switch (Below(12)) {
      case 10:
      case 11:
        text += kEnds[Below(std::size(kEnds))];
        break;
      case 0:
        text += kJoiners[Below(std::size(kJoiners))];
        break;
      case 1:
        text += kPercents[Below(std::size(kPercents))];
        break;
      case 2:
        if (Below(4) == 0) text += kBroken[Below(std::size(kBroken))];
        break;
      case 3:
      case 4:
        AppendUtf8(Any(Of(kBetween)), text);
        if (Below(2) == 0) text += ' ';
        break;
      case 5:
        text.append(Below(Below(20) == 0 ? 200 : 4), ' ');
        break;
      default:
        text += ' ';
    }
  }

  std::mt19937 random_;
};

std::string Where(const std::string& text, const std::vector<Token>& tokens, const std::vector<uint64_t>& hashes) {
  size_t i = 0;
  while (i < tokens.size() && i < hashes.size() && tokens[i].word == hashes[i]) ++i;
  const size_t at = i < tokens.size() ? tokens[i].source.begin : text.size();
  const size_t from = at < 40 ? 0 : at - 40;
  return "word " + std::to_string(i) + ", byte " + std::to_string(at) + " of " + std::to_string(text.size()) + ", in " +
         ::testing::PrintToString(text.substr(from, 100));
}

class WordsPropertyTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(UseKernelVariant(GetParam()));
    ASSERT_EQ(KernelVariant(), GetParam());
  }
  void TearDown() override { UseKernelVariant(""); }

  void Check(const std::string& text) {
    const TokenizedArticle plain = TokenizePlainly(text);
    const std::vector<Token>& tokens = plain.tokens;
    ASSERT_TRUE(Tokenize(text) == plain) << ::testing::PrintToString(text);
    std::vector<uint64_t> hashes;
    std::vector<ByteSpan> places;
    hasher_.Append(text, hashes, places);
    bool equal = hashes.size() == tokens.size() && places.size() == tokens.size();
    for (size_t i = 0; equal && i < tokens.size(); ++i) {
      equal = hashes[i] == tokens[i].word && places[i].begin <= tokens[i].source.begin &&
              tokens[i].source.end <= places[i].end && places[i].end <= text.size();
    }
    ASSERT_TRUE(equal) << Where(text, tokens, hashes);
  }

  WordHasher hasher_{English()};
};

TEST_P(WordsPropertyTest, AreThoseOfPlainReadingInMixedScripts) {
  MixedText mixed(1);
  for (int round = 0; round < 3000 && !HasFatalFailure(); ++round) Check(mixed.Make(mixed.Below(400)));
}

TEST_P(WordsPropertyTest, AreTheSameAtEveryOffset) {
  MixedText mixed(2);
  for (int round = 0; round < 12; ++round) {
    const std::string text = mixed.Make(150);
    for (size_t shift = 0; shift < 64 && !HasFatalFailure(); ++shift) {
      for (const char padding : {' ', 'x', '7'}) Check(std::string(shift, padding) + text);
    }
  }
}

TEST_P(WordsPropertyTest, AreTheSameAcrossTheEndsOfChunks) {
  MixedText mixed(3);
  for (int round = 0; round < 40 && !HasFatalFailure(); ++round) {
    const std::string text = mixed.Make(100 + mixed.Below(200));
    // The end of the chunk falls on any byte of the text; without blanks there is no good place to part it.
    std::string straddling(WordScan::kChunk - mixed.Below(text.size()), " x7"[round % 3]);
    if (round % 4 == 3) {
      for (size_t at = 7; at < straddling.size(); at += 11) straddling[at] = ' ';
    }
    Check(straddling + text + " and on");
    std::string repeated;
    while (repeated.size() < 2 * WordScan::kChunk) repeated += text;
    Check(repeated);
  }
}

// Every code point that three bytes can write, and some of the others, in each place that decides about words.
TEST_P(WordsPropertyTest, EveryCodePointPartsOrJoinsAsInPlainReading) {
  std::string text;
  std::mt19937 random(4);
  for (char32_t c = 0; c <= 0x10ffff && !HasFatalFailure(); c += c < 0xffff ? 1 : 1 + random() % 256) {
    std::string point;
    AppendUtf8(c, point);
    for (const auto& [before, behind] : std::initializer_list<std::pair<const char*, const char*>>{
             {"a", "b"}, {"1", "2"}, {"a", " "}, {" ", "a"}, {"x'", "y"}, {"x", "'y"}, {"3.", "4"}, {"5", "%"}}) {
      text += before + point + behind + ' ';
    }
    if (text.size() > 30000) {
      Check(text);
      text.clear();
    }
  }
  Check(text);
}

INSTANTIATE_TEST_SUITE_P(Variants, WordsPropertyTest, ::testing::ValuesIn(KernelVariants()),
                         [](const auto& info) { return info.param; });

}  // namespace
}  // namespace unspin
