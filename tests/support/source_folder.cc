#include "support/source_folder.h"

namespace unspin::testing {

// CMake gives the path to this file alone, so that a compiler cache serves every other test in any checkout.
std::filesystem::path SourceFolder() { return UNSPIN_SOURCE_DIR; }

}  // namespace unspin::testing
