// The spin dictionary of an archive: what a run adds to it.
#pragma once

#include <string>

#include "unspin/spins/spin_dictionary.h"

namespace unspin::cli {

// What of a report the dictionary learns from, without texts and passages.
Report SpinLesson(const Report& report);

// Under the lock of the archive; says on standard error what was learnt.
absl::Status SaveSpins(const std::string& folder, const SpinDictionary& before, const SpinDictionary& after,
                       bool quiet);

}  // namespace unspin::cli
