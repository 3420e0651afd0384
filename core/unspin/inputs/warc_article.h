// A record of a WARC file → the article of its page, or what it is instead.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/inputs/warc_header.h"
#include "unspin/records/reader_options.h"
#include "unspin/records/record_parser.h"

namespace unspin {

// A page of more bytes, packed or not, is a bad record: the longest that are articles have some five millions.
inline constexpr uint64_t kMaxWarcPage = uint64_t{64} << 20;

// Whether a record may hold a page or a text, judged by its header and the first bytes of its block.
bool MayHoldPage(const WarcHeader& header, std::string_view block);

// Records are those of WarcSplitter.
class WarcArticleParser final : public RecordParser {
 public:
  WarcArticleParser(std::string path, const ReaderOptions& options);

 private:
  std::optional<Record> ParseBytes(std::string_view bytes, uint64_t number) override;
  // Counts the record as one of `kind`, in the plural.
  std::optional<Record> LeaveOut(std::string_view kind) const;
  Record BadAt(uint64_t number, const std::string& problem) const;

  const ReaderOptions options_;
};

}  // namespace unspin
