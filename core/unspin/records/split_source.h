// The records of a file whose format has a splitter, which finds their ends, and a parser, which reads one of them.
#pragma once

#include <memory>
#include <string>

#include "unspin/records/record_parser.h"
#include "unspin/records/record_source.h"
#include "unspin/records/record_splitter.h"

namespace unspin {

// Where the splitter has blocks, many threads parse. A file without any record is a bad record. `path` is what messages
// call the file.
std::unique_ptr<RecordSource> MakeSplitSource(std::string path, std::unique_ptr<RecordSplitter> splitter,
                                              RecordParserFactory make_parser);

}  // namespace unspin
