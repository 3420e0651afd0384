// A file of chained events (event_line.h), for who works without the rights desk's service.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "evidence/event_line.h"

namespace unspin::evidence {

// Checks that `lines` are whole events, each behind the one before. The head, or what is wrong with which line.
absl::StatusOr<LogHead> CheckEventLines(std::string_view lines);

// Adds `event` behind the last one of the file, and returns it as it was written once the disk holds it. Creates the
// file. `seq`, `previous` and `hash` of `event` are not read. Of several processes one writes after the other. A file
// whose chain is damaged, or that ends within a line, is left as it is, and so is one whose disk is full.
// REQUIRES: as for EventLine.
absl::StatusOr<Event> AppendToLog(const std::string& path, Event event);

}  // namespace unspin::evidence
