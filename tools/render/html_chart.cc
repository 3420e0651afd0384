#include "render/html_chart.h"

#include <algorithm>
#include <array>

#include "render/markup.h"

namespace unspin::html {
namespace {

// A pattern is lines over a part, so that parts differ without colour too.
struct Pattern {
  std::string_view name;   // CSS class of the parts that it is laid over
  std::string_view shape;  // size in pixels and turn
};

constexpr std::array kPatterns = {
    Pattern{"edited", "width=\"7\" height=\"7\""},
    Pattern{"spun", "width=\"8\" height=\"8\" patternTransform=\"rotate(45)\""},
    Pattern{"rewritten", "width=\"6\" height=\"6\" patternTransform=\"rotate(90)\""},
    Pattern{"masked", "width=\"6\" height=\"6\" patternTransform=\"rotate(135)\""},
    Pattern{"s2", "width=\"6\" height=\"6\" patternTransform=\"rotate(45)\""},
    Pattern{"s3", "width=\"5\" height=\"5\""},
};

std::string PatternId(std::string_view name) { return "unspin-lines-" + std::string(name); }

std::string Rectangle(const BarPart& part) {
  const std::string place = "x=\"" + Share(part.begin, 1) + "\" width=\"" +
                            Share(std::max(0.0, part.end - part.begin), 1) + "\" height=\"100%\"/>";
  std::string out = "<rect class=\"" + part.name + "\" " + place;
  const bool patterned = std::any_of(kPatterns.begin(), kPatterns.end(),
                                     [&](const Pattern& pattern) { return pattern.name == part.name; });
  if (patterned) out += "<rect class=\"lines\" fill=\"url(#" + PatternId(part.name) + ")\" " + place;
  return out;
}

}  // namespace

std::string BarPatterns() {
  std::string out = "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>";
  for (const Pattern& pattern : kPatterns) {
    out += "<pattern id=\"" + PatternId(pattern.name) + "\" patternUnits=\"userSpaceOnUse\" " +
           std::string(pattern.shape) + "><rect width=\"2\" height=\"8\"/></pattern>";
  }
  return out + "</defs></svg>\n";
}

std::string Bar(std::string_view name, const std::vector<BarPart>& parts) {
  const bool links = std::any_of(parts.begin(), parts.end(), [](const BarPart& part) { return !part.link.empty(); });
  std::string out = "<svg class=\"" + std::string(name) + "\"" + (links ? "" : " aria-hidden=\"true\"") + ">";
  for (const BarPart& part : parts) {
    const std::string title = part.title.empty() ? "" : "<title>" + Text(part.title) + "</title>";
    if (part.link.empty()) {
      out += title.empty() ? Rectangle(part) : "<g>" + title + Rectangle(part) + "</g>";
    } else {
      out += "<a href=\"" + part.link + "\" aria-label=\"" + Text(part.title) + "\" " + part.attributes + ">" + title +
             Rectangle(part) + "</a>";
    }
  }
  return out + "</svg>";
}

std::string Gauge(double share) { return Bar("gauge", {{"fill", 0, share, "", "", ""}}); }

}  // namespace unspin::html
