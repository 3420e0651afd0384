#include "unspin/facts/credit.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "unspin/base/hash.h"
#include "unspin/facts/fact_spans.h"
#include "unspin/facts/outlet_names.h"
#include "unspin/language/language.h"

namespace unspin {
namespace {

constexpr uint32_t kReach = 4;               // words between a name and what says that it published
constexpr uint32_t kMinParagraphWords = 15;  // of a paragraph that parts a name from what was taken
constexpr uint32_t kMaxLineWords = 30;       // of a first or last paragraph that is a credit line
constexpr uint32_t kMinQuotedWords = 8;      // of a quotation: fewer are a phrase, which both may have from a third
constexpr uint32_t kRunWords = 5;            // words of a run by which a quotation is found in the original
constexpr double kMinQuotedFromRuns = 0.75;  // share of a quotation's runs that the original has in its narration
constexpr size_t kMinShortName = 4;          // letters of "Post" in "the Post"
constexpr auto kOpeningMarks = std::to_array<std::string_view>(
    {"\"", "'", "\u201c", "\u2018", "\u201e", "\u201a", "\u00ab", "\u2039", "\u201d", "\u300c", "``"});

bool IsDomainCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

// For each token the number of its paragraph.
std::vector<uint32_t> ParagraphsOf(const TokenizedArticle& article) {
  std::vector<uint32_t> paragraph_of(article.tokens.size(), 0);
  for (size_t i = 0; i < article.paragraphs.size(); ++i) {
    const uint32_t begin = article.sentences[article.paragraphs[i]].begin;
    const uint32_t end = i + 1 < article.paragraphs.size() ? article.sentences[article.paragraphs[i + 1]].begin
                                                           : static_cast<uint32_t>(article.tokens.size());
    std::fill(paragraph_of.begin() + begin, paragraph_of.begin() + end, static_cast<uint32_t>(i));
  }
  return paragraph_of;
}

// Hashes of the runs of words that stand in the original's own words, and in no quotation there.
absl::flat_hash_set<uint64_t> RunsOfNarration(const AnalyzedArticle& original) {
  absl::flat_hash_set<uint64_t> runs;
  uint32_t length = 0;  // of the narration that ends here
  for (uint32_t token = 0; token < original.size(); ++token) {
    length = original.zones.Counts(token) ? length + 1 : 0;
    if (length < kRunWords) continue;
    uint64_t hash = 0;
    for (uint32_t i = token + 1 - kRunWords; i <= token; ++i) hash = Mix64(hash ^ original.text.tokens[i].word);
    runs.insert(hash);
  }
  return runs;
}

class CreditFinder {
 public:
  CreditFinder(const CreditSide& original, const CreditSide& suspect, const Language& language)
      : original_(original),
        suspect_(suspect),
        article_(suspect.article),
        language_(language),
        paragraph_of_(ParagraphsOf(suspect.article.text)) {}

  std::vector<Credit> Run(const std::vector<TokenSpan>& taken) {
    if (article_.size() == 0) return {};
    // An id may be an address. That of a file is its path, which may look like a domain: "ferry.txt".
    const bool is_address = original_.url.empty() && original_.id.find("://") != std::string_view::npos;
    const std::string_view address = is_address ? original_.id : original_.url;
    const OutletNames outlet = NamesOfOutlet(original_.site, address, original_.text, original_.article, language_);
    if (IsOwnOutlet(outlet.domain)) return {};
    FindNames(outlet.names);
    FindLinks(outlet.domain);
    if (mentions_.empty()) return {};
    MarkBeside(taken);
    for (const Mention& mention : mentions_) {
      if (beside_[mention.words.begin] || InCreditLine(mention.words.begin)) List(mention.kind, mention.bytes);
    }
    FindQuotations();
    std::stable_sort(credits_.begin(), credits_.end(),
                     [](const Credit& a, const Credit& b) { return a.span.begin < b.span.begin; });
    if (credits_.size() > kMaxCredits) credits_.resize(kMaxCredits);
    return std::move(credits_);
  }

 private:
  struct Mention {
    const char* kind;
    TokenSpan words;
    ByteSpan bytes;
  };

  bool IsOwnOutlet(const std::string& domain) const {
    if (!original_.site.empty() && original_.site == suspect_.site) return true;
    return !domain.empty() && (domain == DomainOf(suspect_.url) || domain == DomainOf(suspect_.site));
  }

  // The first token whose end is behind a byte; the last token where there is none.
  uint32_t TokenAt(uint32_t byte) const {
    const auto& tokens = article_.text.tokens;
    const auto at = std::partition_point(tokens.begin(), tokens.end(),
                                         [&](const Token& token) { return token.source.end <= byte; });
    return static_cast<uint32_t>(std::min<size_t>(static_cast<size_t>(at - tokens.begin()), tokens.size() - 1));
  }

  // Without the ending of a possessive.
  ByteSpan BytesOf(TokenSpan words) const {
    ByteSpan bytes = article_.text.Bytes(words);
    const std::string_view name = suspect_.text.substr(bytes.begin, bytes.size());
    for (const std::string_view ending : {"'s", "\u2019s"}) {
      if (name.ends_with(ending)) bytes.end -= static_cast<uint32_t>(ending.size());
    }
    return bytes;
  }

  void FindNames(const std::vector<OutletName>& names) {
    std::string short_name;  // "post", once the whole name was found
    for (uint32_t token = 0; token < article_.size(); ++token) {
      const Token& first = article_.text.tokens[token];
      if (!first.capitalised && !first.numeric) continue;
      for (const OutletName& name : names) {
        const TokenSpan words = MatchName(name, suspect_.text, article_, token, language_);
        if (words.empty() || !SaysPublisher(name, words)) continue;
        mentions_.push_back({"named", words, BytesOf(words)});
        const std::string_view last = article_.text.Word(words.end - 1);
        if (words.size() > 1 && last.size() >= kMinShortName && name.letters.ends_with(last)) short_name = last;
      }
    }
    if (!short_name.empty()) FindShortNames(short_name);
  }

  // "the Post" of a suspect that has "The Washington Post" elsewhere.
  void FindShortNames(const std::string& short_name) {
    for (uint32_t token = 1; token < article_.size(); ++token) {
      const bool short_form = article_.text.tokens[token].capitalised && article_.text.Word(token) == short_name &&
                              language_.zone_words.the.Contains(article_.text.tokens[token - 1].word);
      const TokenSpan words{token - 1, token + 1};
      if (short_form && NearAttribution(words)) mentions_.push_back({"named", words, BytesOf(words)});
    }
  }

  // A name of several words or in capitals is nothing but a name. "Time" must have said something, or stand in a
  // byline.
  bool SaysPublisher(const OutletName& name, TokenSpan words) const {
    const bool the = words.size() == 2 && language_.zone_words.the.Contains(article_.text.tokens[words.begin].word);
    if (name.all_capitals || (words.size() > 1 && !the)) return true;
    if (article_.text.tokens[words.end - 1].all_capitals && !name.letters.starts_with("the")) return true;
    return NearAttribution(words) || IsCreditZone(words.begin) || SignsOff(words);
  }

  // "(Outlet)" and "Jane Doe, Outlet" at the end of a paragraph.
  bool SignsOff(TokenSpan words) const {
    const ByteSpan bytes = article_.text.Bytes(words);
    std::string_view before = suspect_.text.substr(0, bytes.begin), after = suspect_.text.substr(bytes.end);
    if (words.begin > 0 && language_.zone_words.the.Contains(article_.text.tokens[words.begin - 1].word))
      before = suspect_.text.substr(0, article_.text.tokens[words.begin - 1].source.begin);
    if (before.ends_with('(')) return after.starts_with(')');
    return before.ends_with(", ") && (after.empty() || after.front() == '\n' || after.front() == '\r');
  }

  bool NearAttribution(TokenSpan words) const {
    const uint32_t begin = words.begin - std::min(words.begin, kReach);
    const uint32_t end = std::min(static_cast<uint32_t>(article_.size()), words.end + kReach);
    for (uint32_t token = begin; token < end; ++token) {
      // A sentence that begins behind the name, or the one that ends before it, says nothing about it.
      if (token >= words.end && article_.text.tokens[token].starts_sentence) return false;
      const bool other_sentence = std::any_of(article_.text.tokens.begin() + token + 1,
                                              article_.text.tokens.begin() + std::max(token + 1, words.begin + 1),
                                              [](const Token& later) { return later.starts_sentence; });
      const bool in_name = token >= words.begin && token < words.end;
      if (in_name || other_sentence) continue;
      if (IsFactWord(article_, token, {FactWord::kAttribution, FactWord::kPublication}, language_)) return true;
    }
    return false;
  }

  void FindLinks(const std::string& domain) {
    if (domain.empty()) return;
    const auto equal = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
    const std::string_view text = suspect_.text;
    const size_t dot = domain.find('.');  // few bytes are dots, so that they are what is looked for
    for (size_t at = text.find('.'); at != std::string_view::npos; at = text.find('.', at + 1)) {
      if (at < dot) continue;
      const size_t begin = at - dot, end = begin + domain.size();
      if (end > text.size() || !std::equal(domain.begin(), domain.end(), text.begin() + begin,
                                           [&](char expected, char found) { return equal(found, expected); }))
        continue;
      const bool goes_on =
          end < text.size() && (IsDomainCharacter(text[end]) ||
                                (text[end] == '.' && end + 1 < text.size() && IsDomainCharacter(text[end + 1])));
      if (goes_on || (begin > 0 && IsDomainCharacter(text[begin - 1]))) continue;
      const ByteSpan bytes{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
      const uint32_t token = TokenAt(bytes.begin);
      mentions_.push_back({"linked", {token, token + 1}, bytes});
    }
  }

  void MarkBeside(const std::vector<TokenSpan>& taken) {
    std::vector<uint32_t> words(paragraph_of_.back() + 1, 0);  // of each paragraph
    for (const uint32_t paragraph : paragraph_of_) ++words[paragraph];
    std::vector<bool> beside(words.size(), false);
    for (const TokenSpan span : taken) {
      assert(span.end <= article_.size());
      if (span.empty()) continue;
      size_t first = paragraph_of_[span.begin], last = paragraph_of_[span.end - 1];
      // A short paragraph is a heading or the first line of a quotation: its other neighbour is beside too.
      while (first > 0 && words[--first] < kMinParagraphWords) continue;
      while (last + 1 < words.size() && words[++last] < kMinParagraphWords) continue;
      std::fill(beside.begin() + static_cast<std::ptrdiff_t>(first),
                beside.begin() + static_cast<std::ptrdiff_t>(last) + 1, true);
    }
    for (const uint32_t paragraph : paragraph_of_) beside_.push_back(beside[paragraph]);
  }

  bool IsCreditZone(uint32_t token) const {
    const Zone zone = article_.zones.of_token[token];
    return zone == Zone::kByline || zone == Zone::kDateline || zone == Zone::kNotice || zone == Zone::kBiography;
  }

  // A byline, dateline or notice anywhere; a short paragraph that is the first or the last.
  bool InCreditLine(uint32_t token) const {
    if (IsCreditZone(token)) return true;
    const uint32_t paragraph = paragraph_of_[token];
    if (paragraph != 0 && paragraph != paragraph_of_.back()) return false;
    return std::count(paragraph_of_.begin(), paragraph_of_.end(), paragraph) <= kMaxLineWords;
  }

  // Quotations of the suspect that are the original's own words, where somebody is named for them.
  void FindQuotations() {
    if (article_.size() < kMinQuotedWords) return;
    const absl::flat_hash_set<uint64_t> narration = RunsOfNarration(original_.article);
    for (const ZoneSpan& span : article_.zones.spans) {
      if (span.zone != Zone::kQuotation || span.tokens.size() < kMinQuotedWords || !HasOpeningMark(span.tokens))
        continue;
      uint32_t runs = 0, found = 0;
      for (uint32_t token = span.tokens.begin; token + kRunWords <= span.tokens.end; ++token, ++runs) {
        uint64_t hash = 0;
        for (uint32_t i = token; i < token + kRunWords; ++i) hash = Mix64(hash ^ article_.text.tokens[i].word);
        found += narration.contains(hash);
      }
      if (found >= kMinQuotedFromRuns * runs && IsAttributed(span.tokens))
        List("quoted", article_.text.Bytes(span.tokens));
    }
  }

  bool HasOpeningMark(TokenSpan words) const {
    const uint32_t begin = article_.text.tokens[words.begin].source.begin;
    const std::string_view before = suspect_.text.substr(0, begin);
    return std::any_of(kOpeningMarks.begin(), kOpeningMarks.end(),
                       [&](std::string_view mark) { return before.ends_with(mark); });
  }

  // Whether the outlet or the author is named or linked in the quotation's paragraph or one next to it.
  bool IsAttributed(TokenSpan words) const {
    return std::any_of(mentions_.begin(), mentions_.end(), [&](const Mention& mention) {
      const uint32_t paragraph = paragraph_of_[mention.words.begin];
      return paragraph + 1 >= paragraph_of_[words.begin] && paragraph <= paragraph_of_[words.end - 1] + 1;
    });
  }

  void List(const char* kind, ByteSpan bytes) {
    std::string text(suspect_.text.substr(bytes.begin, bytes.size()));
    const bool known = std::any_of(credits_.begin(), credits_.end(), [&](const Credit& other) {
      return other.kind == kind && (other.text == text || Overlap(other.span, bytes) > 0);
    });
    if (!known) credits_.push_back({kind, std::move(text), bytes});
  }

  const CreditSide& original_;
  const CreditSide& suspect_;
  const AnalyzedArticle& article_;
  const Language& language_;
  const std::vector<uint32_t> paragraph_of_;  // one per token
  std::vector<bool> beside_;                  // one per token: whether something taken is beside it
  std::vector<Mention> mentions_;
  std::vector<Credit> credits_;
};

}  // namespace

std::vector<Credit> FindCredit(const CreditSide& original, const CreditSide& suspect,
                               const std::vector<TokenSpan>& taken, const Language& language) {
  return CreditFinder(original, suspect, language).Run(taken);
}

}  // namespace unspin
