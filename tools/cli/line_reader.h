// Reads a file, a compressed file or standard input line by line.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/io/byte_stream.h"

namespace unspin::cli {

class LineReader {
 public:
  // A byte order mark of UTF-8 in front is skipped.
  static absl::StatusOr<LineReader> Open(const std::string& path);

  // The next line without its line feed. Nothing at the end, or at the first error, which status() then holds.
  std::optional<std::string> Next();
  const absl::Status& status() const { return status_; }

 private:
  explicit LineReader(std::unique_ptr<ByteStream> stream) : stream_(std::move(stream)) {}

  void Fill();  // reads on; ended_ at the end and at an error

  std::unique_ptr<ByteStream> stream_;
  std::string buffer_;
  size_t begin_ = 0;
  bool ended_ = false;
  absl::Status status_;
};

}  // namespace unspin::cli
