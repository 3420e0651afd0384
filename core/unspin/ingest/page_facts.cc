#include "unspin/ingest/page_facts.h"

#include <simdjson.h>

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

std::string Lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

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
    if (node.tag == kTagBr) text += ' ';
    if (node.tag != kTagText) continue;
    HtmlTextCursor cursor(page.record, node.begin, node.end);
    for (HtmlTextCursor::Piece piece; cursor.Next(piece);) text.append(piece.bytes);
  }
  return CollapseSpace(text);
}

void SetIfEmpty(std::string& field, std::string_view value) {
  if (field.empty()) field = CollapseSpace(value);
}

struct LinkedData {
  std::string article_body;
  std::string headline;
  std::string published;
};

// Takes the first article found anywhere in the data: sites nest it in lists, "@graph" and "mainEntity" at will.
void ReadLinkedData(std::string_view script, LinkedData& found) {
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
  std::vector<dom::element> waiting = {root};
  while (!waiting.empty()) {
    const dom::element element = waiting.back();
    waiting.pop_back();
    dom::array array;
    dom::object object;
    if (!element.get(array)) {
      for (const dom::element child : array) waiting.push_back(child);
    } else if (!element.get(object)) {
      const std::string_view body = text_of(object, "articleBody");
      const std::string_view headline = text_of(object, "headline");
      if (!body.empty() && found.article_body.empty()) found.article_body = body;
      if (!body.empty() || !headline.empty()) {
        SetIfEmpty(found.headline, headline);
        SetIfEmpty(found.published, text_of(object, "datePublished"));
      }
      for (const auto [key, child] : object) {
        if (child.is_array() || child.is_object()) waiting.push_back(child);
      }
    }
  }
}

class Collector {
 public:
  explicit Collector(const HtmlPage& page) : page_(page) {}

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
      case kTagSvg:
        svg_end_ = std::max(svg_end_, node.subtree_end);
        break;
      case kTagArticle:
      case kTagMain:
        article_end_ = std::max(article_end_, node.subtree_end);
        break;
      case kTagMeta:
        VisitMeta(node);
        break;
      case kTagLink:
        if (canonical_.empty() && Lower(AttributeOf(page_, node, "rel")) == "canonical") {
          canonical_ = CollapseSpace(AttributeOf(page_, node, "href"));
        }
        break;
      case kTagTitle:
        if (at >= svg_end_ && title_.empty()) title_ = TextWithin(page_, at);  // drawings have titles too
        break;
      case kTagH1:
        if (heading_.empty()) heading_ = TextWithin(page_, at);
        if (at < article_end_ && article_heading_.empty()) article_heading_ = TextWithin(page_, at);
        break;
      case kTagTime:
        if (time_.empty()) time_ = CollapseSpace(AttributeOf(page_, node, "datetime"));
        break;
      case kTagScript:
        if (Lower(AttributeOf(page_, node, "type")).find("ld+json") != std::string::npos && at + 1 < node.subtree_end) {
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
      const std::string name = Lower(AttributeOf(page_, node, attribute));
      if (name == "og:title") SetIfEmpty(open_graph_title_, content);
      if (name == "og:url") SetIfEmpty(open_graph_url_, content);
      if (name == "og:site_name") SetIfEmpty(site_, content);
      if (name == "article:published_time" || name == "og:article:published_time") SetIfEmpty(published_, content);
      for (const char* date : {"datepublished", "date", "pubdate", "publish-date", "dc.date", "dc.date.issued",
                               "dcterms.date", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime"}) {
        if (name == date) SetIfEmpty(other_date_, content);
      }
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

PageFacts FindPageFacts(const HtmlPage& page) { return Collector(page).Collect(); }

}  // namespace unspin
