// A MyThes thesaurus → synonyms.
#pragma once

#include <string>

#include "unspin/lexicon/compile/sources.h"

namespace unspin::compile {

// `have_wordnet`: generic terms are left out, because WordNet says better which of them are close. False if there is
// no synonym.
bool ReadThesaurus(const std::string& path, bool have_wordnet, Sources& sources);

}  // namespace unspin::compile
