// Headlines of related stories that a page's script glued to a name inside of a sentence, up to the word "MORE".
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

// Marks them as navigation: "Sen. Jane Doe Jane Mary DoeCouncil opens bridge Mayor resigns MORE said …".
void MarkGluedHeadlines(ZoneDraft& draft);

}  // namespace unspin
