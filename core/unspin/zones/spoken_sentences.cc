#include "unspin/zones/spoken_sentences.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace unspin {
namespace {

constexpr double kMinFirstPersonShare = 0.25;  // of the paragraphs of narration
constexpr uint32_t kMinNarrationWords = 10;    // in a paragraph; shorter ones tell nothing of who narrates
constexpr uint32_t kMaxSubjectWords = 6;       // "Mayor Jane Doe" in front of "said"
constexpr uint32_t kMinSpokenWords = 3;

bool HasFirstPerson(const ZoneDraft& draft, TokenSpan span) {
  return draft.CountBodyIn(span, ZoneWord::kFirstPerson) > 0;
}

// The words of a sentence that somebody is said to have spoken: those in front of ", he said", and those behind
// "he said:".
std::optional<TokenSpan> SpokenPart(const ZoneDraft& draft, TokenSpan sentence) {
  for (uint32_t verb = sentence.begin; verb < sentence.end; ++verb) {
    if (!draft.IsIn(verb, ZoneWord::kSpeechVerb) || !draft.IsBody(verb)) continue;
    const bool colon_behind = draft.Behind(verb).starts_with(':');
    if (colon_behind && verb + 1 < sentence.end) return TokenSpan{verb + 1, sentence.end};
    uint32_t subject = verb;
    const uint32_t limit = verb > sentence.begin + kMaxSubjectWords ? verb - kMaxSubjectWords : sentence.begin;
    // ", said Jane Doe"
    const bool inverted =
        verb + 1 < draft.size() && (draft.token(verb + 1).capitalised || draft.Is(verb + 1, draft.words().pronouns));
    while (subject > limit) {
      const std::string_view before = draft.Behind(subject - 1);
      if (before.find_first_of(",?!") != std::string_view::npos) {
        const bool named =
            subject < verb && (draft.token(subject).capitalised || draft.Is(subject, draft.words().pronouns));
        if ((subject == verb && inverted) || named) return TokenSpan{sentence.begin, subject};
        break;
      }
      --subject;
    }
  }
  return {};
}

}  // namespace

bool NarratesInFirstPerson(const ZoneDraft& draft) {
  size_t narration = 0, first_person = 0;
  const std::span<const Paragraph> paragraphs = draft.paragraphs();
  for (size_t i = 0; i < paragraphs.size(); ++i) {
    const Paragraph& paragraph = paragraphs[i];
    if (draft.CountBody(paragraph.tokens) < kMinNarrationWords) continue;
    // What a colon introduces is somebody else's.
    if (i > 0 && draft.IsFollowedBy(paragraphs[i - 1].tokens, ":")) continue;
    ++narration;
    if (!draft.HasAny(paragraph, ZoneWord::kFirstPerson)) continue;
    if (!HasFirstPerson(draft, paragraph.tokens)) continue;
    // "We are glad, he said" is no narration.
    bool attributed = false;
    for (uint32_t sentence = paragraph.first_sentence; sentence < paragraph.end_sentence; ++sentence) {
      if (draft.HasAny(sentence, ZoneWord::kSpeechVerb))
        attributed = attributed || SpokenPart(draft, draft.article().sentences[sentence]).has_value();
    }
    first_person += !attributed;
  }
  return static_cast<double>(first_person) >= kMinFirstPersonShare * static_cast<double>(narration) && first_person > 0;
}

void MarkSpokenSentences(ZoneDraft& draft) {
  for (const Paragraph& paragraph : draft.paragraphs()) {
    if (!draft.HasAny(paragraph, ZoneWord::kFirstPerson) || !draft.HasAny(paragraph, ZoneWord::kSpeechVerb)) continue;
    bool speaking = false;  // the sentence before was spoken
    for (uint32_t i = paragraph.first_sentence; i < paragraph.end_sentence; ++i) {
      const TokenSpan sentence = draft.article().sentences[i];
      const std::optional<TokenSpan> spoken = SpokenPart(draft, sentence);
      const TokenSpan part = spoken.value_or(speaking ? sentence : TokenSpan{});
      speaking = part.size() >= kMinSpokenWords && HasFirstPerson(draft, part);
      if (speaking) draft.Mark(part, Zone::kQuotation);
    }
  }
}

}  // namespace unspin
