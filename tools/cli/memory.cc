#include "cli/memory.h"

#ifdef UNSPIN_MIMALLOC
#include <mimalloc.h>
#include <sys/mman.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#endif

namespace unspin::cli {

#ifdef UNSPIN_MIMALLOC

namespace {

// What the allocator took from the system before it was told.
void EnlargePagesAround(const void* memory) {
  std::FILE* const maps = std::fopen("/proc/self/maps", "r");
  if (maps == nullptr) return;
  char line[512];
  uintptr_t begin = 0, end = 0;
  const auto address = reinterpret_cast<uintptr_t>(memory);
  while (std::fgets(line, sizeof line, maps) != nullptr) {
    if (std::sscanf(line, "%lx-%lx", &begin, &end) == 2 && begin <= address && address < end) {
      madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE);
      break;
    }
  }
  std::fclose(maps);
}

}  // namespace

void PreferLargePages() {
  mi_option_enable(mi_option_large_os_pages);
  mi_option_disable(mi_option_allow_decommit);
  EnlargePagesAround(std::make_unique<char>().get());
}

#else

void PreferLargePages() {}

#endif

}  // namespace unspin::cli
