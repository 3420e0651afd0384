// Everything that a check took from its archive, so that the same report can be made again without the archive.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "unspin/report/report.h"
#include "unspin/store/article_codec.h"

namespace unspin {

// A replacement that the archive's spin dictionary knows.
struct LearntReplacement {
  std::string original, suspect;  // lower-case words joined by single spaces
  friend auto operator<=>(const LearntReplacement&, const LearntReplacement&) = default;
};

// An article of the archive that the check judged, or set aside as the suspect's own record.
struct BasisOriginal {
  StoredArticle stored;
  // The sampled runs of five words that the archive knows as standing text between suspect and original, by
  // HashShingles, ascending, each once.
  std::vector<uint64_t> standing_runs;
  // Suspect and original were read from one file on disk (own_record.h).
  bool is_suspects_file = false;
  friend bool operator==(const BasisOriginal& a, const BasisOriginal& b) {
    return a.stored.article == b.stored.article && a.stored.version == b.stored.version &&
           a.stored.sha256 == b.stored.sha256 && a.standing_runs == b.standing_runs &&
           a.is_suspects_file == b.is_suspects_file;
  }
};

// The words of standing runs, joined by spaces, as far as a text has them: for people.
using WordsOfRuns = std::map<uint64_t, std::string>;

// A plain value; it borrows nothing from the archive. It has no more than the report needs: the originals of the
// findings that are listed (an article that explains another one away is among them, since it is stronger), or where
// none is listed the closest ones; and the suspect's own records.
struct CheckBasis {
  std::optional<ArchiveIdentity> archive;       // empty: two given articles were compared, without an archive
  std::vector<BasisOriginal> originals;         // in the order in which the check looked at them
  std::vector<LearntReplacement> replacements;  // those that can occur between these texts, ascending
};

}  // namespace unspin
