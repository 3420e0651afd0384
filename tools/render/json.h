// Report → one line of JSON, the format of docs/report.md.
#pragma once

#include <string>

#include "render/offsets.h"
#include "unspin/report/report.h"

namespace unspin {

struct JsonOptions {
  bool full = true;  // false: `passages` and `substitutions` are empty lists
  OffsetUnit offsets = OffsetUnit::kByte;
};

// Valid UTF-8 without a line feed, the same bytes for the same report. Deterministic and safe to call from many
// threads.
std::string RenderJson(const Report& report, const JsonOptions& options);

// The `id` that RenderJson gives with these options.
std::string ReportId(const Report& report, const JsonOptions& options);

}  // namespace unspin
