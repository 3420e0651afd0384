// Captions of pictures, galleries and videos: known by their words and credits, by numbers ("2 of 24"), and by being
// printed twice, once for the picture and once below it.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

void MarkCaptions(ZoneDraft& draft);

}  // namespace unspin
