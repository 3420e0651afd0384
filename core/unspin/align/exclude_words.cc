#include "unspin/align/exclude_words.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

// The spelling of all excluded words. No text has it as a word: it is a control character.
constexpr std::string_view kExcludedWord = "\x1a";

std::vector<bool> FindExcluded(const TokenizedArticle& article, std::span<const ByteSpan> excluded) {
  std::vector<bool> found(article.tokens.size(), false);
  for (const ByteSpan span : excluded) {
    if (span.empty()) continue;
    auto token = std::partition_point(article.tokens.begin(), article.tokens.end(),
                                      [&](const Token& other) { return other.source.end <= span.begin; });
    for (; token != article.tokens.end() && token->source.begin < span.end; ++token)
      found[static_cast<size_t>(token - article.tokens.begin())] = true;
  }
  return found;
}

// So that no sentence has excluded words and others.
void CutSentences(const std::vector<bool>& excluded, TokenizedArticle& article) {
  std::vector<TokenSpan> sentences;
  std::vector<uint32_t> paragraphs;
  for (size_t number = 0; number < article.sentences.size(); ++number) {
    const TokenSpan sentence = article.sentences[number];
    if (std::binary_search(article.paragraphs.begin(), article.paragraphs.end(), number))
      paragraphs.push_back(static_cast<uint32_t>(sentences.size()));
    for (uint32_t begin = sentence.begin, end = begin; begin < sentence.end; begin = end) {
      while (end < sentence.end && excluded[end] == excluded[begin]) ++end;
      sentences.push_back({begin, end});
    }
  }
  article.sentences = std::move(sentences);
  article.paragraphs = std::move(paragraphs);
}

void ReplaceWords(const std::vector<bool>& excluded, TokenizedArticle& article) {
  const auto begin = static_cast<uint32_t>(article.words.size());
  article.words += kExcludedWord;
  for (size_t i = 0; i < excluded.size(); ++i) {
    if (!excluded[i]) continue;
    Token& token = article.tokens[i];
    token.word = HashWord(kExcludedWord);
    token.text_begin = begin;
    token.text_size = kExcludedWord.size();
    token.capitalised = token.all_capitals = token.numeric = false;
  }
}

}  // namespace

AnalyzedArticle AnalyzeWithout(std::string_view text, std::span<const ByteSpan> excluded, LexiconCache& lexicon) {
  AnalyzedArticle whole = Analyze(text, lexicon);
  const std::vector<bool> found = FindExcluded(whole.text, excluded);
  if (std::find(found.begin(), found.end(), true) == found.end()) return whole;
  TokenizedArticle tokens = whole.text;
  ReplaceWords(found, tokens);
  CutSentences(found, tokens);
  std::vector<Zone> of_token = whole.zones.of_token;
  for (size_t token = 0; token < found.size(); ++token) {
    if (found[token]) of_token[token] = Zone::kExcluded;
  }
  AnalyzedArticle without = AnalyzeTokens(std::move(tokens), JoinZones(std::move(of_token)), lexicon);
  without.with_excluded = std::make_shared<const AnalyzedArticle>(std::move(whole));
  return without;
}

}  // namespace unspin
