// Records on their way from an input to the threads that parse them.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "unspin/ingest/reader.h"
#include "unspin/ingest/split_records.h"

namespace unspin {

class JsonArticleParser;

// In the order of the input: records that had to be read to be told from one another, then lines of one file.
struct RecordBlock {
  std::vector<Record> records;
  RecordSplitter::Block lines;
  std::shared_ptr<const std::string> path;  // of the lines' file; none where there are none

  size_t size() const { return records.size() + (path ? lines.pieces.size() : 0); }
};

// What makes a sketch or a set of shingles of an article.
struct ArticleText {
  std::string_view id, published, text;
};

// Parses blocks. One per thread.
class RecordBlockParser {
 public:
  explicit RecordBlockParser(ReaderOptions options);
  ~RecordBlockParser();

  // Gives the records of a block to `take`, in order. Nothing but memory to be used again is left in the block.
  void Parse(RecordBlock& block, const std::function<void(Record)>& take);
  // The same where an article's text, id and date are enough; what `take` is given lives as long as the call.
  using TextRecord = std::variant<ArticleText, BadRecord>;
  void ParseTexts(RecordBlock& block, const std::function<void(TextRecord)>& take);

 private:
  template <typename Take, typename ParseLine>
  void ParseLines(RecordBlock& block, const Take& take, const ParseLine& parse_line);

  const ReaderOptions options_;
  std::shared_ptr<const std::string> path_;
  std::unique_ptr<JsonArticleParser> parser_;  // of that file
};

}  // namespace unspin
