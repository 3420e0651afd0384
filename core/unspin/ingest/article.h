// One article as it came in: its text, its identity, and where both were found.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "unspin/base/span.h"

namespace unspin {

// Where a stretch of an article's text stands in the decoded record it was extracted from.
// From `text` up to the next step, text and record run byte for byte alike.
struct OffsetStep {
  uint32_t text = 0;       // byte of Article::text
  uint32_t record = 0;     // the same place in the record, in UTF-8 bytes,
  uint32_t codepoint = 0;  // in code points,
  uint32_t utf16 = 0;      // and in UTF-16 units
  friend bool operator==(const OffsetStep&, const OffsetStep&) = default;
};

// An article in memory. `text` is what is compared; broken UTF-8 in it is data, not an error.
struct Article {
  std::string id;
  std::string text;
  std::string title;
  std::string url;
  std::string site;
  std::string published;
  std::string fetched;
  std::string path;                                       // the file it came from; "-" for standard input
  std::optional<uint64_t> record;                         // 1-based, where the file holds many
  std::vector<OffsetStep> steps;                          // empty: text is the record itself
  std::vector<std::pair<std::string, std::string>> kept;  // input fields asked for, as raw JSON values
  friend bool operator==(const Article&, const Article&) = default;
};

}  // namespace unspin
