// unspin._core.list_inputs: which files the program reads where it is given files and folders.
#pragma once

#include <nanobind/nanobind.h>

namespace unspin::python {

void BindInputFiles(nanobind::module_& module);

}  // namespace unspin::python
