#include "unspin/zones/tables.h"

#include <algorithm>
#include <cstdint>

namespace unspin {
namespace {

constexpr uint32_t kMinRowWords = 4;
constexpr double kMinNumericShare = 0.4;  // of the words of a row
constexpr double kMinItemNumericShare = 0.25;
constexpr uint32_t kMaxItemWords = 14, kMaxPlainItemWords = 7;
constexpr uint32_t kMinNumericItems = 3;  // items in a row that have a number each, or a bullet
constexpr uint32_t kMinPlainItems = 5;    // items in a row that have none

uint32_t CountNumeric(const ZoneDraft& draft, TokenSpan span) {
  uint32_t count = 0;
  for (uint32_t token = span.begin; token < span.end; ++token) count += draft.token(token).numeric;
  return count;
}

bool HasBullet(const ZoneDraft& draft, const Paragraph& paragraph) {
  const std::string_view front = draft.InFrontOf(paragraph);
  if (front.empty()) return false;
  for (const std::string_view bullet :
       {"-", "*", "\u2013", "\u2014", "\u2022", "\u00b7", "\u25aa", "\u25cf", "\u2013"}) {
    if (front == bullet) return true;
  }
  return false;
}

// A short paragraph that is no sentence. Headlines are longer and have fewer numbers.
bool IsItem(const ZoneDraft& draft, const Paragraph& paragraph) {
  const uint32_t words = paragraph.tokens.size();
  if (words > kMaxItemWords || !draft.IsBody(paragraph.tokens.begin) || draft.IsFollowedBy(paragraph.tokens, ".!?:\""))
    return false;
  return words <= kMaxPlainItemWords || HasBullet(draft, paragraph) ||
         CountNumeric(draft, paragraph.tokens) >= kMinItemNumericShare * words;
}

}  // namespace

void MarkTables(ZoneDraft& draft) {
  const std::span<const Paragraph> paragraphs = draft.paragraphs();
  for (size_t begin = 0, end = 0; begin < paragraphs.size(); begin = std::max(end, begin + 1)) {
    uint32_t marked = 0;
    for (end = begin; end < paragraphs.size() && IsItem(draft, paragraphs[end]); ++end)
      marked += HasBullet(draft, paragraphs[end]) || CountNumeric(draft, paragraphs[end].tokens) > 0;
    const auto items = static_cast<uint32_t>(end - begin);
    const bool is_list = items >= kMinPlainItems || (items >= kMinNumericItems && marked * 2 >= items);
    if (is_list) draft.Mark({paragraphs[begin].tokens.begin, paragraphs[end - 1].tokens.end}, Zone::kTable);
  }
  for (const Paragraph& paragraph : paragraphs) {
    if (paragraph.tokens.size() < kMinRowWords || draft.EndsLikeASentence(paragraph.tokens)) continue;
    if (CountNumeric(draft, paragraph.tokens) >= kMinNumericShare * paragraph.tokens.size())
      draft.Mark(paragraph.tokens, Zone::kTable);
  }
}

}  // namespace unspin
