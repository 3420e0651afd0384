// Tables and streams of Arrow as a source of articles: texts are read where the producer has them.
#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "binding/arrow_c_data.h"
#include "binding/arrow_columns.h"
#include "binding/article_source.h"
#include "binding/errors.h"

namespace unspin::python {
namespace {

// A batch that chunks read; the last of them releases it.
struct OpenBatch {
  OpenBatch(ArrowOwner<ArrowArray> from, const ArrowColumns& columns, uint64_t position)
      : array(std::move(from)), values(columns.ValuesOf(*array)), position(position) {}

  const ArrowOwner<ArrowArray> array;
  const std::array<std::optional<ColumnValues>, kRowFields> values;
  const uint64_t position;  // of its first row in the stream
};

class ArrowChunk final : public ArticleChunk {
 public:
  ArrowChunk(std::shared_ptr<const OpenBatch> batch, std::shared_ptr<const RowRules> rules, int64_t begin, int64_t end)
      : batch_(std::move(batch)), rules_(std::move(rules)), begin_(begin), end_(end) {}

  void Read(ChunkBuffers& buffers, const std::function<void(Record)>& take) override {
    for (int64_t row = begin_; row < end_; ++row) {
      take(buffers.rows.Parse(ValuesOf(row, kRowFields), PositionOf(row), *rules_));
    }
  }
  void ReadTexts(ChunkBuffers& buffers, const std::function<void(TextRecord)>& take) override {
    for (int64_t row = begin_; row < end_; ++row) {
      take(buffers.rows.ParseText(ValuesOf(row, kTextFields), PositionOf(row), *rules_));
    }
  }

 private:
  static constexpr size_t kTextFields = 3;  // of kOrder
  static constexpr std::array<RowField, kRowFields> kOrder = {kText, kId,      kPublished, kTitle, kUrl,
                                                              kSite, kFetched, kPath,      kRecord};

  uint64_t PositionOf(int64_t row) const { return batch_->position + static_cast<uint64_t>(row); }
  // The first `fields` of kOrder.
  RowValues ValuesOf(int64_t row, size_t fields) {
    RowValues values;
    for (size_t at = 0; at < fields; ++at) {
      const RowField field = kOrder[at];
      if (batch_->values[field]) values.of[field] = batch_->values[field]->At(row, memory_[field]);
    }
    return values;
  }

  const std::shared_ptr<const OpenBatch> batch_;
  const std::shared_ptr<const RowRules> rules_;
  const int64_t begin_, end_;  // rows of the batch
  std::array<std::string, kRowFields> memory_;
};

class ArrowSource final : public ArticleSource {
 public:
  ArrowSource(ArrowOwner<ArrowArrayStream> stream, ArrowColumns columns, RowRules rules)
      : stream_(std::move(stream)),
        columns_(std::move(columns)),
        rules_(std::make_shared<const RowRules>(std::move(rules))) {}
  // Of one array instead of a stream.
  ArrowSource(ArrowOwner<ArrowArray> array, ArrowColumns columns, RowRules rules)
      : array_(std::move(array)),
        columns_(std::move(columns)),
        rules_(std::make_shared<const RowRules>(std::move(rules))) {}

  ArticleChunks Next(const ChunkSizes& sizes) override {
    ArticleChunks chunks;
    if (batch_ == nullptr && !OpenNext()) return chunks;
    const int64_t end = std::min(begin_ + static_cast<int64_t>(sizes.rows), batch_->array->length);
    while (begin_ < end) {
      const int64_t chunk_end = std::min(begin_ + static_cast<int64_t>(sizes.chunk), end);
      chunks.push_back(std::make_unique<ArrowChunk>(batch_, rules_, begin_, chunk_end));
      begin_ = chunk_end;
    }
    if (begin_ == batch_->array->length) batch_.reset();
    return chunks;
  }

 private:
  // Opens the next batch that is not empty. The producer is called without the GIL: it may need other threads, and
  // takes the GIL where it is written in Python.
  bool OpenNext() {
    while (true) {
      ArrowOwner<ArrowArray> array = std::move(array_);
      if (array.empty()) {
        if (stream_.empty()) return false;
        if (stream_->get_next(stream_.get(), array.get()) != 0) ThrowLastError();
        if (array.empty()) {
          stream_ = {};
          return false;
        }
      }
      if (array->length == 0) continue;
      const auto rows = static_cast<uint64_t>(array->length);
      batch_ = std::make_shared<const OpenBatch>(std::move(array), columns_, position_);
      position_ += rows;
      begin_ = 0;
      return true;
    }
  }
  [[noreturn]] void ThrowLastError() {
    const char* const error = stream_->get_last_error(stream_.get());
    const std::string message = error == nullptr ? "the producer does not say why" : error;
    stream_ = {};
    throw StatusError("the Arrow stream failed: " + message);
  }

  ArrowOwner<ArrowArrayStream> stream_;
  ArrowOwner<ArrowArray> array_;
  const ArrowColumns columns_;
  const std::shared_ptr<const RowRules> rules_;
  std::shared_ptr<const OpenBatch> batch_;  // whose rows from begin_ on come next
  int64_t begin_ = 0;
  uint64_t position_ = 0;  // of the next batch
};

// What is in a capsule of this name. The capsule stays the owner of an empty structure.
template <typename Structure>
ArrowOwner<Structure> TakeFromCapsule(nb::handle capsule, const char* name) {
  auto* const structure = static_cast<Structure*>(PyCapsule_GetPointer(capsule.ptr(), name));
  if (structure == nullptr) throw nb::python_error();
  return ArrowOwner<Structure>(*structure);
}

RowRules RulesOf(const ArrowSchema& schema, const RowNames& names) {
  RowRules rules{names.text_is, "the column \"" + *names.of[kText] + "\"", "row"};
  if (std::strcmp(schema.format, "+s") != 0) rules.text_noun = "the text";
  return rules;
}

ArrowColumns FindColumns(const ArrowSchema& schema, const RowNames& names) {
  auto columns = ArrowColumns::Find(schema, names);
  if (!columns.ok()) throw ValueError(std::string(StdView(columns.status().message())));
  return *std::move(columns);
}

}  // namespace

std::unique_ptr<ArticleSource> OpenArrowSource(nb::handle data, const RowNames& names) {
  if (!nb::hasattr(data, "__arrow_c_stream__")) {
    const nb::object capsules = data.attr("__arrow_c_array__")();
    const auto schema = TakeFromCapsule<ArrowSchema>(capsules[0], "arrow_schema");
    ArrowColumns columns = FindColumns(*schema, names);
    return std::make_unique<ArrowSource>(TakeFromCapsule<ArrowArray>(capsules[1], "arrow_array"), std::move(columns),
                                         RulesOf(*schema, names));
  }
  const nb::object capsule = data.attr("__arrow_c_stream__")();
  auto stream = TakeFromCapsule<ArrowArrayStream>(capsule, "arrow_array_stream");
  ArrowOwner<ArrowSchema> schema;
  int failed = 0;
  {
    const nb::gil_scoped_release released;
    failed = stream->get_schema(stream.get(), schema.get());
  }
  if (failed != 0) {
    const char* const error = stream->get_last_error(stream.get());
    throw StatusError("the Arrow stream has no schema: " + std::string(error == nullptr ? "no reason given" : error));
  }
  ArrowColumns columns = FindColumns(*schema, names);
  return std::make_unique<ArrowSource>(std::move(stream), std::move(columns), RulesOf(*schema, names));
}

}  // namespace unspin::python
