#include "unspin/page/page_notices.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <string_view>

#include "unspin/article/ascii.h"
#include "unspin/page/page_words.h"

namespace unspin {
namespace {

constexpr uint32_t kMaxNoticeBytes = 400;  // a longer block is a text about rights
constexpr uint32_t kMaxBylineBytes = 150;  // a longer block is a sentence
constexpr size_t kMaxNotices = 8;          // of a page: more are a list of something

// "© 2024 The Paper", "Copyright The Paper", "All rights reserved".
bool IsCopyrightNotice(const TextBlock& block) {
  if (block.bytes > kMaxNoticeBytes) return false;
  const std::string lower = AsciiLower(block.text);
  for (const char* sign : {"\u00a9", "copyright", "all rights reserved", "(c) "}) {
    if (lower.find(sign) != std::string::npos) return true;
  }
  return false;
}

// "By Ann Writer".
bool IsByline(const TextBlock& block) {
  if (block.bytes > kMaxBylineBytes || block.ends_sentence) return false;
  const auto begin = std::find_if_not(block.text.begin(), block.text.end(), IsHtmlSpace);
  const std::string_view text(begin, block.text.end());
  for (const std::string_view by : {"By ", "BY ", "by "}) {
    if (text.starts_with(by) && text.size() > by.size()) return IsAsciiUpper(text[by.size()]);
  }
  return false;
}

}  // namespace

std::vector<std::string> FindPageNotices(const std::vector<TextBlock>& blocks, const std::vector<bool>& is_chosen) {
  assert(blocks.size() == is_chosen.size());
  constexpr size_t kBefore = 8, kAfter = 4;  // blocks between a byline and its article
  const auto first = std::find(is_chosen.begin(), is_chosen.end(), true);
  if (first == is_chosen.end()) return {};
  const auto begin = static_cast<size_t>(first - is_chosen.begin());
  const auto end =
      blocks.size() - static_cast<size_t>(std::find(is_chosen.rbegin(), is_chosen.rend(), true) - is_chosen.rbegin());
  std::vector<std::string> notices;
  for (size_t i = 0; i < blocks.size() && notices.size() < kMaxNotices; ++i) {
    if (is_chosen[i] || blocks[i].visibility != Visibility::kShown) continue;
    const bool is_beside = i + kBefore >= begin && i < end + kAfter;
    if (!IsCopyrightNotice(blocks[i]) && !(is_beside && IsByline(blocks[i]))) continue;
    std::string notice = CollapseSpace(blocks[i].text);
    if (std::find(notices.begin(), notices.end(), notice) == notices.end()) notices.push_back(std::move(notice));
  }
  return notices;
}

}  // namespace unspin
