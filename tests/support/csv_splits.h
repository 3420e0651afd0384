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
#include "support/slow_stream.h"
#include "unspin/inputs/csv_fields.h"
#include "unspin/inputs/csv_splitter.h"

namespace unspin::testing {

struct CsvSplit {
  std::string bytes, problem;
  uint64_t number = 0, offset = 0;
  friend bool operator==(const CsvSplit&, const CsvSplit&) = default;
};

inline std::vector<CsvSplit> SplitCsv(const std::string& csv, const CsvDialect& dialect, std::vector<size_t> sizes = {},
                                      bool in_blocks = false, uint64_t max_bytes = uint64_t{1} << 30) {
  CsvSplitter splitter(std::make_unique<SlowStream>(csv, std::move(sizes)), max_bytes, dialect);
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
