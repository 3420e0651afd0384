#include "unspin/zones/glued_headlines.h"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "unspin/text/character.h"

namespace unspin {
namespace {

constexpr std::string_view kEnd = "MORE";
constexpr uint32_t kMaxHeadlineWords = 120;  // of up to three headlines
constexpr uint32_t kMaxNameWords = 8;        // between a surname and its repetition

// Whether a word begins with `name` and goes on with a capital: "DoeCouncil".
bool IsGlued(std::string_view word, std::string_view name) {
  if (word.size() <= name.size() || !word.starts_with(name) || name.size() < 2) return false;
  const char next = word[name.size()];
  return (next >= 'A' && next <= 'Z') || (next >= '0' && next <= '9');
}

// The first token of the name that is glued to a headline, or `token` where none is. The word before it is the surname.
uint32_t FindGluedName(const ZoneDraft& draft, uint32_t token, uint32_t limit) {
  const auto source = [&](uint32_t at) {
    const ByteSpan bytes = draft.token(at).source;
    return draft.text().substr(bytes.begin, bytes.size());
  };
  for (uint32_t at = token; at-- > limit;) {
    const std::string_view word = source(at);
    const bool inner_capital = std::adjacent_find(word.begin(), word.end(), [](char a, char b) {
                                 return IsAsciiLower(a) && ((b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9'));
                               }) != word.end();
    if (!inner_capital) continue;
    const uint32_t first = at > limit + kMaxNameWords ? at - kMaxNameWords : limit;
    for (uint32_t name = at; name-- > first;) {
      if (draft.token(name).capitalised && IsGlued(word, source(name))) return name + 1;
    }
  }
  return token;
}

}  // namespace

void MarkGluedHeadlines(ZoneDraft& draft) {
  const std::string_view text = draft.text();
  const auto& tokens = draft.article().tokens;
  uint32_t reach = 0;
  for (size_t at = text.find(kEnd); at != std::string_view::npos; at = text.find(kEnd, at + kEnd.size())) {
    const size_t behind = at + kEnd.size();
    const auto token =
        static_cast<uint32_t>(std::partition_point(tokens.begin() + reach, tokens.end(),
                                                   [&](const Token& other) { return other.source.end < behind; }) -
                              tokens.begin());
    // "MORE’s" is one word too.
    if (token == tokens.size() || tokens[token].source.begin > at) continue;
    const uint32_t limit = std::max(reach, token > kMaxHeadlineWords ? token - kMaxHeadlineWords : 0);
    const uint32_t name = FindGluedName(draft, token, limit);
    if (name < token) draft.Mark({name, token + 1}, Zone::kNavigation);
    reach = token + 1;
  }
}

}  // namespace unspin
