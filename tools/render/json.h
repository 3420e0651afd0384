// Report → one line of JSON, the format of docs/report.md.
#pragma once

#include <string>

#include "offsets.h"  // beside this file also where it is installed
#include "unspin/report/report.h"

namespace unspin {

struct JsonOptions {
  bool full = true;  // false: `passages` and `substitutions` are empty lists
  OffsetUnit offsets = OffsetUnit::kByte;
  std::string options = {};  // of the command, for `unspin.options`: a JSON object on one line. Empty: none
};

// Valid UTF-8 on one line; equal reports give equal bytes. Safe to call from many threads at once.
std::string RenderJson(const Report& report, const JsonOptions& options);

// The `id` in the JSON that RenderJson makes with these options.
std::string ReportId(const Report& report, const JsonOptions& options);

}  // namespace unspin
