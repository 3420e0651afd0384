#include "unspin/page/page_words.h"

#include <algorithm>
#include <limits>

#include "unspin/article/ascii.h"
#include "unspin/page/html_references.h"

namespace unspin {
namespace {

constexpr size_t kMaxMarkup = std::numeric_limits<uint32_t>::max() / 2;  // bytes that ParseHtml takes, and a margin

bool IsSpace(char c) { return IsHtmlSpace(c) || c == '\v'; }

std::string DroppedTags(std::string_view text) {
  const HtmlPage page = ParseHtml(text);
  std::string out;
  for (uint32_t at = 0; at < page.nodes.size(); ++at) {
    const HtmlNode& node = page.nodes[at];
    if (node.tag == HtmlTag::kScript || node.tag == HtmlTag::kStyle) {
      at = node.subtree_end - 1;
      continue;
    }
    if (node.tag == HtmlTag::kBr || IsBlock(node.tag)) {
      if (!out.empty() && out.back() != '\n') out += '\n';
      continue;
    }
    if (node.tag != HtmlTag::kText) continue;
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) out.append(chunk.bytes);
  }
  while (!out.empty() && IsSpace(out.back())) out.pop_back();
  return out;
}

}  // namespace

std::string CollapseSpace(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!IsSpace(c)) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string WithoutMarkup(std::string_view text) {
  constexpr int kMostTimesEscaped = 2;
  std::string out(text);
  for (int i = 0; i < kMostTimesEscaped && out.size() < kMaxMarkup; ++i) {
    if (out.find_first_of("<&") == std::string::npos) break;
    out = DroppedTags(out);
  }
  return out;
}

std::string TextWithin(const HtmlPage& page, uint32_t element, size_t limit) {
  std::string text;
  for (uint32_t at = element + 1; at < page.nodes[element].subtree_end && text.size() < limit; ++at) {
    const HtmlNode& node = page.nodes[at];
    if (node.tag == HtmlTag::kBr) text += ' ';
    if (node.tag == HtmlTag::kScript || node.tag == HtmlTag::kStyle) at = node.subtree_end - 1;
    if (node.tag != HtmlTag::kText) continue;
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk) && text.size() < limit;) text.append(chunk.bytes);
  }
  return CollapseSpace(text);
}

std::string SpacedWords(std::string_view text) {
  std::string words(1, ' ');
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (IsAsciiAlphanumeric(c)) {
      words += AsciiLower(c);
      ++at;
      continue;
    }
    // General punctuation (U+2000 to U+203F) and no-break spaces are signs; letters beyond ASCII stay as they are.
    const std::string_view rest = text.substr(at);
    const bool is_sign = rest.starts_with("\xe2\x80") || rest.starts_with("\xc2") || rest.starts_with("\xe2\x84");
    if (static_cast<unsigned char>(c) >= 0x80 && !is_sign) {
      words += c;
      ++at;
      continue;
    }
    at += static_cast<unsigned char>(c) < 0x80 ? 1 : c == '\xc2' ? 2 : 3;
    if (words.back() != ' ') words += ' ';
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

std::string_view BareUrl(std::string_view url) {
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  url = url.substr(0, url.find_first_of("?#"));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

}  // namespace unspin
