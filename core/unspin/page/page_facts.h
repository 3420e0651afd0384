// Metadata of an article from the head, the headings and the embedded data of its web page.
#pragma once

#include <string>
#include <vector>

#include "unspin/article/article.h"
#include "unspin/page/html.h"

namespace unspin {

struct PageFacts {
  std::string title;            // the headline, without the name of the site (page_title.h)
  std::string url;              // <link rel=canonical> or og:url
  std::string site;             // og:site_name, publisher of JSON-LD or application-name
  std::string published;        // ISO 8601 with the page's own offset (page_dates.h); empty where it is unknown
  std::string article_body;     // JSON-LD, without markup; empty where there is none
  std::vector<PageMark> marks;  // page_marks.h
};

PageFacts FindPageFacts(const HtmlPage& page);

}  // namespace unspin
