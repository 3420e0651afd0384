// The bytes of a plain text → its article.
#pragma once

#include <optional>
#include <string>

#include "unspin/article/article.h"
#include "unspin/charset/charset_table.h"
#include "unspin/records/reader_options.h"

namespace unspin {

// Fills the text of the article and how it was read. `declared` is the character set that the text came with; null:
// none. Returns why there is no article; the article is unspecified then.
std::optional<std::string> ReadPlainText(std::string bytes, const Charset* declared, TextIs is, Article& article);

}  // namespace unspin
