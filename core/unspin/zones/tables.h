// Tables and lists: rows of numbers, and runs of short items that are no sentences.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

void MarkTables(ZoneDraft& draft);

}  // namespace unspin
