// Bytes of an article's text → positions in the decoded record it came from, in the unit that a reader counts in; or
// the bytes of the text as they are.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "unspin/base/span.h"
#include "unspin/report/report.h"

namespace unspin {

enum class OffsetUnit { kByte, kCodepoint, kUtf16, kText };  // kText: bytes of the text, not of the record
const char* Name(OffsetUnit unit);                           // "byte", "codepoint", "utf16", "text"

// [begin, end) in the unit of the map that made it.
struct RecordSpan {
  uint64_t begin = 0;
  uint64_t end = 0;
  friend bool operator==(const RecordSpan&, const RecordSpan&) = default;
};

// The card must outlive the map. Building costs one pass over the text for units other than bytes; a conversion costs a
// binary search and counting in at most kStride bytes.
class OffsetMap {
 public:
  OffsetMap(const ArticleCard& card, OffsetUnit unit);

  // Nothing where the unit is code points or UTF-16 and the card came without its text, since there is nothing to count
  // in. The end is right after the last byte of the span, before any markup that follows it in the record.
  std::optional<RecordSpan> Convert(ByteSpan span) const;
  // The reverse: the bytes of the text whose characters have a part in this span of the record; empty where none has.
  // REQUIRES: the card has its text.
  ByteSpan Find(RecordSpan span) const;
  OffsetUnit unit() const { return unit_; }

 private:
  static constexpr uint32_t kStride = 512;  // bytes between two counts

  uint64_t Position(uint32_t byte, const OffsetStep& step) const;
  // The first byte of the text for which `holds`, which is false up to some byte and true from it on; or its size.
  template <typename Holds>
  uint32_t FirstByte(const Holds& holds) const;
  OffsetStep StepAt(uint32_t byte) const;
  uint64_t UnitsBefore(uint32_t byte) const;

  const ArticleCard& card_;
  const OffsetUnit unit_;
  std::vector<uint64_t> counts_;  // units before byte i · kStride of the text
};

}  // namespace unspin
