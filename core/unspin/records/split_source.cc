#include "unspin/records/split_source.h"

#include <cassert>
#include <optional>
#include <utility>

namespace unspin {
namespace {

class SplitSource final : public RecordSource {
 public:
  SplitSource(std::string path, std::unique_ptr<RecordSplitter> splitter, RecordParserFactory make_parser)
      : path_(std::move(path)),
        splitter_(std::move(splitter)),
        make_parser_(std::make_shared<const RecordParserFactory>(std::move(make_parser))) {}

  std::optional<Record> Next() override {
    for (RawRecord raw; splitter_->Next(raw);) {
      empty_ = false;
      if (!parser_) parser_ = (*make_parser_)();
      if (std::optional<Record> record = parser_->Parse(raw)) return record;
    }
    return AtEnd();
  }

  bool NextBlock(RecordBlock& block) override {
    assert(!block.full());
    if (!splitter_->has_blocks()) return RecordSource::NextBlock(block);
    if (splitter_->NextBlock(block.raw)) {
      empty_ = false;
      block.raw_parser = make_parser_;
      return true;
    }
    std::optional<Record> record = AtEnd();
    if (record) block.Add(*std::move(record));
    return record.has_value();
  }

  uint64_t stored_bytes_read() const override { return splitter_->stored_bytes_read(); }

 private:
  std::optional<Record> AtEnd() {
    if (!std::exchange(empty_, false)) return std::nullopt;
    return BadFile(path_, "there is no record in it; leave it out");
  }

  const std::string path_;
  const std::unique_ptr<RecordSplitter> splitter_;
  const std::shared_ptr<const RecordParserFactory> make_parser_;
  std::unique_ptr<RecordParser> parser_;  // for Next
  bool empty_ = true;                     // no record was found yet
};

}  // namespace

std::unique_ptr<RecordSource> MakeSplitSource(std::string path, std::unique_ptr<RecordSplitter> splitter,
                                              RecordParserFactory make_parser) {
  return std::make_unique<SplitSource>(std::move(path), std::move(splitter), std::move(make_parser));
}

}  // namespace unspin
