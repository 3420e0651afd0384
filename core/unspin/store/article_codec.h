// One article ↔ its bytes inside a block of the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "unspin/article/article.h"

namespace unspin {

struct StoredArticle {
  Article article;       // `kept` is not stored
  uint32_t version = 1;  // among the articles of the same id
  std::string sha256;    // of the text, lower-case hexadecimal
};

// Appends version, record number, text fields and offset steps; FORMAT.md lists them. Every number is a varint.
void EncodeArticle(const Article& article, uint32_t version, std::string_view sha256, std::string& out);

// Reads one article from the front of `bytes`. Nothing if it runs over their end or a number is out of range.
std::optional<StoredArticle> DecodeArticle(std::string_view bytes);

}  // namespace unspin
