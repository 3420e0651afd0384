#include "unspin/page/markup_text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/page/html.h"
#include "unspin/page/html_references.h"
#include "unspin/page/html_tokenizer.h"

namespace unspin {
namespace {

enum class Kind : uint8_t { kBlock, kOptionalEnd, kInline, kLink, kBreak, kVoid };

struct KnownTag {
  std::string_view name;
  Kind kind;
};

// The elements that texts of news are made of.
constexpr std::array kKnownTags = {
    KnownTag{"p", Kind::kOptionalEnd},  KnownTag{"li", Kind::kOptionalEnd},   KnownTag{"td", Kind::kOptionalEnd},
    KnownTag{"th", Kind::kOptionalEnd}, KnownTag{"tr", Kind::kOptionalEnd},   KnownTag{"div", Kind::kBlock},
    KnownTag{"h1", Kind::kBlock},       KnownTag{"h2", Kind::kBlock},         KnownTag{"h3", Kind::kBlock},
    KnownTag{"h4", Kind::kBlock},       KnownTag{"h5", Kind::kBlock},         KnownTag{"h6", Kind::kBlock},
    KnownTag{"ul", Kind::kBlock},       KnownTag{"ol", Kind::kBlock},         KnownTag{"blockquote", Kind::kBlock},
    KnownTag{"figure", Kind::kBlock},   KnownTag{"figcaption", Kind::kBlock}, KnownTag{"section", Kind::kBlock},
    KnownTag{"article", Kind::kBlock},  KnownTag{"main", Kind::kBlock},       KnownTag{"aside", Kind::kBlock},
    KnownTag{"header", Kind::kBlock},   KnownTag{"footer", Kind::kBlock},     KnownTag{"table", Kind::kBlock},
    KnownTag{"html", Kind::kBlock},     KnownTag{"body", Kind::kBlock},       KnownTag{"center", Kind::kBlock},
    KnownTag{"pre", Kind::kBlock},      KnownTag{"script", Kind::kBlock},     KnownTag{"style", Kind::kBlock},
    KnownTag{"iframe", Kind::kBlock},   KnownTag{"br", Kind::kBreak},         KnownTag{"hr", Kind::kVoid},
    KnownTag{"img", Kind::kVoid},       KnownTag{"a", Kind::kLink},           KnownTag{"em", Kind::kInline},
    KnownTag{"i", Kind::kInline},       KnownTag{"b", Kind::kInline},         KnownTag{"strong", Kind::kInline},
    KnownTag{"u", Kind::kInline},       KnownTag{"s", Kind::kInline},         KnownTag{"span", Kind::kInline},
    KnownTag{"small", Kind::kInline},   KnownTag{"sub", Kind::kInline},       KnownTag{"sup", Kind::kInline},
    KnownTag{"font", Kind::kInline},    KnownTag{"cite", Kind::kInline},      KnownTag{"q", Kind::kInline},
    KnownTag{"mark", Kind::kInline},    KnownTag{"time", Kind::kInline},      KnownTag{"abbr", Kind::kInline},
};

constexpr size_t kNone = std::string_view::npos;
constexpr size_t kMaxReferenceBytes = 34;  // the longest name has 31 letters
constexpr size_t kMaxName = 10;            // bytes of the longest name

// What was counted of a text's tags.
struct TagCounts {
  std::array<uint32_t, kKnownTags.size()> begun{}, ended{};
  uint32_t breaks = 0, links = 0;  // links with an address
  uint32_t quoted = 0;             // tags in quotation marks: named, not meant
  uint32_t lines = 0;              // tags of blocks and breaks
  uint32_t named = 0;              // those of them that stand in a sentence as words do
  bool begins_with_block = false;
};

bool IsQuote(std::string_view text, size_t at) {
  if (at >= text.size()) return false;
  const char c = text[at];
  return c == '"' || c == '\'' || c == '`';
}

// The bytes of a curly quotation mark, which ends before `at` or begins there.
bool IsCurlyQuote(std::string_view text, size_t at) {
  if (at + 3 > text.size()) return false;
  const std::string_view mark = text.substr(at, 3);
  return mark == "\u201c" || mark == "\u201d" || mark == "\u2018" || mark == "\u2019";
}

bool IsBehindQuote(std::string_view text, size_t at) {
  return (at > 0 && IsQuote(text, at - 1)) || (at >= 3 && IsCurlyQuote(text, at - 3));
}

// Whether [begin, end) stands in quotation marks by itself.
bool IsQuoted(std::string_view text, size_t begin, size_t end) {
  return IsBehindQuote(text, begin) && (IsQuote(text, end) || IsCurlyQuote(text, end));
}

bool IsSmallLetter(std::string_view text, size_t at) { return at < text.size() && text[at] >= 'a' && text[at] <= 'z'; }

// Whether the tag of a block or a break at [begin, end) is a word of a sentence: "opened with <p> and closed with
// </p>,". In HTML, blocks begin where a line or a sentence has ended, and behind one no sentence goes on.
bool IsNamed(std::string_view text, size_t begin, size_t end, bool is_end, bool is_break) {
  const bool is_led = begin >= 2 && text[begin - 1] == ' ' && IsSmallLetter(text, begin - 2);
  const bool goes_on = (end + 1 < text.size() && text[end] == ' ' && IsSmallLetter(text, end + 1)) ||
                       (end < text.size() && std::string_view(",.;:)").find(text[end]) != kNone);
  return is_break ? is_led && goes_on : is_end ? goes_on : is_led;
}

// The number of a tag's name in kKnownTags; kKnownTags.size() if it has none.
size_t KnownTagAt(std::string_view text, size_t begin) {
  size_t end = begin;
  while (end < text.size() && end - begin <= kMaxName && IsAsciiAlphanumeric(text[end])) ++end;
  const std::string name = AsciiLower(text.substr(begin, end - begin));
  const char behind = end < text.size() ? text[end] : '\0';
  if (behind != '>' && behind != '/' && !IsHtmlSpace(behind)) return kKnownTags.size();
  const auto* const found =
      std::find_if(kKnownTags.begin(), kKnownTags.end(), [&](const KnownTag& tag) { return tag.name == name; });
  return static_cast<size_t>(found - kKnownTags.begin());
}

TagCounts CountTags(std::string_view text) {
  constexpr size_t kMaxTagBytes = 8 << 10;  // pictures inside addresses make long ones
  TagCounts counts;
  size_t end_of_tag = text.find('>');
  const size_t first = text.find_first_not_of(" \t\r\n\f");
  for (size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (at == first && text.substr(at).starts_with("<!--")) counts.begins_with_block = true;
    const bool is_end = text.substr(at + 1).starts_with('/');
    const size_t number = KnownTagAt(text, at + 1 + is_end);
    if (number == kKnownTags.size()) continue;
    if (end_of_tag != std::string_view::npos && end_of_tag < at) end_of_tag = text.find('>', at);
    if (end_of_tag == std::string_view::npos) break;
    const size_t size = end_of_tag - at;
    if (size > kMaxTagBytes) continue;
    const Kind kind = kKnownTags[number].kind;
    const bool block = kind == Kind::kBlock || kind == Kind::kOptionalEnd || kind == Kind::kVoid;
    if (block || kind == Kind::kBreak) {
      ++counts.lines;
      counts.named += IsNamed(text, at, at + size + 1, is_end, kind == Kind::kBreak);
    }
    if (IsQuoted(text, at, at + size + 1) || (block && !is_end && IsBehindQuote(text, at))) {
      ++counts.quoted;
    } else if (kind == Kind::kBreak) {
      ++counts.breaks;
    } else if (is_end) {
      ++counts.ended[number];
    } else {
      ++counts.begun[number];
      counts.links += kind == Kind::kLink && AsciiLower(text.substr(at, size)).find("href") != std::string::npos;
    }
    if (at == first && block && !is_end) counts.begins_with_block = true;
    at += size;
  }
  return counts;
}

// A reference at `at` to a letter with an accent whose semicolon was left out: "caf&eacute", "&eacutecole". Other names
// without a semicolon are words and parameters of addresses: "AT&T", "law&ethics", "x&copy=1".
size_t BareReferenceAt(std::string_view text, size_t at, std::string& characters) {
  const std::string_view rest = text.substr(at, kMaxReferenceBytes);
  if (rest.size() < 2 || !IsAsciiAlphanumeric(rest[1])) return 0;
  const size_t size = DecodeReference(rest, ReferenceContext::kText, characters);
  const bool is_letter = characters.size() == 2 && characters[0] == '\xc3';  // U+00C0 to U+00FF
  if (size == 0 || !is_letter || rest[size - 1] == ';') return 0;
  const std::string_view name = AsciiLower(rest[1]) == 't' ? std::string_view() : rest.substr(1, size - 1);
  if (name.empty() || name == "eth" || name == "ETH" || name == "times" || name == "divide") return 0;
  size_t end = size;
  while (end < rest.size() && IsAsciiAlphanumeric(rest[end])) ++end;
  if (end < rest.size() && rest[end] == '=') return 0;
  const bool is_capital = rest[1] >= 'A' && rest[1] <= 'Z';
  return end == size || IsAsciiLower(rest[size]) || (is_capital && !IsAsciiDigit(rest[size])) ? size : 0;
}

// A reference at `at`: its size, and what it stands for; 0 if there is none.
size_t ReferenceAt(std::string_view text, size_t at, std::string& characters) {
  const std::string_view rest = text.substr(at, kMaxReferenceBytes);
  const size_t semicolon = rest.find(';');
  if (semicolon != std::string_view::npos && semicolon >= 3) {
    characters.clear();
    if (DecodeReference(rest, ReferenceContext::kText, characters) == semicolon + 1) return semicolon + 1;
  }
  return BareReferenceAt(text, at, characters);
}

bool IsWordByte(std::string_view text, size_t at) {
  return at < text.size() && (IsAsciiAlphanumeric(text[at]) || static_cast<unsigned char>(text[at]) >= 0x80);
}

bool IsCapital(std::string_view text, size_t at) { return at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; }

// Whether the words on both sides of "Johnson &amp; Sons", [begin, end) being the reference, begin with capitals.
bool JoinsNames(std::string_view text, size_t begin, size_t end) {
  if (begin < 2 || text[begin - 1] != ' ' || end >= text.size() || text[end] != ' ') return false;
  size_t word = begin - 1;
  while (word > 0 && IsAsciiAlphanumeric(text[word - 1])) --word;
  return word < begin - 1 && IsCapital(text, word) && IsCapital(text, end + 1);
}

constexpr TagSet kUnread = {HtmlTag::kScript, HtmlTag::kStyle,    HtmlTag::kTemplate, HtmlTag::kNoscript,
                            HtmlTag::kIframe, HtmlTag::kSvg,      HtmlTag::kTextarea, HtmlTag::kSelect,
                            HtmlTag::kTitle,  HtmlTag::kNoframes, HtmlTag::kObject,   HtmlTag::kVideo,
                            HtmlTag::kAudio,  HtmlTag::kCanvas};

// What stands before each node of a page.
enum class Gap : uint8_t { kNone, kLine, kParagraph };

struct Gaps {
  std::vector<Gap> before;
  bool has_paragraphs = false;  // else the line breaks of the text itself are all that it has
};

Gaps FindGaps(const HtmlPage& page) {
  Gaps gaps;
  gaps.before.resize(page.nodes.size() + 1, Gap::kNone);
  for (size_t i = 0; i < page.nodes.size(); ++i) {
    const HtmlNode& node = page.nodes[i];
    if (node.tag == HtmlTag::kBr) {
      gaps.before[i] = std::max(gaps.before[i], Gap::kLine);
    } else if (node.tag != HtmlTag::kHtml && node.tag != HtmlTag::kBody && IsBlock(node.tag)) {
      gaps.before[i] = gaps.before[node.subtree_end] = Gap::kParagraph;
      gaps.has_paragraphs = true;
    }
  }
  return gaps;
}

void AppendRun(const HtmlPage& page, const HtmlNode& node, bool flows, MappedText& out) {
  HtmlTextCursor cursor(page.record, node.begin, node.end);
  HtmlTextCursor::Chunk chunk;
  while (cursor.Next(chunk)) {
    if (chunk.is_reference) {
      out.AppendDecoded(chunk.bytes, chunk.begin, chunk.end);
      continue;
    }
    if (!flows || (chunk.bytes.find('\n') == kNone && chunk.bytes.find('\r') == kNone)) {
      out.Append(chunk.bytes, chunk.begin);
      continue;
    }
    std::string bytes(chunk.bytes);
    std::replace_if(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    out.Append(bytes, chunk.begin);
  }
}

}  // namespace

bool MayHoldMarkup(std::string_view text) {
  std::string characters;
  for (size_t at = text.find('&'); at != kNone; at = text.find('&', at + 1)) {
    if (text.substr(at, kMaxReferenceBytes).find(';') != kNone || BareReferenceAt(text, at, characters) > 0)
      return true;
  }
  for (size_t at = text.find('<'); at != kNone; at = text.find('<', at + 1)) {
    if (at + 1 < text.size() && (IsAsciiAlphanumeric(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!')) {
      return true;
    }
  }
  return false;
}

bool IsWholePage(std::string_view html) {
  if (html.starts_with("\xef\xbb\xbf")) html.remove_prefix(3);  // a byte order mark
  for (;;) {
    html.remove_prefix(std::min(html.find_first_not_of(" \t\r\n\f"), html.size()));
    const std::string_view end = html.starts_with("<!--") ? "-->" : html.starts_with("<?xml") ? ">" : "";
    const size_t at = end.empty() ? kNone : html.find(end);
    if (at == kNone) break;
    html.remove_prefix(at + end.size());
  }
  for (const std::string_view tag : {"<!doctype", "<html", "<head", "<body"}) {
    if (AsciiLower(html.substr(0, tag.size())) != tag) continue;
    const char next = html.size() > tag.size() ? html[tag.size()] : '\0';
    if (next == '>' || IsHtmlSpace(next)) return true;
  }
  return false;
}

bool IsHtmlText(std::string_view text) {
  if (text.find('<') == std::string_view::npos) return false;
  const TagCounts counts = CountTags(text);
  uint32_t blocks = 0, pairs = 0, alone = 0, elements = 0;
  for (size_t i = 0; i < kKnownTags.size(); ++i) {
    const uint32_t begun = counts.begun[i], ended = counts.ended[i], both = std::min(begun, ended);
    const Kind kind = kKnownTags[i].kind;
    elements += begun;
    if (kind == Kind::kVoid) continue;
    pairs += both;
    if (kind == Kind::kBlock || kind == Kind::kOptionalEnd) blocks += both;
    if (kind == Kind::kOptionalEnd) blocks += begun > ended ? begun - ended : 0;
    if (kind != Kind::kOptionalEnd) alone += std::max(begun, ended) - both;
  }
  if (counts.begins_with_block) return blocks + counts.breaks > 0 || elements > 1;
  if (counts.named > 0 && counts.named * 2 >= counts.lines) return false;
  if (blocks + counts.breaks > 0 && IsWholePage(text)) return true;
  if (counts.quoted > 0) return false;  // the scripts of pages quote tags too
  constexpr uint32_t kMinPairs = 2, kMinBreaks = 2, kManyPairs = 6;
  if (pairs >= kManyPairs && alone * 2 <= pairs) return true;
  if (alone > 0) return false;
  return pairs >= kMinPairs || counts.breaks >= kMinBreaks || counts.links > 0;
}

bool HoldsReferences(std::string_view text) {
  constexpr uint32_t kMinAlone = 2;  // dashes and the like that stand between spaces
  uint32_t alone = 0;
  std::string characters;
  for (size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const size_t size = ReferenceAt(text, at, characters);
    if (size == 0) continue;
    const size_t end = at + size;
    if (IsQuoted(text, at, end)) continue;
    const bool word_before = at > 0 && IsWordByte(text, at - 1), word_behind = IsWordByte(text, end);
    const bool is_sign = characters.size() == 1;  // of ASCII: a text about HTML names these
    if (characters == "&" ? (word_before && word_behind) || JoinsNames(text, at, end) : word_before || word_behind) {
      return true;
    }
    if (!is_sign && text[end - 1] == ';' && ++alone >= kMinAlone) return true;
  }
  return false;
}

void ReadMarkup(MappedText& out) {
  const HtmlPage page = ParseHtml(out.record());
  const Gaps gaps = FindGaps(page);
  Gap gap = Gap::kNone;
  for (size_t i = 0; i < page.nodes.size();) {
    const HtmlNode& node = page.nodes[i];
    const bool second_line = gap == Gap::kLine && gaps.before[i] == Gap::kLine;
    gap = second_line ? Gap::kParagraph : std::max(gap, gaps.before[i]);
    if (kUnread.Has(node.tag)) {
      const size_t next = std::max<size_t>(node.subtree_end, i + 1);
      i = next;
      continue;
    }
    if (node.tag == HtmlTag::kText) {
      const std::string_view run = page.record.substr(node.begin, node.end - node.begin);
      const bool blank = run.find_first_not_of(" \t\r\n\f") == std::string_view::npos;
      if (!blank || gap == Gap::kNone) {
        if (gap != Gap::kNone && !out.text().empty()) out.AppendInserted(gap == Gap::kLine ? "\n" : "\n\n");
        gap = Gap::kNone;
        AppendRun(page, node, gaps.has_paragraphs, out);
      }
    }
    ++i;
  }
}

void ReadReferences(MappedText& out) {
  const std::string_view record = out.record();
  std::string characters;
  size_t begin = 0;  // of what is not appended yet
  for (size_t at = record.find('&'); at != std::string_view::npos; at = record.find('&', at + 1)) {
    const size_t size = ReferenceAt(record, at, characters);
    if (size == 0) continue;
    if (at > begin) out.Append(record.substr(begin, at - begin), static_cast<uint32_t>(begin));
    out.AppendDecoded(characters, static_cast<uint32_t>(at), static_cast<uint32_t>(at + size));
    begin = at + size;
    at = begin - 1;
  }
  if (begin < record.size()) out.Append(record.substr(begin), static_cast<uint32_t>(begin));
}

}  // namespace unspin
