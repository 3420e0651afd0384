// News items from XML that a test writes down.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "unspin/inputs/news_item.h"
#include "unspin/inputs/xml_tree.h"

namespace unspin::testing {

// What `read` makes of the root of the document.
template <typename Reader>
NewsItem ItemOf(std::string_view xml, const Reader& read) {
  XmlTree tree;
  const auto problem = tree.Parse(xml);
  EXPECT_FALSE(problem) << problem->what;
  NewsItem item;
  if (!problem) read(tree.Node(0), item);
  return item;
}

// All that is known of an item, a line each.
inline std::string Facts(const NewsItem& item) {
  std::string lines = "id " + item.id + "\ntitle " + item.title + "\nurl " + item.url + "\nsite " + item.site +
                      "\npublished " + item.published + "\n";
  for (const auto& [name, value] : item.facts) lines += std::string(name) + " " + value + "\n";
  return lines;
}

}  // namespace unspin::testing
