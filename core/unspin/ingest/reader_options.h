// How inputs are read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace unspin {

struct InputFormat;

// Names of the JSON fields that hold an article's text and metadata.
struct FieldNames {
  std::string id = "id";
  std::string text = "text";
  std::string title = "title";
  std::string url = "url";
  std::string site = "site";
  std::string published = "published";
  std::string fetched = "fetched";
};

struct ReaderOptions {
  const InputFormat* format = nullptr;  // null: each file's content and name decide (DetectFormat)
  FieldNames fields;
  std::vector<std::string> keep;                   // JSON fields copied through as raw JSON
  uint64_t max_article_bytes = uint64_t{1} << 30;  // a larger record is a bad record
};

}  // namespace unspin
