// The words by which a language's notices, bylines, credits and menus are recognized.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/language/word_set.h"
#include "unspin/language/word_tags.h"

namespace unspin {

// Lists of words.
enum class ZoneWord : uint32_t {
  kNavigation,    // menus and share bars are made of these
  kNotice,        // notices are made of these; spinners change some of them, never all
  kPlainNotice,   // those of kNotice that seldom occur in stories: any two say that a sentence is a notice
  kCreditLabel,   // before a colon, and before the name of whom a picture or a story comes from: "photo"
  kCreditWork,    // what reporters do, before "by" and their names: "editing"
  kOrigin,        // before ZoneWords::published: "originally"
  kContribution,  // begins ZoneWords::contributed_to
  kAgency,        // news and picture agencies
  kPictureAgency,
  kStoryNoun,  // what a story calls itself: "article"
};

struct ZoneWords {
  WordTags<ZoneWord> tags;
  WordSet by;                            // begins a byline, and is before the names in a credit: "by"
  WordSet the;                           // definite articles, which may be there instead of a name
  WordSet copyright;                     // a short sentence that begins with it is a notice
  WordSet copyright_mark;                // begins another notice below a notice: "copyright", and "c" of "(c)"
  WordSet elisions;                      // words that an apostrophe begins, spelled without it: "'em"
  WordSet published;                     // behind kOrigin: "This article was originally published by …"
  WordSet first_person;                  // "i", "we", "our": the speaker is part of what is told
  std::vector<uint64_t> contributed_to;  // word hashes of a phrase before kStoryNoun: "contributed to this"
};

}  // namespace unspin
