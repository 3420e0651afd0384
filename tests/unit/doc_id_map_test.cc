#include "unspin/base/doc_id_map.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace unspin {
namespace {

TEST(DocIdMapTest, NumbersTheRemainingDocumentsInOrder) {
  const std::vector<uint32_t> first_deleted = {0, 3}, last_deleted = {1};
  const DocIdMap map({{4, first_deleted}, {0, {}}, {2, {}}, {2, last_deleted}});
  ASSERT_EQ(map.size(), 5u);
  uint32_t next = 0;
  for (size_t source = 0; source < 4; ++source) {
    for (uint32_t doc = 0; doc < map.source(source).docs; ++doc) {
      if (map.Contains(source, doc)) {
        EXPECT_EQ(map.NewId(source, doc), next++);
      }
    }
    EXPECT_FALSE(map.Contains(source, static_cast<uint32_t>(map.source(source).docs)));
  }
  EXPECT_EQ(next, map.size());
}

}  // namespace
}  // namespace unspin
