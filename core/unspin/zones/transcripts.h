// Speech without marks that its layout shows: speakers' names in front of what they say, lines that a dash opens.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

// Marks interviews, transcripts and lines of speech as quotations.
void MarkTranscripts(ZoneDraft& draft);

}  // namespace unspin
