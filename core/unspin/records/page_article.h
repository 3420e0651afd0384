// The bytes of a web page → its article, with what the page tells about it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "unspin/article/article.h"
#include "unspin/charset/charset_table.h"
#include "unspin/page/page_facts.h"

namespace unspin {

// Takes article.text, which is a page, for its article: the text, which is empty where the page shows none, its steps,
// the notices, the marks and how it was read. Returns what else the page tells.
PageFacts TakeArticleOfPage(Article& article);

// Whether a file of these first bytes is probably a web page.
bool LooksLikePage(std::string_view head);

// Fills all fields of the article but its id, its place and Reading::format. `declared` is the character set that the
// page came with, by an HTTP header; null: none. Returns why there is no article; the article is unspecified then.
std::optional<std::string> ReadPage(std::string bytes, const Charset* declared, Article& article);

}  // namespace unspin
