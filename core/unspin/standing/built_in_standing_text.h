// Standing text that a language's table knows before any archive is read.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "unspin/standing/run_table.h"
#include "unspin/standing/standing_text.h"

namespace unspin {

struct Language;

// Marks stretches of runs that the table holds. A run without another of the table beside it is not marked: it may be a
// collocation ("for the first time in") or a collision of hashes. Safe to use from any thread.
class BuiltInStandingText : public StandingText {
 public:
  // The table's bytes are a constant of the program. Marks nothing if the language has none.
  explicit BuiltInStandingText(const Language& language);
  explicit BuiltInStandingText(const RunTable& table) : table_(table) {}

  const RunTable& table() const { return table_; }
  void Mark(std::span<const uint64_t> runs, std::vector<bool>& standing) const override;

 private:
  RunTable table_;
};

}  // namespace unspin
