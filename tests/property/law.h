// A law that must hold for random values: RapidCheck prints the seed and the smallest counterexample it finds.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <utility>

namespace unspin::testing {

template <typename Law>
void ExpectLaw(const std::string& law, Law&& holds) {
  const bool held = rc::check(law, std::forward<Law>(holds));
  EXPECT_TRUE(held) << law;
}

}  // namespace unspin::testing
