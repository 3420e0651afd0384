#include "unspin/dedup/stage_header.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace unspin {
namespace {

StageHeader Example() {
  DedupOptions options;
  options.measure = Measure::kContainment;
  options.prefer = Prefer::kFirst;
  options.threshold = 0.7;
  options.shingle = 4;
  StageHeader header = StageHeader::Of(StageKind::kEdges, options);
  header.corpus = 0x0123456789abcdef;
  header.part = {2, 3};
  header.rows = 1000;
  header.compared = 2000;
  return header;
}

TEST(StageHeaderTest, DecodesWhatWasEncoded) {
  const StageHeader header = Example();
  const auto decoded = StageHeader::Decode(header.Encode());
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->Encode(), header.Encode());
  EXPECT_EQ(decoded->kind, StageKind::kEdges);
  EXPECT_EQ(decoded->Options().measure, Measure::kContainment);
  EXPECT_EQ(decoded->Options().prefer, Prefer::kFirst);
  EXPECT_EQ(decoded->Options().threshold, 0.7);
  EXPECT_EQ(decoded->Options().shingle, 4u);
  EXPECT_EQ(decoded->corpus, 0x0123456789abcdefu);
  EXPECT_EQ(decoded->part, (Part{2, 3}));
  EXPECT_EQ(decoded->rows, 1000u);
  EXPECT_EQ(decoded->compared, 2000u);
}

TEST(StageHeaderTest, RefusesOtherSizes) {
  const std::string bytes = Example().Encode();
  for (size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(StageHeader::Decode(bytes.substr(0, size))) << size;
  EXPECT_FALSE(StageHeader::Decode(bytes + '\0'));
}

TEST(StageHeaderTest, RefusesValuesOutOfRange) {
  const auto refused = [](auto forge) {
    StageHeader header = Example();
    forge(header);
    return !StageHeader::Decode(header.Encode());
  };
  EXPECT_FALSE(refused([](StageHeader&) {}));
  EXPECT_TRUE(refused([](StageHeader& header) { header.kind = static_cast<StageKind>(0); }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.kind = static_cast<StageKind>(4); }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.measure = static_cast<Measure>(2); }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.prefer = static_cast<Prefer>(3); }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.threshold = 0; }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.threshold = 1.5; }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.threshold = std::numeric_limits<double>::quiet_NaN(); }));
  EXPECT_TRUE(refused([](StageHeader& header) { header.part = {3, 3}; }));
}

}  // namespace
}  // namespace unspin
