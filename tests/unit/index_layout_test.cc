#include "unspin/index/index_layout.h"

#include <gtest/gtest.h>

#include <string>

namespace unspin {
namespace {

TEST(IndexLayoutTest, DecodesTheHeaderThatItEncodes) {
  const IndexHeader header{7, 5, 123'456, uint64_t{1} << 40};
  const std::string bytes = header.Encode();
  EXPECT_EQ(bytes.size(), IndexHeader::kSize);
  const auto decoded = IndexHeader::Decode(bytes + "rest");
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->articles, header.articles);
  EXPECT_EQ(decoded->sketched, header.sketched);
  EXPECT_EQ(decoded->anchors, header.anchors);
  EXPECT_EQ(decoded->list_bytes, header.list_bytes);
}

TEST(IndexLayoutTest, RefusesImpossibleHeaders) {
  EXPECT_FALSE(IndexHeader::Decode(IndexHeader{7, 8, 0, 0}.Encode()).ok()) << "more sketches than articles";
  EXPECT_FALSE(IndexHeader::Decode(IndexHeader{7, 5, IndexHeader::kMaxAnchors + 1, 0}.Encode()).ok());
  EXPECT_FALSE(IndexHeader::Decode(std::string(IndexHeader::kSize - 1, '\0')).ok());
}

TEST(IndexLayoutTest, ArraysHaveTheLengthsOfTheFormat) {
  auto lengths = ArrayLengths(IndexHeader{3, 2, 10, 77});
  std::string in_order;
  for (const uint64_t* length : lengths.InFileOrder()) in_order += std::to_string(*length) + " ";
  EXPECT_EQ(in_order, "1536 512 512 80 88 77 ");  // core/unspin/format/FORMAT.md
}

}  // namespace
}  // namespace unspin
