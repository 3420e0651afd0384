#include "unspin/zones/zones.h"

#include <algorithm>
#include <span>
#include <utility>

#include "unspin/language/language.h"
#include "unspin/zones/captions.h"
#include "unspin/zones/documents.h"
#include "unspin/zones/glued_headlines.h"
#include "unspin/zones/quotations.h"
#include "unspin/zones/spoken_sentences.h"
#include "unspin/zones/standing_paragraphs.h"
#include "unspin/zones/tables.h"
#include "unspin/zones/transcripts.h"
#include "unspin/zones/zone_draft.h"

namespace unspin {
namespace {

// Longest sentences of each zone, in words.
constexpr uint32_t kMaxNavigationWords = 40;
constexpr uint32_t kMaxNoticeWords = 60;
constexpr uint32_t kMaxShortNoticeWords = 12;  // in which two notice words are enough
constexpr uint32_t kMaxCopyrightWords = 20;    // of a sentence that begins with "copyright" or its sign
constexpr uint32_t kMaxBylineWords = 12;
constexpr uint32_t kMaxLabelledWords = 12;  // "Photo: …"
constexpr uint32_t kMaxCreditWords = 24;
constexpr uint32_t kMaxSlashCreditWords = 14;   // "Jane Doe/AP"
constexpr uint32_t kMaxPictureAgencyWords = 8;  // "Image copyright Getty Images"
constexpr uint32_t kMaxDatelineWords = 12;
constexpr uint32_t kMinHeadlineWords = 4;  // a shorter line may be repeated for other reasons

// How many sentences of the body, from its beginning or end, may be of a kind.
constexpr size_t kHeadlineSentences = 8;
constexpr size_t kDatelineSentences = 5;
constexpr size_t kFirstBylineSentences = 4, kLastBylineSentences = 6;

using Tags = ZoneTags;

// Sentences without any of these are no credits.
constexpr Tags kCreditWords = {ZoneWord::kCreditLabel, ZoneWord::kCreditWork, ZoneWord::kOrigin,
                               ZoneWord::kContribution, ZoneWord::kAgency};

class ZoneFinder {
 public:
  ZoneFinder(std::string_view text, const TokenizedArticle& article, const Language& language)
      : text_(text), article_(article), words_(language.zone_words), draft_(text, article, language) {}

  Zones Run() {
    MarkNavigation();
    MarkRepeatedHeadlines();
    MarkNotices();
    MarkBylines();
    MarkCredits();
    MarkDateline();
    MarkGluedHeadlines(draft_);
    for (const TokenSpan span : FindQuotations(text_, article_, draft_.paragraphs(), words_))
      draft_.Mark(span, Zone::kQuotation);
    MarkStandingParagraphs(draft_);
    MarkCaptions(draft_);
    MarkTranscripts(draft_);
    MarkTables(draft_);
    const bool first_person = NarratesInFirstPerson(draft_);
    MarkDocuments(draft_, first_person);
    if (!first_person) MarkSpokenSentences(draft_);
    return JoinZones(draft_.TakeZones());
  }

 private:
  void Mark(TokenSpan span, Zone zone) { draft_.Mark(span, zone); }
  bool Is(uint32_t token, const WordSet& words) const { return words.Contains(article_.tokens[token].word); }
  bool IsIn(uint32_t token, Tags lists) const { return draft_.IsIn(token, lists); }

  // Whether a sentence, by its number, has a word of one of these lists: few have any.
  bool HasAny(size_t number, Tags lists) const { return draft_.HasAny(number, lists); }

  // Words of one sentence that are in a list.
  uint32_t Count(TokenSpan sentence, ZoneWord list) const {
    uint32_t count = 0;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) count += IsIn(token, list);
    return count;
  }

  // Distinct words of one sentence that are in a list.
  size_t CountDistinct(TokenSpan sentence, ZoneWord list) const {
    std::vector<uint64_t> found;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
      const uint64_t word = article_.tokens[token].word;
      if (IsIn(token, list) && std::find(found.begin(), found.end(), word) == found.end()) found.push_back(word);
    }
    return found.size();
  }

  bool EndsLikeASentence(TokenSpan sentence) const { return draft_.EndsLikeASentence(sentence); }

  // Short lines without a full stop, of which a third or more is menu words.
  void MarkNavigation() {
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      const TokenSpan sentence = article_.sentences[number];
      if (!HasAny(number, ZoneWord::kNavigation) || sentence.size() > kMaxNavigationWords ||
          EndsLikeASentence(sentence))
        continue;
      const uint32_t hits = Count(sentence, ZoneWord::kNavigation);
      if (hits >= 2 && hits * 3 >= sentence.size()) Mark(sentence, Zone::kNavigation);
    }
  }

  // The first `max` sentences that are still body: menus around a story must not move its beginning and end.
  std::vector<TokenSpan> BodySentences(size_t max) const {
    std::vector<TokenSpan> story;
    story.reserve(std::min(max, article_.sentences.size()));
    for (const TokenSpan sentence : article_.sentences) {
      if (story.size() == max) break;
      if (draft_.IsBody(sentence.begin)) story.push_back(sentence);
    }
    return story;
  }

  // Scrapers print a headline several times: it counts once.
  void MarkRepeatedHeadlines() {
    std::vector<TokenSpan> seen;
    for (const TokenSpan sentence : BodySentences(kHeadlineSentences)) {
      if (sentence.size() < kMinHeadlineWords) continue;
      const bool repeats =
          std::any_of(seen.begin(), seen.end(), [&](TokenSpan other) { return HaveSameWords(sentence, other); });
      if (repeats) {
        Mark(sentence, Zone::kNavigation);
      } else {
        seen.push_back(sentence);
      }
    }
  }

  bool HaveSameWords(TokenSpan a, TokenSpan b) const {
    const auto tokens = article_.tokens.begin();
    return a.size() == b.size() && std::equal(tokens + a.begin, tokens + a.end, tokens + b.begin,
                                              [](const Token& x, const Token& y) { return x.word == y.word; });
  }

  void MarkNotices() {
    bool behind_notice = false;
    bool notice_paragraph = false;  // all sentences of the paragraph so far are notices
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      const TokenSpan sentence = article_.sentences[number];
      const bool begins = draft_.BeginsParagraph(number);
      const bool notice =
          sentence.size() <= kMaxNoticeWords && (IsNotice(number, behind_notice) || (notice_paragraph && !begins));
      notice_paragraph = notice && (begins || notice_paragraph);
      if (notice) Mark(sentence, Zone::kNotice);
      behind_notice = notice;
    }
  }

  bool IsNotice(size_t number, bool behind_notice) const {
    const TokenSpan sentence = article_.sentences[number];
    const bool plain = HasAny(number, ZoneWord::kPlainNotice);
    if (plain || behind_notice) {
      // Different ones: "rights, rights and rights" is no notice.
      const size_t hits = CountDistinct(sentence, ZoneWord::kNotice);
      if (hits >= 3 && plain) return true;
      if (hits >= 2 && (behind_notice || sentence.size() <= kMaxShortNoticeWords)) return true;
    }
    if (sentence.size() > kMaxCopyrightWords) return false;
    return Is(sentence.begin, words_.copyright) || HasCopyrightSign(sentence);
  }

  bool HasCopyrightSign(TokenSpan sentence) const {
    const size_t begin = article_.tokens[sentence.begin].source.begin;
    const std::string_view around = text_.substr(begin > 4 ? begin - 4 : 0, 8);
    return around.find("\xc2\xa9") != std::string_view::npos || around.find("(c)") != std::string_view::npos ||
           around.find("(C)") != std::string_view::npos;
  }

  void MarkBylines() {
    const std::vector<TokenSpan> story = BodySentences(article_.sentences.size());
    for (size_t i = 0; i < story.size(); ++i) {
      const TokenSpan sentence = story[i];
      const bool at_edge = i < kFirstBylineSentences || i + kLastBylineSentences > story.size();
      if (!at_edge || sentence.size() < 2 || sentence.size() > kMaxBylineWords) continue;
      const bool by_name = Is(sentence.begin, words_.by) && !EndsLikeASentence(sentence) &&
                           article_.tokens[sentence.begin].capitalised &&
                           article_.tokens[sentence.begin + 1].capitalised;
      if (by_name) Mark(sentence, Zone::kByline);
    }
  }

  std::string_view Between(uint32_t token) const { return draft_.Behind(token); }

  // Credits name those who made the story or its pictures, and its source: anywhere, but in sentences of their own.
  void MarkCredits() {
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      if (!HasAny(number, kCreditWords)) continue;
      const TokenSpan sentence = article_.sentences[number];
      if (sentence.size() < 2 || sentence.size() > kMaxCreditWords || !draft_.IsBody(sentence.begin)) continue;
      if (IsLabelled(sentence, draft_.BeginsParagraph(number)) || IsContribution(sentence) ||
          IsPictureCredit(sentence)) {
        Mark(sentence, Zone::kByline);
      }
    }
  }

  // "Photo: …", "Source: …"
  bool IsLabelled(TokenSpan sentence, bool begins) const {
    return begins && sentence.size() <= kMaxLabelledWords && IsIn(sentence.begin, ZoneWord::kCreditLabel) &&
           article_.tokens[sentence.begin].capitalised && Between(sentence.begin).starts_with(":");
  }

  bool IsContribution(TokenSpan sentence) const {
    for (uint32_t token = sentence.begin; token + 2 < sentence.end; ++token) {
      // "(Additional reporting by …)"
      if (token < sentence.begin + 3 && IsIn(token, ZoneWord::kCreditWork) && Is(token + 1, words_.by) &&
          (article_.tokens[token + 2].capitalised || Is(token + 2, words_.the)) &&
          article_.tokens[sentence.begin].capitalised)
        return true;
      // "… contributed to this report."
      if (IsIn(token, ZoneWord::kContribution) && BeginsWith({token, sentence.end}, words_.contributed_to) &&
          token + words_.contributed_to.size() < sentence.end &&
          IsIn(token + static_cast<uint32_t>(words_.contributed_to.size()), ZoneWord::kStoryNoun))
        return true;
      // "This article was originally published by …"
      if (!IsIn(token, ZoneWord::kOrigin) || !Is(token + 1, words_.published)) continue;
      for (uint32_t before = sentence.begin; before < token; ++before) {
        if (IsIn(before, ZoneWord::kStoryNoun) && (before == sentence.begin || token - before <= 3)) return true;
      }
    }
    return false;
  }

  bool BeginsWith(TokenSpan words, std::span<const uint64_t> phrase) const {
    if (phrase.size() > words.size()) return false;
    return std::equal(phrase.begin(), phrase.end(), article_.tokens.begin() + words.begin,
                      [](uint64_t word, const Token& token) { return token.word == word; });
  }

  // "Jane Doe/AP", "(AP Photo/Jane Doe)", "Image copyright Getty Images"
  bool IsPictureCredit(TokenSpan sentence) const {
    bool slash = false, agency = false;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token)
      agency = agency || (IsIn(token, ZoneWord::kAgency) && article_.tokens[token].capitalised);
    if (!agency) return false;
    for (uint32_t token = sentence.begin; token + 1 < sentence.end; ++token)
      slash = slash || Between(token).find('/') != std::string_view::npos;
    const bool picture_agency = Count(sentence, ZoneWord::kPictureAgency) > 0;
    return slash ? sentence.size() <= kMaxSlashCreditWords
                 : picture_agency && sentence.size() <= kMaxPictureAgencyWords && !EndsLikeASentence(sentence);
  }

  static bool IsSpacedHyphen(std::string_view between) {
    constexpr std::string_view kSpace = " \t\r\n";
    const size_t hyphen = between.find('-');
    return hyphen != std::string_view::npos && hyphen > 0 && hyphen + 1 < between.size() &&
           kSpace.find(between[hyphen - 1]) != std::string_view::npos &&
           kSpace.find(between[hyphen + 1]) != std::string_view::npos;
  }

  // "LONDON (Agency) - ", "WASHINGTON, March 3 — ": capitals up to a dash, at the start of one of the first sentences.
  void MarkDateline() {
    for (const TokenSpan sentence : BodySentences(kDatelineSentences)) {
      if (!article_.tokens[sentence.begin].all_capitals) continue;
      const uint32_t limit = std::min(sentence.end, sentence.begin + kMaxDatelineWords + 1);
      for (uint32_t token = sentence.begin + 1; token < limit; ++token) {
        // Cities, agencies and dates only: another word begins a sentence.
        const Token& before = article_.tokens[token - 1];
        if (!before.capitalised && !before.numeric && before.text_size > 3) break;
        const std::string_view between = Between(token - 1);
        const bool dash = IsSpacedHyphen(between) || between.find("--") != std::string_view::npos ||
                          between.find("\xe2\x80\x94") != std::string_view::npos ||
                          between.find("\xe2\x80\x93") != std::string_view::npos;
        if (!dash) continue;
        Mark({sentence.begin, token}, Zone::kDateline);
        return;
      }
    }
  }

  std::string_view text_;
  const TokenizedArticle& article_;
  const ZoneWords& words_;
  ZoneDraft draft_;
};

}  // namespace

Zones JoinZones(std::vector<Zone> of_token) {
  Zones zones;
  const auto tokens = static_cast<uint32_t>(of_token.size());
  for (uint32_t begin = 0, end = 0; begin < tokens; begin = end) {
    const Zone zone = of_token[begin];
    while (end < tokens && of_token[end] == zone) ++end;
    zones.spans.push_back({zone, {begin, end}});
  }
  zones.of_token = std::move(of_token);
  return zones;
}

Zones FindZones(std::string_view text, const TokenizedArticle& article, const Language& language) {
  return ZoneFinder(text, article, language).Run();
}

}  // namespace unspin
