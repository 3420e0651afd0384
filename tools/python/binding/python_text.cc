#include "binding/python_text.h"

#include <cmath>

namespace unspin::python {

nb::object Checked(PyObject* result) {
  if (result == nullptr) throw nb::python_error();
  return nb::steal(result);
}

std::optional<std::string> Utf8Of(nb::handle text, bool is_strict) {
  Py_ssize_t size = 0;
  const char* bytes = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (bytes != nullptr) return std::string(bytes, static_cast<size_t>(size));
  if (PyErr_ExceptionMatches(PyExc_UnicodeEncodeError) == 0) throw nb::python_error();
  PyErr_Clear();
  const nb::object units = Checked(PyUnicode_AsEncodedString(text.ptr(), "utf-16-le", "surrogatepass"));
  const nb::object joined =
      nb::steal(PyUnicode_FromEncodedObject(units.ptr(), "utf-16-le", is_strict ? "strict" : "replace"));
  if (!joined.is_valid()) {
    PyErr_Clear();
    return std::nullopt;
  }
  bytes = PyUnicode_AsUTF8AndSize(joined.ptr(), &size);
  if (bytes == nullptr) throw nb::python_error();
  return std::string(bytes, static_cast<size_t>(size));
}

std::string HalfSign(const std::string& noun, const std::string& row_noun) {
  return noun +
         " has half of a sign (a surrogate without its partner, such as \\ud83d), as where a text was cut off: "
         "give the " +
         row_noun + " its text or take the half out";
}

std::string TypeNameOf(nb::handle value) {
  const nb::object name = Checked(PyType_GetName(Py_TYPE(value.ptr())));
  return Utf8Of(name).value_or("?");
}

bool IsNan(nb::handle value) { return PyFloat_Check(value.ptr()) && std::isnan(PyFloat_AsDouble(value.ptr())); }

std::optional<std::string> MetadataOf(nb::handle value) {
  if (value.is_none() || PyBool_Check(value.ptr())) return std::nullopt;
  if (PyUnicode_Check(value.ptr())) return Utf8Of(value);
  if (IsNan(value)) return std::nullopt;
  if (PyLong_Check(value.ptr()) || PyFloat_Check(value.ptr())) return Utf8Of(Checked(PyObject_Str(value.ptr())));
  if (PyIndex_Check(value.ptr()) != 0) {
    return Utf8Of(Checked(PyObject_Str(Checked(PyNumber_Index(value.ptr())).ptr())));
  }
  if (!nb::hasattr(value, "isoformat")) return std::nullopt;
  const nb::object iso = value.attr("isoformat")();
  if (!PyUnicode_Check(iso.ptr())) return std::nullopt;
  std::optional<std::string> text = Utf8Of(iso);
  return text == "NaT" ? std::nullopt : text;
}

}  // namespace unspin::python
