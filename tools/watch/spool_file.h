// The bytes of a pipe on their way: moved into files of the state folder before they are read, so that they are never
// in the memory of this process alone.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/descriptor.h"

namespace unspin::watch {

// The files are parts of one long stream: `spool-OFFSET` begins at byte OFFSET. A part that is done with is removed.
// One thread takes and reads; Forget may be called from another.
class SpoolFile {
 public:
  // `begin`: where reading goes on. Parts before it are removed. New bytes stand at end().
  static absl::StatusOr<std::unique_ptr<SpoolFile>> Open(const std::string& folder, uint64_t begin);
  // Bytes behind `begin` that a spool in the folder holds; 0 where there is none.
  static uint64_t BytesLeft(const std::string& folder, uint64_t begin);

  uint64_t end() const { return end_; }

  // Moves what a pipe holds now to the end of the spool by splice(2), which the kernel finishes even where the process
  // is killed. Nothing: the pipe is empty, and writers may come; 0 bytes: its end. Other inputs than pipes are read and
  // written, and a kill between the two loses the bytes.
  absl::StatusOr<std::optional<uint64_t>> TakeFrom(int descriptor);
  absl::Status Append(std::string_view bytes);
  // Reads what is there from `offset` on, at most into.size() bytes; 0 at the end. REQUIRES: Forget has not passed it.
  absl::StatusOr<size_t> Read(uint64_t offset, std::span<char> into) const;

  // Removes the parts that end before `offset`, if there are any. `before` is called first.
  absl::Status Forget(uint64_t offset, const std::function<absl::Status()>& before);

 private:
  SpoolFile(std::string folder, uint64_t end) : folder_(std::move(folder)), end_(end) {}
  // The part that takes the next bytes; a new one where the last is full. REQUIRES: the caller holds mutex_.
  absl::StatusOr<int> LastPart();
  std::string PathOf(uint64_t begin) const;

  const std::string folder_;
  uint64_t end_;
  mutable std::mutex mutex_;              // guards parts_
  std::map<uint64_t, Descriptor> parts_;  // by the offset of their first byte
};

}  // namespace unspin::watch
