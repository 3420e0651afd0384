// What the beginning of a file and its name say about how to read it.
#pragma once

#include <string>
#include <string_view>

#include "unspin/ingest/reader.h"

namespace unspin {

enum class ContentKind {
  kText,
  kHtml,
  kJsonLines,   // one object a line
  kJsonValues,  // objects over several lines, or in an array
  kRefused
};

struct Content {
  ContentKind kind = ContentKind::kText;
  std::string refusal;  // for kRefused: what the file is and what to do
};

// Bytes of a file's beginning that are enough to tell.
inline constexpr size_t kHeadForDetection = 64 << 10;

// `head` is decompressed. Certain signs in it (a PDF) win over the name, the name (".html") wins over guesses from it.
// `forced` other than kAuto is believed.
Content DetectContent(std::string_view head, std::string_view path, InputFormat forced);

}  // namespace unspin
