#include "unspin/ingest/json_lines.h"

#include <utility>

#include "unspin/ingest/json_article.h"

namespace unspin {

static_assert(RecordSplitter::kPadding >= JsonArticleParser::kPadding);

JsonRecords::JsonRecords(std::unique_ptr<ByteStream> stream, std::string path, RecordSplitter::Layout layout,
                         const ReaderOptions& options)
    : splitter_(std::move(stream), layout, options.max_article_bytes),
      path_(std::make_shared<const std::string>(std::move(path))),
      parser_(std::make_unique<JsonArticleParser>(*path_, options)) {}

JsonRecords::~JsonRecords() = default;

std::optional<Record> JsonRecords::Next() {
  RecordSplitter::Piece piece;
  if (!splitter_.Next(piece)) return std::nullopt;
  if (!piece.problem.empty()) return parser_->Bad(piece.number, std::move(piece.problem));
  return parser_->Parse(piece.bytes, piece.number);
}

bool JsonRecords::NextLines(RecordBlock& block) {
  if (!splitter_.NextBlock(block.lines)) return false;
  block.path = path_;
  return true;
}

}  // namespace unspin
