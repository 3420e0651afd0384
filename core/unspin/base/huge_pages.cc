// The one system call of huge_pages.h.
#include "unspin/base/huge_pages.h"

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace unspin {

void AdviseHugePages([[maybe_unused]] void* memory, [[maybe_unused]] size_t bytes) {
#ifdef __linux__
  madvise(memory, bytes, MADV_HUGEPAGE);
#endif
}

}  // namespace unspin
