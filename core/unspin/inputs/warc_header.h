// The header of a WARC record (ISO 28500): what kind of record it is, of which page, and how long its block is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {

// More is no header: a record whose header does not end within so many bytes is a bad one.
inline constexpr size_t kMaxWarcHeader = 64 << 10;

struct WarcHeader {
  std::string type;                // in lower case: "response"
  std::string uri;                 // WARC-Target-URI, without the angle brackets that some writers put around it
  std::string date;                // WARC-Date, as written
  std::string content_type;        // of the block, as written
  std::optional<uint64_t> length;  // of the block, in bytes
  bool truncated = false;          // the writer says that it cut the block off
  std::string problem;             // why the record cannot be read; empty: nothing
  bool has_id = false;             // WARC-Record-ID
};

// Whether a record begins here: "WARC/1.0" or another version.
bool BeginsWarcRecord(std::string_view bytes);

// Where, inside of a header, the header of another record begins, because the writer of the first one broke off; npos:
// nowhere. It is a version that ends its line ("WARC/1.0") and is no value of a field: it begins the line, or a field
// before it comes again behind it.
size_t FindHeaderWithin(std::string_view header);

// `header` is all that EndOfHeader finds. REQUIRES: BeginsWarcRecord(header).
WarcHeader ParseWarcHeader(std::string_view header);

// Bytes of a header that FindWarcRecord judges a place by: the fields that it wants come first.
inline constexpr size_t kWarcHeaderSample = 4096;

// The offset of the first place that begins a record: its kind, its length, and its id or date are there; npos: there
// is none. A place with fewer than kWarcHeaderSample bytes behind it counts unseen, unless `is_end`. Takes linear time.
size_t FindWarcRecord(std::string_view bytes, bool is_end);

}  // namespace unspin
