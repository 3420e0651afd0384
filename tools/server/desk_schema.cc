#include "server/desk_schema.h"

#include <array>

#include "server/case_filter.h"
#include "server/case_rows.h"
#include "server/event_chain.h"
#include "server/job_queue.h"
#include "server/licence_rules.h"

namespace unspin::server {

std::span<const char* const> DeskSchema() {
  static const std::array kScripts = {kEventTables,   kLicenceTables, kCaseTables,
                                      kFilterIndices, kJobTables,     kLicenceTerms};
  return kScripts;
}

}  // namespace unspin::server
