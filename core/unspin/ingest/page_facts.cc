#include "unspin/ingest/page_facts.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string_view>
#include <vector>

#include "unspin/ingest/ascii.h"
#include "unspin/ingest/html_references.h"

namespace unspin {
namespace {

// Names of <meta> elements that give a date of publication, beside those of Open Graph.
constexpr std::string_view kDateNames[] = {
    "datepublished",  "date",         "pubdate",       "publish-date",     "dc.date",
    "dc.date.issued", "dcterms.date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime"};

std::string CollapseSpace(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!std::isspace(static_cast<unsigned char>(c))) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string TextWithin(const HtmlPage& page, uint32_t element) {
  std::string text;
  for (uint32_t at = element + 1; at < page.nodes[element].subtree_end; ++at) {
    const HtmlNode& node = page.nodes[at];
    if (node.tag == HtmlTag::kBr) text += ' ';
    if (node.tag != HtmlTag::kText) continue;
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) text.append(chunk.bytes);
  }
  return CollapseSpace(text);
}

void SetIfEmpty(std::string& field, std::string_view value) {
  if (field.empty()) field = CollapseSpace(value);
}

// Data about an article in JSON-LD (schema.org).
struct LinkedData {
  std::string article_body;
  std::string headline;
  std::string published;
};

// Reads JSON-LD. Takes the first article anywhere in the data: sites nest it in lists, "@graph" and "mainEntity" at
// will.
void ReadLinkedData(std::string_view script, LinkedData& article) {
  namespace dom = simdjson::dom;
  const size_t begin = script.find_first_of("{[");
  const size_t end = script.find_last_of("}]");
  if (begin == std::string_view::npos || end == std::string_view::npos || end < begin) return;
  const simdjson::padded_string padded(script.substr(begin, end - begin + 1));
  dom::parser parser;
  dom::element root;
  if (parser.parse(padded).get(root)) return;
  const auto text_of = [](const dom::object& object, std::string_view key) -> std::string_view {
    std::string_view text;
    return object[key].get(text) ? std::string_view() : text;
  };
  std::vector<dom::element> pending = {root};  // a stack
  while (!pending.empty()) {
    const dom::element element = pending.back();
    pending.pop_back();
    dom::array array;
    dom::object object;
    if (!element.get(array)) {
      for (const dom::element child : array) pending.push_back(child);
    } else if (!element.get(object)) {
      const std::string_view body = text_of(object, "articleBody");
      const std::string_view headline = text_of(object, "headline");
      if (!body.empty() && article.article_body.empty()) article.article_body = body;
      if (!body.empty() || !headline.empty()) {
        SetIfEmpty(article.headline, headline);
        SetIfEmpty(article.published, text_of(object, "datePublished"));
      }
      for (const auto [key, child] : object) {
        if (child.is_array() || child.is_object()) pending.push_back(child);
      }
    }
  }
}

// Visits all nodes of a page once.
class FactCollector {
 public:
  explicit FactCollector(const HtmlPage& page) : page_(page) {}

  PageFacts Collect() {
    for (uint32_t at = 0; at < page_.nodes.size(); ++at) Visit(at);
    PageFacts facts;
    for (const auto* title : {&open_graph_title_, &data_.headline, &article_heading_, &heading_, &title_}) {
      SetIfEmpty(facts.title, *title);
    }
    const bool absolute = canonical_.find("://") != std::string::npos;
    for (const auto* url : {absolute ? &canonical_ : &open_graph_url_, &open_graph_url_, &canonical_})
      SetIfEmpty(facts.url, *url);
    for (const auto* date : {&published_, &data_.published, &other_date_, &time_}) SetIfEmpty(facts.published, *date);
    facts.site = site_;
    facts.article_body = std::move(data_.article_body);
    return facts;
  }

 private:
  void Visit(uint32_t at) {
    const HtmlNode& node = page_.nodes[at];
    switch (node.tag) {
      case HtmlTag::kSvg:
        svg_end_ = std::max(svg_end_, node.subtree_end);
        break;
      case HtmlTag::kArticle:
      case HtmlTag::kMain:
        article_end_ = std::max(article_end_, node.subtree_end);
        break;
      case HtmlTag::kMeta:
        VisitMeta(node);
        break;
      case HtmlTag::kLink:
        if (canonical_.empty() && AsciiLower(AttributeOf(page_, node, "rel")) == "canonical") {
          canonical_ = CollapseSpace(AttributeOf(page_, node, "href"));
        }
        break;
      case HtmlTag::kTitle:
        if (at >= svg_end_ && title_.empty()) title_ = TextWithin(page_, at);  // drawings have titles too
        break;
      case HtmlTag::kH1:
        if (heading_.empty()) heading_ = TextWithin(page_, at);
        if (at < article_end_ && article_heading_.empty()) article_heading_ = TextWithin(page_, at);
        break;
      case HtmlTag::kTime:
        if (time_.empty()) time_ = CollapseSpace(AttributeOf(page_, node, "datetime"));
        break;
      case HtmlTag::kScript:
        if (AsciiLower(AttributeOf(page_, node, "type")).find("ld+json") != std::string::npos &&
            at + 1 < node.subtree_end) {
          const HtmlNode& text = page_.nodes[at + 1];
          ReadLinkedData(page_.record.substr(text.begin, text.end - text.begin), data_);
        }
        break;
      default:
        break;
    }
  }

  void VisitMeta(const HtmlNode& node) {
    const std::string content = AttributeOf(page_, node, "content");
    if (content.empty()) return;
    for (const char* attribute : {"property", "name", "itemprop"}) {
      const std::string name = AsciiLower(AttributeOf(page_, node, attribute));
      if (name == "og:title") SetIfEmpty(open_graph_title_, content);
      if (name == "og:url") SetIfEmpty(open_graph_url_, content);
      if (name == "og:site_name") SetIfEmpty(site_, content);
      if (name == "article:published_time" || name == "og:article:published_time") SetIfEmpty(published_, content);
      if (std::find(std::begin(kDateNames), std::end(kDateNames), name) != std::end(kDateNames))
        SetIfEmpty(other_date_, content);
    }
  }

  const HtmlPage& page_;
  LinkedData data_;
  std::string open_graph_title_, article_heading_, heading_, title_;
  std::string canonical_, open_graph_url_, site_;
  std::string published_, other_date_, time_;
  uint32_t article_end_ = 0;
  uint32_t svg_end_ = 0;
};

}  // namespace

PageFacts FindPageFacts(const HtmlPage& page) { return FactCollector(page).Collect(); }

}  // namespace unspin
