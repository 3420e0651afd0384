// Speech whose marks were lost: sentences in the first person beside "he said", in an article told in the third.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

// Whether the author tells the story as "I" or "we": columns, essays, memoirs. Their first person is narration.
bool NarratesInFirstPerson(const ZoneDraft& draft);

// Marks them as quotations. Only for articles that do not narrate in the first person.
void MarkSpokenSentences(ZoneDraft& draft);

}  // namespace unspin
