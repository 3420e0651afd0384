// One code point: decoding it from UTF-8, and its class as a part of words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace unspin {

inline constexpr char32_t kBrokenUtf8 = 0xffffffffu;

struct DecodedCodePoint {
  char32_t value = kBrokenUtf8;
  uint32_t size = 1;  // bytes read; 1 for a byte that starts nothing valid
};

// REQUIRES: at < text.size().
DecodedCodePoint DecodeCodePoint(std::string_view text, size_t at);

enum class CodePointClass : uint8_t {
  kOther,  // punctuation and symbols: separates words
  kSpace,
  kNewline,
  kLetter,  // letters and combining marks
  kDigit,
  kIdeograph,  // a word of its own
  kApostrophe,
  kHidden,         // not visible: skipped
  kIntruder,       // nothing that stands inside a word: controls, private characters, strokes through letters
  kBidirectional,  // not visible, and changes the order in which text is shown: skipped
};

CodePointClass Classify(char32_t code_point);
bool IsUpper(char32_t code_point);

// Whether it is a full-width or mathematical letter or digit: these read as Latin ones, and no search finds them.
bool IsStyledLatin(char32_t code_point);

// Whether it is a mathematical one of these.
inline bool IsMathematicalLatin(char32_t c) { return c >= 0x1d400 && c <= 0x1d7ff; }

// Whether it is a stroke, a line or a frame around the letter before it, or a mark that no language puts there.
bool IsOverlay(char32_t code_point);

// Whether it is the voicing mark of the kana before it, in a code point of its own.
bool IsVoicingMark(char32_t code_point);

// Whether `c` is an accent or the like in a code point of its own.
inline bool IsCombiningAccent(char32_t c) { return c >= 0x0300 && c <= 0x036f; }

// NFKC_Casefold of one word, and other spellings of the same letters made one: "ä" is "ae"; Arabic and Hebrew lose
// their points, Arabic its forms of alef. Its input may be any UTF-8.
std::string FoldWord(std::string_view word);

// Whether a word mixes Latin letters with those of a script that has letters like them (Cyrillic, Greek and others), or
// is written in small capitals and letters of phonetics that are like Latin ones, and in no others. If so, `folded`
// becomes the word folded with Latin letters instead (by their ICU skeletons, Unicode Technical Standard 39); otherwise
// it stays as it is.
bool FoldLookAlikes(std::string_view word, std::string& folded);

// Whether such a word was made to deceive: its letters of one script all look like letters of the other one. Symbols of
// science are none: "ΔT", "μm", "kΩ". REQUIRES: FoldLookAlikes(word).
bool IsLookAlikeTrick(std::string_view word);

// The letters of a word without their accents and strokes, in small ones; empty where they are not all Latin.
std::string WithoutAccents(std::string_view word);

}  // namespace unspin
