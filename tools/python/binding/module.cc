// The extension module unspin._core: what the Python package calls.
#include <string>

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include "binding/arguments.h"
#include "binding/article_source.h"
#include "binding/bindings.h"
#include "binding/errors.h"
#include "binding/gil.h"
#include "binding/result_stream.h"
#include "unspin/engine/engine.h"

NB_MODULE(_core, module) {
  namespace python = unspin::python;
  // In words, where the first call would otherwise fail.
  if (const std::string problem = unspin::Engine::SetupProblem(); !problem.empty())
    throw nanobind::import_error(("unspin: " + problem).c_str());
  // Objects that are alive when the interpreter ends, in a notebook or a global, are no leak.
  nanobind::set_leak_warnings(false);
  module.def("version", [] { return std::string(unspin::kVersion); });
  module.def("kernel_name", &unspin::Engine::KernelName,
             "The variant of the kernels that runs on this processor, such as 'avx2'.");
  python::BindGil(module);
  python::BindErrors(module);
  python::BindArguments(module);
  python::BindResultStream(module);
  python::BindArticles(module);
  python::BindJudge(module);
  python::BindArchive(module);
  python::BindDedup(module);
  python::BindSketch(module);
  python::BindInputFiles(module);
}
