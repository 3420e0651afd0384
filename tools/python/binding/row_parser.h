// The values of a row → an article, by the rules by which the program reads a JSON record or a row of Parquet.
#pragma once

#include <cstdint>
#include <string>

#include "binding/row_fields.h"
#include "unspin/article/article.h"
#include "unspin/charset/charset.h"
#include "unspin/records/record.h"

namespace unspin::python {

// How the rows of one source are read, and how messages call their parts.
struct RowRules {
  TextIs text_is = TextIs::kFoundByItself;
  std::string text_noun = "the text";  // "the column \"text\""
  std::string row_noun = "record";     // "row"
};

// Buffers of one thread.
class RowParser {
 public:
  // A row without an id is named by its position. What is wrong with a row is a BadRecord at "row 17".
  Record Parse(const RowValues& row, uint64_t position, const RowRules& rules);
  // As Parse, where text, id and date are enough. The result borrows from the row and from the parser, until the next
  // call.
  TextRecord ParseText(const RowValues& row, uint64_t position, const RowRules& rules);

 private:
  // Sets `text`, valid UTF-8 and not empty; returns what is wrong with the row, if anything.
  std::string FindText(const RowValues& row, const RowRules& rules, std::string_view& text);

  DecodedBytes decoded_;  // holds a text that was no UTF-8
  Article cleaned_;       // holds a text that was cleaned
  std::string id_, published_;
};

// "row 17", counted from 0 as Python does.
std::string PlaceOfRow(uint64_t position);

}  // namespace unspin::python
