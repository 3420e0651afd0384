#include "unspin/ingest/json_value_splitter.h"

#include <cstddef>
#include <string_view>
#include <utility>

#include "unspin/ingest/json_text.h"

namespace unspin {

bool JsonValueSplitter::SkipToValue() {
  do {
    const std::string_view held = buffer().held();
    size_t i = 0;
    for (; i < held.size(); ++i) {
      const char c = held[i];
      if (c == '[' && !in_list_) {
        in_list_ = true;
      } else if (c == ']' && in_list_) {
        in_list_ = false;
      } else if (c != ',' && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        break;
      }
    }
    buffer().Consume(i);
    if (i < held.size()) return true;
  } while (buffer().Fill());
  return false;
}

bool JsonValueSplitter::NextRecord(RawRecord& raw) {
  if (!SkipToValue()) {
    if (!std::exchange(in_list_, false) || !buffer().failure().empty()) return false;
    raw.number = Count();
    raw.problem = "the list of records is not closed; the file may be cut off: copy it again";
    return true;
  }
  for (;;) {
    const std::string_view held = buffer().held();
    size_t end = EndOfJsonValue(held, 0);
    if (end == 0) end = 1;  // a stray bracket: reported as a record of one byte
    const bool complete = end != std::string_view::npos && (end < held.size() || held[0] == '{' || buffer().at_end());
    if (complete) {
      buffer().Consume(end);
      raw.number = Count();
      raw.bytes = held.substr(0, end);
      if (end > max_bytes()) raw.problem = TooLarge();
      return true;
    }
    if (held.size() > max_bytes()) {
      raw.number = Count();
      raw.problem = TooLarge() + "; nothing behind it was read";
      buffer().Stop();
      return true;
    }
    // Doubles what is held before the next search for the end, so that the whole search is linear.
    const size_t needed = held.size() * 2;
    while (buffer().held().size() < needed && buffer().Fill()) {
    }
    if (buffer().at_end() && EndOfJsonValue(buffer().held(), 0) == std::string_view::npos) {
      in_list_ = false;
      return TakeRest(raw);
    }
  }
}

}  // namespace unspin
