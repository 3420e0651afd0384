// Text of one legacy character set that was read in another one: "Ãîðîä" was Russian, "jab¾n" was Spanish.
#pragma once

#include <string_view>

#include "unspin/article/article.h"

namespace unspin {

// Whether the beginning of a text has letters as no language writes them: runs of letters with accents, signs inside
// words, capitals behind small letters. Costs little.
bool MayHoldCrossedCharsets(std::string_view text);

// Reads the text as what it was, where another pair of sets makes words of a language of it and it is of none as it
// stands, and keeps the article's steps true. Adds the alert "mojibake" with the number of characters; and alone, where
// no pair does and most of the text is so. Linear.
void UndoCrossedCharsets(Article& article);

}  // namespace unspin
