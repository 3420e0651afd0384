// Bars drawn in SVG. Their places are attributes, because a content policy may forbid inline styles.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace unspin::html {

// A part of a bar. Its colour is that of the class; a pattern is laid over it where the class has one.
struct BarPart {
  std::string name;           // CSS class
  double begin = 0, end = 0;  // shares of the bar, 0 to 1
  std::string title;          // plain text; empty: none
  std::string link;           // "#…"; empty: none
  std::string attributes;     // further attributes of the link, as markup
};

// The patterns that bars use. To be written once, before the first bar.
std::string BarPatterns();

// `name`: CSS class of the whole bar. The bar is hidden from those who do not see it unless parts are links.
std::string Bar(std::string_view name, const std::vector<BarPart>& parts);

// A bar that is filled from the left.
std::string Gauge(double share);

}  // namespace unspin::html
