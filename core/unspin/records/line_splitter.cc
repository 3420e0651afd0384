#include "unspin/records/line_splitter.h"

#include <string_view>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin {

bool LineSplitter::TakeHeldLine(RawRecord& raw) {
  for (;;) {
    const std::string_view held = buffer().held();
    const size_t newline = held.find('\n', searched_);
    searched_ = newline == std::string_view::npos ? held.size() : 0;
    if (newline == std::string_view::npos) return false;
    raw.offset = buffer().offset();
    buffer().Consume(newline + 1);
    const uint64_t number = Count();
    if (IsWhiteSpace(held.substr(0, newline))) continue;
    raw.number = number;
    raw.bytes = held.substr(0, newline);
    if (newline > max_bytes()) raw.problem = TooLarge();
    return true;
  }
}

void LineSplitter::SkipLine() {
  searched_ = 0;
  size_t newline = std::string_view::npos;
  do {
    buffer().ConsumeAll();
    if (!buffer().Fill()) return;
    newline = buffer().held().find('\n');
  } while (newline == std::string_view::npos);
  buffer().Consume(newline + 1);
}

bool LineSplitter::NextRecord(RawRecord& raw) {
  while (!TakeHeldLine(raw)) {
    if (buffer().held().size() > max_bytes()) {
      raw.number = Count();
      raw.offset = buffer().offset();
      raw.problem = TooLarge();
      SkipLine();
      return true;
    }
    if (!buffer().Fill()) {
      searched_ = 0;
      return TakeRest(raw);
    }
  }
  return true;
}

bool LineSplitter::NextBlock(RawRecords& block) {
  return TakeBlock(block, [this](RawRecord& raw) { return TakeHeldLine(raw); });
}

}  // namespace unspin
