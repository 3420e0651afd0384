// list_inputs: which files the program reads where it is given files and folders.
#include <string>
#include <utility>
#include <vector>

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include "binding/bindings.h"
#include "binding/errors.h"
#include "binding/gil.h"
#include "unspin/ingest/list_inputs.h"

namespace unspin::python {
namespace {

std::vector<std::pair<std::string, std::string>> List(const std::vector<std::string>& inputs) {
  std::vector<std::pair<std::string, std::string>> files;
  InputList list = ValueOrThrow(ListInputs(inputs));
  for (InputPath& file : list.files) files.emplace_back(std::move(file.path), std::move(file.problem));
  return files;
}

}  // namespace

void BindInputFiles(nanobind::module_& module) {
  module.def("list_inputs", &List, nanobind::arg("inputs"), nanobind::call_guard<GilReleased>(),
             "Files and folders → pairs of a file and why it cannot be read (empty: it can), in the order of reading.");
}

}  // namespace unspin::python
