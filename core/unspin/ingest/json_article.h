// The bytes of one JSON object → an article.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/record_block.h"

namespace unspin {

// Keeps its buffers between records.
class JsonArticleParser {
 public:
  // Bytes behind a record that must be readable, whatever they hold.
  static constexpr size_t kPadding = 64;

  // `path` is what records without an id, and places of bad records, are named after.
  JsonArticleParser(std::string path, const ReaderOptions& options);
  ~JsonArticleParser();

  // Of fields that stand twice the last one counts. REQUIRES: kPadding readable bytes behind `bytes`.
  Record Parse(std::string_view bytes, uint64_t number);
  // The same where an article's text, id and date are enough. They are in the parser's memory until the next call.
  std::variant<ArticleText, BadRecord> ParseText(std::string_view bytes, uint64_t number);

  BadRecord Bad(uint64_t number, std::string message) const;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace unspin
