// The structures of the Arrow C data interface and of the Arrow C stream interface, as their specification gives them.
//
// Arrow columnar format, "The Arrow C data interface" and "The Arrow C stream interface": the layout is an ABI that
// does not change. Whoever consumes a structure calls its `release`; a structure whose `release` is null is released.
#pragma once

#include <cstdint>

extern "C" {

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif  // ARROW_C_STREAM_INTERFACE

}  // extern "C"

namespace unspin::python {

// Owns one of the three structures: releases it at the end.
template <typename Structure>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  // Takes over what `from` holds, which is released afterwards as far as its owner knows.
  explicit ArrowOwner(Structure& from) : held_(from) { from.release = nullptr; }
  ArrowOwner(ArrowOwner&& other) noexcept : ArrowOwner(other.held_) {}
  ArrowOwner& operator=(ArrowOwner&& other) noexcept {
    Release();
    held_ = other.held_;
    other.held_.release = nullptr;
    return *this;
  }
  ~ArrowOwner() { Release(); }

  // For functions that fill the structure in.
  Structure* get() { return &held_; }
  Structure* operator->() { return &held_; }
  const Structure* operator->() const { return &held_; }
  const Structure& operator*() const { return held_; }
  bool empty() const { return held_.release == nullptr; }

 private:
  void Release() {
    if (held_.release != nullptr) held_.release(&held_);
    held_.release = nullptr;
  }

  Structure held_{};
};

}  // namespace unspin::python
