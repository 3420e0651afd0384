// An item of RSS (0.9x, 1.0, 2.0) or an entry of Atom (0.3, 1.0).
#pragma once

#include <string>

#include "unspin/inputs/news_item.h"

namespace unspin {

// What a feed says of all its items.
struct FeedFacts {
  std::string title;
  std::string rights;
  std::string author;
};

// `root` is a feed, as much of it as comes before its first item; null: nothing is known.
FeedFacts ReadFeedFacts(const XmlNode* root);

// A date of change ("updated") is never taken as that of publication.
void ReadFeedItem(const XmlNode* item, const FeedFacts& feed, NewsItem& out);

}  // namespace unspin
