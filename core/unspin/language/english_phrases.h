// The phrases by which English articles show what kind each of their paragraphs is.
#pragma once

#include "unspin/language/zone_words.h"

namespace unspin {

Phrases<ZoneCue> EnglishZoneCues();

}  // namespace unspin
