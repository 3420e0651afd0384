#include "unspin/zones/quotations.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace unspin {
namespace {

constexpr uint32_t kMinQuotationWords = 3;
constexpr uint32_t kMaxQuotationWords = 150;
constexpr std::string_view kOpening = "\u201c", kClosing = "\u201d", kStraight = "\"";

// Finds the bytes that may begin a quotation mark. Few bytes do, so the bytes between them are skipped by memchr.
class MarkScanner {
 public:
  explicit MarkScanner(std::string_view text) : text_(text), straight_(text.find('"')), curly_(text.find(kCurly)) {}

  // The next position, or npos.
  size_t Next() {
    const size_t at = std::min(straight_, curly_);
    if (at == std::string_view::npos) return at;
    size_t& taken = at == straight_ ? straight_ : curly_;
    taken = text_.find(at == straight_ ? '"' : kCurly, at + 1);
    return at;
  }

 private:
  static constexpr char kCurly = '\xe2';  // the first byte of the curly marks, and of other characters
  std::string_view text_;
  size_t straight_, curly_;
};

}  // namespace

std::vector<TokenSpan> FindQuotations(std::string_view text, const TokenizedArticle& article) {
  std::vector<TokenSpan> quotations;
  auto token = article.tokens.begin();
  // Number of the first token from byte `byte` on. Called with ascending bytes.
  const auto token_at = [&](size_t byte) {
    const auto before = [&](const Token& other) { return other.source.begin < byte; };
    token = std::partition_point(token, article.tokens.end(), before);
    return static_cast<uint32_t>(token - article.tokens.begin());
  };
  size_t last = 0;  // the mark before this one
  bool inside = false, curly = false;
  uint32_t first = 0;  // token of the open quotation
  MarkScanner marks(text);
  for (size_t at = marks.Next(); at != std::string_view::npos; at = marks.Next()) {
    const std::string_view rest = text.substr(at);
    const bool straight = rest.starts_with(kStraight);
    const bool opening = rest.starts_with(kOpening), closing = rest.starts_with(kClosing);
    if (!straight && !opening && !closing) continue;
    if (inside && text.substr(last, at - last).find("\n\n") != std::string_view::npos) inside = false;
    last = at;
    if (!inside && !closing) {
      inside = true;
      curly = opening;
      first = token_at(at);
    } else if (inside && (closing || (straight && !curly))) {
      inside = false;
      const TokenSpan span{first, token_at(at)};
      if (span.size() >= kMinQuotationWords && span.size() <= kMaxQuotationWords) quotations.push_back(span);
    }
  }
  return quotations;
}

}  // namespace unspin
