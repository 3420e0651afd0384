#include "render/offsets.h"

#include <algorithm>

#include "render/visible.h"

namespace unspin {
namespace {

uint64_t Units(char32_t code, OffsetUnit unit) { return unit == OffsetUnit::kUtf16 && code > 0xffff ? 2 : 1; }

bool CountsCharacters(OffsetUnit unit) { return unit == OffsetUnit::kCodepoint || unit == OffsetUnit::kUtf16; }

}  // namespace

const char* Name(OffsetUnit unit) {
  switch (unit) {
    case OffsetUnit::kByte:
      return "byte";
    case OffsetUnit::kCodepoint:
      return "codepoint";
    case OffsetUnit::kUtf16:
      return "utf16";
    case OffsetUnit::kText:
      return "text";
  }
  return "";
}

OffsetMap::OffsetMap(const ArticleCard& card, OffsetUnit unit) : card_(card), unit_(unit) {
  if (!CountsCharacters(unit)) return;
  counts_.reserve(card.text.size() / kStride + 2);
  uint64_t units = 0;
  for (size_t at = 0; at < card.text.size();) {
    // The count of a block is that of the characters that begin before it.
    while (counts_.size() * kStride <= at) counts_.push_back(units);
    const Character character = CharacterAt(card.text, at);
    units += Units(character.code, unit);
    at += character.bytes.size();
  }
  while (counts_.size() * kStride <= card.text.size()) counts_.push_back(units);
}

std::optional<RecordSpan> OffsetMap::Convert(ByteSpan span) const {
  if (unit_ == OffsetUnit::kText) return RecordSpan{span.begin, span.end};
  if (CountsCharacters(unit_) && card_.text.empty()) return std::nullopt;
  const uint64_t begin = Position(span.begin, StepAt(span.begin));
  if (span.empty()) return RecordSpan{begin, begin};
  return RecordSpan{begin, Position(span.end, StepAt(span.end - 1))};
}

template <typename Holds>
uint32_t OffsetMap::FirstByte(const Holds& holds) const {
  uint32_t begin = 0, end = static_cast<uint32_t>(card_.text.size());
  while (begin < end) {
    const uint32_t middle = begin + (end - begin) / 2;
    if (holds(middle)) {
      end = middle;
    } else {
      begin = middle + 1;
    }
  }
  return begin;
}

ByteSpan OffsetMap::Find(RecordSpan span) const {
  if (span.begin >= span.end) return {};
  // Between two steps, text and record agree; the record goes on where the text has a step.
  const uint32_t begin = FirstByte([&](uint32_t byte) { return Position(byte + 1, StepAt(byte)) > span.begin; });
  uint32_t end = FirstByte([&](uint32_t byte) { return Position(byte, StepAt(byte)) >= span.end; });
  if (begin >= end) return {};
  // A unit that is no byte ends with its character.
  const auto continues = [&] { return (static_cast<unsigned char>(card_.text[end]) & 0xc0) == 0x80; };
  while (unit_ != OffsetUnit::kByte && end < card_.text.size() && continues()) ++end;
  return {begin, end};
}

uint64_t OffsetMap::Position(uint32_t byte, const OffsetStep& step) const {
  switch (unit_) {
    case OffsetUnit::kText:
      return byte;
    case OffsetUnit::kByte:
      return uint64_t{step.record} + (byte - step.text);
    case OffsetUnit::kCodepoint:
      return step.codepoint + (UnitsBefore(byte) - UnitsBefore(step.text));
    case OffsetUnit::kUtf16:
      return step.utf16 + (UnitsBefore(byte) - UnitsBefore(step.text));
  }
  return 0;
}

OffsetStep OffsetMap::StepAt(uint32_t byte) const {
  const auto after = std::upper_bound(card_.steps.begin(), card_.steps.end(), byte,
                                      [](uint32_t position, const OffsetStep& step) { return position < step.text; });
  return after == card_.steps.begin() ? OffsetStep{} : *std::prev(after);
}

uint64_t OffsetMap::UnitsBefore(uint32_t byte) const {
  const size_t limit = std::min<size_t>(byte, card_.text.size());
  size_t block = limit / kStride;
  size_t at = block * kStride;
  // A block may begin inside a character, which its count includes: start at that character and step over it.
  uint64_t units = counts_[block];
  if (block > 0) {
    size_t begin = at - 1;
    while (begin > at - 4 && (static_cast<unsigned char>(card_.text[begin]) & 0xc0) == 0x80) --begin;
    while (begin < at) begin += CharacterAt(card_.text, begin).bytes.size();
    at = begin;
  }
  while (at < limit) {
    const Character character = CharacterAt(card_.text, at);
    units += Units(character.code, unit_);
    at += character.bytes.size();
  }
  return units;
}

}  // namespace unspin
