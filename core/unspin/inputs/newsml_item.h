// An item of NewsML-G2 (2.x), or of NewsML 1.
#pragma once

#include "unspin/inputs/news_item.h"

namespace unspin {

// A newsItem, or another item of NewsML-G2, which is no article by its kind. The date of publication is that of the
// first version; that of a later version alone says when this text was made and not when the story came out.
void ReadNewsMlG2(const XmlNode* item, NewsItem& out);

// A NewsItem of NewsML 1.
void ReadNewsMl1(const XmlNode* item, NewsItem& out);

}  // namespace unspin
