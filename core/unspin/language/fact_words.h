// The words by which a language's dates, numbers and names are recognized.
#pragma once

#include <cstdint>

#include "unspin/language/word_tags.h"

namespace unspin {

enum class FactWord : uint32_t {
  kMonth,
  kHomographMonth,  // those months that are other words too: "may"
  kDay,
  kRelative,       // before a period, a day or a month they make a date: "last"
  kPeriod,         // "week"
  kSpokenPeriod,   // periods as spinners shorten and count them: "yrs"
  kUnit,           // belongs to the number before it: "million"
  kNumberPronoun,  // a number word that counts nothing by itself: "one" of "one of them"
  kTitle,          // nobody's name by itself: "mr"
  kNameParticle,   // between the parts of one name: "de"
  kAttribution,    // beside the name of who published something: "reported"
  kPublication,    // stands for the name of an outlet: "newspaper"
};

using FactWords = WordTags<FactWord>;

}  // namespace unspin
