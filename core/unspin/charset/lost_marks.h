// Question marks that a program wrote for characters that its character set lacks: "won?t", "M?ller".
#pragma once

#include <string_view>

#include "unspin/article/article.h"

namespace unspin {

// Whether a question mark stands inside a word near the beginning. Costs next to nothing.
bool MayHoldLostMarks(std::string_view text);

// Puts an apostrophe where the words of English have one, and adds the alert "lost-characters" with the number of such
// places; alone, where only other words have question marks inside. A few are no proof. Addresses are left alone.
// Linear.
void RestoreLostMarks(Article& article);

}  // namespace unspin
