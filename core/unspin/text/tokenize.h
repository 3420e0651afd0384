// An article's bytes → words and sentences, by a written rule that every machine follows alike.
//
// A word is a maximal run of letters, marks and digits, folded by NFKC_Casefold. It goes on across
//   an apostrophe between two letters           don't, O’Neill  (curly apostrophes become ')
//   a full stop or comma between two digits     1,000  3.5
//   a full stop between two single letters      U.S
//   a hyphen that breaks it at a line end       rail-⏎way, in a text where many lines end so; always a soft hyphen
// Ideographs, kana and other letters written without spaces are words of one letter each. "%" behind a number is the
// language's word for it ("percent"); blanks may stand between. Characters that a reader cannot see (zero-width, soft
// hyphen, bidirectional controls, tags) are skipped, and reported but for honest uses (hidden_use.h); a word that mixes
// Latin with look-alike letters of another script is folded to the Latin ones, and reported unless it is a symbol of
// science.
//
// A sentence ends at . ! ? … before white space and something that can open a sentence, except after an abbreviation
// of the language or an initial (a capital opens one; in a text without capitals, any letter does); at the end of a
// paragraph (line feeds, carriage returns and both together are line breaks); and after kMaxSentenceWords words. Every
// sentence has at least one word.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "unspin/text/tokenized_article.h"

namespace unspin {

struct Language;

// Raised whenever the rule above changes meaning: sketches of different versions are never compared. SketchScheme has
// the same number, and archives on disk store it.
inline constexpr uint32_t kNormalizerVersion = 1;

// Longest sentence, in words: one ends there without punctuation too, which keeps the cost of hostile input linear.
inline constexpr uint32_t kMaxSentenceWords = 120;

// Total: any bytes are an article. Broken UTF-8 separates words and is reported. Linear in the bytes, one pass.
// Reads at most 4 GiB - 1 bytes; longer text is cut there (readers refuse such records before). Safe to call from any
// thread.
TokenizedArticle Tokenize(std::string_view text, const Language& language);

// The reference implementation of Tokenize, character by character. Faster for a few words.
TokenizedArticle TokenizePlainly(std::string_view text, const Language& language);

// Whether `c` is a space or a tab.
inline bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// Version of the Unicode tables in use: part of the sketch scheme.
std::string UnicodeVersion();

}  // namespace unspin
