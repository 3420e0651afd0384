#include "unspin/text/tokenize.h"

#include <algorithm>
#include <array>
#include <span>

#include "kernels/ceilings.h"
#include "kernels/inputs.h"
#include "support/english.h"
#include "unspin/base/word_hash.h"
#include "unspin/kernels/fill_sketch.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/text/hash_words.h"

namespace unspin::bench {
namespace {

// A word of ASCII letters and digits is its source in lower case.
bool IsLowerOf(std::string_view word, std::string_view source) {
  if (word.size() != source.size()) return false;
  for (size_t i = 0; i < word.size(); ++i) {
    const char c = source[i];
    if (word[i] != (c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c)) return false;
  }
  return true;
}

bool IsAscii(std::string_view text) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

// The laws of tokenizing, read off the result word by word.
const char* BrokenLaw(std::string_view text, const TokenizedArticle& article) {
  size_t letters = 0, in_tokens = 0;
  for (const char c : text) letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  uint32_t last = 0;
  for (size_t i = 0; i < article.tokens.size(); ++i) {
    const Token& token = article.tokens[i];
    if (token.source.empty() || token.source.begin < last || token.source.end > text.size())
      return "tokens overlap or leave the text";
    last = token.source.end;
    const std::string_view source = text.substr(token.source.begin, token.source.size());
    for (const char c : source) in_tokens += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (token.word != HashWord(article.Word(i))) return "a word's hash is not the hash of its spelling";
    if (IsAscii(source) && source != "%" && !IsLowerOf(article.Word(i), source))
      return "a word is not its source in lower case";
  }
  if (letters != in_tokens) return "a letter is in no word";
  uint32_t next = 0;
  for (const TokenSpan& sentence : article.sentences) {
    if (sentence.begin != next || sentence.empty()) return "sentences do not cover the words once, in order";
    next = sentence.end;
  }
  return next == article.tokens.size() ? nullptr : "words are outside of the sentences";
}

void TokenizeArticles(benchmark::State& state) {
  const Samples& samples = TheSamples();
  for (const std::string& text : samples.texts) {
    const char* broken = BrokenLaw(text, Tokenize(text));
    if (!Verify(state, broken == nullptr, broken)) return;
  }
  for (auto _ : state) {
    for (const std::string_view text : samples.in_repeated) benchmark::DoNotOptimize(Tokenize(text));
  }
  SetRates(state, samples.repeated.size(), samples.in_repeated.size());
}
BENCHMARK(TokenizeArticles)->Name("tokenize")->Unit(benchmark::kMillisecond);

// Text in memory → sketch: word hashes, shingles, components.
void SketchTexts(benchmark::State& state) {
  const Samples& samples = TheSamples();
  WordHasher hasher(English());
  std::vector<uint64_t> words;
  std::vector<uint32_t> elements;
  Sketch sketch;
  const auto sketch_of = [&](std::string_view text) -> const Sketch& {
    words.clear();
    hasher.Append(text, words);
    elements.resize(words.size() < kShingleWords ? 0 : words.size() - kShingleWords + 1);
    if (!elements.empty()) FoldShinglesOfFive(words, elements);
    FillSketch(elements, 0, sketch.components);
    return sketch;
  };
  for (const std::string& text : samples.texts) {
    words.clear();
    for (const Token& token : Tokenize(text).tokens) words.push_back(token.word);
    const Sketch slow = MakeSketch(HashShingles(words, kShingleWords));
    if (!Verify(state, sketch_of(text) == slow, "the sketch is not that of the tokens")) return;
  }
  for (auto _ : state) {
    for (const std::string_view text : samples.in_repeated) benchmark::DoNotOptimize(sketch_of(text));
  }
  SetRates(state, samples.repeated.size(), samples.in_repeated.size());
}
BENCHMARK(SketchTexts)->Name("text-to-sketch")->Unit(benchmark::kMillisecond);

void SketchTextsPlainly(benchmark::State& state) {
  const Samples& samples = TheSamples();
  size_t longest = 0;
  for (const std::string_view text : samples.in_repeated) longest = std::max(longest, text.size());
  std::vector<uint64_t> hashes(longest / 2 + 64);
  std::vector<uint32_t> elements(longest / 2 + 64);
  std::array<uint32_t, kSketchSize> minima;
  // All but the last article have readable bytes behind them.
  const std::span<const std::string_view> texts(samples.in_repeated.data(), samples.in_repeated.size() - 1);
  for (auto _ : state) {
    for (const std::string_view text : texts) {
      SketchPlainWords(text, hashes, elements, minima);
      benchmark::DoNotOptimize(minima);
    }
  }
  SetRates(state, samples.repeated.size() - samples.in_repeated.back().size(), texts.size());
}
BENCHMARK(SketchTextsPlainly)->Name("ceiling/text-to-sketch")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace unspin::bench
