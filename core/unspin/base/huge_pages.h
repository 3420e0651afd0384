// Memory for tables that are looked into at random: in pages of two megabytes where the system has them, so that the
// processor need not look up where a page is each time it looks into the table.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace unspin {

// An allocator for std::vector; small tables take what any other would.
template <typename Value>
struct HugePageAllocator {
  using value_type = Value;
  static constexpr size_t kPage = size_t{2} << 20;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>&) noexcept {}

  Value* allocate(size_t count) {
    const size_t bytes = count * sizeof(Value);
    if (bytes < kPage) return static_cast<Value*>(::operator new(bytes));
    void* const memory = ::operator new(bytes, std::align_val_t{kPage});
    madvise(memory, bytes, MADV_HUGEPAGE);  // where it is refused, all works as before
    return static_cast<Value*>(memory);
  }
  void deallocate(Value* memory, size_t count) noexcept {
    if (count * sizeof(Value) < kPage) return ::operator delete(memory);
    ::operator delete(memory, std::align_val_t{kPage});
  }
  friend bool operator==(HugePageAllocator, HugePageAllocator) { return true; }
};

}  // namespace unspin
