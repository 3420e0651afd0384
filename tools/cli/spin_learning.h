// What `--learn` adds to the spin dictionary of an archive.
#pragma once

#include <string>

#include "unspin/spins/spin_dictionary.h"
#include "unspin/unspin.h"

namespace unspin::cli {

// A copy of the parts of a report that SpinDictionary::Learn reads, without texts and passages.
Report SpinLesson(const Report& report);

// Writes the dictionary `after` under the lock of the archive, and says on standard error what was learnt. `before` is
// the dictionary that was read from the archive.
absl::Status SaveSpins(const std::string& archive, const SpinDictionary& before, const SpinDictionary& after,
                       bool quiet);

}  // namespace unspin::cli
