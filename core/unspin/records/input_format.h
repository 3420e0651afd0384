// A format that inputs are read in: how its files are known, and what opens them.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "unspin/io/byte_stream.h"

namespace unspin {

class RecordSource;
struct ReaderOptions;

// An opened input, as a format's `open` gets it.
struct InputFile {
  std::string path;                   // as messages call it; "-" for standard input
  std::unique_ptr<ByteStream> bytes;  // from the first byte on, decompressed; UTF-16 and UTF-32 are UTF-8 already
  std::string_view head;              // the first bytes (kHeadForDetection); valid as long as `bytes`
  std::string_view charset;           // that they had as stored, if they were converted to UTF-8; else empty. Static
  // The path, if a file can be opened under it again: for formats that need random access. Nothing for standard input
  // and for bytes in memory, whose `path` is only a name.
  std::optional<std::string> reopenable_path;
};

struct InputFormat {
  static constexpr size_t kMaxExtensions = 8;

  std::string_view name;   // as in `--format`: "jsonl"
  std::string_view title;  // in messages: "JSON (also JSON Lines)"
  // Of file names, in lower case and without the dot; unused ones are empty.
  std::array<std::string_view, kMaxExtensions> extensions;
  // Whether content that begins with these bytes is certainly of this format, whatever the file's name. Null: no such
  // sign exists.
  bool (*has_signature)(std::string_view head) = nullptr;
  // Whether it is probably of this format. Asked if the name has no known extension. Null: never.
  bool (*looks_like)(std::string_view head) = nullptr;
  // Whether it is certainly of this format, though the file's name is that of a plain text, which any content may have
  // (Excel saves tables as .txt). Null: never.
  bool (*is_certain)(std::string_view head) = nullptr;
  // Records behind damaged compressed data are found: a file is read even if nothing of its beginning can be.
  bool reads_behind_damage = false;
  // Opens a file of this format. Never returns null: problems of the file become bad records. The source copies what it
  // needs of `options`.
  std::unique_ptr<RecordSource> (*open)(InputFile file, const ReaderOptions& options) = nullptr;
};

}  // namespace unspin
