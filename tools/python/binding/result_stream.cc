#include "binding/result_stream.h"

#include <cerrno>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <nanobind/stl/shared_ptr.h>

#include "binding/errors.h"
#include "binding/gil.h"

namespace unspin::python {
namespace {

constexpr const char* kCapsuleName = "arrow_array_stream";

struct HeldStream {
  std::shared_ptr<ResultStream> stream;
  std::string error;  // of the last call that failed
};

HeldStream& Held(ArrowArrayStream* stream) { return *static_cast<HeldStream*>(stream->private_data); }

int GetSchema(ArrowArrayStream* stream, ArrowSchema* out) {
  ExportSchema(Held(stream).stream->columns(), out);
  return 0;
}

// An exception of Python cannot pass through the interface: its type and text become the stream's error. Ctrl-C is
// raised again where Python goes on.
int FailWith(const nb::python_error& error, std::string& message) {
  const GilHeld gil;
  const nb::object type = nb::steal(PyType_GetName(reinterpret_cast<PyTypeObject*>(error.type().ptr())));
  const nb::object text = nb::steal(PyObject_Str(error.value().ptr()));
  const char* const name = type.is_valid() ? PyUnicode_AsUTF8AndSize(type.ptr(), nullptr) : nullptr;
  const char* const said = text.is_valid() ? PyUnicode_AsUTF8AndSize(text.ptr(), nullptr) : nullptr;
  PyErr_Clear();
  message = std::string(name == nullptr ? "error" : name) + ": " + (said == nullptr ? "" : said);
  if (!error.matches(PyExc_KeyboardInterrupt)) return EIO;
  PyErr_SetInterrupt();
  return EINTR;
}

int GetNext(ArrowArrayStream* stream, ArrowArray* out) {
  HeldStream& held = Held(stream);
  out->release = nullptr;
  // The consumer may hold the GIL or not. Taking it and giving it away works in both cases, unless there is no
  // interpreter any more.
  const GilHeld gil;
  const GilReleased released;
  try {
    std::optional<ResultBatch> batch = held.stream->Next();
    if (batch) ExportBatch(*std::move(batch), out);
    return 0;
  } catch (const nb::python_error& error) {
    return FailWith(error, held.error);
  } catch (const std::exception& error) {
    held.error = error.what();
    return EIO;
  }
}

const char* GetLastError(ArrowArrayStream* stream) {
  const std::string& error = Held(stream).error;
  return error.empty() ? nullptr : error.c_str();
}

// Drops a reference to an object of Python, for which nanobind would take the GIL by itself, also at the interpreter's
// end.
void ReleaseStream(ArrowArrayStream* stream) {
  std::optional<GilHeld> gil;
  if (Py_IsInitialized() != 0) gil.emplace();
  delete static_cast<HeldStream*>(stream->private_data);
  stream->release = nullptr;
}

// A consumer that takes the stream sets `release` of what is left to null.
void DestroyCapsule(PyObject* capsule) {
  auto* const stream = static_cast<ArrowArrayStream*>(PyCapsule_GetPointer(capsule, kCapsuleName));
  if (stream == nullptr) return PyErr_Clear();
  if (stream->release != nullptr) stream->release(stream);
  delete stream;
}

nb::object ValueAt(const ColumnBuilder& column, size_t row) {
  if (column.IsNull(row)) return nb::none();
  switch (column.column().type) {
    case ResultType::kText:
    case ResultType::kLargeText: {
      const std::string_view text = column.TextAt(row);
      return nb::steal(PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace"));
    }
    case ResultType::kUint32:
    case ResultType::kUint64:
      return nb::steal(PyLong_FromUnsignedLongLong(column.NumberAt(row)));
    case ResultType::kDouble:
      return nb::steal(PyFloat_FromDouble(column.RealAt(row)));
    case ResultType::kBool:
      return nb::bool_(column.BoolAt(row));
    case ResultType::kUint32List: {
      const std::string_view bytes = column.ListAt(row);
      return nb::steal(PyBytes_FromStringAndSize(bytes.data(), static_cast<Py_ssize_t>(bytes.size())));
    }
  }
  return nb::none();
}

// The capsule "arrow_array_stream" that __arrow_c_stream__ returns. Holds the GIL.
nb::object ExportStream(std::shared_ptr<ResultStream> stream) {
  auto exported = std::make_unique<ArrowArrayStream>();
  *exported = {&GetSchema, &GetNext, &GetLastError, &ReleaseStream, new HeldStream{std::move(stream), {}}};
  PyObject* const capsule = PyCapsule_New(exported.get(), kCapsuleName, &DestroyCapsule);
  if (capsule == nullptr) {
    exported->release(exported.get());
    throw nb::python_error();
  }
  exported.release();  // the capsule's
  return nb::steal(capsule);
}

nb::object ColumnsOf(const ResultBatch& batch) {
  nb::list columns;
  for (const ColumnBuilder& column : batch.columns) {
    nb::list values;
    for (size_t row = 0; row < column.size(); ++row) {
      nb::object value = ValueAt(column, row);
      if (!value.is_valid()) throw nb::python_error();
      values.append(value);
    }
    columns.append(values);
  }
  return columns;
}

// A list for each column; None at the end. Holds the GIL, and gives it away while the batch is made.
nb::object NextColumns(ResultStream& stream) {
  std::optional<ResultBatch> batch;
  {
    const GilReleased released;
    batch = stream.Next();
  }
  return batch ? ColumnsOf(*batch) : nb::none();
}

}  // namespace

ResultStream::Use::Use(std::atomic<bool>& is_busy) : is_busy_(is_busy) {
  if (is_busy.exchange(true)) throw StatusError("the results are being read by another thread; read them in one");
}

void ResultStream::BeforeNext() { ThrowIfInterrupted(); }

std::optional<ResultBatch> ResultStream::Next() {
  return Guarded([this] { return MakeNext(); });
}

void BindResultStream(nb::module_& module) {
  nb::class_<ResultStream>(module, "ResultStream", "Batches of results, each computed when it is asked for.")
      .def("next_columns", &NextColumns, nb::sig("def next_columns(self) -> list[list[object]] | None"),
           "The columns of the next batch as lists; None at the end.")
      .def_prop_ro("has_begun", &ResultStream::has_begun, "Whether a batch was asked for.")
      .def(
          "__arrow_c_stream__",
          [](nb::handle self, const nb::object&) {
            return ExportStream(nb::cast<std::shared_ptr<ResultStream>>(self));
          },
          nb::arg("requested_schema") = nb::none(),
          nb::sig("def __arrow_c_stream__(self, requested_schema: object = None) -> object"));
}

}  // namespace unspin::python
