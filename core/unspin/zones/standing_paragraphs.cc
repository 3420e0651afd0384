#include "unspin/zones/standing_paragraphs.h"

#include <algorithm>
#include <cstdint>
#include <span>

namespace unspin {
namespace {

constexpr uint32_t kPlainWeight = 2;  // of a phrase that is seldom elsewhere; a hint weighs 1
// What makes a paragraph one of a kind: so much weight, and more in a long one.
constexpr uint32_t kMinWeight = 4, kMinShortWeight = 3;
constexpr uint32_t kWordsPerWeight = 24;
constexpr uint32_t kMaxShortWords = 14;   // in which a plain phrase is enough
constexpr uint32_t kMinSampleSize = 100;  // people asked in a poll
constexpr uint32_t kMaxBiographyWords = 120, kMaxRelatedWords = 25;
constexpr size_t kFirstBiographies = 2, kLastBiographies = 6;  // paragraphs at the edges that may say who the author is
constexpr uint32_t kMaxNameWords = 6;                          // "Dr. Jane Q. Doe"
constexpr uint32_t kMaxRoleWords = 8;                          // from the name to the role

class StandingMarker {
 public:
  explicit StandingMarker(ZoneDraft& draft) : draft_(draft), paragraphs_(draft.paragraphs()) {}

  void Run() {
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Paragraph& paragraph = paragraphs_[i];
      MarkBiography(i);
      if (draft_.HasCue(i, {ZoneCue::kRelated})) MarkRelated(paragraph);
      if (draft_.HasCue(i, {ZoneCue::kPollError, ZoneCue::kPollMethod})) MarkPollNote(paragraph);
      MarkWordsOfThePaper(i);
    }
  }

 private:
  TokenSpan Sentence(uint32_t number) const { return draft_.article().sentences[number]; }

  // Sentences inside of a story need more than paragraphs of their own.
  bool IsOfKind(TokenSpan span, ZoneCue plain, ZoneCue hint, uint32_t min_weight) const {
    // Hints alone decide nothing, except the one that a paragraph begins with.
    const std::span<const CueHit> hits = draft_.HitsIn(span);
    const bool decides = std::any_of(hits.begin(), hits.end(), [&](const CueHit& hit) {
      return hit.cue == plain || (hit.cue == hint && hit.begin == span.begin);
    });
    if (!decides) return false;
    const uint32_t weight = draft_.WeighCues(span, plain, hint, kPlainWeight);
    return weight >= std::max(min_weight, span.size() / kWordsPerWeight);
  }

  // What a paper says about itself and to its readers.
  void MarkWordsOfThePaper(size_t number) {
    const Paragraph& paragraph = paragraphs_[number];
    const bool legal = draft_.HasCue(number, ZoneCue::kLegal);
    const bool subscription = draft_.HasCue(number, {ZoneCue::kSubscription, ZoneCue::kSubscriptionHint});
    if (legal) MarkByWeight(paragraph, ZoneCue::kLegal, ZoneCue::kLegalHint, Zone::kLegal);
    if (subscription) MarkByWeight(paragraph, ZoneCue::kSubscription, ZoneCue::kSubscriptionHint, Zone::kSubscription);
    // "A nonprofit newsroom. Sign up to receive …": some of both.
    if (!legal || !subscription || !draft_.IsBody(paragraph.tokens.begin)) return;
    const TokenSpan span = paragraph.tokens;
    const uint32_t weight = draft_.WeighCues(span, ZoneCue::kLegal, ZoneCue::kLegal, kPlainWeight) +
                            draft_.WeighCues(span, ZoneCue::kSubscription, ZoneCue::kSubscription, kPlainWeight);
    if (weight >= std::max(kMinWeight, span.size() / kWordsPerWeight) && Addresses(paragraph))
      draft_.Mark(span, Zone::kSubscription);
  }

  bool Addresses(const Paragraph& paragraph) const {
    return draft_.HasAny(paragraph, {ZoneWord::kFirstPerson, ZoneWord::kSecondPerson});
  }

  // The whole paragraph, or those of its sentences that are of the kind by themselves.
  void MarkByWeight(const Paragraph& paragraph, ZoneCue plain, ZoneCue hint, Zone zone) {
    const TokenSpan span = paragraph.tokens;
    const bool is_short = span.size() <= kMaxShortWords;
    // Subscriptions speak to the reader.
    if (zone == Zone::kSubscription && !is_short && !Addresses(paragraph)) return;
    const uint32_t min_weight = !is_short ? kMinWeight : zone == Zone::kSubscription ? kPlainWeight : kMinShortWeight;
    if (IsOfKind(span, plain, hint, min_weight)) return draft_.Mark(span, zone);
    for (uint32_t i = paragraph.first_sentence; i < paragraph.end_sentence; ++i) {
      if (draft_.CountCues(Sentence(i), plain) > 0 && IsOfKind(Sentence(i), plain, hint, kMinWeight))
        draft_.Mark(Sentence(i), zone);
    }
  }

  // "(PHOTOS: Top ten bridges)"
  void MarkRelated(const Paragraph& paragraph) {
    if (paragraph.tokens.size() > kMaxRelatedWords) return;
    for (const CueHit& hit : draft_.HitsIn({paragraph.tokens.begin, paragraph.tokens.begin + 1})) {
      if (hit.cue == ZoneCue::kRelated && draft_.token(hit.begin).capitalised &&
          draft_.Behind(hit.end - 1).starts_with(':'))
        return draft_.Mark(paragraph.tokens, Zone::kNavigation);
    }
  }

  bool HasNumber(TokenSpan span, uint32_t least) const {
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (!draft_.token(token).numeric) continue;
      uint32_t number = 0;
      for (const char c : draft_.article().Word(token)) {
        if (c >= '0' && c <= '9') number = std::min(number, 100'000u) * 10 + static_cast<uint32_t>(c - '0');
      }
      const bool is_year = number >= 1900 && number < 2100 && draft_.token(token).text_size == 4;
      if (number >= least && !is_year) return true;
    }
    return false;
  }

  bool HasPercent(TokenSpan span) const {
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (draft_.language().percent_spellings.Contains(draft_.token(token).word)) return true;
    }
    return false;
  }

  bool IsPollNote(TokenSpan sentence) const {
    const uint32_t method = draft_.CountCues(sentence, ZoneCue::kPollMethod);
    const uint32_t sample = draft_.CountCues(sentence, ZoneCue::kPollSample);
    for (const CueHit& hit : draft_.HitsIn(sentence)) {
      constexpr uint32_t kMaxBetween = 5;  // words from "margin of error of" to its number
      if (hit.cue != ZoneCue::kPollError) continue;
      if (method > 0 || HasNumber({hit.end, std::min(hit.end + kMaxBetween, sentence.end)}, 0)) return true;
    }
    if (method == 0 || HasPercent(sentence)) return false;
    return sample > 0 && HasNumber(sentence, kMinSampleSize);
  }

  void MarkPollNote(const Paragraph& paragraph) {
    uint32_t words = 0;
    for (uint32_t i = paragraph.first_sentence; i < paragraph.end_sentence; ++i) {
      if (!IsPollNote(Sentence(i))) continue;
      words += Sentence(i).size();
      draft_.Mark(Sentence(i), Zone::kPollNote);
    }
    if (words * 2 >= paragraph.tokens.size()) draft_.Mark(paragraph.tokens, Zone::kPollNote);
  }

  // The role behind "Jane Doe is a", counted from the name; 0: none. 2: a writer's.
  uint32_t RoleOf(TokenSpan span) const {
    uint32_t token = span.begin;
    const uint32_t limit = std::min(span.end, span.begin + kMaxNameWords);
    while (token < limit && draft_.token(token).capitalised && !draft_.Is(token, draft_.words().is)) ++token;
    if (token - span.begin < 2 || token >= span.end || !draft_.Is(token, draft_.words().is)) return 0;
    uint32_t role = 0;
    for (uint32_t at = token + 1; at < std::min(span.end, token + 1 + kMaxRoleWords); ++at) {
      if (draft_.IsIn(at, ZoneWord::kRole)) return 2;
      if (draft_.IsIn(at, ZoneWord::kOffice)) role = 1;
    }
    return role;
  }

  void MarkBiography(size_t number) {
    const Paragraph& paragraph = paragraphs_[number];
    const bool first = number < kFirstBiographies;
    if ((!first && number + kLastBiographies < paragraphs_.size()) || paragraph.tokens.size() > kMaxBiographyWords)
      return;
    const uint32_t contacts = draft_.CountCues(paragraph.tokens, ZoneCue::kContact);
    const uint32_t role = RoleOf(Sentence(paragraph.first_sentence));
    const bool very_last = number + 2 >= paragraphs_.size() && !first;
    const uint32_t weight = role * 2 + contacts + (very_last ? 1 : 0);
    if ((role > 0 && weight >= kMinWeight) || (contacts > 1 && weight >= kMinShortWeight) ||
        (role > 0 && weight >= kMinShortWeight && very_last))
      return draft_.Mark(paragraph.tokens, Zone::kBiography);
    if (contacts > 0 && paragraph.tokens.size() <= kMaxShortWords) draft_.Mark(paragraph.tokens, Zone::kBiography);
  }

  ZoneDraft& draft_;
  std::span<const Paragraph> paragraphs_;
};

}  // namespace

void MarkStandingParagraphs(ZoneDraft& draft) { StandingMarker(draft).Run(); }

}  // namespace unspin
