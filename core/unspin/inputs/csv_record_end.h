// Where a record of CSV ends: the search goes from quote to quote and from line end to line end, and can be continued
// when more bytes are there.
#pragma once

#include <cstddef>
#include <string_view>

#include "unspin/inputs/csv_dialect.h"

namespace unspin {

// A quote opens a quoted field only where a field begins, and a quoted field goes on over line ends until its quote
// closes. Linear: a byte is looked at a few times, however the calls part the bytes.
class CsvRecordEnd {
 public:
  // Bytes of a quoted field behind which its quote counts as not closed: some times the length of the Bible.
  static constexpr size_t kMaxQuotedBytes = size_t{32} << 20;

  enum class Found {
    kMore,      // nothing: more bytes are needed
    kRecord,    // the end of a record
    kUnclosed,  // a quote that is not closed, or that is closed inside of a later line's field
  };

  explicit CsvRecordEnd(const CsvDialect& dialect) : dialect_(dialect) {}

  // `held` begins with the record, and with all that the last call was given, unless Reset came between. `at_end`:
  // nothing follows `held`. Never returns kMore then. REQUIRES: `held` is not empty.
  Found Search(std::string_view held, bool at_end);
  void Reset();

  // Behind kRecord. The record is [0, end()) of `held`, without its line end.
  size_t end() const { return end_; }
  // Where the next record begins; behind kUnclosed, the line after the one with the quote. More than `held` has if that
  // is not known: the line goes on.
  size_t next() const { return next_; }
  // Behind kRecord: the quote of the record behind which its field goes on; npos if there is none.
  size_t stray_quote() const { return stray_quote_; }
  // Behind kUnclosed: the quote.
  size_t quote() const { return quote_; }

 private:
  // Searches for the closing quote. kRecord: it was found.
  Found SearchQuoted(std::string_view held, bool at_end);
  Found Unclosed(std::string_view held);
  // The first line end from at_ on; npos if there is none.
  size_t FindLineEnd(std::string_view held);
  bool Opens(std::string_view held, size_t quote) const;
  // Whether a closing quote that `next` follows can be one.
  bool MayFollowQuote(char next) const;

  const CsvDialect dialect_;
  size_t at_ = 0;  // bytes before it were looked at
  bool in_quotes_ = false;
  size_t quote_ = 0;                          // that opened last
  size_t line_searched_ = 0;                  // where the search for a line end goes on
  size_t line_end_ = std::string_view::npos;  // that was found last
  size_t stray_quote_ = std::string_view::npos;
  size_t end_ = 0, next_ = 0;
};

}  // namespace unspin
