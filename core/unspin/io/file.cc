#include "unspin/io/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

#include "unspin/io/descriptor.h"
#include "unspin/io/file_error.h"

namespace unspin {

MappedFile::MappedFile(MappedFile&& other) noexcept
    : begin_(std::exchange(other.begin_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(begin_, other.begin_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (begin_ != nullptr) ::munmap(const_cast<char*>(begin_), size_);
}

absl::StatusOr<MappedFile> MapFile(const std::string& path) {
  const Descriptor descriptor = OpenDescriptor(path, O_RDONLY);
  if (!descriptor.is_open()) return FileError(path, "cannot open", errno);
  const absl::StatusOr<size_t> size = RegularFileSize(descriptor, path, "map", "mapped");
  if (!size.ok()) return size.status();
  MappedFile file;
  if (*size == 0) return file;  // mmap refuses a length of zero
  void* begin = ::mmap(nullptr, *size, PROT_READ, MAP_SHARED, descriptor.get(), 0);
  if (begin == MAP_FAILED) return FileError(path, "cannot map", errno);
  file.begin_ = static_cast<const char*>(begin);
  file.size_ = *size;
  return file;
}

namespace {

// Advises the kernel on the pages that the bytes are in.
void Advise(std::string_view bytes, int advice) {
  static const auto page = static_cast<uintptr_t>(::sysconf(_SC_PAGESIZE));
  if (bytes.empty()) return;
  const uintptr_t begin = reinterpret_cast<uintptr_t>(bytes.data()) / page * page;
  const uintptr_t end = reinterpret_cast<uintptr_t>(bytes.data()) + bytes.size();
  ::madvise(reinterpret_cast<void*>(begin), end - begin, advice);  // errors do not matter
}

[[maybe_unused]] bool IsPartOf(std::string_view chunk, std::string_view bytes) {
  return chunk.empty() || (chunk.data() >= bytes.data() && chunk.data() + chunk.size() <= bytes.data() + bytes.size());
}

}  // namespace

void MappedFile::Apply(PagePolicy policy, std::string_view chunk) const {
  assert(IsPartOf(chunk, bytes()));
  switch (policy) {
    case PagePolicy::kHugePages:
      Advise(chunk, MADV_NORMAL);
      Advise(chunk, MADV_HUGEPAGE);
      return;
    case PagePolicy::kRandom:
      Advise(chunk, MADV_NOHUGEPAGE);
      Advise(chunk, MADV_RANDOM);
      return;
  }
}

void MappedFile::Prefetch(std::string_view chunk) const {
  assert(IsPartOf(chunk, bytes()));
  Advise(chunk, MADV_WILLNEED);
}

void MappedFile::Release() const { Advise(bytes(), MADV_DONTNEED); }

}  // namespace unspin
