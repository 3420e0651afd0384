// The options of an audit that a job keeps: a JSON object with the names of the command line.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "render/offsets.h"
#include "unspin/engine/engine.h"
#include "unspin/records/reader_options.h"

namespace unspin::server {

struct AuditOptions {
  ReaderOptions reader;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
};

// {"limit","all","prior","candidates","brief","offsets","format"}; empty: all at their defaults, which are those of
// `unspin audit`. Fails (InvalidArgument) for another field or a value out of its range, and names it.
absl::StatusOr<AuditOptions> ReadAuditOptions(std::string_view json);

}  // namespace unspin::server
