// The text of block-model.tsv, built into the program.
#pragma once

#include <string_view>

namespace unspin {

extern const std::string_view kBlockModelTsv;

}  // namespace unspin
