#include "unspin/engine/engine.h"

namespace unspin {

const char* const kVersion = UNSPIN_VERSION;  // core/CMakeLists.txt defines it

}  // namespace unspin
