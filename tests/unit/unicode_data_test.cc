#include "unspin/text/unicode_data.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

// tests/packages/icu_data_test.py runs the program on data that lack an item.
TEST(UnicodeDataTest, TheDataOfThisMachineAreWhole) { EXPECT_EQ(UnicodeDataProblem(), ""); }

}  // namespace
}  // namespace unspin
