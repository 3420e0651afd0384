#include "unspin/engine/basis_originals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "unspin/engine/engine.h"
#include "unspin/language/languages.h"

namespace unspin {
namespace {

class BasisOriginalsTest : public ::testing::Test {
 protected:
  static BasisOriginal Original(const std::string& id, const std::string& text) {
    BasisOriginal original;
    original.stored.article.id = id;
    original.stored.article.text = text;
    return original;
  }

  WorkspaceBuffers buffers_{std::make_shared<EngineResources>(English(), Models::BuiltIn())};
  Article suspect_ = Original("suspect", "One two three four five six seven eight nine ten.").stored.article;
  CheckBasis basis_;
};

TEST_F(BasisOriginalsTest, CandidatesAreThoseOfTheBasisInItsOrder) {
  basis_.originals = {Original("b", "B"), Original("a", "A")};
  const SuspectWords words(suspect_, {}, buffers_.lexicon);
  BasisOriginals originals(basis_, words, buffers_);
  std::vector<std::string> ids;
  for (const Candidate& candidate : originals.FindCandidates())
    ids.push_back((*originals.Fetch(candidate.address))->article.id);
  EXPECT_THAT(ids, ::testing::ElementsAre("b", "a"));
}

TEST_F(BasisOriginalsTest, SimilarityIsThatOfTheTexts) {
  basis_.originals = {Original("same", suspect_.text), Original("other", "Nothing of that is in this article at all.")};
  const SuspectWords words(suspect_, {}, buffers_.lexicon);
  BasisOriginals originals(basis_, words, buffers_);
  const auto candidates = originals.FindCandidates();
  EXPECT_DOUBLE_EQ(originals.SimilarityTo(candidates[0].address), 1);
  EXPECT_LT(originals.SimilarityTo(candidates[1].address), 0.5);
}

TEST_F(BasisOriginalsTest, ReplacementsAreForms) {
  basis_.replacements = {{"last", "ultimate"}};
  const SuspectWords words(suspect_, {}, buffers_.lexicon);
  const BasisOriginals originals(basis_, words, buffers_);
  EXPECT_TRUE(originals.spun_forms().Contains("last", "ultimate"));
  EXPECT_FALSE(originals.spun_forms().Contains("ultimate", "last"));
}

}  // namespace
}  // namespace unspin
