#include "unspin/align/body_sentences.h"

namespace unspin {
namespace {

constexpr uint32_t kMinSentenceWords = 3;  // words; a shorter one is joined to the next

std::vector<TokenSpan> SentencesOfTheStory(const TokenizedArticle& article, const Zones& zones) {
  std::vector<TokenSpan> sentences;
  sentences.reserve(article.sentences.size());
  for (const TokenSpan sentence : article.sentences) {
    const Zone zone = zones.of_token[sentence.begin];
    if (zone != Zone::kNavigation && zone != Zone::kNotice) sentences.push_back(sentence);
  }
  return sentences;
}

std::vector<TokenSpan> JoinShortSentences(const std::vector<TokenSpan>& sentences) {
  std::vector<TokenSpan> joined;
  joined.reserve(sentences.size());
  for (const TokenSpan sentence : sentences) {
    if (!joined.empty() && joined.back().size() < kMinSentenceWords) {
      joined.back().end = sentence.end;
    } else {
      joined.push_back(sentence);
    }
  }
  if (joined.size() > 1 && joined.back().size() < kMinSentenceWords) {
    joined[joined.size() - 2].end = joined.back().end;
    joined.pop_back();
  }
  return joined;
}

}  // namespace

BodySentences FindBodySentences(const TokenizedArticle& article, const Zones& zones, const std::vector<uint32_t>& stem,
                                size_t stems) {
  BodySentences story;
  story.sentences = JoinShortSentences(SentencesOfTheStory(article, zones));
  story.begins.reserve(story.sentences.size() + 1);
  story.counts.reserve(stem.size());
  story.sentences_with.assign(stems, 0);
  std::vector<uint32_t> places(stems, 0);  // behind the place of the stem's last count
  for (const TokenSpan sentence : story.sentences) {
    const auto begin = static_cast<uint32_t>(story.counts.size());
    story.begins.push_back(begin);
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      uint32_t& place = places[stem[token]];
      if (place > begin) {
        ++story.counts[place - 1].count;
        continue;
      }
      story.counts.push_back({stem[token], 1});
      place = static_cast<uint32_t>(story.counts.size());
      ++story.sentences_with[stem[token]];
    }
  }
  story.begins.push_back(static_cast<uint32_t>(story.counts.size()));
  return story;
}

}  // namespace unspin
