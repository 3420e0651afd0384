// Any bytes: the articles of Tokenize and the words of the fast reader are those that are read character by character,
// by every kernel, at every offset, across chunks.
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "support/english.h"
#include "unspin/kernels/scan_words.h"
#include "unspin/kernels/variant.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"

using unspin::fuzz::Require;

namespace {

// A place covers its token, and Tokenize finds the word there when it sees nothing else.
void CheckPlaces(std::string_view text, const std::vector<unspin::Token>& tokens,
                 const std::vector<unspin::ByteSpan>& places) {
  std::set<uint64_t> inside;  // of the place before: many words may share one
  for (size_t i = 0; i < tokens.size(); ++i) {
    const unspin::ByteSpan place = places[i], source = tokens[i].source;
    Require(place.begin <= source.begin && source.end <= place.end && place.end <= text.size(),
            "a place covers its token");
    if (i == 0 || place != places[i - 1]) {
      inside.clear();
      for (const unspin::Token& token : unspin::Tokenize(text.substr(place.begin, place.size())).tokens)
        inside.insert(token.word);
    }
    Require(inside.contains(tokens[i].word), "a place holds its word");
  }
}

void CheckWords(const std::string& text) {
  // Keeps the spellings of earlier inputs, as the hasher of a thread does.
  static unspin::WordHasher hasher(unspin::English());
  const unspin::TokenizedArticle plain = unspin::TokenizePlainly(text);
  const std::vector<unspin::Token>& tokens = plain.tokens;
  std::vector<uint64_t> expected, hashes;
  for (const unspin::Token& token : tokens) expected.push_back(token.word);
  std::vector<unspin::ByteSpan> places, first_places;
  for (const std::string& variant : unspin::KernelVariants()) {
    Require(unspin::UseKernelVariant(variant), "a variant of this processor can be used");
    Require(unspin::Tokenize(text) == plain,
            ("the article is the same read character by character: " + variant).c_str());
    hashes.clear();
    hasher.Append(text, hashes);
    Require(hashes == expected, ("the words are the same read character by character: " + variant).c_str());
    hashes.clear();
    places.clear();
    hasher.Append(text, hashes, places);
    Require(hashes == expected, ("the words are the same when places are asked for: " + variant).c_str());
    Require(places.size() == tokens.size(), "every word has a place");
    if (variant == unspin::KernelVariants().front()) {
      CheckPlaces(text, tokens, places);
      first_places = places;
    }
    Require(places == first_places, "the places are the same by every kernel");
  }
}

}  // namespace

// The first byte says how much stands before the text (six bits) and of what kind: blanks, letters, digits, or the text
// itself, over and over, until it lies across the end of a chunk.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size < 2) return 0;
  const size_t shift = data[0] & 63, kind = data[0] >> 6;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string padded(shift, " x7 "[kind]);
  padded += text;
  if (kind == 3) {
    while (padded.size() < unspin::WordScan::kChunk + text.size()) padded += text;
  }
  CheckWords(padded);
  return 0;
}
