// A table of trees is read line by line, and errors name the line.
#include "unspin/trees/tree_table.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

constexpr std::string_view kSignals[] = {"length", "links"};
constexpr TreeSumName kNames[] = {{"first", kSignals}, {"second", kSignals}};

std::string ErrorOf(std::string_view tsv) {
  const auto sums = ParseTreeTable(tsv, kNames, "test model");
  return sums.ok() ? "" : std::string(StdView(sums.status().message()));
}

TEST(TreeTableTest, SumsComeInTheOrderOfTheirNames) {
  const auto sums =
      ParseTreeTable("# model\nsecond\tbias\t2\nfirst\tbias\t-1\nfirst\ttree\tlinks<0.5\t3\t4\n", kNames, "test model");
  ASSERT_TRUE(sums.ok());
  const double few[] = {0, 0.4}, many[] = {0, 0.6};
  EXPECT_EQ((*sums)[0].Score(few), 2);
  EXPECT_EQ((*sums)[0].Score(many), 3);
  EXPECT_EQ((*sums)[1].Score(few), 2);
}

TEST(TreeTableTest, ErrorsNameTheLine) {
  EXPECT_EQ(ErrorOf("first\tbias\t0\nthird\tbias\t0\n"),
            "test model, line 2: expected first or second, then bias or tree, then values");
  EXPECT_EQ(ErrorOf("\n\nfirst\tbias\tx\n"), "test model, line 3: a value is not a number");
  EXPECT_EQ(ErrorOf("first\ttree\theight<1\t0\t1\n"), "test model, line 1: unknown signal");
  EXPECT_EQ(ErrorOf("first\ttree\tlinks<1\t0\n"), "test model, line 1: a tree lacks leaves");
}

}  // namespace
}  // namespace unspin
