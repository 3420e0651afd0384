// A story in NITF (2.x, 3.x), as news agencies send it.
#pragma once

#include "unspin/inputs/news_item.h"

namespace unspin {

// The text is what stands in body.content, without its media and notes to editors. What `out` knows already stays.
void ReadNitf(const XmlNode* nitf, NewsItem& out);

}  // namespace unspin
