// An article as tokens and sentences whose positions are bytes of the original text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

// What Tokenize found hidden in the text.
enum class AlertKind : uint8_t { kHiddenCharacters, kLookAlikeLetters, kBidirectionalControls, kBrokenUtf8 };

struct TextAlert {
  AlertKind kind;
  ByteSpan span;
  bool operator==(const TextAlert&) const = default;
};

// One word or number. Punctuation is not a token.
struct Token {
  uint64_t word = 0;        // HashWord of the normalized word
  ByteSpan source;          // in the article's text
  uint32_t text_begin = 0;  // its normalized spelling: TokenizedArticle::words[text_begin, text_begin + text_size)
  uint16_t text_size = 0;
  bool capitalised : 1 = false;   // the first letter is upper case in the source
  bool all_capitals : 1 = false;  // two letters or more, all upper case
  bool numeric : 1 = false;       // starts with a digit
  bool starts_sentence : 1 = false;
  bool operator==(const Token&) const = default;
};

struct TokenizedArticle {
  std::string words;                 // normalized spellings, one after the other
  std::vector<Token> tokens;         // ordered, disjoint
  std::vector<TokenSpan> sentences;  // cover the tokens once, in order, none empty
  std::vector<uint32_t> paragraphs;  // first sentence of each paragraph, ascending
  std::vector<TextAlert> alerts;

  std::string_view Word(size_t token) const {
    return std::string_view(words).substr(tokens[token].text_begin, tokens[token].text_size);
  }
  bool operator==(const TokenizedArticle&) const = default;
  ByteSpan Bytes(TokenSpan span) const {
    return span.empty() ? ByteSpan{} : ByteSpan{tokens[span.begin].source.begin, tokens[span.end - 1].source.end};
  }
};

}  // namespace unspin
