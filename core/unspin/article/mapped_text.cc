#include "unspin/article/mapped_text.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <utility>

namespace unspin {

OffsetStep CountUnits(std::string_view record, OffsetStep from, uint32_t to) {
  to = std::min<uint32_t>(to, static_cast<uint32_t>(record.size()));
  constexpr uint64_t kHighBits = 0x8080808080808080u;
  for (; from.record < to; ++from.record) {
    for (uint64_t eight = 0; from.record + sizeof eight <= to;) {
      std::memcpy(&eight, record.data() + from.record, sizeof eight);
      if ((eight & kHighBits) != 0) break;
      from.record += sizeof eight;
      from.codepoint += sizeof eight;
      from.utf16 += sizeof eight;
    }
    if (from.record == to) break;
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

namespace {

// Walks through an article's text and tells for each offset where it is in the record.
class RecordOffsets {
 public:
  explicit RecordOffsets(const Article& article) : article_(article) {}

  // The number of the first step behind the last offset.
  size_t next_step() const { return next_; }

  // REQUIRES: offsets do not descend from call to call.
  OffsetStep At(uint32_t text_offset) {
    const std::vector<OffsetStep>& steps = article_.steps;
    while (next_ < steps.size() && steps[next_].text <= text_offset) at_ = steps[next_++];
    for (; at_.text < text_offset && at_.text < article_.text.size(); ++at_.text) {
      // Decoded bytes may be more than those of the record.
      if (next_ < steps.size() && at_.record >= steps[next_].record) break;
      const auto byte = static_cast<unsigned char>(article_.text[at_.text]);
      ++at_.record;
      if ((byte & 0xc0) == 0x80) continue;
      ++at_.codepoint;
      at_.utf16 += byte >= 0xf0 ? 2 : 1;
    }
    return at_;
  }

 private:
  const Article& article_;
  OffsetStep at_;
  size_t next_ = 0;
};

}  // namespace

void MappedText::MoveOnto(Article& article) {
  assert(record_.data() == article.text.data());
  Article derived;
  MoveInto(derived);
  if (!article.steps.empty()) {
    RecordOffsets offsets(article);
    std::vector<OffsetStep> steps;
    for (size_t i = 0; i < derived.steps.size(); ++i) {
      const OffsetStep& from = derived.steps[i];
      OffsetStep step = offsets.At(from.record);
      step.text = from.text;
      steps.push_back(step);
      const auto end =
          i + 1 < derived.steps.size() ? derived.steps[i + 1].text : static_cast<uint32_t>(derived.text.size());
      // Steps of the old text inside of a stretch that both have.
      for (size_t old = offsets.next_step(); old < article.steps.size(); ++old) {
        OffsetStep inner = article.steps[old];
        if (inner.text - from.record >= end - from.text) break;
        inner.text = from.text + (inner.text - from.record);
        steps.push_back(inner);
      }
    }
    derived.steps = std::move(steps);
  }
  article.text = std::move(derived.text);
  article.steps = std::move(derived.steps);
}

}  // namespace unspin
