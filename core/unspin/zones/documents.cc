#include "unspin/zones/documents.h"

#include <algorithm>
#include <cstdint>

namespace unspin {
namespace {

constexpr uint32_t kMaxIntroducedParagraphs = 40;  // of one statement
constexpr uint32_t kMaxIntroductionWords = 60;     // "…, the mayor said in a statement on Monday:"
constexpr uint32_t kMinIntroductionWords = 2;      // one is a label: "Opinion:"
constexpr uint32_t kMaxSaidWords = 8;              // from "said" to the colon
constexpr uint32_t kMaxShortDocumentWords = 150;   // behind "he wrote:", without a first person
constexpr uint32_t kMinFirstPersons = 3;           // of a document in an article that says "I" itself
constexpr uint32_t kMaxSalutationWords = 14;
constexpr uint32_t kMaxSignatureWords = 8;
constexpr size_t kMaxLetterParagraphs = 80;
constexpr uint32_t kMaxTweetWords = 70;     // 280 characters
constexpr uint32_t kMaxTweetDateWords = 5;  // from the handle to the year
constexpr uint32_t kMaxHandleWords = 12;    // of a signature on its own: "— Jane Doe (@jane) May 5, 2018"
constexpr uint32_t kMinLawCues = 3;
constexpr uint32_t kMinNumberedLawCues = 1;  // in a paragraph with a number
constexpr uint32_t kWordsPerLawCue = 60;

class DocumentMarker {
 public:
  DocumentMarker(ZoneDraft& draft, bool first_person)
      : draft_(draft), paragraphs_(draft.paragraphs()), first_person_(first_person) {}

  void Run() {
    MarkTweets();
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      if (draft_.HasCue(i, ZoneCue::kSalutation) && IsSalutation(paragraphs_[i])) MarkLetter(i);
      if (IsIntroduction(paragraphs_[i])) MarkIntroduced(i);
      if (draft_.HasCue(i, ZoneCue::kLaw) && IsLaw(paragraphs_[i])) Mark(i, i + 1);
    }
  }

 private:
  void Mark(size_t begin, size_t end) {
    if (begin < end) draft_.Mark({paragraphs_[begin].tokens.begin, paragraphs_[end - 1].tokens.end}, Zone::kDocument);
  }

  bool IsAddress(const Paragraph& paragraph) const {
    return draft_.HasAny(paragraph, {ZoneWord::kFirstPerson, ZoneWord::kSecondPerson}) &&
           draft_.CountBodyIn(paragraph.tokens, {ZoneWord::kFirstPerson, ZoneWord::kSecondPerson}) > 0;
  }

  bool IsFirstPerson(const Paragraph& paragraph) const {
    return draft_.HasAny(paragraph, ZoneWord::kFirstPerson) &&
           draft_.CountBodyIn(paragraph.tokens, ZoneWord::kFirstPerson) > 0;
  }

  bool EndsWithColon(const Paragraph& paragraph) const {
    const std::string_view behind = draft_.Behind(paragraph.tokens.end - 1);
    return behind.substr(0, behind.find_first_of("\r\n")).find(':') != std::string_view::npos;
  }

  TokenSpan LastSentence(const Paragraph& paragraph) const {
    return draft_.article().sentences[paragraph.end_sentence - 1];
  }

  // "From the text of the bill…"
  bool EndsWithEllipsis(const Paragraph& paragraph) const {
    const std::string_view behind = draft_.Behind(paragraph.tokens.end - 1);
    return behind.find("\u2026") != std::string_view::npos || behind.find("...") != std::string_view::npos;
  }

  // Whether a paragraph leads over to the next, and its last sentence is no label.
  bool IsIntroduction(const Paragraph& paragraph) const {
    const TokenSpan last = LastSentence(paragraph);
    if (last.size() > kMaxIntroductionWords || last.size() < kMinIntroductionWords) return false;
    return EndsWithColon(paragraph) ||
           (EndsWithEllipsis(paragraph) && draft_.CountCues(last, ZoneCue::kIntroduction) > 0);
  }

  // Whether an introduction speaks of a text, or of somebody who said or published something.
  bool NamesSource(const Paragraph& introduction) const {
    const TokenSpan last = LastSentence(introduction);
    if (draft_.CountCues(last, ZoneCue::kIntroduction) > 0) return true;
    const uint32_t said = last.size() > kMaxSaidWords ? last.end - kMaxSaidWords : last.begin;
    for (uint32_t token = last.begin; token < last.end; ++token) {
      if (draft_.language().fact_words.Find(draft_.token(token).word).HasAny(FactWord::kAttribution)) return true;
      if (token >= said && draft_.IsIn(token, ZoneWord::kSpeechVerb)) return true;
    }
    return false;
  }

  void MarkIntroduced(size_t introduction) {
    size_t end = introduction + 1;
    if (end == paragraphs_.size()) return;
    const Paragraph& next = paragraphs_[end];
    const bool named = NamesSource(paragraphs_[introduction]);
    // Where the article itself says "I", a single one shows nobody else.
    const uint32_t first_persons =
        draft_.HasAny(next, ZoneWord::kFirstPerson) ? draft_.CountBodyIn(next.tokens, ZoneWord::kFirstPerson) : 0;
    const bool speaks = first_persons >= (first_person_ ? kMinFirstPersons : 1) || (named && IsAddress(next));
    if (!speaks && (!named || next.tokens.size() > kMaxShortDocumentWords)) return;
    ++end;
    const size_t limit = std::min(paragraphs_.size(), introduction + kMaxIntroducedParagraphs);
    while (!first_person_ && end < limit && IsFirstPerson(paragraphs_[end]) && !IsAttributed(paragraphs_[end])) ++end;
    Mark(introduction + 1, end);
  }

  // The article goes on where somebody is said to have said something, and where marks show speech.
  bool IsAttributed(const Paragraph& paragraph) const {
    return draft_.CountBodyIn(paragraph.tokens, ZoneWord::kSpeechVerb) > 0 ||
           draft_.CountBody(paragraph.tokens) < paragraph.tokens.size();
  }

  // "Dear Ms. Doe,"
  bool IsSalutation(const Paragraph& paragraph) const {
    const std::span<const CueHit> hits = draft_.HitsIn({paragraph.tokens.begin, paragraph.tokens.begin + 1});
    const bool greets =
        std::any_of(hits.begin(), hits.end(), [](const CueHit& hit) { return hit.cue == ZoneCue::kSalutation; });
    if (!greets) return false;
    if (paragraph.tokens.size() <= kMaxSalutationWords) return draft_.IsFollowedBy(paragraph.tokens, ",:;-!");
    // Salutation and first sentence in one paragraph.
    const uint32_t limit = paragraph.tokens.begin + kMaxSignatureWords;
    for (uint32_t token = paragraph.tokens.begin + 1; token < limit; ++token) {
      const char mark = draft_.Behind(token).front();
      if (mark == ',' || mark == ':') return IsAddress(paragraph);
      if (!draft_.token(token).capitalised) return false;
    }
    return false;
  }

  bool IsSignature(const Paragraph& paragraph) const {
    if (paragraph.tokens.size() > kMaxSignatureWords) return false;
    const std::span<const CueHit> hits = draft_.HitsIn({paragraph.tokens.begin, paragraph.tokens.begin + 1});
    return std::any_of(hits.begin(), hits.end(), [](const CueHit& hit) { return hit.cue == ZoneCue::kSignature; });
  }

  // Up to the signature and the name below it; without one, as long as somebody is addressed.
  void MarkLetter(size_t begin) {
    const size_t limit = std::min(paragraphs_.size(), begin + kMaxLetterParagraphs);
    for (size_t i = begin + 1; i < limit; ++i) {
      if (!IsSignature(paragraphs_[i])) continue;
      const bool name_below = i + 1 < limit && paragraphs_[i + 1].tokens.size() <= kMaxSignatureWords;
      return Mark(begin, i + 1 + name_below);
    }
    size_t end = begin + 1;
    while (end < limit && IsAddress(paragraphs_[end])) ++end;
    Mark(begin, end);
  }

  // The end of the signature "(@jane) May 5, 2018" whose handle is at `token`; `token` if there is none.
  uint32_t EndOfTweet(uint32_t token, uint32_t end) const {
    bool month = false;
    for (uint32_t at = token + 1; at < std::min(end, token + 1 + kMaxTweetDateWords); ++at) {
      month = month || draft_.IsIn(at, ZoneWord::kMonth);
      const bool year = draft_.token(at).numeric && draft_.token(at).text_size == 4;
      if (month && year) return at + 1;
    }
    return token;
  }

  bool IsHandle(uint32_t token) const {
    const uint32_t begin = draft_.token(token).source.begin;
    return begin > 0 && draft_.text()[begin - 1] == '@';
  }

  // Whether a text has a picture or a shortened link of Twitter. Slashes are rare.
  static bool HasTweetLink(std::string_view text) {
    for (size_t at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
      const std::string_view before = text.substr(0, at);
      if (before.ends_with("//t.co") || before.ends_with("pic.twitter.com")) return true;
    }
    return false;
  }

  void MarkTweets() {
    const std::string_view text = draft_.text();
    if (text.find('@') == std::string_view::npos && !HasTweetLink(text)) return;
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Paragraph& paragraph = paragraphs_[i];
      const ByteSpan bytes = paragraph.bytes;
      const std::string_view of_paragraph = text.substr(bytes.begin, bytes.size());
      if (paragraph.tokens.size() <= kMaxTweetWords && HasTweetLink(of_paragraph)) Mark(i, i + 1);
      if (of_paragraph.find('@') == std::string_view::npos) continue;
      uint32_t begin = paragraph.tokens.begin;
      for (uint32_t token = begin; token < paragraph.tokens.end; ++token) {
        if (!IsHandle(token)) continue;
        const uint32_t end = EndOfTweet(token, paragraph.tokens.end);
        if (end == token) continue;
        if (end - begin <= kMaxTweetWords + kMaxHandleWords) draft_.Mark({begin, end}, Zone::kDocument);
        const bool alone = end - paragraph.tokens.begin <= kMaxHandleWords && end == paragraph.tokens.end;
        if (alone && i > 0 && paragraphs_[i - 1].tokens.size() <= kMaxTweetWords) Mark(i - 1, i);
        begin = end;
        token = end - 1;
      }
    }
  }

  // "(a)", "§ 3", "Section 3.", "Article 14 of the Act provides that …"
  bool IsNumbered(const Paragraph& paragraph) const {
    const uint32_t first = paragraph.tokens.begin;
    const std::string_view front = draft_.InFrontOf(paragraph);
    if (front.find("\u00a7") != std::string_view::npos) return true;
    if (front == "(" && draft_.Behind(first).starts_with(')')) return true;
    if (!draft_.token(first).capitalised || first + 1 >= paragraph.tokens.end) return false;
    const Token& number = draft_.token(first + 1);
    return draft_.IsIn(first, ZoneWord::kProvision) && (number.numeric || number.all_capitals || number.text_size == 1);
  }

  bool IsLaw(const Paragraph& paragraph) const {
    const uint32_t cues = draft_.CountCues(paragraph.tokens, ZoneCue::kLaw);
    if (cues == 0) return false;
    if (cues >= kMinLawCues && cues * kWordsPerLawCue >= paragraph.tokens.size()) return true;
    return cues >= kMinNumberedLawCues && IsNumbered(paragraph);
  }

  ZoneDraft& draft_;
  std::span<const Paragraph> paragraphs_;
  bool first_person_;
};

}  // namespace

void MarkDocuments(ZoneDraft& draft, bool first_person) { DocumentMarker(draft, first_person).Run(); }

}  // namespace unspin
