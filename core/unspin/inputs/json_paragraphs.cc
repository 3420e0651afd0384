#include "unspin/inputs/json_paragraphs.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/article/mapped_text.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/page/markup_text.h"

namespace unspin {
namespace {

namespace dom = simdjson::dom;

constexpr int kMaxDepth = 64;  // of blocks inside blocks; editors nest a few

// The fields that name the kind of a block.
constexpr std::string_view kKindFields[] = {"type", "_type", "nodeType", "blockType", "blockName", "kind"};
// Fields that hold the text of a block as a string.
constexpr std::string_view kTextFields[] = {"text",     "content", "p",         "paragraph", "value",   "html",
                                            "rendered", "body",    "innerHTML", "bodyHtml",  "markdown"};
// Lists of further blocks, and objects that hold a block's fields.
constexpr std::string_view kListFields[] = {"children",   "content", "content_elements", "blocks",   "paragraphs",
                                            "nodes",      "items",   "innerBlocks",      "elements", "body",
                                            "components", "spans",   "rich_text",        "ops"};
constexpr std::string_view kObjectFields[] = {"data",  "model",    "attrs",   "attributes", "fields",
                                              "props", "document", "content", "root",       "value"};
// Fields of what is shown beside a text.
constexpr std::string_view kAddressFields[] = {"url", "src", "href", "image", "video", "file", "embed", "asset"};
// Words in the kinds of blocks that are no text, and whole kinds.
constexpr std::string_view kMediaWords[] = {
    "image",   "photo",   "picture",      "gallery",   "slideshow", "video",    "audio",   "podcast",    "embed",
    "iframe",  "tweet",   "twitter",      "social",    "instagram", "facebook", "youtube", "tiktok",     "advert",
    "promo",   "related", "divider",      "delimiter", "separator", "spacer",   "button",  "newsletter", "atomic",
    "infogra", "figure",  "interstitial", "raw_html",  "html_raw",  "media"};
constexpr std::string_view kMediaKinds[] = {"ad", "hr", "map", "chart", "graphic", "raw", "script", "thematic-break"};
// Kinds of the pieces of one paragraph.
constexpr std::string_view kInlineKinds[] = {
    "text", "span",      "link",    "a",    "strong", "em", "b",         "i",          "bold",      "italic",
    "mark", "hyperlink", "mention", "code", "inline", "br", "hardBreak", "hard_break", "linebreak", "fragment"};

template <size_t kSize>
bool Holds(const std::string_view (&names)[kSize], std::string_view name) {
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

std::string_view KindOf(dom::element block) {
  for (const std::string_view field : kKindFields) {
    if (const std::string_view kind = JsonTextField(block, field); !kind.empty()) return kind;
  }
  return {};
}

bool IsMedia(std::string_view kind) {
  const std::string lower = AsciiLower(kind);
  if (Holds(kMediaKinds, lower)) return true;
  if (lower.find("text") != lower.npos || lower.find("paragraph") != lower.npos) return false;
  return std::any_of(std::begin(kMediaWords), std::end(kMediaWords),
                     [&](std::string_view word) { return lower.find(word) != lower.npos; });
}

bool IsLineBreak(std::string_view kind) {
  return kind == "br" || kind == "hardBreak" || kind == "hard_break" || kind == "linebreak";
}

// A string of some words: it may be what a reader reads.
bool IsProse(std::string_view text) {
  constexpr std::ptrdiff_t kMinSpaces = 8;
  return std::count(text.begin(), text.end(), ' ') >= kMinSpaces;
}

// Whether the elements are pieces of one paragraph, not paragraphs.
bool IsInline(dom::array list) {
  return std::all_of(list.begin(), list.end(), [](dom::element element) {
    const std::string_view kind = KindOf(element);
    if (kind.empty()) return element.is_string() || JsonField(element, "text").has_value();
    return Holds(kInlineKinds, kind) || IsMedia(kind);
  });
}

// Whether all paragraphs from `first` on stand in `text`, in their order. Linear.
bool Repeats(std::string_view text, const std::vector<std::string>& paragraphs, size_t first) {
  size_t at = 0;
  for (size_t i = first; i < paragraphs.size(); ++i) {
    at = text.find(paragraphs[i], at);
    if (at == std::string_view::npos) return false;
    at += paragraphs[i].size();
  }
  return true;
}

// Reads blocks into paragraphs. Methods return false where they have set a problem.
class BlockReader {
 public:
  bool Read(dom::element value, int depth) {
    std::string_view text;
    dom::array list;
    if (value.is_null()) return true;
    if (!value.get(text)) return Add(text);
    if (depth > kMaxDepth) return Fail("is nested too deeply");
    if (!value.get(list)) return ReadList(list, depth);
    if (!value.is_object()) {
      return Fail(depth == 0 ? (value.is_bool() ? "is true or false, no text" : "is a number, no text")
                             : "is a list with numbers among its paragraphs");
    }
    return ReadBlock(value, depth);
  }

  std::vector<std::string> paragraphs;
  std::string problem;

 private:
  bool Fail(std::string_view why) {
    problem = why;
    return false;
  }

  bool Add(std::string_view text) {
    if (!IsWhiteSpace(text)) paragraphs.emplace_back(text);
    return true;
  }

  bool ReadList(dom::array list, int depth) {
    return std::all_of(list.begin(), list.end(), [&](dom::element element) { return Read(element, depth + 1); });
  }

  static bool HoldsPieces(std::string_view field, dom::array list) {
    if (field == "ops") return true;
    constexpr std::string_view kFields[] = {"children", "content", "spans", "nodes", "rich_text"};
    return Holds(kFields, field) && IsInline(list);
  }

  bool ReadBlock(dom::element block, int depth) {
    if (IsMedia(KindOf(block))) return true;
    const size_t before = paragraphs.size();
    std::string_view text, other;
    for (const std::string_view field : kTextFields) {
      const std::string_view value = JsonTextField(block, field);
      if (IsWhiteSpace(value)) continue;
      // "html" beside "text" is the same with its markup.
      if (text.empty()) {
        text = value;
      } else if (field != "html" && field != "innerHTML" && field != "rendered" && field != "bodyHtml") {
        other = field;
      }
    }
    if (!other.empty()) return Fail("is a list with several texts in one element, \"" + std::string(other) + "\" too");
    Add(text);
    for (const std::string_view field : kListFields) {
      const auto value = JsonField(block, field);
      dom::array list;
      if (!value || value->get(list)) continue;
      const size_t first = paragraphs.size();
      if (!(HoldsPieces(field, list) ? ReadPieces(list, depth) : ReadList(list, depth))) return false;
      // A block that has its text as a string may repeat it in pieces.
      if (!text.empty() && Repeats(text, paragraphs, first)) paragraphs.resize(first);
    }
    if (paragraphs.size() > before) return true;
    for (const std::string_view field : kObjectFields) {
      const auto value = JsonField(block, field);
      if (value && value->is_object() && !Read(*value, depth + 1)) return false;
      if (paragraphs.size() > before) return true;
    }
    return MayLeaveOut(block, depth);
  }

  // A block without a text that is known: it is left out unless it holds another one.
  bool MayLeaveOut(dom::element block, int depth) {
    dom::object object;
    if (block.get(object)) return true;
    for (const auto field : object) {
      if (Holds(kAddressFields, field.key)) return true;
    }
    for (const auto field : object) {
      std::string_view text;
      if (field.value.get(text) || !IsProse(text)) continue;
      return Fail((depth == 0 ? "is an object without one obvious text; it has \""
                              : "is a list of objects without one obvious text; one has \"") +
                  std::string(field.key) + "\"");
    }
    return true;
  }

  // Adds one paragraph of its pieces, which follow each other without a space.
  bool ReadPieces(dom::array list, int depth) {
    std::string paragraph;
    if (!AppendPieces(list, depth, paragraph)) return false;
    return Add(paragraph);
  }

  bool AppendPieces(dom::array list, int depth, std::string& paragraph) {
    if (depth > kMaxDepth) return Fail("is nested too deeply");
    for (const dom::element piece : list) {
      std::string_view text;
      dom::array inner;
      if (!piece.get(text)) {
        paragraph += text;
        continue;
      }
      if (!piece.is_object()) continue;
      const std::string_view kind = KindOf(piece);
      if (IsLineBreak(kind)) paragraph += '\n';
      for (const std::string_view field : {"text", "plain_text", "value", "content", "insert"}) {
        text = JsonTextField(piece, field);
        if (text.empty()) continue;
        paragraph += text;
        break;
      }
      if (!text.empty() || IsMedia(kind)) continue;
      for (const std::string_view field : {"children", "content", "nodes"}) {
        const auto value = JsonField(piece, field);
        if (value && !value->get(inner) && !AppendPieces(inner, depth + 1, paragraph)) return false;
      }
    }
    return true;
  }
};

// The text of a paragraph that is HTML, or has references only.
std::string ReadAs(bool html, const std::string& paragraph) {
  MappedText text(paragraph);
  html ? ReadMarkup(text) : ReadReferences(text);
  return text.text();
}

std::string Joined(const std::vector<std::string>& paragraphs) {
  std::string joined;
  for (const std::string& paragraph : paragraphs) {
    constexpr const char* kSpace = " \t\r\n\f\v";
    const size_t begin = paragraph.find_first_not_of(kSpace);
    if (begin == std::string::npos) continue;
    if (!joined.empty()) joined += "\n\n";
    joined.append(paragraph, begin, paragraph.find_last_not_of(kSpace) + 1 - begin);
  }
  return joined;
}

}  // namespace

JsonText TextOfJsonValue(dom::element value, TextIs is) {
  BlockReader reader;
  if (!reader.Read(value, 0)) return {"", std::move(reader.problem)};
  std::string joined = Joined(reader.paragraphs);
  // What the text is written in is decided for all of it; each paragraph stays one.
  const bool html = is == TextIs::kHtml || (is == TextIs::kFoundByItself && IsHtmlText(joined));
  if (html && IsWholePage(joined)) return {std::move(joined), "", /*is_page=*/true};
  if (html || (is == TextIs::kFoundByItself && HoldsReferences(joined))) {
    for (std::string& paragraph : reader.paragraphs) paragraph = ReadAs(html, paragraph);
    joined = Joined(reader.paragraphs);
  }
  return {std::move(joined), ""};
}

}  // namespace unspin
