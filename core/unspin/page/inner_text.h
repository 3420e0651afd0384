// Text that a page holds elsewhere than in its own elements: data and templates for its scripts, and pages inside of
// it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/page/html.h"

namespace unspin {

struct InnerText {
  std::string_view chosen;  // as MainText::chosen
  std::string text;         // a page of its own where `is_page`, else plain paragraphs
  bool is_page = false;
  uint32_t begin = 0;  // [begin, end) in the record: where it stands, as a whole
  uint32_t end = 0;
};

// In the order of the page: the article of its JSON-LD (`article_body`, if it is not empty), long strings in other
// JSON, templates in scripts, <iframe srcdoc>, <noframes>. Linear in the page.
std::vector<InnerText> FindInnerTexts(const HtmlPage& page, std::string_view article_body);

}  // namespace unspin
