// sketch: texts → MinHash sketches; and how alike two sketches are.
#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>

#include "binding/article_source.h"
#include "binding/bindings.h"
#include "binding/pull.h"
#include "binding/result_stream.h"
#include "unspin/engine/pipeline.h"
#include "unspin/sketch/sketch.h"

namespace unspin::python {
namespace {

constexpr ResultColumn kSketchColumns[] = {{"id", ResultType::kText},
                                           {"sketch", ResultType::kUint32List, false, kSketchSize}};

class SketchStream final : public ResultStream {
 public:
  explicit SketchStream(std::unique_ptr<Pull> pull) : pull_(std::move(pull)) {}
  std::span<const ResultColumn> columns() const override { return kSketchColumns; }
  uint64_t bad() const { return pull_->bad(); }

 private:
  std::optional<ResultBatch> MakeNext() override {
    constexpr ChunkSizes kSizes{4096, 64};
    struct Row {
      std::string id;
      Sketch sketch;
    };
    const auto work = [](ArticleChunk& chunk, Worker& worker) {
      std::vector<std::variant<Row, BadRecord>> rows;
      chunk.ReadTexts(worker.buffers, [&](TextRecord record) {
        if (auto* bad = std::get_if<BadRecord>(&record)) return void(rows.emplace_back(std::move(*bad)));
        const auto& article = std::get<ArticleText>(record);
        rows.emplace_back(Row{std::string(article.id), TheEngine().SketchText(article.text, worker.workspace)});
      });
      return rows;
    };
    ResultBatch batch(kSketchColumns);
    while (batch.size() == 0) {
      const auto chunks = pull_->Next(kSizes, work);
      if (chunks.empty()) {
        pull_->WarnOfBad();
        return std::nullopt;
      }
      for (const auto& rows : chunks) {
        for (const auto& row : rows) {
          if (const auto* bad = std::get_if<BadRecord>(&row)) {
            pull_->CountBad(*bad);
            continue;
          }
          pull_->CountArticle();
          batch[0].AddText(std::get<Row>(row).id);
          batch[1].AddList(std::get<Row>(row).sketch.components);
        }
      }
      pull_->SayRows();
    }
    return batch;
  }

  const std::unique_ptr<Pull> pull_;
};

[[noreturn]] void ThrowNoSketch() {
  throw ValueError("a sketch is " + std::to_string(kSketchSize) +
                   " numbers of 32 bits, as unspin.sketch makes them: an array, or a list");
}

// Whether a buffer holds integers of 32 bits in the order of this machine, or their bytes.
bool HoldsComponents(const Py_buffer& buffer) {
  constexpr std::string_view kIntegers = "iIlL", kByteOrders = "@=<";
  if (buffer.len != static_cast<Py_ssize_t>(sizeof Sketch().components)) return false;
  if (buffer.itemsize == 1) return true;
  std::string_view format = buffer.format == nullptr ? "" : buffer.format;
  if (!format.empty() && kByteOrders.find(format.front()) != std::string_view::npos) format.remove_prefix(1);
  return buffer.itemsize == sizeof(uint32_t) && format.size() == 1 && kIntegers.find(format) != std::string_view::npos;
}

// A buffer of 128 integers of 32 bits (an array of numpy or of the module array), or a sequence of numbers.
Sketch SketchOf(nb::handle object) {
  Sketch sketch;
  if (PyObject_CheckBuffer(object.ptr()) != 0) {
    Py_buffer buffer;
    if (PyObject_GetBuffer(object.ptr(), &buffer, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT) != 0) throw nb::python_error();
    const bool fits = HoldsComponents(buffer);
    if (fits) std::memcpy(sketch.components.data(), buffer.buf, sizeof sketch.components);
    PyBuffer_Release(&buffer);
    if (!fits) ThrowNoSketch();
    return sketch;
  }
  if (PySequence_Check(object.ptr()) == 0 || PySequence_Size(object.ptr()) != kSketchSize) {
    PyErr_Clear();
    ThrowNoSketch();
  }
  for (size_t at = 0; at < sketch.components.size(); ++at) {
    const nb::object item = nb::steal(PySequence_GetItem(object.ptr(), static_cast<Py_ssize_t>(at)));
    if (!item.is_valid()) throw nb::python_error();
    const nb::object number = nb::steal(PyNumber_Long(item.ptr()));  // scalars of other libraries are no int
    const unsigned long long value = number.is_valid() ? PyLong_AsUnsignedLongLong(number.ptr()) : 0;
    if (PyErr_Occurred() != nullptr || value > std::numeric_limits<uint32_t>::max()) {
      PyErr_Clear();
      ThrowNoSketch();
    }
    sketch.components[at] = static_cast<uint32_t>(value);
  }
  return sketch;
}

}  // namespace

void BindSketch(nb::module_& module) {
  nb::class_<SketchStream, ResultStream>(module, "SketchStream").def_prop_ro("bad", &SketchStream::bad);
  module.def(
      "sketch",
      [](nb::handle data, const RowNames& names, const PullOptions& options) {
        RowNames text_names = names;
        for (size_t field = 0; field < kRowFields; ++field) {
          if (field != kText && field != kId) text_names.of[field].reset();
        }
        return std::make_shared<SketchStream>(std::make_unique<Pull>(OpenSource(data, text_names), options));
      },
      nb::arg("data").none(), nb::arg("names"), nb::arg("options"));
  module.def(
      "similarity", [](nb::handle a, nb::handle b) { return EstimatedSimilarity(SketchOf(a), SketchOf(b)); },
      nb::arg("a").none(), nb::arg("b").none());
}

}  // namespace unspin::python
