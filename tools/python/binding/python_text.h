// Objects of Python → the texts that they stand for.
#pragma once

#include <optional>
#include <string>

#include <nanobind/nanobind.h>

namespace unspin::python {

namespace nb = nanobind;

// All functions hold the GIL, and raise what Python raises.

// The object that a call of Python's interface returned, which is null where it raised.
nb::object Checked(PyObject* result);

// The UTF-8 of a str. Two surrogates in a row are one sign, as in JSON; half of a sign becomes U+FFFD, and the text is
// nothing if `is_strict`.
std::optional<std::string> Utf8Of(nb::handle text, bool is_strict = false);

// What is wrong with a text that has half of a sign. `noun` names the text, `row_noun` what it belongs to.
std::string HalfSign(const std::string& noun, const std::string& row_noun);

// "int"
std::string TypeNameOf(nb::handle value);

// The number of pandas that is none, in place of a missing value.
bool IsNan(nb::handle value);

// A value of metadata as a text: numbers keep their spelling, dates become ISO 8601; what is neither is left out, as
// JSON's true, null and lists are.
std::optional<std::string> MetadataOf(nb::handle value);

}  // namespace unspin::python
