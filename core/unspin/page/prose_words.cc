#include "unspin/page/prose_words.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "unspin/date/date_words.h"

namespace unspin {
namespace {

constexpr size_t kMinProseWord = 3;  // characters: shorter ones join dates and names ("le", "am", "de", "в")

// Words beside the dates of articles. In order.
constexpr std::string_view kBesideDates[] = {
    "ago",     "and",      "appeared",  "article",   "comment",  "comments",   "created",  "day",     "days",
    "del",     "der",      "edited",    "edt",       "est",      "filed",      "first",    "five",    "for",
    "from",    "gmt",      "hour",      "hours",     "hrs",      "last",       "min",      "mins",    "minute",
    "minutes", "modified", "month",     "months",    "noon",     "originally", "par",      "por",     "post",
    "posted",  "pst",      "pub",       "published", "read",     "reading",    "reviewed", "revised", "share",
    "shares",  "story",    "submitted", "the",       "this",     "time",       "today",    "uhr",     "under",
    "updated", "van",      "views",     "von",       "was",      "week",       "weeks",    "with",    "word",
    "words",   "written",  "year",      "years",     "yesterday"};

bool IsBesideDates(std::string_view word) {
  return std::binary_search(std::begin(kBesideDates), std::end(kBesideDates), word) || MonthNamed(word) > 0 ||
         WeekdayNamed(word) || IsOrdinalEnding(word) || JoinsDate(word) || ZoneNamed(word).known ||
         LabelOf(word) != DateLabel::kNone;
}

bool IsIdeographicStop(UChar32 c) { return c == 0x3001 || c == 0x3002 || c == 0xff0c; }

}  // namespace

size_t CountProseWords(std::string_view text) {
  size_t count = 0, letters = 0, begin = 0;
  bool is_small = false, is_part = false;  // of an address or a number: "a@b", "10am"
  const auto end_word = [&](size_t end) {
    if (is_small && !is_part && letters >= kMinProseWord && !IsBesideDates(text.substr(begin, end - begin))) ++count;
    letters = 0;
    is_part = false;
  };
  const auto size = static_cast<int32_t>(text.size());
  for (int32_t at = 0; at < size;) {
    const auto here = static_cast<size_t>(at);
    UChar32 c;
    U8_NEXT_OR_FFFD(reinterpret_cast<const uint8_t*>(text.data()), at, size, c);
    if (u_isalpha(c)) {
      if (letters == 0) {
        begin = here;
        is_small = u_islower(c);
      }
      ++letters;
      continue;
    }
    const bool joins = c == '@' || c == '_' || c == '/' || u_isdigit(c);
    is_part = is_part || (letters > 0 && joins);
    if (!joins) {
      end_word(here);
    } else if (letters == 0) {
      is_part = true;
    }
    if (IsIdeographicStop(c)) ++count;
  }
  end_word(text.size());
  return count;
}

}  // namespace unspin
