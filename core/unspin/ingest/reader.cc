#include "unspin/ingest/reader.h"

#include <cassert>
#include <utility>
#include <variant>

#include "unspin/base/strings.h"
#include "unspin/ingest/list_inputs.h"
#include "unspin/ingest/open_source.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/stored_bytes.h"
#include "unspin/records/record_block.h"
#include "unspin/records/record_source.h"

namespace unspin {
namespace {

// Reads one file after the other.
class FilesReader final : public ArticleReader {
 public:
  FilesReader(InputList list, ReaderOptions options)
      : inputs_(std::move(list.files)),
        folders_(std::move(list.folders)),
        total_bytes_(TotalBytes(inputs_)),
        options_(std::move(options)) {}

  std::optional<Record> Next() override {
    while (HasSource()) {
      std::optional<Record> record = second_ ? std::exchange(second_, std::nullopt) : source_->Next();
      if (record) {
        if (hash_) SetFileHash(*record);
        return record;
      }
      FinishFile();
    }
    return std::nullopt;
  }

  bool NextBlock(RecordBlock& block) override {
    assert(!options_.hash_files);
    block.Clear();
    while (!block.full() && HasSource()) {
      if (!source_->NextBlock(block)) FinishFile();
    }
    return block.size() > 0;
  }

  uint64_t bytes_read() const override { return finished_bytes_ + (source_ ? source_->stored_bytes_read() : 0); }
  std::optional<uint64_t> bytes_total() const override { return total_bytes_; }
  size_t files() const override { return inputs_.size(); }
  const std::vector<InputFolder>& folders() const override { return folders_; }

 private:
  // Opens the next input unless one is open. Returns false at the end of the inputs.
  bool HasSource() {
    while (!source_ && next_ < inputs_.size()) source_ = Open(inputs_[next_++]);
    return source_ != nullptr;
  }

  // Null: the file is left aside.
  std::unique_ptr<RecordSource> Open(const InputPath& input) {
    if (!input.problem.empty()) return MakeSingleRecordSource(BadRecord{input.path, input.problem}, 0);
    if (options_.hash_files) hash_ = std::make_shared<StoredHash>();
    auto stream = ByteStream::Open(input.path, hash_);
    if (!stream.ok()) {
      return MakeSingleRecordSource(BadFile(input.path, std::string(StdView(stream.status().message()))), 0);
    }
    const auto reopenable_path = input.path == "-" ? std::nullopt : std::optional<std::string>(input.path);
    LeftAside* const left_aside = input.folder ? &folders_[*input.folder].left_aside : nullptr;
    return OpenRecordSource(*std::move(stream), input.path, reopenable_path, options_, left_aside);
  }

  // Of the first record of a file.
  void SetFileHash(Record& record) {
    second_ = source_->Next();
    hash_->wanted = false;
    auto* const article = std::get_if<Article>(&record);
    if (article != nullptr && !second_ && hash_->at_end) article->file_sha256 = hash_->sha256.Hex();
    hash_.reset();
  }

  void FinishFile() {
    finished_bytes_ += source_->stored_bytes_read();
    source_.reset();
    hash_.reset();
  }

  const std::vector<InputPath> inputs_;
  std::vector<InputFolder> folders_;
  size_t next_ = 0;  // in inputs_
  const std::optional<uint64_t> total_bytes_;
  const ReaderOptions options_;
  std::unique_ptr<RecordSource> source_;  // the open input; null between inputs
  std::shared_ptr<StoredHash> hash_;      // of the open input until its first record; null where nobody asks
  std::optional<Record> second_;          // of the open input, where it was read already
  uint64_t finished_bytes_ = 0;           // stored bytes of the inputs before it
};

}  // namespace

absl::StatusOr<std::unique_ptr<ArticleReader>> ArticleReader::Open(std::vector<std::string> inputs,
                                                                   ReaderOptions options) {
  auto files = ListInputs(inputs);
  if (!files.ok()) return files.status();
  return std::make_unique<FilesReader>(*std::move(files), std::move(options));
}

Record ArticleFromBytes(std::string bytes, std::string path, const ReaderOptions& options) {
  auto stream = ByteStream::FromBytes(std::move(bytes), path);
  if (!stream.ok()) return BadFile(std::move(path), std::string(StdView(stream.status().message())));
  const auto source = OpenRecordSource(*std::move(stream), path, std::nullopt, options);
  std::optional<Record> first = source->Next();
  if (!first) return BadRecord{std::move(path), "there is no text in it; leave it out or give it its text"};
  if (std::holds_alternative<Article>(*first)) {
    if (std::optional<Record> second = source->Next()) {
      if (std::holds_alternative<BadRecord>(*second)) return *std::move(second);
      return BadRecord{std::move(path), "it holds several records where one article is wanted; give one of them"};
    }
  }
  return *std::move(first);
}

}  // namespace unspin
