// What a notice may say of a finding: values of the report by name, each on one line, and nothing else. What others
// wrote has no boxes ("[ ]"), so that no title looks like a statement of the form.
//
//   original.title  .url  .published          suspect.title  .url  .published  .fetched
//   .url         one address of HTTP; what is none is left to a person
//   self_named   where suspect.url may be the word of the page alone, which was saved as a file
//   suspect.claimed  where suspect.url is left to a person, because the report's address of the page is the original's
//                own, or on its site by the page's own word: that address
//   share        of the original's counted words that lie in shared passages        passages   how many
//   longest_run  words in a row that are the same     words.same, words.changed   inside the passages
//   earlier      where the dates say that the original is the earlier text; later: the other way round
//   undated      where the dates do not tell
//   proof        a list: number, original, suspect, and words in one value: side by side, at most kMaxProofWords
//   notices      a list: kind, state, and where the words fit into the same limit original, suspect
//                left_out where they do not fit
//   altered      where that list has entries
//   licence.rule, licence.text   what the table of licences says of the finding, in the report's English words
//   licence.none where no table was consulted; licence.unruled where it has no rule for the site
#pragma once

#include "evidence/notice_template.h"
#include "evidence/proof_words.h"
#include "unspin/report/report.h"

namespace unspin::evidence {

// `words`: of the language (common.LANGUAGE.txt), for kinds, states and shares.
// REQUIRES: as for ProofWords.
NoticeFields NoticeFacts(const Report& report, size_t finding, const FieldValues& words, const ProofLimits& limits);

}  // namespace unspin::evidence
