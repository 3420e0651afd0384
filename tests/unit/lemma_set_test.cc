#include "unspin/lexicon/lemma_set.h"

#include <gtest/gtest.h>

namespace unspin {
namespace {

TEST(LemmaSetTest, HoldsLemmasThatWereInsertedAndNotErased) {
  LemmaSet set(200);
  for (const uint32_t lemma : {0u, 63u, 64u, 199u, 64u}) set.Insert(lemma);
  for (uint32_t lemma = 0; lemma < 200; ++lemma)
    EXPECT_EQ(set.Contains(lemma), lemma == 0 || lemma == 63 || lemma == 64 || lemma == 199) << lemma;
  for (const uint32_t lemma : {0u, 64u, 65u, 199u}) set.Erase(lemma);
  for (uint32_t lemma = 0; lemma < 200; ++lemma) EXPECT_EQ(set.Contains(lemma), lemma == 63) << lemma;
}

}  // namespace
}  // namespace unspin
