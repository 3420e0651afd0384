// Arguments that several functions share, as Python gives them.
#pragma once

#include <string>

#include <nanobind/nanobind.h>

#include "binding/row_fields.h"
#include "render/json.h"
#include "unspin/engine/engine.h"
#include "unspin/records/reader_options.h"

namespace unspin::python {

// How a report is made and written.
struct ReportOptions {
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kCodepoint;
};

// What the program would be told of these names.
ReaderOptions ReaderOptionsOf(const RowNames& names);

// For RenderJson, with what the program says under `unspin.options`.
JsonOptions JsonOptionsOf(const ReportOptions& options, const ReaderOptions& reader);

void BindArguments(nanobind::module_& module);  // RowNames, PullOptions, ReportOptions

}  // namespace unspin::python
