#include "unspin/ingest/record_block.h"

#include <utility>

#include "unspin/ingest/json_article.h"

namespace unspin {

RecordBlockParser::RecordBlockParser(ReaderOptions options) : options_(std::move(options)) {}

RecordBlockParser::~RecordBlockParser() = default;

void RecordBlockParser::Parse(RecordBlock& block, const std::function<void(TextRecord)>& take) {
  for (Record& record : block.records) {
    if (auto* bad = std::get_if<BadRecord>(&record)) {
      take(std::move(*bad));
    } else {
      const Article& article = std::get<Article>(record);
      take(ArticleText{article.id, article.published, article.text});
    }
  }
  block.records.clear();
  if (!block.path) return;
  if (path_ != block.path) {
    parser_ = std::make_unique<JsonArticleParser>(*block.path, options_);
    path_ = block.path;
  }
  block.path.reset();
  for (RecordSplitter::Piece& piece : block.lines.pieces) {
    if (piece.problem.empty()) {
      take(parser_->ParseText(piece.bytes, piece.number));
    } else {
      take(parser_->Bad(piece.number, std::move(piece.problem)));
    }
  }
}

}  // namespace unspin
