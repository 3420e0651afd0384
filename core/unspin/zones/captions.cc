#include "unspin/zones/captions.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <span>

namespace unspin {
namespace {

constexpr uint32_t kPlainWeight = 2;     // of a phrase that is seldom elsewhere; a hint weighs 1
constexpr uint32_t kMinWeight = 3;       // of a caption
constexpr uint32_t kMaxShortWords = 14;  // in which a plain phrase is enough
constexpr uint32_t kMaxUncreditedWords = 30;
constexpr uint32_t kMaxCaptionWords = 90;
constexpr uint32_t kMaxClosingCreditWords = 5;  // "(April 26) AP"
constexpr uint32_t kMinRepeatedWords = 8;       // of a paragraph printed twice; shorter lines repeat for other reasons
constexpr uint32_t kMinGalleryNumbers = 3;      // "1 of 24", "2 of 24", "3 of 24"
constexpr uint32_t kNumberWords = 3;            // of "2 of 24"

// "2 of 24"
struct PictureNumber {
  uint32_t token;
  uint32_t number, pictures;
};

class CaptionMarker {
 public:
  explicit CaptionMarker(ZoneDraft& draft) : draft_(draft), paragraphs_(draft.paragraphs()) {}

  void Run() {
    MarkGalleries();
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (i > 0 && IsRepeated(paragraphs_[i - 1].tokens, paragraphs_[i].tokens))
        draft_.Mark({paragraphs_[i - 1].tokens.begin, paragraphs_[i].tokens.end}, Zone::kCaption);
      if (draft_.HasCue(i, {ZoneCue::kCaption, ZoneCue::kCaptionHint})) MarkByWords(paragraphs_[i]);
      if (IsOfVideo(paragraphs_[i])) draft_.Mark(paragraphs_[i].tokens, Zone::kCaption);
    }
  }

 private:
  std::optional<uint32_t> NumberAt(uint32_t token) const {
    constexpr size_t kMaxDigits = 3;  // of the pictures of a gallery
    const std::string_view word = draft_.article().Word(token);
    uint32_t number = 0;
    for (const char c : word) {
      if (c < '0' || c > '9' || word.size() > kMaxDigits) return {};
      number = number * 10 + static_cast<uint32_t>(c - '0');
    }
    return number;
  }

  // REQUIRES: kNumberWords words from `token` on.
  std::optional<PictureNumber> PictureNumberAt(uint32_t token) const {
    assert(token + kNumberWords <= draft_.size());
    if (!draft_.token(token + 2).numeric || !draft_.Is(token + 1, draft_.words().of)) return {};
    const std::optional<uint32_t> number = NumberAt(token), pictures = NumberAt(token + 2);
    if (!number || !pictures || *number > *pictures) return {};
    return PictureNumber{token, *number, *pictures};
  }

  // "Hide caption", "Photos": each picture of a gallery has such words.
  uint32_t CountCaptionCues() const {
    const std::span<const CueHit> hits = draft_.HitsIn({0, draft_.size()});
    return static_cast<uint32_t>(std::count_if(hits.begin(), hits.end(), [](const CueHit& hit) {
      return hit.cue == ZoneCue::kCaption || hit.cue == ZoneCue::kCaptionHint || hit.cue == ZoneCue::kRelated;
    }));
  }

  // From the paragraph of a gallery's first number to its last number.
  void MarkGalleries() {
    if (CountCaptionCues() < kMinGalleryNumbers) return;
    std::optional<PictureNumber> first, last;
    uint32_t numbers = 0;
    const auto finish = [&] {
      if (numbers < kMinGalleryNumbers) return;
      const auto at = std::partition_point(paragraphs_.begin(), paragraphs_.end(), [&](const Paragraph& paragraph) {
        return paragraph.tokens.end <= first->token;
      });
      const uint32_t reach = first->token > kMaxCaptionWords ? first->token - kMaxCaptionWords : 0;
      draft_.Mark({std::max(at->tokens.begin, reach), last->token + kNumberWords}, Zone::kCaption);
    };
    const uint32_t end = draft_.size() - std::min(draft_.size(), kNumberWords - 1);
    for (uint32_t token = 0; token < end; ++token) {
      if (!draft_.token(token).numeric) continue;
      const std::optional<PictureNumber> next = PictureNumberAt(token);
      if (!next) continue;
      const bool follows = last && next->pictures == last->pictures && next->number == last->number + 1 &&
                           next->token - last->token <= kMaxCaptionWords;
      if (!follows) {
        finish();
        first = next;
        numbers = 0;
      }
      last = next;
      ++numbers;
    }
    finish();
  }

  bool IsRepeated(TokenSpan before, TokenSpan span) const {
    if (span.size() < kMinRepeatedWords || span.size() != before.size()) return false;
    const auto& tokens = draft_.article().tokens;
    return std::equal(tokens.begin() + span.begin, tokens.begin() + span.end, tokens.begin() + before.begin,
                      [](const Token& a, const Token& b) { return a.word == b.word; });
  }

  bool IsAgency(uint32_t token) const {
    return draft_.token(token).capitalised && draft_.IsIn(token, ZoneWord::kAgency);
  }

  // "CLOSE The mayor … (April 26) AP": the button of a player in front, or a short credit behind the last sentence.
  bool IsOfVideo(const Paragraph& paragraph) const {
    const TokenSpan span = paragraph.tokens;
    if (span.size() > kMaxCaptionWords || span.size() <= kMaxClosingCreditWords) return false;
    if (draft_.token(span.begin).all_capitals && draft_.Is(span.begin, draft_.words().player_buttons) &&
        draft_.token(span.begin + 1).capitalised && !draft_.token(span.begin + 1).all_capitals)
      return true;
    const TokenSpan last = draft_.article().sentences[paragraph.end_sentence - 1];
    return last.size() <= kMaxClosingCreditWords && last.size() < span.size() && IsAgency(span.end - 1) &&
           !draft_.EndsLikeASentence(span);
  }

  // "(Photo by …)", "Jane Doe/Reuters": a credit that a bracket or a slash sets apart.
  bool HasCredit(TokenSpan span) const {
    for (const CueHit& hit : draft_.HitsIn(span)) {
      if (hit.cue == ZoneCue::kCaption && hit.begin > span.begin && draft_.Behind(hit.begin - 1).ends_with('('))
        return true;
    }
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (!IsAgency(token)) continue;
      const bool slash = token > span.begin && draft_.Behind(token - 1).find('/') != std::string_view::npos;
      const bool before = draft_.Behind(token).find('/') != std::string_view::npos;
      if (slash || before) return true;
    }
    return false;
  }

  void MarkByWords(const Paragraph& paragraph) {
    const TokenSpan span = paragraph.tokens;
    if (span.size() > kMaxCaptionWords) return;
    const uint32_t plain = draft_.CountCues(span, ZoneCue::kCaption);
    const uint32_t weight = draft_.WeighCues(span, ZoneCue::kCaption, ZoneCue::kCaptionHint, kPlainWeight);
    if (weight == 0) return;
    const bool credit = HasCredit(span);
    const bool is_caption = plain > 0 || credit ? weight + (credit ? kPlainWeight : 0) >= kMinWeight ||
                                                      (plain > 0 && span.size() <= kMaxShortWords)
                                                : weight >= kMinWeight && span.size() <= kMaxUncreditedWords;
    if (is_caption) draft_.Mark(span, Zone::kCaption);
  }

  ZoneDraft& draft_;
  std::span<const Paragraph> paragraphs_;
};

}  // namespace

void MarkCaptions(ZoneDraft& draft) { CaptionMarker(draft).Run(); }

}  // namespace unspin
