#include "unspin/ingest/record_block.h"

#include <utility>

#include "unspin/ingest/json_article.h"

namespace unspin {

RecordBlockParser::RecordBlockParser(ReaderOptions options) : options_(std::move(options)) {}

RecordBlockParser::~RecordBlockParser() = default;

template <typename Take, typename ParseLine>
void RecordBlockParser::ParseLines(RecordBlock& block, const Take& take, const ParseLine& parse_line) {
  if (!block.path) return;
  if (path_ != block.path) {
    parser_ = std::make_unique<JsonArticleParser>(*block.path, options_);
    path_ = block.path;
  }
  block.path.reset();
  for (RecordSplitter::Piece& piece : block.lines.pieces) {
    if (piece.problem.empty()) {
      take(parse_line(*parser_, piece));
    } else {
      take(parser_->Bad(piece.number, std::move(piece.problem)));
    }
  }
}

void RecordBlockParser::Parse(RecordBlock& block, const std::function<void(Record)>& take) {
  for (Record& record : block.records) take(std::move(record));
  block.records.clear();
  ParseLines(block, take, [](JsonArticleParser& parser, const RecordSplitter::Piece& piece) {
    return parser.Parse(piece.bytes, piece.number);
  });
}

void RecordBlockParser::ParseTexts(RecordBlock& block, const std::function<void(TextRecord)>& take) {
  for (Record& record : block.records) {
    if (auto* bad = std::get_if<BadRecord>(&record)) {
      take(std::move(*bad));
    } else {
      const Article& article = std::get<Article>(record);
      take(ArticleText{article.id, article.published, article.text});
    }
  }
  block.records.clear();
  ParseLines(block, take, [](JsonArticleParser& parser, const RecordSplitter::Piece& piece) {
    return parser.ParseText(piece.bytes, piece.number);
  });
}

}  // namespace unspin
