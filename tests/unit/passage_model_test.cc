#include "unspin/align/passage_model.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "unspin/align/passage_model_tsv.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

std::string ParseError(std::string_view tsv) {
  const auto model = PassageModel::Parse(tsv);
  return model.ok() ? "parsed" : std::string(StdView(model.status().message()));
}

TEST(PassageModelTest, TheBuiltInModelHasTrees) {
  const auto model = PassageModel::Parse(kPassageModelTsv);
  ASSERT_TRUE(model.ok()) << model.status();
  EXPECT_FALSE(model->inside.trees().roots.empty());
  EXPECT_FALSE(model->keep.trees().roots.empty());
  EXPECT_FALSE(model->join.trees().roots.empty());
}

TEST(PassageModelTest, ErrorsNameTheLine) {
  EXPECT_EQ(ParseError("# comment\nkeep\tbias\tx\n"), "passage model, line 2: a value is not a number");
  EXPECT_EQ(ParseError("drop\tbias\t1\n"),
            "passage model, line 1: expected inside, keep or join, then bias or tree, then values");
  EXPECT_EQ(ParseError("keep\ttree\tbeauty<1\t2\t3\n"), "passage model, line 1: unknown signal");
  EXPECT_EQ(ParseError("keep\ttree\tcosine<1\t2\n"), "passage model, line 1: a tree lacks leaves");
  EXPECT_EQ(ParseError("keep\ttree\t1\t2\n"), "passage model, line 1: a tree goes on behind its last leaf");
  EXPECT_EQ(ParseError("keep\ttree\tcosine<x\t2\t3\n"), "passage model, line 1: a value is not a number");
}

}  // namespace
}  // namespace unspin
