#include "binding/pull.h"

#include <nanobind/stl/string.h>

namespace unspin::python {

void Pull::WarnOfBad() {
  if (bad_ == 0) return;
  std::string sentence = first_bad_;
  if (bad_ == 2) sentence += " (1 more bad row was skipped)";
  if (bad_ > 2) sentence += " (" + std::to_string(bad_ - 1) + " more bad rows were skipped)";
  const nb::gil_scoped_acquire gil;
  nb::module_::import_("unspin.warned").attr("warn")(sentence);
}

}  // namespace unspin::python
