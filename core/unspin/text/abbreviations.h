// Abbreviations after which a full stop does not end a sentence.
#pragma once

#include <string_view>

namespace unspin {

// `word` is a normalized word, without its full stop.
bool IsAbbreviation(std::string_view word);

}  // namespace unspin
