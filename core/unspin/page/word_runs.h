// Runs of words of a text, by which another text is compared with it in linear time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/container/flat_hash_set.h"

namespace unspin {

// Words are letters and digits in lower case; signs between them do not count.
class WordRuns {
 public:
  // All runs of `length` words of `text`.
  WordRuns(std::string_view text, size_t length);

  bool empty() const { return runs_.empty(); }
  size_t size() const { return runs_.size(); }  // distinct runs
  // The share of the runs of another text that this one has too. -1 where this text has no run, -0.5 where the other
  // text has none.
  double ShareOf(std::string_view text) const;
  // How many runs of another text this one has too.
  size_t CountOf(std::string_view text) const;

 private:
  const size_t length_;
  absl::flat_hash_set<uint64_t> runs_;
};

}  // namespace unspin
