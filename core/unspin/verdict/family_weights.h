// Signals → how much of the evidence each family of them makes.
#pragma once

#include "unspin/verdict/model.h"
#include "unspin/verdict/signals.h"

namespace unspin {

// The families' parts of the sum that the model calibrates, by its likeliest hypothesis. They add up to 0 where the
// evidence is even: what the bias and the other hypotheses put that point away from is divided among the families by
// how far their curves rise.
PerFamily<double> FamilyParts(const Signals& signals, const DerivationModel& model);

// What of a family a person can be shown.
struct Shown {
  bool shared = false;  // something that speaks for derivation
  bool own = false;     // something that speaks against
};

// log10 of likelihood ratios that add up to the model's evidence: the parts, all made smaller by as much as the
// calibration does. A part whose sign has nothing to show becomes 0; those of its sign then weigh more, and those of
// the other less. Only where nothing at all can be shown for the sign of the evidence do they not add up to it.
PerFamily<double> FamilyWeights(const Signals& signals, const DerivationModel& model, const PerFamily<Shown>& shown);

}  // namespace unspin
