// What a splitter of CSV makes of bytes that a stream gives in pieces of any size.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_splitter.h"
#include "unspin/io/byte_stream.h"

namespace unspin::testing {

// Gives pieces of the sizes given, again and again, and all at once if there are none.
class PiecesStream final : public ByteStream {
 public:
  PiecesStream(std::string bytes, std::vector<size_t> sizes) : bytes_(std::move(bytes)), sizes_(std::move(sizes)) {}

  absl::StatusOr<size_t> Read(std::span<char> into) override {
    size_t size = std::min(into.size(), bytes_.size() - at_);
    if (!sizes_.empty()) size = std::min(size, std::max<size_t>(sizes_[turn_++ % sizes_.size()], 1));
    std::memcpy(into.data(), bytes_.data() + at_, size);
    at_ += size;
    return size;
  }
  uint64_t stored_bytes_read() const override { return at_; }

 private:
  const std::string bytes_;
  const std::vector<size_t> sizes_;
  size_t at_ = 0, turn_ = 0;
};

struct CsvSplit {
  std::string bytes, problem;
  uint64_t number = 0, offset = 0;
  friend bool operator==(const CsvSplit&, const CsvSplit&) = default;
};

inline std::vector<CsvSplit> SplitCsv(const std::string& csv, const CsvDialect& dialect, std::vector<size_t> sizes = {},
                                      bool in_blocks = false, uint64_t max_bytes = uint64_t{1} << 30) {
  CsvSplitter splitter(std::make_unique<PiecesStream>(csv, std::move(sizes)), max_bytes, dialect);
  std::vector<CsvSplit> splits;
  const auto add = [&](const RawRecord& raw) {
    splits.push_back({std::string(raw.bytes), raw.problem, raw.number, raw.offset});
  };
  if (in_blocks) {
    for (RawRecords block; splitter.NextBlock(block);) {
      for (const RawRecord& raw : block.records) add(raw);
    }
  } else {
    for (RawRecord raw; splitter.Next(raw);) add(raw);
  }
  return splits;
}

inline std::vector<std::string> CsvValues(const std::string& record, const CsvDialect& dialect) {
  std::vector<CsvField> fields;
  std::string scratch;
  SplitCsvRecord(record, dialect, fields);
  std::vector<std::string> values;
  for (const CsvField& field : fields) values.emplace_back(CsvValue(field, dialect, scratch));
  return values;
}

}  // namespace unspin::testing
