#include "cli/allocator.h"

#ifdef UNSPIN_MIMALLOC
#include <mimalloc.h>

#include <cstdlib>
#include <new>
#endif

#ifdef UNSPIN_MIMALLOC

// mimalloc is built as C, where it cannot throw: its own operators end the program when memory runs out, and with it
// every other request of a service. Weak, so that a mimalloc that is linked statically may bring its own.
#define UNSPIN_OPERATOR __attribute__((weak))

namespace {

void* Checked(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

UNSPIN_OPERATOR void* operator new(std::size_t size) { return Checked(mi_malloc(size)); }
UNSPIN_OPERATOR void* operator new[](std::size_t size) { return Checked(mi_malloc(size)); }
UNSPIN_OPERATOR void* operator new(std::size_t size, std::align_val_t alignment) {
  return Checked(mi_malloc_aligned(size, static_cast<std::size_t>(alignment)));
}
UNSPIN_OPERATOR void* operator new[](std::size_t size, std::align_val_t alignment) {
  return Checked(mi_malloc_aligned(size, static_cast<std::size_t>(alignment)));
}
UNSPIN_OPERATOR void operator delete(void* memory) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete[](void* memory) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete(void* memory, std::size_t) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete[](void* memory, std::size_t) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete(void* memory, std::align_val_t) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete[](void* memory, std::align_val_t) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { mi_free(memory); }
UNSPIN_OPERATOR void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { mi_free(memory); }

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
