#include "unspin/base/doc_id_map.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace unspin {

DocIdMap::DocIdMap(std::vector<Source> sources) : sources_(std::move(sources)), begins_{0} {
  for (const Source& source : sources_) {
    assert(std::is_sorted(source.deleted.begin(), source.deleted.end()));
    assert(source.deleted.empty() || source.deleted.back() < source.docs);
    begins_.push_back(begins_.back() + static_cast<uint32_t>(source.docs - source.deleted.size()));
  }
}

bool DocIdMap::Contains(size_t source, uint32_t doc) const {
  const Source& from = sources_[source];
  return doc < from.docs && !std::binary_search(from.deleted.begin(), from.deleted.end(), doc);
}

uint32_t DocIdMap::NewId(size_t source, uint32_t doc) const {
  const std::span<const uint32_t> deleted = sources_[source].deleted;
  assert(deleted.empty() || Contains(source, doc));
  const auto deleted_before = std::lower_bound(deleted.begin(), deleted.end(), doc) - deleted.begin();
  return begins_[source] + doc - static_cast<uint32_t>(deleted_before);
}

}  // namespace unspin
