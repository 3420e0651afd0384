#include "binding/errors.h"

#include "binding/gil.h"

namespace unspin::python {

void ThrowIfInterrupted() {
  const GilHeld gil;
  if (PyErr_CheckSignals() != 0) throw nanobind::python_error();
}

void BindErrors(nanobind::module_& module) {
  const nanobind::exception<StatusError> error(module, "Error");
  error.attr("__doc__") =
      "What the program would say on standard error: what is wrong, where, and what to do.\n\n"
      "Wrong arguments raise ValueError or TypeError instead.";
}

}  // namespace unspin::python
