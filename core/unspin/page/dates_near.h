// A headline → the dates that a reader sees around it.
#pragma once

#include <cstdint>
#include <vector>

#include "unspin/date/date_words.h"
#include "unspin/page/date_clue.h"
#include "unspin/page/html.h"

namespace unspin {

// Adds the dates of <time> elements and of short lines near a headline. `headline`: its node. Teasers, comments,
// sidebars, captions and dates of updates are left out. Looks at a bounded number of lines. REQUIRES: headline <
// page.nodes.size().
void FindDatesNear(const HtmlPage& page, uint32_t headline, DayOrder order, std::vector<DateClue>& clues);

// Adds the one day that such dates name behind a headline at any distance, within its <article> where it has one. Two
// days are none. REQUIRES: as above.
void FindDatesFar(const HtmlPage& page, uint32_t headline, DayOrder order, std::vector<DateClue>& clues);

}  // namespace unspin
