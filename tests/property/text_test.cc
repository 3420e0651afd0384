// Laws of words, zones and shingles for any bytes.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "law.h"
#include "support/english.h"
#include "unspin/base/word_hash.h"
#include "unspin/shingle/shingle.h"
#include "unspin/text/code_point.h"
#include "unspin/text/tokenize.h"
#include "unspin/zones/zones.h"

namespace unspin {
namespace {

using testing::ExpectLaw;

// Pieces that the tokenizer treats in ways of their own, whole and broken, so that random texts meet its branches.
rc::Gen<std::string> Piece() {
  return rc::gen::oneOf(rc::gen::elementOf(std::vector<std::string>{"The",
                                                                    "bridge",
                                                                    "don't",
                                                                    "O’Neill",
                                                                    "U.S.",
                                                                    "a.m.",
                                                                    "Mr.",
                                                                    "1,000",
                                                                    "3.5",
                                                                    "5%",
                                                                    "%",
                                                                    "2024",
                                                                    "É",
                                                                    "e\u0301",
                                                                    "ß",
                                                                    "ﬁ",
                                                                    "東",
                                                                    "か",
                                                                    "p\xd0\xb0per",
                                                                    "\u200b",
                                                                    "\u202e",
                                                                    "\u00ad",
                                                                    "\ufeff",
                                                                    "😀",
                                                                    "\"",
                                                                    "“",
                                                                    "”",
                                                                    "'",
                                                                    "’",
                                                                    "(",
                                                                    ")",
                                                                    "—",
                                                                    " - ",
                                                                    "--",
                                                                    ".",
                                                                    "!",
                                                                    "?",
                                                                    "…",
                                                                    ",",
                                                                    " ",
                                                                    "  ",
                                                                    "\t",
                                                                    "\n",
                                                                    "\n\n",
                                                                    "\r\n",
                                                                    "\u2029",
                                                                    "\u00a0",
                                                                    "\xff",
                                                                    "\x80",
                                                                    "\xe2\x82",
                                                                    "\xf0\x9f",
                                                                    "\xed\xa0\x80",
                                                                    "\xc0\xaf",
                                                                    "Copyright",
                                                                    "©",
                                                                    "All rights reserved",
                                                                    "By Jane Doe",
                                                                    "Home News Sport",
                                                                    "LONDON (Agency) —"}),
                        rc::gen::map(rc::gen::arbitrary<std::vector<char>>(), [](const std::vector<char>& bytes) {
                          return std::string(bytes.begin(), bytes.end());
                        }));
}

rc::Gen<std::string> Text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(Piece()),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& piece : pieces) text += piece;
                        return text;
                      });
}

TEST(TextPropertyTest, TokensAreOrderedDisjointAndInside) {
  ExpectLaw("tokens are ordered, disjoint, inside the source and not empty", [] {
    const std::string text = *Text();
    const TokenizedArticle article = Tokenize(text);
    uint32_t reach = 0;
    for (size_t i = 0; i < article.tokens.size(); ++i) {
      const Token& token = article.tokens[i];
      RC_ASSERT(token.source.begin >= reach);
      RC_ASSERT(token.source.end > token.source.begin);
      RC_ASSERT(token.source.end <= text.size());
      RC_ASSERT(token.text_size > 0);
      RC_ASSERT(size_t{token.text_begin} + token.text_size <= article.words.size());
      reach = token.source.end;
    }
  });
}

TEST(TextPropertyTest, SentencesCoverTheTokensOnce) {
  ExpectLaw("sentences cover the tokens once, in order, none empty or too long; paragraphs begin with one", [] {
    const TokenizedArticle article = Tokenize(*Text());
    uint32_t reach = 0;
    for (const TokenSpan sentence : article.sentences) {
      RC_ASSERT(sentence.begin == reach);
      RC_ASSERT(!sentence.empty());
      RC_ASSERT(sentence.size() <= kMaxSentenceWords);
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        RC_ASSERT(article.tokens[token].starts_sentence == (token == sentence.begin));
      }
      reach = sentence.end;
    }
    RC_ASSERT(reach == article.tokens.size());
    for (size_t i = 0; i < article.paragraphs.size(); ++i) {
      RC_ASSERT(article.paragraphs[i] < article.sentences.size());
      RC_ASSERT((i == 0 ? article.paragraphs[i] == 0 : article.paragraphs[i] > article.paragraphs[i - 1]));
    }
    RC_ASSERT(article.sentences.empty() == article.paragraphs.empty());
  });
}

TEST(TextPropertyTest, AlertsAreInsideTheText) {
  ExpectLaw("alerts are not empty and inside the text", [] {
    const std::string text = *Text();
    for (const TextAlert& alert : Tokenize(text).alerts) {
      RC_ASSERT(!alert.span.empty());
      RC_ASSERT(alert.span.end <= text.size());
    }
  });
}

TEST(TextPropertyTest, NormalizingIsIdempotent) {
  ExpectLaw("folding a normalized spelling again changes nothing, and its hash is the word's", [] {
    const TokenizedArticle article = Tokenize(*Text());
    for (size_t token = 0; token < article.tokens.size(); ++token) {
      const std::string word(article.Word(token));
      RC_ASSERT(FoldWord(word) == word);
      RC_ASSERT(HashWord(word) == article.tokens[token].word);
    }
  });
}

TEST(TextPropertyTest, CaseDoesNotChangeTheWords) {
  ExpectLaw("upper-case ASCII gives the same words", [] {
    const std::string text = *Text();
    std::string upper = text;
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    const TokenizedArticle a = Tokenize(text), b = Tokenize(upper);
    RC_ASSERT(a.tokens.size() == b.tokens.size());
    for (size_t token = 0; token < a.tokens.size(); ++token) RC_ASSERT(a.tokens[token].word == b.tokens[token].word);
  });
}

TEST(TextPropertyTest, ZonesCoverTheTokensOnce) {
  ExpectLaw("zones cover the tokens once, in order, neighbours differ", [] {
    const std::string text = *Text();
    const TokenizedArticle article = Tokenize(text);
    const Zones zones = FindZones(text, article);
    RC_ASSERT(zones.of_token.size() == article.tokens.size());
    uint32_t reach = 0;
    for (size_t i = 0; i < zones.spans.size(); ++i) {
      const ZoneSpan& span = zones.spans[i];
      RC_ASSERT(span.tokens.begin == reach);
      RC_ASSERT(!span.tokens.empty());
      if (i > 0) RC_ASSERT(span.zone != zones.spans[i - 1].zone);
      for (uint32_t token = span.tokens.begin; token < span.tokens.end; ++token)
        RC_ASSERT(zones.of_token[token] == span.zone);
      reach = span.tokens.end;
    }
    RC_ASSERT(reach == article.tokens.size());
  });
}

TEST(TextPropertyTest, ThereIsOneShingleForEveryWindow) {
  ExpectLaw("max(0, n - k + 1) shingles, each of its window alone", [](const std::vector<uint64_t>& words) {
    const uint32_t k = *rc::gen::inRange<uint32_t>(1, 9);
    const std::vector<uint64_t> hashes = HashShingles(words, k);
    RC_ASSERT(hashes.size() == (words.size() < k ? 0 : words.size() - k + 1));
    for (size_t i = 0; i < hashes.size(); ++i) {
      const std::vector<uint64_t> window(words.begin() + static_cast<std::ptrdiff_t>(i),
                                         words.begin() + static_cast<std::ptrdiff_t>(i + k));
      RC_ASSERT(HashShingles(window, k) == std::vector<uint64_t>{hashes[i]});
    }
  });
}

}  // namespace
}  // namespace unspin
