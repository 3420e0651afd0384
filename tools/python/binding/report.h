// A report of the engine, with the line that the program writes for it.
#pragma once

#include <memory>
#include <string>

#include "unspin/report/report.h"

namespace unspin::python {

struct HeldReport {
  std::string json;
  std::shared_ptr<const Report> report;
};

}  // namespace unspin::python
