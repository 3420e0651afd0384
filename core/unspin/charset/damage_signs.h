// Whether a text holds any character that mojibake is made of, found in one fast pass: most texts have none.
#pragma once

#include <string_view>

namespace unspin {

// Latin-1, Ă, Greek, Cyrillic and signs that draw boxes count; quotation marks, dashes and the like do not. False:
// neither MayHoldMojibake nor MayHoldCrossedCharsets is true.
bool HoldsDamageSigns(std::string_view text);

}  // namespace unspin
