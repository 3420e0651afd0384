// The table of the input formats: one line for each.
//
// To add a format, write one source file that defines an InputFormat, `constinit const InputFormat kCsvFormat = {…};`,
// and add its name here. A format that is not in this table does not exist. Its `open` may use
// - MakeSplitSource, if a splitter finds the ends of records: many threads parse them where the splitter has blocks;
// - MakeWholeFileSource, if a file is one article;
// - a RecordSource of its own for everything else.
#pragma once

#include "unspin/ingest/input_format.h"

// The first is the format of files that no other recognises. Content is compared with the others in this order.
#define UNSPIN_INPUT_FORMATS(FORMAT) \
  FORMAT(kTextFormat)                \
  FORMAT(kHtmlFormat)                \
  FORMAT(kJsonLinesFormat)

namespace unspin {

#define UNSPIN_DECLARE_FORMAT(format) extern const InputFormat format;
UNSPIN_INPUT_FORMATS(UNSPIN_DECLARE_FORMAT)
#undef UNSPIN_DECLARE_FORMAT

}  // namespace unspin
