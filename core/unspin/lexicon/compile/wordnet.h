// WordNet's database files → lemmas, synonyms and irregular inflections.
#pragma once

#include <string>

#include "unspin/lexicon/compile/sources.h"

namespace unspin::compile {

// Reads data.noun, noun.exc and their like from a folder. False if there is no synset.
bool ReadWordNet(const std::string& folder, Sources& sources);

}  // namespace unspin::compile
