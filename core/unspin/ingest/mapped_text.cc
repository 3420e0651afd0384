#include "unspin/ingest/mapped_text.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace unspin {

OffsetStep CountUnits(std::string_view record, OffsetStep from, uint32_t to) {
  to = std::min<uint32_t>(to, static_cast<uint32_t>(record.size()));
  for (; from.record < to; ++from.record) {
    const auto byte = static_cast<unsigned char>(record[from.record]);
    if ((byte & 0xc0) == 0x80) continue;
    ++from.codepoint;
    from.utf16 += byte >= 0xf0 ? 2 : 1;  // beyond the basic plane: a surrogate pair
  }
  return from;
}

void MappedText::StepTo(uint32_t record_offset) {
  assert(record_offset <= record_.size() && record_offset >= counted_.record);
  const auto text_offset = static_cast<uint32_t>(text_.size());
  if (!needs_step_ && record_offset - steps_.back().record == text_offset - steps_.back().text) return;
  counted_ = CountUnits(record_, counted_, record_offset);
  OffsetStep step = counted_;
  step.text = text_offset;
  steps_.push_back(step);
  needs_step_ = false;
}

void MappedText::Append(std::string_view bytes, uint32_t begin) {
  StepTo(begin);
  text_.append(bytes);
  record_end_ = begin + static_cast<uint32_t>(bytes.size());
}

void MappedText::AppendDecoded(std::string_view bytes, uint32_t begin, uint32_t end) {
  needs_step_ = true;  // offsets may still agree, but the bytes do not
  StepTo(begin);
  text_.append(bytes);
  record_end_ = end;
  needs_step_ = true;
}

void MappedText::AppendInserted(std::string_view bytes) {
  needs_step_ = true;
  StepTo(record_end_);
  text_.append(bytes);
  needs_step_ = true;
}

void MappedText::MoveInto(Article& article) {
  if (!steps_.empty()) StepTo(record_end_);
  article.text = std::move(text_);
  article.steps = std::move(steps_);
}

}  // namespace unspin
