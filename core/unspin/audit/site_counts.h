// The reports of an audit → what they count for each site of the suspects.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/audit/audit_counts.h"
#include "unspin/base/strings.h"

namespace unspin {

struct CountedSite {
  std::string name;  // empty: unknown
  AuditCounts counts;
};

class SiteCounts {
 public:
  // Sites that are counted one by one: with their names and counts some 70 MB. A crawl of more sites than that brings
  // its large ones early.
  static constexpr size_t kMaxSites = size_t{1} << 18;
  static constexpr size_t kMaxName = 256;  // bytes; the name of a host has at most 253

  explicit SiteCounts(size_t max_sites = kMaxSites) : max_sites_(max_sites) {}

  // A longer name is cut.
  void Add(std::string_view site, const SuspectOutcome& outcome);

  // At most `limit` sites: by descending findings, then suspects, then by name. `others` gets the sum of all other
  // sites.
  std::vector<CountedSite> Largest(size_t limit, AuditCounts& others) const;

 private:
  size_t max_sites_;
  StringMap<AuditCounts> sites_;
  AuditCounts uncounted_;  // of sites that came when there were max_sites_ already
};

}  // namespace unspin
