// Files, folders and standard input → a stream of articles and of bad records, in a fixed order.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/article/article.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record.h"

namespace unspin {

struct InputFolder;  // list_inputs.h
struct RecordBlock;

// Reads articles one after the other. Not safe to share between threads.
class ArticleReader {
 public:
  // `inputs` are files, folders or "-" for standard input. Folders are walked in name order, and files that are no
  // articles are left aside (list_inputs.h). Fails if an input does not exist.
  static absl::StatusOr<std::unique_ptr<ArticleReader>> Open(std::vector<std::string> inputs, ReaderOptions options);
  virtual ~ArticleReader() = default;

  // The next record, or nothing at the end of the last input.
  virtual std::optional<Record> Next() = 0;

  // Fills `block` with the next records, some hundred kilobytes of them or one, for a RecordBlockParser. Records of
  // formats such as JSON Lines are not parsed here: the reader only finds where they end. The memory of `block` is
  // reused. Returns false at the end of the last input. REQUIRES: ReaderOptions::hash_files is not set.
  virtual bool NextBlock(RecordBlock& block) = 0;

  // For progress: bytes taken from the inputs so far, as stored (compressed), and their total if it is known.
  virtual uint64_t bytes_read() const = 0;
  virtual std::optional<uint64_t> bytes_total() const = 0;

  // Files to read; some of them may be left aside for their content.
  virtual size_t files() const = 0;
  // The folders that were named, each with what was left aside of it so far; complete at the end of the last input.
  virtual const std::vector<InputFolder>& folders() const = 0;
};

// The article in a string, read as a file of these bytes would be. `path` is what messages call it.
Record ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options);

}  // namespace unspin
