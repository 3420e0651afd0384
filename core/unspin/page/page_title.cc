#include "unspin/page/page_title.h"

#include <array>

#include "unspin/page/page_words.h"

namespace unspin {
namespace {

constexpr size_t kMaxSites = 4;  // names of sites and sections that a title may carry one behind another

struct Separator {
  size_t begin = std::string_view::npos, end = 0;
};

// A sign between spaces that parts a title from the name of a site, at or behind `from`.
Separator NextSeparator(std::string_view title, size_t from) {
  constexpr std::string_view kSigns[] = {
      "|",        "-",        ":",        "::",          "\xe2\x80\x93", "\xe2\x80\x94", "\xe2\x80\xa2",
      "\xc2\xb7", "\xc2\xbb", "\xc2\xab", "\xe2\x80\xba"};
  for (size_t at = title.find(' ', from); at != std::string_view::npos; at = title.find(' ', at + 1)) {
    for (const std::string_view sign : kSigns) {
      const std::string_view rest = title.substr(at + 1);
      if (rest.starts_with(sign) && rest.substr(sign.size()).starts_with(' ')) return {at, at + sign.size() + 2};
    }
  }
  return {};
}

bool NamesArticle(std::string_view words) { return words.size() > 2; }

// The longest heading that another title holds, of several words where there is one.
std::string ConfirmedHeading(const TitleSources& sources) {
  const std::array<std::string, 3> others = {SpacedWords(sources.open_graph), SpacedWords(sources.document),
                                             SpacedWords(sources.linked)};
  const std::string site = SpacedWords(sources.site);
  std::string best;
  for (const std::string& heading : sources.headings) {
    const std::string words = SpacedWords(heading);
    if (!NamesArticle(words) || words == site || heading.size() <= best.size()) continue;
    for (const std::string& other : others) {
      if (other.find(words) != std::string::npos) best = heading;
    }
  }
  return best;
}

}  // namespace

std::string WithoutSite(std::string_view title, std::string_view site) {
  const std::string name = SpacedWords(site);
  if (!NamesArticle(name)) return std::string(title);
  for (size_t i = 0; i < kMaxSites; ++i) {
    const Separator first = NextSeparator(title, 0);
    if (first.begin == std::string_view::npos) break;
    Separator last = first;
    for (Separator next = first; next.begin != std::string_view::npos; next = NextSeparator(title, next.end - 1))
      last = next;
    if (SpacedWords(title.substr(last.end)) == name) {
      title = title.substr(0, last.begin);
    } else if (SpacedWords(title.substr(0, first.begin)) == name) {
      title = title.substr(first.end);
    } else {
      break;
    }
  }
  return std::string(title);
}

std::string TitleOf(const TitleSources& sources) {
  const std::string open_graph = WithoutSite(sources.open_graph, sources.site);
  if (std::string heading = ConfirmedHeading(sources); !heading.empty()) {
    // Of two spellings, that which was written as text.
    return SpacedWords(heading) == SpacedWords(open_graph) ? open_graph : heading;
  }
  std::vector<std::string> headings;
  for (const std::string& heading : sources.headings) {
    const std::string words = SpacedWords(heading);
    if (NamesArticle(words) && words != SpacedWords(sources.site)) headings.push_back(heading);
  }
  if (headings.size() == 1) return headings.front();
  for (const std::string& title : {open_graph, WithoutSite(sources.linked, sources.site)}) {
    if (!title.empty()) return title;
  }
  return headings.empty() ? WithoutSite(sources.document, sources.site) : headings.front();
}

}  // namespace unspin
