// Sources → the bytes of the lexicon tables, core/unspin/lexicon/tables.h.
#pragma once

#include <string>

#include "unspin/lexicon/compile/sources.h"

namespace unspin::compile {

// Sorts and filters the irregular forms of `sources` on the way. Fails if two words have one hash.
std::string MakeTables(Sources& sources);

}  // namespace unspin::compile
