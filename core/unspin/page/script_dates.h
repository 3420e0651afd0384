// Dates of publication in the scripts of a page that are no JSON by themselves.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "unspin/page/html.h"

namespace unspin {

// The value of the fields `"key": "value"` of a script, also where the quotes are escaped; the first one if all that
// are dates name one day, else empty. Linear in script and keys.
std::string AgreedDate(std::string_view script, std::span<const std::string_view> keys);

// The value of fields such as publishedAt in the scripts of a page, if all of them name one day; else empty. JSON-LD
// says itself what its dates are of (linked_data.h).
std::string DateInScripts(const HtmlPage& page);

}  // namespace unspin
