#include "unspin/records/record_block.h"

#include <cassert>
#include <optional>
#include <utility>

namespace unspin {
namespace {

// As much as a line splitter's blocks hold: enough that handing a block to a thread costs little.
constexpr size_t kFullBytes = size_t{1} << 18;

}  // namespace

bool RecordBlock::full() const { return raw_parser != nullptr || supplier != nullptr || parsed_bytes >= kFullBytes; }

void RecordBlock::Add(Record record) {
  assert(raw_parser == nullptr && supplier == nullptr);  // they come last
  const auto* article = std::get_if<Article>(&record);
  parsed_bytes += sizeof(Record) + (article != nullptr ? article->text.size() : 0);
  parsed.push_back(std::move(record));
}

void RecordBlock::Clear() {
  parsed.clear();
  parsed_bytes = 0;
  raw.records.clear();
  raw_parser.reset();
  supplier.reset();
}

RecordParser& RecordBlockParser::ParserFor(const RecordBlock& block) {
  if (factory_ != block.raw_parser) {
    factory_ = block.raw_parser;
    parser_ = (*factory_)();
  }
  return *parser_;
}

void RecordBlockParser::Parse(RecordBlock& block, const std::function<void(Record)>& take) {
  for (Record& record : block.parsed) take(std::move(record));
  if (block.raw_parser) {
    RecordParser& parser = ParserFor(block);
    for (RawRecord& raw : block.raw.records) {
      if (std::optional<Record> record = parser.Parse(raw)) take(*std::move(record));
    }
  }
  if (block.supplier) block.supplier->Supply(take);
  block.Clear();
}

void RecordBlockParser::ParseTexts(RecordBlock& block, const std::function<void(TextRecord)>& take) {
  for (Record& record : block.parsed) {
    if (auto* bad = std::get_if<BadRecord>(&record)) {
      take(std::move(*bad));
    } else {
      const Article& article = std::get<Article>(record);
      take(ArticleText{article.id, article.published, article.text, article.path, article.record.value_or(0)});
    }
  }
  if (block.raw_parser) {
    RecordParser& parser = ParserFor(block);
    for (RawRecord& raw : block.raw.records) {
      if (std::optional<TextRecord> record = parser.ParseText(raw)) take(*std::move(record));
    }
  }
  if (block.supplier) block.supplier->SupplyTexts(take);
  block.Clear();
}

}  // namespace unspin
