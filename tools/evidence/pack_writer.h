// Evidence → an evidence pack: one zip file that holds reports, and everything to compute them again from.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "evidence/evidence.h"

namespace unspin::evidence {

// The same evidence gives the same bytes on every machine; docs/evidence.md names the files. `timestamp_reply` is a
// reply (RFC 3161) to the pack's request `manifest.tsq`; empty: none. Fails where there is no report, where a pack
// would exceed what a reader accepts (kPackLimits), and where the reply is not right for this pack.
absl::StatusOr<std::string> WritePack(std::span<const Evidence> evidence, std::string_view timestamp_reply);

}  // namespace unspin::evidence
