#include "unspin/audit/site_counts.h"

#include <algorithm>
#include <utility>

namespace unspin {
namespace {

std::string_view CutName(std::string_view name) {
  if (name.size() <= SiteCounts::kMaxName) return name;
  size_t end = SiteCounts::kMaxName;
  while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xc0) == 0x80) --end;  // not within a character
  return name.substr(0, end);
}

}  // namespace

void SiteCounts::Add(std::string_view site, const SuspectOutcome& outcome) {
  site = CutName(site);
  const auto known = sites_.find(site);
  if (known != sites_.end()) return known->second.Add(outcome);
  if (sites_.size() >= max_sites_) return uncounted_.Add(outcome);
  sites_[std::string(site)].Add(outcome);
}

std::vector<CountedSite> SiteCounts::Largest(size_t limit, AuditCounts& others) const {
  using Entry = const std::pair<const std::string, AuditCounts>*;
  std::vector<Entry> order;
  order.reserve(sites_.size());
  for (const auto& site : sites_) order.push_back(&site);
  std::sort(order.begin(), order.end(), [](Entry a, Entry b) {
    const uint64_t findings_a = a->second.findings(), findings_b = b->second.findings();
    if (findings_a != findings_b) return findings_a > findings_b;
    if (a->second.suspects != b->second.suspects) return a->second.suspects > b->second.suspects;
    return a->first < b->first;
  });
  std::vector<CountedSite> largest;
  for (size_t i = 0; i < std::min(limit, order.size()); ++i) largest.push_back({order[i]->first, order[i]->second});
  others = uncounted_;
  for (size_t i = largest.size(); i < order.size(); ++i) others.Add(order[i]->second);
  return largest;
}

}  // namespace unspin
