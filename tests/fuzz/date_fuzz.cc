// Any bytes as a date: what is read is written in ISO 8601 and read as the same moment, and order has two sides.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "unspin/date/parse_date.h"

using unspin::fuzz::Require;

namespace {

void CheckMoment(const unspin::Moment& moment) {
  const std::string iso = unspin::ToIso8601(moment);
  Require(iso.empty() == !moment.known(), "a known moment is written");
  Require(unspin::ToIso8601(unspin::ParseDate(iso)) == iso, "what is written is read as the same moment");
}

bool AreOpposite(unspin::Order a, unspin::Order b) {
  if (a == unspin::Order::kUnknown || b == unspin::Order::kUnknown) return a == b;
  return a != b;
}

}  // namespace

// The first byte is the order of day and month; the rest are two dates, one on each side of a zero byte.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const auto order = static_cast<unspin::DayOrder>(data[0] % 3);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const unspin::Moment first = unspin::ParseDate(text.substr(0, text.find('\0')), order);
  const unspin::Moment second = unspin::ParseDate(text.substr(std::min(text.size(), text.find('\0'))), order);
  CheckMoment(first);
  CheckMoment(second);
  Require(AreOpposite(unspin::OrderOf(first, second), unspin::OrderOf(second, first)), "order has two sides");
  for (const unspin::LabelledDate& date : unspin::FindDates(text, order)) CheckMoment(date.moment);
  return 0;
}
