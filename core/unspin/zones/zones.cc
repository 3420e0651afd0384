#include "unspin/zones/zones.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>

#include "absl/container/flat_hash_map.h"
#include "unspin/base/hash.h"
#include "unspin/base/word_hash.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxQuotationWords = 150;  // words; a longer one is an unbalanced mark
constexpr double kMaxMasked = 0.6;            // where more would be masked as quotation, quotations count as text
constexpr uint32_t kMaxBylineWords = 24;      // words
constexpr uint32_t kMaxDatelineWords = 12;    // words

// A notice is known by how many of these it holds; spinners change some of them, never all.
constexpr std::array<std::string_view, 31> kNoticeWords = {
    "copyright",      "copyrighted",  "rights",       "reserved",     "published",  "broadcast",   "rewritten",
    "redistributed",  "permission",   "reproduced",   "reproduction", "material",   "subject",     "prohibited",
    "licence",        "license",      "licensed",     "consent",      "written",    "republished", "republication",
    "distributed",    "distribution", "unauthorised", "unauthorized", "syndicated", "resold",      "transmitted",
    "redistribution", "retained",     "proprietary"};

// Any two of these say that a sentence is a notice; the other words of the list above also stand in stories.
constexpr std::array<std::string_view, 16> kPlainNoticeWords = {
    "copyright",    "copyrighted",  "reserved",    "rewritten",     "redistributed",  "permission",
    "reproduced",   "reproduction", "republished", "republication", "redistribution", "unauthorised",
    "unauthorized", "syndicated",   "resold",      "proprietary"};

// Before a colon, and before the name of whom a picture or a story comes from.
constexpr std::array<std::string_view, 8> kCreditLabels = {"photo",  "photograph", "image",   "picture",
                                                           "source", "credit",     "credits", "via"};
// What reporters do, before "by" and their names.
constexpr std::array<std::string_view, 8> kCreditWork = {"reporting", "editing",   "writing",  "written",
                                                         "research",  "compiling", "compiled", "photography"};
constexpr std::array<std::string_view, 6> kAgencies = {"ap", "afp", "reuters", "getty", "epa", "upi"};
constexpr std::array<std::string_view, 6> kPieces = {"article", "story", "report", "piece", "column", "essay"};

// Words that menus and share bars are made of.
constexpr std::array<std::string_view, 40> kNavigationWords = {
    "home",     "news",     "menu",     "login",   "subscribe", "share",         "facebook", "twitter",
    "whatsapp", "email",    "print",    "related", "stories",   "read",          "more",     "newsletter",
    "sign",     "cookies",  "privacy",  "policy",  "terms",     "contact",       "about",    "advertise",
    "search",   "trending", "video",    "sport",   "sports",    "business",      "politics", "world",
    "tech",     "opinion",  "linkedin", "reddit",  "comments",  "advertisement", "mobile",   "copy"};

enum WordList : uint32_t {
  kNavigation = 1 << 0,
  kPlainNotice = 1 << 1,
  kCreditLabel = 1 << 2,
  kCreditWorker = 1 << 3,
  kAgency = 1 << 4,
  kPiece = 1 << 5,
  kGetty = 1 << 6,
  kContribution = 1 << 7,
};

struct ListedWord {
  uint32_t lists = 0;   // WordList
  uint32_t notice = 0;  // one bit, its place in kNoticeWords
};

// Which lists a word is in, by its hash. Few words of a text are in any: a bit tells most of them at once.
class WordLists {
 public:
  WordLists() {
    Add(kNavigationWords, kNavigation);
    Add(kPlainNoticeWords, kPlainNotice);
    Add(kCreditLabels, kCreditLabel);
    Add(kCreditWork, kCreditWorker);
    Add(kCreditWork, kContribution);
    Add(std::array<std::string_view, 3>{"contributed", "originally", "first"}, kContribution);
    Add(kAgencies, kAgency);
    Add(kPieces, kPiece);
    Add(std::array<std::string_view, 1>{"getty"}, kGetty);
    static_assert(kNoticeWords.size() <= 32);
    for (size_t i = 0; i < kNoticeWords.size(); ++i) Entry(kNoticeWords[i]).notice |= 1u << i;
  }

  bool MayContain(uint64_t word) const { return filter_[word % kBits]; }

  ListedWord Find(uint64_t word) const {
    if (!MayContain(word)) return {};
    const auto at = words_.find(word);
    return at == words_.end() ? ListedWord{} : at->second;
  }

 private:
  static constexpr size_t kBits = 8192;

  template <size_t n>
  void Add(const std::array<std::string_view, n>& words, WordList list) {
    for (const std::string_view word : words) Entry(word).lists |= list;
  }
  ListedWord& Entry(std::string_view word) {
    const uint64_t hash = HashWord(word);
    filter_.set(hash % kBits);
    return words_[hash];
  }

  std::bitset<kBits> filter_;
  absl::flat_hash_map<uint64_t, ListedWord> words_;
};

const WordLists& TheWordLists() {
  static const WordLists& lists = *new WordLists;
  return lists;
}

class ZoneFinder {
 public:
  ZoneFinder(std::string_view text, const TokenizedArticle& article) : text_(text), article_(article) {
    zones_.of_token.assign(article.tokens.size(), Zone::kBody);
    lists_.reserve(article.sentences.size());
    for (const TokenSpan sentence : article.sentences) {
      ListedWord& any = lists_.emplace_back();
      for (uint32_t token = sentence.begin; token < sentence.end; ++token) {
        if (!word_lists_.MayContain(article.tokens[token].word)) continue;
        const ListedWord listed = word_lists_.Find(article.tokens[token].word);
        any.lists |= listed.lists;
        any.notice |= listed.notice;
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

  bool In(uint32_t token, WordList list) const {
    return (word_lists_.Find(article_.tokens[token].word).lists & list) != 0;
  }

  // Whether a sentence, by its number, has a word of one of these lists: few have any.
  bool HasAny(size_t number, uint32_t lists) const { return (lists_[number].lists & lists) != 0; }

  // Words of one sentence that are in a list.
  uint32_t Count(TokenSpan sentence, WordList list) const {
    uint32_t count = 0;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token) count += In(token, list);
    return count;
  }

  bool EndsLikeASentence(TokenSpan sentence) const {
    const size_t end = article_.tokens[sentence.end - 1].source.end;
    const size_t limit = std::min(text_.size(), end + 4);
    for (size_t at = end; at < limit && text_[at] != '\n'; ++at) {
      if (text_[at] == '.' || text_[at] == '!' || text_[at] == '?') return true;
    }
    return false;
  }

  // Short lines without a full stop, largely of menu words, before or behind the story.
  void MarkNavigation() {
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      const TokenSpan sentence = article_.sentences[number];
      if (!HasAny(number, kNavigation) || sentence.size() > 40 || EndsLikeASentence(sentence)) continue;
      const uint32_t hits = Count(sentence, kNavigation);
      if (hits >= 2 && hits * 3 >= sentence.size()) Mark(sentence, Zone::kNavigation);
    }
  }

  // Sentences that nothing has claimed yet, the first ones: menus around a story must not move its beginning and end.
  std::vector<TokenSpan> Story(size_t most) const {
    std::vector<TokenSpan> story;
    story.reserve(std::min(most, article_.sentences.size()));
    for (const TokenSpan sentence : article_.sentences) {
      if (story.size() == most) break;
      if (zones_.Counts(sentence.begin)) story.push_back(sentence);
    }
    return story;
  }

  // A headline that scrapers print three times counts once.
  void MarkRepeatedHeadlines() {
    std::vector<uint64_t> seen;
    for (const TokenSpan sentence : Story(8)) {
      if (sentence.size() < 4) continue;
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
    bool behind_notice = false, notice_paragraph = false;  // the paragraph began with a notice, and was one so far
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      const TokenSpan sentence = article_.sentences[number];
      const bool begins = begins_paragraph_[number];
      bool notice = false;
      if (sentence.size() <= 60) {
        const std::string_view first = article_.Word(sentence.begin);
        // Different ones: "rights, rights and rights" is no notice.
        const int hits = std::popcount(lists_[number].notice);
        const bool plain = HasAny(number, kPlainNotice);
        notice = (plain && (hits >= 3 || (hits >= 2 && sentence.size() <= 12))) ||
                 (first == "copyright" && sentence.size() <= 20) || (behind_notice && hits >= 2) ||
                 HasCopyrightSign(sentence) || (notice_paragraph && !begins);
      }
      notice_paragraph = notice && (begins || notice_paragraph);
      if (notice) Mark(sentence, Zone::kNotice);
      behind_notice = notice;
    }
  }

  bool HasCopyrightSign(TokenSpan sentence) const {
    if (sentence.size() > 20) return false;
    const size_t begin = article_.tokens[sentence.begin].source.begin;
    const std::string_view around = text_.substr(begin > 4 ? begin - 4 : 0, 8);
    return around.find("\xc2\xa9") != std::string_view::npos || around.find("(c)") != std::string_view::npos ||
           around.find("(C)") != std::string_view::npos;
  }

  void MarkBylines() {
    const std::vector<TokenSpan> story = Story(article_.sentences.size());
    for (size_t i = 0; i < story.size(); ++i) {
      const TokenSpan sentence = story[i];
      if (sentence.size() < 2 || sentence.size() > kMaxBylineWords) continue;
      const std::string_view first = article_.Word(sentence.begin);
      const bool edge = i < 4 || i + 6 > story.size();
      const bool by_name = first == "by" && edge && sentence.size() <= 12 && !EndsLikeASentence(sentence) &&
                           article_.tokens[sentence.begin].capitalised &&
                           article_.tokens[sentence.begin + 1].capitalised;
      if (by_name) Mark(sentence, Zone::kByline);
    }
  }

  std::string_view Between(uint32_t token) const {  // this word and the next
    if (token + 1 >= article_.tokens.size()) return {};
    const size_t begin = article_.tokens[token].source.end;
    return text_.substr(begin, article_.tokens[token + 1].source.begin - begin);
  }

  // Who else made the story or its pictures, and where it comes from; anywhere, but in sentences of their own.
  void MarkCredits() {
    for (size_t number = 0; number < article_.sentences.size(); ++number) {
      if (!HasAny(number, kCreditLabel | kContribution | kAgency)) continue;
      const TokenSpan sentence = article_.sentences[number];
      if (sentence.size() < 2 || sentence.size() > kMaxBylineWords || !zones_.Counts(sentence.begin)) continue;
      if (IsLabelled(sentence, begins_paragraph_[number]) || IsContribution(sentence) || IsPictureCredit(sentence)) {
        Mark(sentence, Zone::kByline);
      }
    }
  }

  // "Photo: …", "Source: …"
  bool IsLabelled(TokenSpan sentence, bool begins) const {
    return begins && sentence.size() <= 12 && In(sentence.begin, kCreditLabel) &&
           article_.tokens[sentence.begin].capitalised && Between(sentence.begin).starts_with(":");
  }

  bool IsContribution(TokenSpan sentence) const {
    for (uint32_t token = sentence.begin; token + 2 < sentence.end; ++token) {
      if (!In(token, kContribution)) continue;
      const std::string_view word = article_.Word(token), next = article_.Word(token + 1);
      const bool name_follows = article_.tokens[token + 2].capitalised || article_.Word(token + 2) == "the";
      // "(Additional reporting by …)"
      if (token < sentence.begin + 3 && In(token, kCreditWorker) && next == "by" && name_follows &&
          article_.tokens[sentence.begin].capitalised)
        return true;
      // "… contributed to this report."
      if (word == "contributed" && next == "to" && article_.Word(token + 2) == "this" && token + 3 < sentence.end &&
          In(token + 3, kPiece))
        return true;
      // "This article was originally published by …"
      const bool origin = (word == "originally" || word == "first") && (next == "published" || next == "appeared");
      if (!origin) continue;
      for (uint32_t before = sentence.begin; before < token; ++before) {
        if (In(before, kPiece) && (before == sentence.begin || token - before <= 3)) return true;
      }
    }
    return false;
  }

  // "Jane Doe/AP", "(AP Photo/Jane Doe)", "Image copyright Getty Images"
  bool IsPictureCredit(TokenSpan sentence) const {
    bool slash = false, agency = false;
    for (uint32_t token = sentence.begin; token < sentence.end; ++token)
      agency = agency || (In(token, kAgency) && article_.tokens[token].capitalised);
    if (!agency) return false;
    for (uint32_t token = sentence.begin; token + 1 < sentence.end; ++token)
      slash = slash || Between(token).find('/') != std::string_view::npos;
    const bool getty = Count(sentence, kGetty) > 0;
    return slash ? sentence.size() <= 14 : getty && sentence.size() <= 8 && !EndsLikeASentence(sentence);
  }

  // "LONDON (Agency) - ", "WASHINGTON, March 3 — ": up to a dash near the start of one of the first sentences.
  void MarkDateline() {
    for (const TokenSpan sentence : Story(5)) {
      if (!article_.tokens[sentence.begin].all_capitals) continue;
      const uint32_t limit = std::min(sentence.end, sentence.begin + kMaxDatelineWords + 1);
      for (uint32_t token = sentence.begin + 1; token < limit; ++token) {
        // Places, agencies and dates: no sentence.
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

  // Finds the next quotation mark of any kind. Few bytes begin one: what lies between is passed over.
  class MarkScanner {
   public:
    explicit MarkScanner(std::string_view text) : text_(text), straight_(text.find('"')), curly_(text.find(kCurly)) {}
    // Where it stands, or npos.
    size_t Next() {
      const size_t at = std::min(straight_, curly_);
      if (at == std::string_view::npos) return at;
      size_t& taken = at == straight_ ? straight_ : curly_;
      taken = text_.find(at == straight_ ? '"' : kCurly, at + 1);
      return at;
    }

   private:
    static constexpr char kCurly = '\xe2';  // the first byte of curly ones, and of others
    std::string_view text_;
    size_t straight_, curly_;
  };

  void MarkQuotations() {
    std::vector<TokenSpan> quotations;
    uint32_t masked = 0;
    size_t open = 0, last = 0;  // the mark that opened a quotation, and the one before this
    bool inside = false, curly = false;
    auto token = article_.tokens.begin();
    const auto token_at = [&](size_t byte) {
      const auto before = [&](const Token& other) { return other.source.begin < byte; };
      token = std::partition_point(token, article_.tokens.end(), before);
      return static_cast<uint32_t>(token - article_.tokens.begin());
    };
    uint32_t first = 0;
    MarkScanner marks(text_);
    for (size_t at = marks.Next(); at != std::string_view::npos; at = marks.Next()) {
      const bool straight = text_[at] == '"';
      const bool opening = text_.compare(at, 3, "\xe2\x80\x9c") == 0;
      const bool closing = text_.compare(at, 3, "\xe2\x80\x9d") == 0;
      if (!straight && !opening && !closing) continue;
      // A quotation ends with its paragraph.
      if (inside && text_.substr(last, at - last).find("\n\n") != std::string_view::npos) inside = false;
      last = at;
      if (!inside && !closing) {
        inside = true;
        curly = opening;
        open = at;
        first = token_at(open);
      } else if (inside && (closing || (straight && !curly))) {
        inside = false;
        const TokenSpan span{first, token_at(at)};
        // Two words in quotation marks are a name or irony, not speech.
        if (span.size() >= 3 && span.size() <= kMaxQuotationWords) {
          quotations.push_back(span);
          masked += span.size();
        }
      }
    }
    if (quotations.empty()) return;
    uint32_t body = 0;
    for (const Zone zone : zones_.of_token) body += zone == Zone::kBody;
    if (masked > kMaxMasked * body) return;
    for (const TokenSpan span : quotations) Mark(span, Zone::kQuotation);
  }

  std::string_view text_;
  const TokenizedArticle& article_;
  const WordLists& word_lists_ = TheWordLists();
  std::vector<ListedWord> lists_;       // one per sentence: of all its words
  std::vector<bool> begins_paragraph_;  // one per sentence
  Zones zones_;
};

}  // namespace

Zones FindZones(std::string_view text, const TokenizedArticle& article) { return ZoneFinder(text, article).Run(); }

}  // namespace unspin
