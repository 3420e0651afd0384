// Document ids of several sources → ids in their concatenation, from which deleted documents are left out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace unspin {

// New ids ascend from 0: the documents of the first source first, each source in its own order.
class DocIdMap {
 public:
  struct Source {
    size_t docs = 0;                    // with ids 0 to docs - 1
    std::span<const uint32_t> deleted;  // ascending, without repetition; must outlive the map
  };

  // REQUIRES: every deleted id is below its source's `docs`.
  explicit DocIdMap(std::vector<Source> sources);

  uint32_t size() const { return begins_.back(); }  // documents that are not deleted
  const Source& source(size_t source) const { return sources_[source]; }

  // Whether the document exists and is not deleted. O(log deleted).
  bool Contains(size_t source, uint32_t doc) const;

  // O(log deleted). REQUIRES: Contains(source, doc), or the source has no deleted documents.
  uint32_t NewId(size_t source, uint32_t doc) const;

 private:
  std::vector<Source> sources_;
  std::vector<uint32_t> begins_;  // the first new id of each source; the last element is the number of new ids
};

}  // namespace unspin
