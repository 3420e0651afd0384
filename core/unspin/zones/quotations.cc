#include "unspin/zones/quotations.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "unspin/language/zone_words.h"
#include "unspin/zones/quotation_marks.h"

namespace unspin {
namespace {

constexpr uint32_t kMinQuotationWords = 3;
// Speech that lacks one of its marks, in words: behind so many, the mark is a stray one, and its sentence alone counts.
constexpr uint32_t kMaxUnclosedWords = 150;
constexpr uint32_t kDecadeDigits = 2;  // of "’90s" without its s

// Reads the marks of one kind, double or single, paragraph by paragraph.
class QuotationReader {
 public:
  QuotationReader(std::string_view text, const TokenizedArticle& article, std::span<const Paragraph> paragraphs,
                  const ZoneWords& words, bool single)
      : text_(text), article_(article), paragraphs_(paragraphs), words_(words), single_(single) {}

  std::vector<TokenSpan> Run(std::span<const QuotationMark> marks) {
    for (const Paragraph& paragraph : paragraphs_) {
      size_t size = 0;
      while (size < marks.size() && marks[size].begin < paragraph.bytes.end) ++size;
      if (size > 0 || unclosed_) ReadParagraph(paragraph, marks.first(size));
      marks = marks.subspan(size);
    }
    CloseAtParagraphEnd(nullptr);
    std::erase_if(quotations_, [](TokenSpan span) { return span.size() < kMinQuotationWords; });
    return std::move(quotations_);
  }

 private:
  // A quotation that its paragraph does not close.
  struct Unclosed {
    const Paragraph* paragraph;
    uint32_t first;
    bool at_start;  // its mark is the first character of the paragraph
    MarkFamily family;
  };

  bool IsOfKind(const QuotationMark& mark) const { return (mark.family == MarkFamily::kSingle) == single_; }

  // The first token from byte `byte` on, not before token `from`. Called with bytes of one paragraph.
  uint32_t TokenAt(uint32_t byte, uint32_t from, uint32_t end) const {
    const auto tokens = article_.tokens.begin();
    return static_cast<uint32_t>(std::partition_point(tokens + from, tokens + end,
                                                      [&](const Token& token) { return token.source.begin < byte; }) -
                                 tokens);
  }

  bool OpensParagraph(const QuotationMark& mark, const Paragraph& paragraph) const {
    if (mark.closes && !mark.opens) return false;
    const std::string_view before = text_.substr(paragraph.bytes.begin, mark.begin - paragraph.bytes.begin);
    return before.find_first_not_of(" \t\r\n\v\f\xc2\xa0") == std::string_view::npos;
  }

  // "'em", "'90s": no mark of speech.
  bool IsElision(const QuotationMark& mark, uint32_t token) const {
    if (!single_ || token >= article_.tokens.size() || article_.tokens[token].source.begin != mark.end) return false;
    const Token& word = article_.tokens[token];
    if (words_.elisions.Contains(word.word)) return true;
    return word.numeric && (word.text_size == kDecadeDigits || article_.Word(token).ends_with('s'));
  }

  // The next mark of a family behind marks[at], if it stands in the same paragraph.
  static const QuotationMark* NextOf(MarkFamily family, std::span<const QuotationMark> marks, size_t at) {
    for (size_t i = at + 1; i < marks.size(); ++i) {
      if (marks[i].family == family) return &marks[i];
    }
    return nullptr;
  }

  // Whether a mark that may close is none: an inch, a minute, an apostrophe. The next mark tells: if it closes too,
  // then this one did not.
  bool IsNoMark(std::span<const QuotationMark> marks, size_t at, bool open) const {
    const QuotationMark& mark = marks[at];
    if (!mark.behind_digit && !mark.may_be_apostrophe) return false;
    if (!open) return true;
    const QuotationMark* const next = NextOf(mark.family, marks, at);
    if (next == nullptr || next->opens || !next->closes) return false;
    return mark.behind_digit || EndsLikeApostrophe(mark);
  }

  // "workers’", "goin’"
  bool EndsLikeApostrophe(const QuotationMark& mark) const {
    const std::string_view before = text_.substr(0, mark.begin);
    return before.ends_with('s') || before.ends_with('S') || before.ends_with("in");
  }

  void ReadParagraph(const Paragraph& paragraph, std::span<const QuotationMark> marks) {
    const QuotationMark* const first = marks.empty() ? nullptr : &marks.front();
    const bool goes_on =
        first != nullptr && unclosed_ && first->family == unclosed_->family && OpensParagraph(*first, paragraph);
    CloseAtParagraphEnd(goes_on ? &paragraph : nullptr);
    uint32_t reach = paragraph.tokens.begin;  // tokens before it are settled
    std::optional<Unclosed> open;
    bool sure = false;        // the open mark can only open
    uint32_t nested = 0;      // marks that opened inside of it
    bool closed_one = false;  // a quotation ended in this paragraph
    for (size_t i = 0; i < marks.size(); ++i) {
      const QuotationMark& mark = marks[i];
      if (!IsOfKind(mark) || (open && mark.family != open->family)) continue;
      const uint32_t token = TokenAt(mark.begin, reach, paragraph.tokens.end);
      const bool either = mark.opens == mark.closes;
      if (!open && (mark.opens || either)) {
        if (mark.behind_digit && either) continue;
        if (IsElision(mark, token)) continue;
        open = Unclosed{&paragraph, token, OpensParagraph(mark, paragraph), mark.family};
        sure = mark.opens && !mark.closes;
        nested = 0;
      } else if (open && mark.opens && !mark.closes) {
        if (!IsElision(mark, token)) ++nested;
      } else if (!IsNoMark(marks, i, open.has_value())) {
        const QuotationMark* const next = NextOf(mark.family, marks, i);
        if (open && nested > 0 && next != nullptr && next->closes && !next->opens) {
          --nested;
          continue;
        }
        if (!open && single_) continue;  // an apostrophe more likely than speech without its first mark
        Add(open ? open->first
                 : StartOfUnopened(paragraph, token, closed_one ? reach : paragraph.tokens.begin, closed_one),
            token);
        reach = token;
        closed_one = true;
        open.reset();
      }
    }
    if (open && sure) unclosed_ = open;
  }

  // Where speech begins that ends before `token` with a mark that nothing opened.
  uint32_t StartOfUnopened(const Paragraph& paragraph, uint32_t token, uint32_t reach, bool closed_one) const {
    if (!closed_one && token - paragraph.tokens.begin <= kMaxUnclosedWords) return paragraph.tokens.begin;
    uint32_t first = std::max(token, reach + 1) - 1;
    while (first > reach && !article_.tokens[first].starts_sentence) --first;
    return first;
  }

  // Settles a quotation that the paragraph before left open. `next`: the paragraph in which it goes on, or null.
  void CloseAtParagraphEnd(const Paragraph* next) {
    if (!unclosed_) return;
    const Unclosed open = *unclosed_;
    unclosed_.reset();
    const TokenSpan rest{open.first, open.paragraph->tokens.end};
    if (next != nullptr) {
      Add(rest.begin, rest.end);
      chained_ = true;
      return;
    }
    if (single_ && !(open.at_start && chained_)) return;
    uint32_t end = rest.end;
    if (rest.size() > kMaxUnclosedWords) {
      end = rest.begin + 1;
      while (end < rest.end && !article_.tokens[end].starts_sentence) ++end;
    }
    Add(rest.begin, end);
  }

  // Adds a quotation, or goes on with the one before, which the paragraph before left open.
  void Add(uint32_t begin, uint32_t end) {
    if (chained_ && !quotations_.empty() && quotations_.back().end == begin) {
      quotations_.back().end = end;
    } else if (begin < end) {
      quotations_.push_back({begin, end});
    }
    chained_ = false;
  }

  std::string_view text_;
  const TokenizedArticle& article_;
  std::span<const Paragraph> paragraphs_;
  const ZoneWords& words_;
  bool single_;
  bool chained_ = false;  // the last quotation goes on with the next
  std::optional<Unclosed> unclosed_;
  std::vector<TokenSpan> quotations_;
};

// Whether each of the inner spans lies in one of the outer ones. Both ascend.
bool LieInside(std::span<const TokenSpan> inner, std::span<const TokenSpan> outer) {
  size_t at = 0;
  for (const TokenSpan span : inner) {
    while (at < outer.size() && outer[at].end < span.end) ++at;
    if (at == outer.size() || outer[at].begin > span.begin) return false;
  }
  return true;
}

}  // namespace

std::vector<TokenSpan> FindQuotations(std::string_view text, const TokenizedArticle& article,
                                      std::span<const Paragraph> paragraphs, const ZoneWords& words) {
  const std::vector<QuotationMark> marks = FindQuotationMarks(text);
  if (marks.empty()) return {};
  std::vector<TokenSpan> quotations = QuotationReader(text, article, paragraphs, words, false).Run(marks);
  const bool has_single = std::any_of(marks.begin(), marks.end(), [](const QuotationMark& mark) {
    return mark.family == MarkFamily::kSingle && mark.opens;
  });
  if (!has_single) return quotations;
  std::vector<TokenSpan> of_single = QuotationReader(text, article, paragraphs, words, true).Run(marks);
  return LieInside(quotations, of_single) ? of_single : quotations;
}

}  // namespace unspin
