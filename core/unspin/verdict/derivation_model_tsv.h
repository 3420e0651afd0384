// The text of derivation-model.tsv, built into the program.
#pragma once

#include <string_view>

namespace unspin {

extern const std::string_view kDerivationModelTsv;

}  // namespace unspin
