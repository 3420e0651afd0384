// Documents printed in full: statements behind a colon, letters, tweets, numbered law.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

// Marks them. `first_person`: the article itself is told in the first person, which then shows no document.
void MarkDocuments(ZoneDraft& draft, bool first_person);

}  // namespace unspin
