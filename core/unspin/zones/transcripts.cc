#include "unspin/zones/transcripts.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxNameWords = 4;      // "Dr. Jane Q. Doe"
constexpr uint32_t kMaxCapitalWords = 12;  // "SEN. JANE DOE (R), MEMBER, BUDGET COMMITTEE"
constexpr size_t kMinTurns = 3;            // paragraphs with labels that occur again
constexpr size_t kMaxTurnParagraphs = 6;   // behind more, the article goes on
constexpr size_t kMinSpeakers = 2;
constexpr size_t kMinDashLines = 2;

// A paragraph that begins with somebody's name and a colon, or is nothing but a name.
struct Turn {
  size_t paragraph;
  uint64_t speaker;     // hash of the name
  bool capitals;        // all of the name is in capitals
  bool counts = false;  // the name occurs again
};

class TurnFinder {
 public:
  explicit TurnFinder(const ZoneDraft& draft) : draft_(draft) {}

  std::vector<Turn> Run() {
    std::vector<Turn> turns;
    for (size_t i = 0; i < draft_.paragraphs().size(); ++i) {
      const Paragraph& paragraph = draft_.paragraphs()[i];
      if (const std::optional<uint64_t> speaker = SpeakerOf(paragraph))
        turns.push_back({i, *speaker, draft_.token(paragraph.tokens.begin).all_capitals});
    }
    absl::flat_hash_map<uint64_t, size_t> times;  // by speaker
    for (const Turn& turn : turns) ++times[turn.speaker];
    size_t repeated = 0;
    for (Turn& turn : turns) {
      turn.counts = times[turn.speaker] >= 2;
      repeated += turn.counts;
    }
    if (repeated < kMinTurns || times.size() < kMinSpeakers || !IsConversation(turns)) return {};
    return turns;
  }

 private:
  // Whether the speakers speak of themselves, to each other, or ask: "Senate: …" and "Governor: …" do not.
  bool IsConversation(const std::vector<Turn>& turns) const {
    size_t spoken = 0;
    for (const Turn& turn : turns) {
      bool speaks = false;
      // A name on a line of its own has its speech below.
      for (size_t i = turn.paragraph; i < std::min(turn.paragraph + 2, draft_.paragraphs().size()); ++i) {
        const Paragraph& paragraph = draft_.paragraphs()[i];
        speaks = speaks || draft_.HasAny(paragraph, {ZoneWord::kFirstPerson, ZoneWord::kSecondPerson}) ||
                 draft_.IsFollowedBy(paragraph.tokens, "?");
        if (paragraph.tokens.size() > kMaxNameWords) break;
      }
      spoken += speaks;
    }
    return spoken * 2 >= turns.size();
  }

  std::optional<uint64_t> SpeakerOf(const Paragraph& paragraph) const {
    const TokenSpan tokens = paragraph.tokens;
    if (!draft_.token(tokens.begin).capitalised || draft_.Is(tokens.begin, draft_.words().no_speakers)) return {};
    const bool question = draft_.Is(tokens.begin, draft_.words().questions) && tokens.size() > 1;
    if (question) {
      const std::string_view behind = draft_.Behind(tokens.begin);
      if (behind.starts_with(':') || (behind.starts_with('.') && draft_.token(tokens.begin).text_size == 1))
        return draft_.token(tokens.begin).word;
    }
    uint64_t hash = 0;
    bool capitals = true, any_capitals = false;
    const uint32_t limit = std::min(tokens.end, tokens.begin + kMaxCapitalWords);
    for (uint32_t token = tokens.begin; token < limit; ++token) {
      const Token& word = draft_.token(token);
      const uint32_t words = token + 1 - tokens.begin;
      capitals = capitals && (word.all_capitals || word.numeric || (word.capitalised && word.text_size == 1) ||
                              draft_.language().abbreviations.Contains(word.word));
      any_capitals = any_capitals || word.all_capitals;
      if (!capitals && (!word.capitalised || words > kMaxNameWords)) return {};
      hash = Mix64(hash ^ word.word);
      const std::string_view behind = draft_.Behind(token);
      if (behind.starts_with(':') || behind.starts_with("):") || behind.starts_with(".:"))
        return words > 1 || any_capitals || word.text_size > 1 ? std::optional<uint64_t>(hash) : std::nullopt;
      if (token + 1 == tokens.end && words > 1 && words <= kMaxNameWords && !draft_.IsFollowedBy(tokens, ".!?,;"))
        return hash;
      if (behind.find_first_of("!?;\"") != std::string_view::npos) return {};
    }
    return {};
  }

  const ZoneDraft& draft_;
};

void MarkTurns(ZoneDraft& draft) {
  const std::vector<Turn> turns = TurnFinder(draft).Run();
  const std::span<const Paragraph> paragraphs = draft.paragraphs();
  for (size_t i = 0; i < turns.size(); ++i) {
    // A name that occurs once is a guest's where others speak before and behind; elsewhere it is a heading.
    // Transcripts give a name in full once, in capitals.
    const bool beside = i > 0 && turns[i - 1].counts && i + 1 < turns.size() && turns[i + 1].counts;
    if (!turns[i].counts && !turns[i].capitals && !beside) continue;
    const Paragraph& first = paragraphs[turns[i].paragraph];
    const bool alone = draft.Behind(first.tokens.end - 1).find_first_of("\r\n") != std::string_view::npos &&
                       first.tokens.size() <= kMaxNameWords;
    size_t end = turns[i].paragraph + (alone ? 2 : 1);
    const bool has_next = i + 1 < turns.size() && turns[i + 1].paragraph - turns[i].paragraph <= kMaxTurnParagraphs;
    if (has_next) end = turns[i + 1].paragraph;
    end = std::min(end, paragraphs.size());
    draft.Mark({first.tokens.begin, paragraphs[end - 1].tokens.end}, Zone::kQuotation);
  }
}

bool OpensWithDash(const ZoneDraft& draft, const Paragraph& paragraph) {
  const std::string_view front = draft.InFrontOf(paragraph);
  return front == "-" || front == "--" || front == "\u2013" || front == "\u2014" || front == "\u2015";
}

// Lines of a list begin with dashes as well: those of speech address somebody, or say who speaks.
void MarkDashLines(ZoneDraft& draft) {
  size_t lines = 0, spoken = 0;
  for (const Paragraph& paragraph : draft.paragraphs()) {
    if (!OpensWithDash(draft, paragraph)) continue;
    ++lines;
    spoken += draft.HasAny(paragraph, {ZoneWord::kFirstPerson, ZoneWord::kSecondPerson}) ||
              draft.Behind(paragraph.tokens.end - 1).find_first_of("?!") != std::string_view::npos;
  }
  if (spoken < kMinDashLines || spoken * 3 < lines * 2) return;
  for (const Paragraph& paragraph : draft.paragraphs()) {
    if (OpensWithDash(draft, paragraph)) draft.Mark(paragraph.tokens, Zone::kQuotation);
  }
}

}  // namespace

void MarkTranscripts(ZoneDraft& draft) {
  MarkTurns(draft);
  MarkDashLines(draft);
}

}  // namespace unspin
