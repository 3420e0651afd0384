// Standing text that an archive knows: runs of words that many of its articles hold without being copies of each other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "unspin/article/article.h"
#include "unspin/engine/archive_reader.h"
#include "unspin/index/article_address.h"
#include "unspin/sketch/sketch.h"
#include "unspin/standing/run_lists.h"

namespace unspin {

// Knows the standing text between one suspect and originals of the archive. The answer depends on which articles the
// archive holds, and on nothing else: not on their order, the segments, or what was removed. Not safe to share between
// threads. docs/method.md, section 3, has the rule and its reasons.
class ArchiveStandingText {
 public:
  // `runs`: HashShingles(words, 5) of the suspect. `archive` outlives this value.
  ArchiveStandingText(const ArchiveReader& archive, const Article& suspect, const Sketch& sketch,
                      std::span<const uint64_t> runs);

  // The sampled runs that both articles may share though neither took them from the other, ascending, each once;
  // StandingRuns marks them. None where the archive does not know its standing text. `runs`: HashShingles(words, 5) of
  // the original.
  std::vector<uint64_t> SharedWith(ArticleAddress original, std::span<const uint64_t> runs);

 private:
  // The articles that hold a run, copies among them.
  struct Holders {
    std::vector<ArticleAddress> some;  // ascending; none if there are too many
    bool too_many = false;             // more than are looked at
  };
  class Pair;

  const Holders& HoldersOf(uint64_t run);
  bool IsCopyOfSuspect(ArticleAddress address);

  const ArchiveReader& archive_;
  const Sketch sketch_;
  const ArticleOrigin origin_;
  const std::vector<uint64_t> runs_;  // those that are sampled, ascending; none if the archive knows no standing text
  absl::flat_hash_map<uint64_t, std::unique_ptr<const Holders>> holders_;
  absl::flat_hash_map<uint64_t, bool> copies_of_suspect_;  // by KeyOf(address)
};

}  // namespace unspin
