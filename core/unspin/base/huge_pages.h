// Memory for large tables with random access, in pages of 2 MiB: one TLB entry covers 512 times as much of the table.
#pragma once

#include <cstddef>
#include <new>

namespace unspin {

inline constexpr size_t kHugePageSize = size_t{2} << 20;  // bytes, of x86-64 and of arm64 with 4 KiB base pages

// madvise(MADV_HUGEPAGE) on Linux. A hint: where it is refused or unknown, the memory keeps its small pages.
void AdviseHugePages(void* memory, size_t bytes);

// An allocator for std::vector. Arrays below kHugePageSize come from operator new.
template <typename Value>
struct HugePageAllocator {
  using value_type = Value;

  HugePageAllocator() = default;
  template <typename Other>
  HugePageAllocator(const HugePageAllocator<Other>&) noexcept {}

  Value* allocate(size_t count) {
    const size_t bytes = count * sizeof(Value);
    if (bytes < kHugePageSize) return static_cast<Value*>(::operator new(bytes));
    void* const memory = ::operator new(bytes, std::align_val_t{kHugePageSize});
    AdviseHugePages(memory, bytes);
    return static_cast<Value*>(memory);
  }
  void deallocate(Value* memory, size_t count) noexcept {
    if (count * sizeof(Value) < kHugePageSize) return ::operator delete(memory);
    ::operator delete(memory, std::align_val_t{kHugePageSize});
  }
  friend bool operator==(HugePageAllocator, HugePageAllocator) { return true; }
};

}  // namespace unspin
