// A file's first bytes and its name → the format to read it in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "unspin/inputs/input_formats.h"

namespace unspin {

struct DetectedFormat {
  const InputFormat* format = nullptr;  // null: the file is not read
  std::string refusal;                  // then: what the file is and what to do
};

// Bytes of a file's beginning that are enough to tell.
inline constexpr size_t kHeadForDetection = 64 << 10;

// `head` is decompressed. Signatures (a PDF's) win over the name; the name (".html") wins over what the content looks
// like; that of a plain text (".txt") only over what the content is not certainly.
DetectedFormat DetectFormat(std::string_view head, std::string_view path);

// The format whose extension the name has: "a.warc.gz"; null if none does.
const InputFormat* FormatOfName(std::string_view path);

// The format that a file of these first bytes certainly has, whatever else they hold; null if there is none.
const InputFormat* FormatOfSignature(std::string_view head);

// What speaks against reading these bytes in any format: they are a picture, a program or other binary data. Empty if
// nothing does. `head` is decompressed, and in UTF-8 if it is text in UTF-16.
std::string RefuseForeignData(std::string_view head);

}  // namespace unspin
