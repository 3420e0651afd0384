// Records on their way from an input to the threads that parse them.
#pragma once

#include <functional>
#include <memory>
#include <optional>
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

  // Gives the records of a block to `take`, in order; what it is given lives as long as the call. Nothing but memory to
  // be used again is left in the block.
  using TextRecord = std::variant<ArticleText, BadRecord>;
  void Parse(RecordBlock& block, const std::function<void(TextRecord)>& take);

 private:
  const ReaderOptions options_;
  std::shared_ptr<const std::string> path_;
  std::unique_ptr<JsonArticleParser> parser_;  // of that file
};

}  // namespace unspin
