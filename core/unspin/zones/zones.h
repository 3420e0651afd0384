// What part of an article each word belongs to, and whether it counts: quotations, notices, bylines and navigation do
// not.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/text/tokenized_article.h"

namespace unspin {

struct Language;

enum class Zone : uint8_t {
  kBody,
  kQuotation,   // direct speech: reporters share it without copying each other
  kNotice,      // copyright and redistribution notices, also reworded ones
  kByline,      // "By Jane Doe"; credits: "Reporting by …", "Photo: …", "… contributed to this report"
  kDateline,    // "LONDON (Agency) -" in front of the first sentence
  kNavigation,  // site furniture: menus, share buttons, related links, repeated headlines
};
inline constexpr size_t kZones = 6;

// One stretch of equal zone. The stretches of an article cover its tokens once, in order.
struct ZoneSpan {
  Zone zone = Zone::kBody;
  TokenSpan tokens;
};

struct Zones {
  std::vector<ZoneSpan> spans;
  std::vector<Zone> of_token;  // one per token

  bool Counts(size_t token) const { return of_token[token] == Zone::kBody; }
};

// Total. `text` is what `article` was tokenized from.
Zones FindZones(std::string_view text, const TokenizedArticle& article, const Language& language);

}  // namespace unspin
