// A file that is one article, read whole.
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>

#include "unspin/records/input_format.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_source.h"

namespace unspin {

// Offsets in an article are 32-bit numbers.
inline constexpr uint64_t kMaxArticleBytes = std::numeric_limits<uint32_t>::max() - 1;

// The bytes of a file that is read as one article, at most.
uint64_t MaxFileBytes(const ReaderOptions& options);

// The message for a file of more than `max_bytes` bytes.
std::string FileTooLarge(uint64_t max_bytes);

// Makes a record of the bytes of a file. `path` is what messages call it.
using WholeFileParser = Record (*)(std::string bytes, std::string path, const ReaderOptions& options);

// Reads the file and makes a record of its bytes by `parse`. A file that cannot be read, or is too large, is a bad
// record.
std::unique_ptr<RecordSource> MakeWholeFileSource(InputFile file, const ReaderOptions& options, WholeFileParser parse);

}  // namespace unspin
