// Text that was written as UTF-8, read in another character set, and written as UTF-8 again: "donâ€™t", "MÃ¼ller".
#pragma once

#include <string_view>

#include "unspin/article/article.h"

namespace unspin {

// Whether there is any byte that such text has. Costs next to nothing.
bool MayHoldMojibake(std::string_view text);

// Reads such characters as what they were, also where it happened twice, and keeps the article's steps true. Only where
// the text holds several that nobody writes, and is not about character sets itself. Adds the alert "mojibake" with
// their number; and alone, where remains of such characters are there that no longer say what they were. Linear.
void UndoMojibake(Article& article);

}  // namespace unspin
