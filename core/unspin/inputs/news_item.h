// What one element of a feed or a news service says, before its text is read.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "unspin/article/article.h"
#include "unspin/inputs/teaser.h"
#include "unspin/inputs/xml_tree.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// A field that may hold the text.
struct ItemText {
  std::string text;
  TextIs is = TextIs::kHtml;
  std::optional<FeedText> field;  // of feeds, whose texts may be teasers
  bool from_tree = false;         // made from elements, so that offsets in it say nothing of the file
};

struct NewsItem {
  std::string id, title, url, site, published;
  std::vector<ItemText> texts;  // the first that holds an article is the one
  bool text_is_elsewhere = false;
  std::string_view no_article;  // its kind if it never holds a text: "packages". Static
  // What the item says of its state, its rights and its authors, by the names of ninjs: pubstatus, embargoed, rights,
  // copyrightholder, usageterms, version, byline; and updated, ednote, dateline.
  std::vector<std::pair<std::string_view, std::string>> facts;

  // Adds a fact unless `value` is empty or the fact is known.
  void Add(std::string_view name, std::string value);
  // Empty if it is unknown.
  std::string_view Fact(std::string_view name) const;
};

// Sets a field unless it is known.
void SetIfEmpty(std::string& field, std::string value);

// The byline and the copyright notice of an item as lines, for Article::notices.
std::vector<std::string> NoticesOf(const NewsItem& item);

// The holder and the terms of its rights, for Article::marks.
std::vector<PageMark> MarksOf(const NewsItem& item);

}  // namespace unspin
