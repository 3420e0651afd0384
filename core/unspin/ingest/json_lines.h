// A stream of JSON objects, one a line, or in an array or over several lines, → articles and bad records.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "unspin/ingest/reader.h"
#include "unspin/io/decompress.h"

namespace unspin {

class JsonArticleParser;

// Reads record by record in a buffer that holds little more than the longest one.
class JsonRecords {
 public:
  enum class Layout { kLines, kValues };

  // Records are numbered by their line in kLines (blank lines count) and one by one in kValues.
  JsonRecords(std::unique_ptr<ByteStream> stream, std::string path, Layout layout, const ReaderOptions& options);
  ~JsonRecords();

  // The next record, or nothing at the end. A stream that fails ends with a bad record.
  std::optional<Record> Next();
  // The same where an article's text, id and date are enough.
  std::optional<TextRecord> NextText(ArticleTexts& texts);

  uint64_t stored_bytes_read() const;

 private:
  class Splitter;
  std::unique_ptr<Splitter> splitter_;
  std::unique_ptr<JsonArticleParser> parser_;
};

}  // namespace unspin
