#include "unspin/records/left_out_records.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace unspin {

void LeftOutRecords::Add(std::string_view kind) {
  const std::lock_guard lock(mutex_);
  const auto found = counts_.find(kind);
  if (found != counts_.end()) {
    ++found->second;
  } else {
    counts_.emplace(kind, 1);
  }
}

uint64_t LeftOutRecords::total() const {
  const std::lock_guard lock(mutex_);
  uint64_t total = 0;
  for (const auto& [kind, count] : counts_) total += count;
  return total;
}

std::string LeftOutRecords::Describe() const {
  constexpr size_t kMaxKinds = 12;  // named: a crawl has some ten
  const uint64_t all = total();
  assert(all > 0);
  const std::lock_guard lock(mutex_);
  std::vector<std::pair<std::string, uint64_t>> kinds(counts_.begin(), counts_.end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = std::to_string(all) + (all == 1 ? " record: " : " records: ");
  for (size_t i = 0; i < std::min(kinds.size(), kMaxKinds); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(kinds[i].second) + " " + kinds[i].first;
  }
  if (kinds.size() > kMaxKinds) text += ", …";
  return text;
}

}  // namespace unspin
