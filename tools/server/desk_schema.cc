#include "server/desk_schema.h"

#include <array>

#include "server/case_filter.h"
#include "server/case_rows.h"
#include "server/event_chain.h"
#include "server/job_queue.h"
#include "server/licence_rules.h"

namespace unspin::server {

std::span<const char* const> DeskSchema() {
  // Version 6 was that of programs before the first release, which had a search table here that nobody reads any more.
  // The empty step lets their folders get what the steps behind it make.
  static constexpr const char* kSearchTableOnce = "";
  static const std::array kScripts = {kEventTables, kLicenceTables,   kCaseTables,  kFilterIndices,
                                      kJobTables,   kSearchTableOnce, kLicenceTerms};
  return kScripts;
}

}  // namespace unspin::server
