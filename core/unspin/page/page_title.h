// The names that a page gives its article and its site → the headline, without the name of the site.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin {

struct TitleSources {
  std::string open_graph;             // og:title
  std::string linked;                 // headline of JSON-LD
  std::string document;               // <title>
  std::vector<std::string> headings;  // <h1>, in the order of the page
  std::string site;                   // the name of the site, where it is known
};

// Without the name of the site at its beginning or end: "Bridge opens | The Daily".
std::string WithoutSite(std::string_view title, std::string_view site);

// A heading that the other titles confirm, else the only heading, else the other titles in their order.
std::string TitleOf(const TitleSources& sources);

}  // namespace unspin
