// Paragraphs that stand around stories: how a poll was made, who the author is, subscriptions, legal text, links
// to other stories.
#pragma once

#include "unspin/zones/zone_draft.h"

namespace unspin {

// Marks them, each by several phrases of its kind: no single one decides.
void MarkStandingParagraphs(ZoneDraft& draft);

}  // namespace unspin
