// Files of articles as a source, read as the program reads them.
#include <utility>

#include "binding/article_source.h"
#include "binding/errors.h"
#include "unspin/ingest/reader.h"

namespace unspin::python {
namespace {

class FileChunk final : public ArticleChunk {
 public:
  explicit FileChunk(RecordBlock block) : block_(std::move(block)) {}

  void Read(ChunkBuffers& buffers, const std::function<void(Record)>& take) override {
    buffers.blocks.Parse(block_, take);
  }
  void ReadTexts(ChunkBuffers& buffers, const std::function<void(TextRecord)>& take) override {
    buffers.blocks.ParseTexts(block_, take);
  }

 private:
  RecordBlock block_;
};

class FileSource final : public ArticleSource {
 public:
  explicit FileSource(std::unique_ptr<ArticleReader> reader) : reader_(std::move(reader)) {}

  ArticleChunks Next(const ChunkSizes& sizes) override {
    ArticleChunks chunks;
    for (size_t rows = 0; reader_ != nullptr && rows < sizes.rows && chunks.size() < kMaxBlocks;) {
      RecordBlock block;
      if (!reader_->NextBlock(block)) {
        reader_.reset();
        break;
      }
      rows += block.size() + (block.supplier ? kRowsOfSupplier : 0);
      chunks.push_back(std::make_unique<FileChunk>(std::move(block)));
    }
    return chunks;
  }

 private:
  static constexpr size_t kMaxBlocks = 64;        // of some hundred kilobytes each
  static constexpr size_t kRowsOfSupplier = 512;  // a row group of up to 8 MiB, whose rows nobody has counted

  std::unique_ptr<ArticleReader> reader_;  // null at the end
};

}  // namespace

std::unique_ptr<ArticleSource> OpenFileSource(std::vector<std::string> inputs, const ReaderOptions& options) {
  return std::make_unique<FileSource>(ValueOrThrow(ArticleReader::Open(std::move(inputs), options)));
}

}  // namespace unspin::python
