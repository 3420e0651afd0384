// The records of inputs: articles, and records that could not become one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "unspin/article/article.h"

namespace unspin {

// A record that could not become an article. Each record that is skipped is reported by one of these.
struct BadRecord {
  std::string location;  // "file.jsonl:17" (1-based line or record) or "file.txt"
  std::string message;   // what is wrong and what to do
};

using Record = std::variant<Article, BadRecord>;

// As much of an article as sketches and shingles need. Borrows.
struct ArticleText {
  std::string_view id, published, text;
  std::string_view path;  // as in Article,
  uint64_t record = 0;    // likewise; 0: the file is one article
};

using TextRecord = std::variant<ArticleText, BadRecord>;

// A file, or its record `number`, that could not be read. A message that begins with the path loses it: the location
// has it.
BadRecord BadFile(std::string path, std::string message);
BadRecord BadRecordOfFile(const std::string& path, uint64_t number, std::string message);

}  // namespace unspin
