// Metadata of an article from the head, the headings and the embedded data of its web page.
#pragma once

#include <string>

#include "unspin/ingest/html.h"

namespace unspin {

struct PageFacts {
  std::string title;         // og:title, a headline, <h1> or <title>
  std::string url;           // <link rel=canonical> or og:url
  std::string site;          // og:site_name
  std::string published;     // article:published_time, JSON-LD, other <meta>, <time datetime>
  std::string article_body;  // JSON-LD; empty where there is none
};

PageFacts FindPageFacts(const HtmlPage& page);

}  // namespace unspin
