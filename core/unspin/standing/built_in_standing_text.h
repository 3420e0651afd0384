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

// Marks stretches of four runs of the table or more, with gaps of up to three between them. Shorter ones are not
// marked: they are names, collocations ("for the first time in"), or hashes that collide. Safe to use from any thread.
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
