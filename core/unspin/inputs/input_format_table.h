// The table of the input formats: one line for each.
//
// To add a format, write one source file that includes this header and defines an InputFormat, and add its name here:
//   constinit const InputFormat kCsvFormat = {.name = "csv", .title = "CSV", .extensions = {"csv"}, .open = Open};
// A format that is not in this table does not exist. Its `open` returns
// - MakeSplitSource, if a splitter can find the ends of records; if the splitter has blocks, many threads parse them;
// - MakeWholeFileSource, if a file is one article;
// - its own RecordSource in all other cases, such as a container of compressed records.
#pragma once

#include "unspin/records/input_format.h"

// The first is the format of files that no other recognises. Content is compared with the others in this order.
#define UNSPIN_INPUT_FORMATS(FORMAT) \
  FORMAT(kTextFormat)                \
  FORMAT(kHtmlFormat)                \
  FORMAT(kXmlFormat)                 \
  FORMAT(kMhtmlFormat)               \
  FORMAT(kJsonLinesFormat)           \
  FORMAT(kCsvFormat)                 \
  FORMAT(kWarcFormat)                \
  FORMAT(kParquetFormat)

namespace unspin {

#define UNSPIN_DECLARE_FORMAT(format) extern const InputFormat format;
UNSPIN_INPUT_FORMATS(UNSPIN_DECLARE_FORMAT)
#undef UNSPIN_DECLARE_FORMAT

}  // namespace unspin
