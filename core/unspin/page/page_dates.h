// What a page says of its date of publication → that date, or none.
//
// What sites write for machines about this article is believed, in this order: article:published_time, the page's own
// article of JSON-LD, its WebPage, microdata, other <meta> elements. Of two that name the same day or instant, the more
// precise one, and the one with the page's own zone, is taken. Where there is none, weaker clues vote for days: <time>
// elements and written dates near the headline, dates in the address, fields of scripts. A clue that says "published"
// weighs more; one that says "updated" does not count. The day with most weight is taken if no other has as much.
#pragma once

#include <span>
#include <string_view>

#include "unspin/page/date_clue.h"

namespace unspin {

// The date of publication by all clues; unknown if they say nothing or contradict each other.
Moment PublishedBy(std::span<const DateClue> clues);

// The day in an address: "/2026/09/01/bridge", "/2026-09-01-bridge".
Moment DayInUrl(std::string_view url);

}  // namespace unspin
