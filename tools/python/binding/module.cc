// The extension module unspin._core: what the Python package calls.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include "binding/input_files.h"
#include "unspin/engine/engine.h"

NB_MODULE(_core, module) {
  module.attr("__version__") = unspin::kVersion;
  module.def("kernel_name", &unspin::Engine::KernelName, "The variant of the kernels that runs, such as 'avx2'.");
  unspin::python::BindInputFiles(module);
}
