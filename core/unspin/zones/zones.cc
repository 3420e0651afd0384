#include "unspin/zones/zones.h"

#include <algorithm>
#include <span>

#include "unspin/base/hash.h"
#include "unspin/language/language.h"
#include "unspin/zones/quotations.h"

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

using Tags = TagSet<ZoneWord>;

// Sentences without any of these are no credits.
constexpr Tags kCreditWords = {ZoneWord::kCreditLabel, ZoneWord::kCreditWork, ZoneWord::kOrigin,
                               ZoneWord::kContribution, ZoneWord::kAgency};

class ZoneFinder {
 public:
  ZoneFinder(std::string_view text, const TokenizedArticle& article, const ZoneWords& words)
      : text_(text), article_(article), words_(words) {
    zones_.of_token.assign(article.tokens.size(), Zone::kBody);
    sentence_tags_.reserve(article.sentences.size());
    for (const TokenSpan sentence : article.sentences) {
      Tags& tags = sentence_tags_.emplace_back();
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        if (words.tags.MayContain(article.tokens[token].word)) tags |= words.tags.Find(article.tokens[token].word);
      }
    }
    begins_paragraph_.assign(article.sentences.size(), false);
    for (const uint32_t sentence : article.paragraphs) begins_paragraph_[sentence] = true;
  }

  Zones Run() {
    MarkNavigation();
    MarkRepeatedHeadlines();
    MarkNotices();
    MarkBylines();
    MarkCredits();
    MarkDateline();
    MarkQuotations();
    const auto tokens = static_cast<uint32_t>(zones_.of_token.size());
    for (uint32_t begin = 0, end = 0; begin < tokens; begin = end) {
      const Zone zone = zones_.of_token[begin];
      while (end < tokens && zones_.of_token[end] == zone) ++end;
      zones_.spans.push_back({zone, {begin, end}});
    }
    return std::move(zones_);
  }

 private:
  void Mark(TokenSpan span, Zone zone) {
    for (uint32_t token = span.begin; token < span.end; ++token) {
      if (zones_.of_token[token] == Zone::kBody) zones_.of_token[token] = zone;
    }
  }

  bool Is(uint32_t token, const WordSet& words) const { return words.Contains(article_.tokens[token].word); }
  bool IsIn(uint32_t token, Tags lists) const { return words_.tags.Find(article_.tokens[token].word).HasAny(lists); }

  // Whether a sentence, by its number, has a word of one of these lists: few have any.
  bool HasAny(size_t number, Tags lists) const { return sentence_tags_[number].HasAny(lists); }

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

  bool EndsLikeASentence(TokenSpan sentence) const {
    const size_t end = article_.tokens[sentence.end - 1].source.end;
    const size_t limit = std::min(text_.size(), end + 4);
    for (size_t at = end; at < limit && text_[at] != '\n'; ++at) {
      if (text_[at] == '.' || text_[at] == '!' || text_[at] == '?') return true;
    }
    return false;
  }

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
      if (zones_.Counts(sentence.begin)) story.push_back(sentence);
    }
    return story;
  }

  // Scrapers print a headline several times: it counts once.
  void MarkRepeatedHeadlines() {
    std::vector<uint64_t> seen;
    for (const TokenSpan sentence : BodySentences(kHeadlineSentences)) {
      if (sentence.size() < kMinHeadlineWords) continue;
      uint64_t hash = 0;
      for (uint32_t token = sentence.begin; token < sentence.end; ++token)
        hash = Mix64(hash ^ article_.tokens[token].word);
      if (std::find(seen.begin(), seen.end(), hash) != seen.end()) {
        Mark(sentence, Zone::kNavigation);
      } else {
        seen.push_back(hash);
      }
    }
  }

  void MarkNotices() {
    bool behind_notice = false;
    bool notice_paragraph = false;  // all sentences of the paragraph so far are notices
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      const TokenSpan sentence = article_.sentences[number];
      const bool begins = begins_paragraph_[number];
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

  // The bytes between a word and the next.
  std::string_view Between(uint32_t token) const {
    if (token + 1 >= article_.tokens.size()) return {};
    const size_t begin = article_.tokens[token].source.end;
    return text_.substr(begin, article_.tokens[token + 1].source.begin - begin);
  }

  // Credits name those who made the story or its pictures, and its source: anywhere, but in sentences of their own.
  void MarkCredits() {
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      if (!HasAny(number, kCreditWords)) continue;
      const TokenSpan sentence = article_.sentences[number];
      if (sentence.size() < 2 || sentence.size() > kMaxCreditWords || !zones_.Counts(sentence.begin)) continue;
      if (IsLabelled(sentence, begins_paragraph_[number]) || IsContribution(sentence) || IsPictureCredit(sentence)) {
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
        const bool dash = between.find(" - ") != std::string_view::npos ||
                          between.find("--") != std::string_view::npos ||
                          between.find("\xe2\x80\x94") != std::string_view::npos ||
                          between.find("\xe2\x80\x93") != std::string_view::npos;
        if (!dash) continue;
        Mark({sentence.begin, token}, Zone::kDateline);
        return;
      }
    }
  }

  void MarkQuotations() {
    for (const TokenSpan span : FindQuotations(text_, article_, words_)) Mark(span, Zone::kQuotation);
  }

  std::string_view text_;
  const TokenizedArticle& article_;
  const ZoneWords& words_;
  std::vector<Tags> sentence_tags_;     // one per sentence: of all its words
  std::vector<bool> begins_paragraph_;  // one per sentence
  Zones zones_;
};

}  // namespace

Zones FindZones(std::string_view text, const TokenizedArticle& article, const Language& language) {
  return ZoneFinder(text, article, language.zone_words).Run();
}

}  // namespace unspin
