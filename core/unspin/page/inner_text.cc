#include "unspin/page/inner_text.h"

#include <simdjson.h>
#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "unspin/article/ascii.h"
#include "unspin/json/json_parser.h"
#include "unspin/json/json_text.h"

namespace unspin {
namespace {

// Whether a string of a page's data is prose, and not an address, a name or code.
bool IsProse(std::string_view text) {
  constexpr size_t kMinBytes = 60, kMinSpaces = 8;
  constexpr size_t kMaxBytesPerSpace = 16;  // code and lists of addresses have longer "words"
  if (text.size() < kMinBytes) return false;
  const auto spaces = static_cast<size_t>(std::count(text.begin(), text.end(), ' '));
  return spaces >= kMinSpaces && text.size() / spaces <= kMaxBytesPerSpace && text[0] != '{' && text[0] != '[' &&
         text.find("function") == std::string_view::npos;
}

// The long strings of a JSON value, in its order, each once.
std::vector<std::string_view> ProseStrings(simdjson::dom::element root) {
  namespace dom = simdjson::dom;
  std::vector<std::string_view> strings;
  absl::flat_hash_set<std::string_view> known;
  std::vector<dom::element> pending = {root};  // a stack
  while (!pending.empty()) {
    const dom::element element = pending.back();
    pending.pop_back();
    const size_t children = pending.size();
    dom::array array;
    dom::object object;
    std::string_view text;
    if (!element.get(array)) {
      for (const dom::element child : array) pending.push_back(child);
    } else if (!element.get(object)) {
      for (const auto [key, child] : object) pending.push_back(child);
    } else if (!element.get(text) && IsProse(text) && known.insert(text).second) {
      strings.push_back(text);
    }
    std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(children), pending.end());  // the first comes next
  }
  return strings;
}

std::string ProseOfJson(std::string_view script) {
  const size_t begin = script.find_first_of("{[");
  if (begin == std::string_view::npos) return "";
  const size_t end = EndOfJsonValue(script, begin);
  if (end == std::string_view::npos) return "";
  JsonParser parser;
  simdjson::dom::element root;
  if (parser.Parse(script.substr(begin, end - begin)).get(root)) return "";
  std::string text;
  for (const std::string_view prose : ProseStrings(root)) {
    const bool has_tags = prose.find("</") != std::string_view::npos || prose.find("<br") != std::string_view::npos;
    text += has_tags ? "<div>" : "<p>";
    text += prose;
    text += has_tags ? "</div>\n" : "</p>\n";
  }
  return text;
}

class InnerTextFinder {
 public:
  InnerTextFinder(const HtmlPage& page, std::string_view article_body) : page_(page), article_body_(article_body) {}

  std::vector<InnerText> Find() {
    for (uint32_t at = 0; at < page_.nodes.size(); ++at) {
      const HtmlNode& node = page_.nodes[at];
      if (node.tag == HtmlTag::kScript) AddScript(at);
      if (node.tag == HtmlTag::kNoframes) Add("frame", std::string(Content(at)), at);
      if (node.tag == HtmlTag::kIframe) Add("frame", AttributeOf(page_, node, "srcdoc"), at);
    }
    return std::move(found_);
  }

 private:
  std::string_view Content(uint32_t at) const {
    if (page_.nodes[at].subtree_end == at + 1) return {};
    const HtmlNode& text = page_.nodes[at + 1];
    return page_.record.substr(text.begin, text.end - text.begin);
  }

  // `text` is a page.
  void Add(std::string_view chosen, std::string text, uint32_t at) {
    if (text.empty()) return;
    const uint32_t last = page_.nodes[at].subtree_end - 1;  // the text in the element, or the element itself
    found_.push_back({chosen, std::move(text), true, page_.nodes[last].begin, page_.nodes[last].end});
  }

  void AddScript(uint32_t at) {
    const std::string_view content = Content(at);
    const std::string type = AsciiLower(AttributeOf(page_, page_.nodes[at], "type"));
    const auto is_of = [&](std::string_view kind) { return type.find(kind) != std::string::npos; };
    if (is_of("ld+json")) {
      if (article_body_.empty() || content.find("articleBody") == std::string_view::npos) return;
      Add("linked-data", std::string(article_body_), at);
      found_.back().is_page = false;
      article_body_ = {};
    } else if (is_of("template") || is_of("text/html") || is_of("handlebars") || is_of("mustache")) {
      Add("template", std::string(content), at);
    } else if (is_of("json") || content.find("\":\"") != std::string_view::npos) {
      Add("script-data", ProseOfJson(content), at);
    }
  }

  const HtmlPage& page_;
  std::string_view article_body_;  // empty once it was added
  std::vector<InnerText> found_;
};

}  // namespace

std::vector<InnerText> FindInnerTexts(const HtmlPage& page, std::string_view article_body) {
  return InnerTextFinder(page, article_body).Find();
}

}  // namespace unspin
