// What a page declares about where its text comes from and about its rights: links, <meta> elements and JSON-LD.
#pragma once

#include <string_view>
#include <vector>

#include "unspin/article/article.h"
#include "unspin/page/html.h"

namespace unspin {

inline constexpr size_t kMaxPageMarks = 32;       // besides links: a page declares few
inline constexpr size_t kMaxPageLinks = 256;      // to other hosts: more than any article has
inline constexpr size_t kMaxPageMarkBytes = 500;  // of a value: a long address; the rest of a longer text is left out

// The marks in the order: links and <meta> elements of the page, `declared` (those of the page's own article in
// JSON-LD), and, as "link", addresses of other hosts that the page links. Each once. `url` and `site` are the page's
// own: names of the site itself are no marks.
std::vector<PageMark> FindPageMarks(const HtmlPage& page, const std::vector<PageMark>& declared, std::string_view url,
                                    std::string_view site);

// Adds a mark whose value says something: cut off where it is long, white space collapsed, each once.
void AddPageMark(std::string_view kind, std::string_view value, std::vector<PageMark>& marks);

}  // namespace unspin
