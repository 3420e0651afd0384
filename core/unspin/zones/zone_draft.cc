#include "unspin/zones/zone_draft.h"

#include <algorithm>
#include <array>

namespace unspin {

ZoneDraft::ZoneDraft(std::string_view text, const TokenizedArticle& article, const Language& language)
    : text_(text), article_(article), language_(language), paragraphs_(FindParagraphs(text, article)) {
  of_token_.assign(article.tokens.size(), Zone::kBody);
  begins_paragraph_.assign(article.sentences.size(), false);
  for (const uint32_t sentence : article.paragraphs) begins_paragraph_[sentence] = true;
  ReadWords();
  SortHits();
}

// Most words are in no list and begin no look-up of a phrase: a bit each tells it.
void ZoneDraft::ReadWords() {
  const WordTags<ZoneWord>& tags_of = words().tags;
  const Phrases<ZoneCue>& phrases = words().cues;
  sentence_tags_.reserve(article_.sentences.size());
  for (const TokenSpan sentence : article_.sentences) {
    ZoneTags tags;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      const uint64_t word = article_.tokens[token].word;
      if (tags_of.MayContain(word)) tags |= tags_of.Find(word);
      if (phrases.MayContain(word)) FindHits(token);
    }
    sentence_tags_.push_back(tags);
  }
}

void ZoneDraft::FindHits(uint32_t token) {
  for (const Phrases<ZoneCue>::Phrase& phrase : words().cues.Find(article_.tokens[token].word)) {
    if (phrase.anchor > token || token - phrase.anchor + phrase.words.size() > size()) continue;
    const uint32_t begin = token - phrase.anchor;
    const bool equal = std::equal(phrase.words.begin(), phrase.words.end(), article_.tokens.begin() + begin,
                                  [](uint64_t word, const Token& other) { return word == other.word; });
    if (equal) hits_.push_back({begin, begin + static_cast<uint32_t>(phrase.words.size()), phrase.cue, phrase.number});
  }
}

void ZoneDraft::SortHits() {
  // Longer ones first: a phrase covers those inside of it.
  std::sort(hits_.begin(), hits_.end(), [](const CueHit& a, const CueHit& b) {
    if (a.begin != b.begin) return a.begin < b.begin;
    return a.end != b.end ? a.end > b.end : a.phrase < b.phrase;
  });
  paragraph_cues_.resize(paragraphs_.size());
  size_t paragraph = 0;
  for (const CueHit& hit : hits_) {
    while (hit.begin >= paragraphs_[paragraph].tokens.end) ++paragraph;
    paragraph_cues_[paragraph] |= hit.cue;
  }
}

void ZoneDraft::Mark(TokenSpan span, Zone zone) {
  for (uint32_t token = span.begin; token < span.end; ++token) {
    if (of_token_[token] == Zone::kBody) of_token_[token] = zone;
  }
}

uint32_t ZoneDraft::CountBody(TokenSpan span) const {
  return static_cast<uint32_t>(std::count(of_token_.begin() + span.begin, of_token_.begin() + span.end, Zone::kBody));
}

bool ZoneDraft::HasAny(const Paragraph& paragraph, ZoneTags lists) const {
  for (uint32_t sentence = paragraph.first_sentence; sentence < paragraph.end_sentence; ++sentence) {
    if (HasAny(sentence, lists)) return true;
  }
  return false;
}

uint32_t ZoneDraft::CountBodyIn(TokenSpan span, ZoneTags lists) const {
  uint32_t count = 0;
  for (uint32_t token = span.begin; token < span.end; ++token) count += IsBody(token) && IsIn(token, lists);
  return count;
}

std::span<const CueHit> ZoneDraft::HitsIn(TokenSpan span) const {
  const auto begins_before = [](const CueHit& hit, uint32_t token) { return hit.begin < token; };
  const auto begin = std::lower_bound(hits_.begin(), hits_.end(), span.begin, begins_before);
  return {begin, std::lower_bound(begin, hits_.end(), span.end, begins_before)};
}

uint32_t ZoneDraft::WeighCues(TokenSpan span, ZoneCue plain, ZoneCue hint, uint32_t plain_weight) const {
  constexpr size_t kMaxCounted = 24;  // more make no difference
  std::array<uint16_t, kMaxCounted> counted;
  uint32_t count = 0, reach = 0, weight = 0;
  for (const CueHit& hit : HitsIn(span)) {
    if ((hit.cue != plain && hit.cue != hint) || hit.begin < reach || count == kMaxCounted) continue;
    if (std::find(counted.begin(), counted.begin() + count, hit.phrase) != counted.begin() + count) continue;
    counted[count++] = hit.phrase;
    reach = hit.end;
    weight += hit.cue == plain ? plain_weight : 1;
    // "Sign up for …": what begins a paragraph is what it is about.
    weight += plain_weight > 1 && hit.begin == span.begin;
  }
  return weight;
}

std::string_view ZoneDraft::Behind(uint32_t token) const {
  const size_t begin = article_.tokens[token].source.end;
  const size_t end = token + 1 < size() ? article_.tokens[token + 1].source.begin : text_.size();
  return text_.substr(begin, end - begin);
}

std::string_view ZoneDraft::InFrontOf(const Paragraph& paragraph) const {
  constexpr std::string_view kSpace = " \t\r\n\v\f";
  const uint32_t end = article_.tokens[paragraph.tokens.begin].source.begin;
  std::string_view front = text_.substr(paragraph.bytes.begin, end - paragraph.bytes.begin);
  front.remove_prefix(std::min(front.find_first_not_of(kSpace), front.size()));
  return front.substr(0, front.find_last_not_of(kSpace) + 1);
}

bool ZoneDraft::IsFollowedBy(TokenSpan span, std::string_view marks) const {
  const std::string_view gap = Behind(span.end - 1);
  return gap.substr(0, gap.find_first_of("\r\n")).find_first_of(marks) != std::string_view::npos;
}

}  // namespace unspin
