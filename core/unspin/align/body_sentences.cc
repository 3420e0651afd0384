#include "unspin/align/body_sentences.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace unspin {
namespace {

// Words. A shorter sentence has too few stems to be compared by itself.
constexpr uint32_t kMinSentenceWords = 3;

std::vector<TokenSpan> SentencesOfBody(const TokenizedArticle& article, const Zones& zones) {
  std::vector<TokenSpan> sentences;
  sentences.reserve(article.sentences.size());
  for (const TokenSpan sentence : article.sentences) {
    const Zone zone = zones.of_token[sentence.begin];
    if (zone != Zone::kNavigation && zone != Zone::kNotice && zone != Zone::kExcluded) sentences.push_back(sentence);
  }
  return sentences;
}

std::vector<TokenSpan> SentencesOfNarration(const TokenizedArticle& article, const Zones& zones) {
  std::vector<TokenSpan> sentences;
  sentences.reserve(article.sentences.size());
  for (const TokenSpan sentence : article.sentences) {
    uint32_t counted = 0;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) counted += zones.Counts(token);
    if (counted >= std::min(kMinSentenceWords, sentence.size())) sentences.push_back(sentence);
  }
  return sentences;
}

// Sentences with excluded words between them stay apart.
std::vector<TokenSpan> JoinShortSentences(std::vector<TokenSpan> sentences, const Zones& zones) {
  const auto may_join = [&](TokenSpan a, TokenSpan b) {
    return std::find(zones.of_token.begin() + a.end, zones.of_token.begin() + b.begin, Zone::kExcluded) ==
           zones.of_token.begin() + b.begin;
  };
  size_t end = 0;  // of those that are joined
  for (const TokenSpan sentence : sentences) {
    if (end > 0 && sentences[end - 1].size() < kMinSentenceWords && may_join(sentences[end - 1], sentence)) {
      sentences[end - 1].end = sentence.end;
    } else {
      sentences[end++] = sentence;
    }
  }
  if (end > 1 && sentences[end - 1].size() < kMinSentenceWords && may_join(sentences[end - 2], sentences[end - 1])) {
    sentences[end - 2].end = sentences[end - 1].end;
    --end;
  }
  sentences.resize(end);
  return sentences;
}

// `counts(token)`: whether the words of this token are counted.
template <typename Counts>
BodySentences CountStems(std::vector<TokenSpan> sentences, std::span<const uint32_t> stem_ids, size_t stems,
                         const Counts& counts) {
  assert(std::all_of(stem_ids.begin(), stem_ids.end(), [&](uint32_t stem) { return stem < stems; }));
  BodySentences body;
  body.sentences = std::move(sentences);
  body.begins.reserve(body.sentences.size() + 1);
  body.counts.reserve(stem_ids.size());
  body.sentence_frequency.assign(stems, 0);
  std::vector<uint32_t> count_ends(stems, 0);  // index of the stem's last count, plus one
  for (const TokenSpan sentence : body.sentences) {
    const auto begin = static_cast<uint32_t>(body.counts.size());
    body.begins.push_back(begin);
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      if (!counts(token)) continue;
      const uint32_t stem = stem_ids[token];
      if (count_ends[stem] > begin) {
        ++body.counts[count_ends[stem] - 1].count;
        continue;
      }
      body.counts.push_back({stem, 1});
      count_ends[stem] = static_cast<uint32_t>(body.counts.size());
      ++body.sentence_frequency[stem];
    }
  }
  body.begins.push_back(static_cast<uint32_t>(body.counts.size()));
  return body;
}

}  // namespace

BodySentences FindBodySentences(const TokenizedArticle& article, const Zones& zones, std::span<const uint32_t> stem_ids,
                                size_t stems) {
  assert(stem_ids.size() == article.tokens.size());
  return CountStems(JoinShortSentences(SentencesOfBody(article, zones), zones), stem_ids, stems,
                    [](uint32_t) { return true; });
}

BodySentences FindNarrationSentences(const TokenizedArticle& article, const Zones& zones,
                                     std::span<const uint32_t> stem_ids, size_t stems) {
  assert(stem_ids.size() == article.tokens.size());
  return CountStems(JoinShortSentences(SentencesOfNarration(article, zones), zones), stem_ids, stems,
                    [&](uint32_t token) { return zones.Counts(token); });
}

}  // namespace unspin
