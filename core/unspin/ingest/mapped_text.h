// Text copied piece by piece out of a record, remembering where each piece stood there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/ingest/article.h"

namespace unspin {

// Pieces must come in the order of the record. White space may stand in for other white space of the same size.
// Borrows the record. Linear in the record over all calls.
class MappedText {
 public:
  explicit MappedText(std::string_view record) : record_(record) {}

  // `bytes` stand in the record at `begin`, one for one.
  void Append(std::string_view bytes, uint32_t begin);
  // `bytes` are what the record's [begin, end) means: "&amp;" → "&".
  void AppendMeaning(std::string_view bytes, uint32_t begin, uint32_t end);
  // `bytes` stand for nothing in the record, such as the blank line between two paragraphs.
  void AppendBetween(std::string_view bytes);

  const std::string& text() const { return text_; }

  // Hands over text and steps. The last step covers the end of the text, so that ends of spans map too.
  void MoveInto(Article& article);

 private:
  void StepTo(uint32_t record_position);

  std::string_view record_;
  std::string text_;
  std::vector<OffsetStep> steps_;
  OffsetStep counted_;       // code points and UTF-16 units up to counted_.record
  uint32_t record_end_ = 0;  // where the last piece ended in the record
  bool out_of_step_ = true;  // the next piece needs a step whatever its position
};

// Code points and UTF-16 units of the record's [from.record, to), added to those of `from`; from.text stays.
OffsetStep CountUnits(std::string_view record, OffsetStep from, uint32_t to);

}  // namespace unspin
