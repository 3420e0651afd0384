#include "unspin/records/record_parser.h"

#include <utility>

namespace unspin {

RecordParser::RecordParser(std::string path) : path_(std::move(path)) {}

RecordParser::~RecordParser() = default;

std::optional<Record> RecordParser::Parse(RawRecord& raw) {
  if (!raw.problem.empty()) return Bad(raw.number, std::move(raw.problem));
  offset_ = raw.offset;
  context_ = raw.context;
  return ParseBytes(raw.bytes, raw.number);
}

std::optional<TextRecord> RecordParser::ParseText(RawRecord& raw) {
  if (!raw.problem.empty()) return Bad(raw.number, std::move(raw.problem));
  offset_ = raw.offset;
  context_ = raw.context;
  std::optional<TextRecord> record = ParseTextOfBytes(raw.bytes, raw.number);
  if (!record) return std::nullopt;
  if (auto* article = std::get_if<ArticleText>(&*record)) {
    article->path = path_;
    article->record = raw.number;
  }
  return record;
}

std::string RecordParser::DefaultId(uint64_t number) const { return path_ + "#" + std::to_string(number); }

BadRecord RecordParser::Bad(uint64_t number, std::string message) const {
  return BadRecordOfFile(path_, number, std::move(message));
}

std::optional<TextRecord> RecordParser::ParseTextOfBytes(std::string_view bytes, uint64_t number) {
  std::optional<Record> record = ParseBytes(bytes, number);
  if (!record) return std::nullopt;
  if (auto* bad = std::get_if<BadRecord>(&*record)) return std::move(*bad);
  article_ = std::get<Article>(*std::move(record));
  return ArticleText{article_.id, article_.published, article_.text, {}, 0};
}

}  // namespace unspin
