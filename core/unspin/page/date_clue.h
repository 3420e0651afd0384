// One thing that a page says of its date of publication.
#pragma once

#include <cstdint>

#include "unspin/date/moment.h"

namespace unspin {

// From the strongest to the weakest.
enum class DateSource : uint8_t {
  kOpenGraph,
  kLinkedArticle,
  kLinkedPage,
  kMicrodata,
  kMeta,
  kLabelled,  // near the headline: "Published", class="pubdate"
  kUrl,
  kPlain,   // near the headline, nothing said; a date alone
  kInside,  // near the headline, in a short line of other words
  kScript,
};

struct DateClue {
  DateSource source = DateSource::kPlain;
  Moment moment;  // a day or an instant
};

}  // namespace unspin
