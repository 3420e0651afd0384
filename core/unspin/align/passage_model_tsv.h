// The text of passage-model.tsv, built into the program.
#pragma once

#include <string_view>

namespace unspin {

extern const std::string_view kPassageModelTsv;

}  // namespace unspin
