// A tokenized article → the zone of each word. Only words of the body, the narration, count.
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
  kBody,          // narration: the reporter's own words
  kQuotation,     // direct speech: reporters share it without copying each other
  kDocument,      // letters, statements, tweets, court papers, laws, transcripts that are printed in full
  kNotice,        // copyright and redistribution notices, also reworded ones
  kByline,        // "By Jane Doe"; credits: "Reporting by …", "Photo: …", "… contributed to this report"
  kDateline,      // "LONDON (Agency) -" in front of the first sentence
  kNavigation,    // page boilerplate: menus, share buttons, related links, repeated headlines
  kPollNote,      // how a poll was made: its sample, its margin of error
  kBiography,     // who the author is, at the end
  kSubscription,  // newsletters, sign-up, subscription
  kLegal,         // consent, privacy, forward-looking statements, disclaimers, a paper's words about itself
  kCaption,       // of a picture
  kTable,         // tables and lists
  // What only the comparison of two articles tells, and FindZones never sets:
  kStandingText,  // many other articles print it
  kOwnSpeech,     // speech that the other article lacks, or has in other words
  // What only a person tells (align/exclude_words.h):
  kExcluded,  // set aside: shown, not counted, and no evidence
};
inline constexpr size_t kZones = 16;

// A maximal run of tokens of one zone. The spans of an article cover its tokens once, in order.
struct ZoneSpan {
  Zone zone = Zone::kBody;
  TokenSpan tokens;
};

struct Zones {
  std::vector<ZoneSpan> spans;
  std::vector<Zone> of_token;  // one per token

  bool IsNarration(size_t token) const { return of_token[token] == Zone::kBody; }
  // Whether the word is evidence: narration, and speech that was reworded.
  bool Counts(size_t token) const { return of_token[token] == Zone::kBody || of_token[token] == Zone::kOwnSpeech; }
};

// The spans of these zones of an article's tokens.
Zones JoinZones(std::vector<Zone> of_token);

// Total; linear in the bytes. `text` is what `article` was tokenized from, in that language.
Zones FindZones(std::string_view text, const TokenizedArticle& article, const Language& language);

}  // namespace unspin
