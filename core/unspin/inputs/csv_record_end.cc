#include "unspin/inputs/csv_record_end.h"

#include <algorithm>
#include <cassert>

namespace unspin {
namespace {

constexpr size_t kNone = std::string_view::npos;

}  // namespace

void CsvRecordEnd::Reset() {
  at_ = quote_ = line_searched_ = end_ = next_ = 0;
  line_end_ = stray_quote_ = kNone;
  in_quotes_ = false;
}

size_t CsvRecordEnd::FindLineEnd(std::string_view held) {
  if (line_end_ != kNone && line_end_ >= at_) return line_end_;
  line_end_ = held.find(dialect_.line_end, std::max(at_, line_searched_));
  line_searched_ = line_end_ == kNone ? held.size() : line_end_ + 1;
  return line_end_;
}

bool CsvRecordEnd::Opens(std::string_view held, size_t quote) const {
  if (quote == 0) return true;
  if (held[quote - 1] != dialect_.delimiter) return false;
  return !HasBackslashes(dialect_.quotes) || !IsBackslashed(held, 0, quote - 1);
}

bool CsvRecordEnd::MayFollowQuote(char next) const {
  return next == dialect_.delimiter || next == '\n' || next == '\r' || next == ' ' || next == '\t';
}

CsvRecordEnd::Found CsvRecordEnd::Unclosed(std::string_view held) {
  const size_t line_end = held.find(dialect_.line_end, quote_);
  next_ = line_end == kNone ? held.size() + 1 : line_end + 1;
  return Found::kUnclosed;
}

CsvRecordEnd::Found CsvRecordEnd::SearchQuoted(std::string_view held, bool at_end) {
  for (;;) {
    const size_t quote = held.find('"', at_);
    at_ = std::min(quote, held.size());
    if (at_ - quote_ > kMaxQuotedBytes || (quote == kNone && at_end)) return Unclosed(held);
    if (quote == kNone || (quote + 1 == held.size() && !at_end)) return Found::kMore;
    if (HasBackslashes(dialect_.quotes) && IsBackslashed(held, quote_ + 1, quote)) {
      at_ = quote + 1;
      continue;
    }
    const bool is_last = quote + 1 == held.size();
    if (!is_last && held[quote + 1] == '"') {
      at_ = quote + 2;
      continue;
    }
    // A quote behind which the field goes on is not the closing one. On the line of the opening quote, Python's csv and
    // we read on all the same; on a later line it is likely the opening quote of another record.
    const bool is_sound = is_last || MayFollowQuote(held[quote + 1]);
    if (!is_sound && held.substr(quote_, quote - quote_).find(dialect_.line_end) != kNone) return Unclosed(held);
    if (!is_sound && stray_quote_ == kNone) stray_quote_ = quote;
    at_ = quote + 1;
    return Found::kRecord;
  }
}

CsvRecordEnd::Found CsvRecordEnd::Search(std::string_view held, bool at_end) {
  assert(!held.empty());
  for (;;) {
    if (in_quotes_) {
      if (const Found found = SearchQuoted(held, at_end); found != Found::kRecord) return found;
      in_quotes_ = false;
    }
    const size_t line_end = FindLineEnd(held);
    const size_t stop = std::min(line_end, held.size());
    const size_t quote = HasQuotes(dialect_.quotes) ? held.substr(0, stop).find('"', at_) : kNone;
    if (quote != kNone) {
      at_ = quote + 1;
      in_quotes_ = Opens(held, quote);
      if (in_quotes_) quote_ = quote;
      continue;
    }
    at_ = stop;
    if (line_end == kNone && !at_end) return Found::kMore;
    end_ = stop;
    next_ = std::min(stop + 1, held.size());
    if (line_end == kNone) return Found::kRecord;
    at_ = line_end + 1;
    if (HasBackslashes(dialect_.quotes) && IsBackslashed(held, 0, line_end)) continue;
    if (dialect_.line_end == '\n' && end_ > 0 && held[end_ - 1] == '\r') --end_;
    return Found::kRecord;
  }
}

}  // namespace unspin
