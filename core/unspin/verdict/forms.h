// Two articles → whether they are one form that was filled in twice: weather, results, earnings, a police log.
//
// A form keeps its plain words and changes names and numbers throughout. Who copies does the opposite: names and
// numbers are what a copy has to keep, and plain words are what a spinner replaces.
#pragma once

#include <cstdint>
#include <optional>

#include "unspin/language/language.h"
#include "unspin/verdict/pair_view.h"

namespace unspin {

// What was filled in: names, numbers, and plain words in whose place the other side has plain words that mean something
// else. Each is counted once, however often it comes.
struct FilledForm {
  uint32_t fillings = 0, differing = 0;
  uint32_t sentences = 0, differing_sentences = 0;  // of the suspect, with a filling
};

// Nothing where the two are no such form, or too short to tell.
std::optional<FilledForm> FindFilledForm(const PairView& view, const Language& language);

}  // namespace unspin
