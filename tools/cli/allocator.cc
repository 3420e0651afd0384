#include "cli/allocator.h"

#ifdef UNSPIN_MIMALLOC
#include <mimalloc.h>

#include <cstdlib>
#endif

namespace unspin::cli {

#ifdef UNSPIN_MIMALLOC

std::string AllocatorName() {
  void* const memory = std::calloc(1, 64);
  const bool is_used = mi_is_in_heap_region(memory);
  std::free(memory);
  if (!is_used) return "C library";
  const int version = mi_version();  // 209 for 2.0.9
  return "mimalloc " + std::to_string(version / 100) + "." + std::to_string(version / 10 % 10) + "." +
         std::to_string(version % 10);
}

#else

std::string AllocatorName() { return "C library"; }

#endif

}  // namespace unspin::cli
