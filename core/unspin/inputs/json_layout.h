// How the records of a JSON file are laid out, told from its first bytes: lines, values, or a list within an object.
#pragma once

#include <cstddef>
#include <string_view>

#include "unspin/inputs/json_record_path.h"
#include "unspin/records/reader_options.h"

namespace unspin {

struct JsonLayout {
  bool has_lines = false;  // each record is a line (LineSplitter); else they are values (JsonValueSplitter)
  JsonRecordPath path;     // from a value to its records
  bool is_feed = false;    // a JSON Feed
  bool is_certain = true;  // else more bytes of the file would tell more
  bool is_sought = false;  // the list of records, if there is one, begins behind a list or object that goes on there
};

// Bytes of a file that are looked at where its first ones (kHeadForDetection) do not tell. More than what precedes the
// list of records in an interface's answer, and little memory.
inline constexpr size_t kHeadForLayout = size_t{8} << 20;

// `head` is the beginning of a file, in UTF-8, or all of it (`is_whole`). `is_named_lines`: the file's name says that
// it has lines. The records are the elements of the one list of objects, at any place, that have a text, where the
// first values of the file have none. Lists of comments and the like, and lists beside a longer text, are not taken.
JsonLayout FindJsonLayout(std::string_view head, bool is_whole, bool is_named_lines, const ReaderOptions& options);

}  // namespace unspin
