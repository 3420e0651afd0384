// Where the articles of several segments stand in the one that they become.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace unspin {

// Those of the first part first, in their order, without the dropped ones.
class DocIdMap {
 public:
  struct Part {
    size_t articles = 0;
    std::span<const uint32_t> dropped;  // ascending, none twice; outlives the renumbering
  };

  explicit DocIdMap(std::vector<Part> parts) : parts_(std::move(parts)), begins_{0} {
    for (const Part& part : parts_)
      begins_.push_back(begins_.back() + static_cast<uint32_t>(part.articles - part.dropped.size()));
  }

  uint32_t size() const { return begins_.back(); }  // articles that are left
  const Part& part(size_t part) const { return parts_[part]; }

  bool Holds(size_t part, uint32_t article) const {
    const Part& of = parts_[part];
    return article < of.articles && !std::binary_search(of.dropped.begin(), of.dropped.end(), article);
  }

  // REQUIRES: Holds(part, article), or no article of the part is dropped.
  uint32_t NumberOf(size_t part, uint32_t article) const {
    const std::span<const uint32_t> dropped = parts_[part].dropped;
    const auto before = std::lower_bound(dropped.begin(), dropped.end(), article) - dropped.begin();
    return begins_[part] + article - static_cast<uint32_t>(before);
  }

 private:
  std::vector<Part> parts_;
  std::vector<uint32_t> begins_;  // the first number of each part, and of what would follow
};

}  // namespace unspin
