// A text that is assembled from chunks of a record, with the offset of each chunk in the record.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/article/article.h"

namespace unspin {

// Borrows the record. All calls together take time linear in the record. REQUIRES of all calls: offsets are inside of
// the record and do not descend from call to call.
class MappedText {
 public:
  explicit MappedText(std::string_view record) : record_(record) {}

  // Appends bytes that are in the record at `begin`, one for one. White space may replace other white space of one
  // byte.
  void Append(std::string_view bytes, uint32_t begin);
  // Appends what the record's [begin, end) decodes to: "&" for "&amp;".
  void AppendDecoded(std::string_view bytes, uint32_t begin, uint32_t end);
  // Appends bytes that the record does not have, such as the blank line between two paragraphs.
  void AppendInserted(std::string_view bytes);

  const std::string& text() const { return text_; }
  std::string_view record() const { return record_; }

  // As MoveInto, where the record of this text is article.text: afterwards the article's steps lead from the new text
  // to the record that the old text was taken from.
  void MoveOnto(Article& article);

  // Moves text and steps into the article. The last step covers the end of the text, so that ends of spans map too.
  void MoveInto(Article& article);

 private:
  // Adds a step at the end of the text unless the last one still holds for this offset in the record.
  void StepTo(uint32_t record_offset);

  std::string_view record_;
  std::string text_;
  std::vector<OffsetStep> steps_;
  OffsetStep counted_;       // code points and UTF-16 units up to counted_.record
  uint32_t record_end_ = 0;  // of the last chunk, in the record
  bool needs_step_ = true;   // the next chunk needs a step whatever its offset
};

// Adds the code points and UTF-16 units of the record's [from.record, to) to those of `from`. Leaves `text` unchanged.
OffsetStep CountUnits(std::string_view record, OffsetStep from, uint32_t to);

}  // namespace unspin
