#include "unspin/records/field_path.h"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace unspin {
namespace {

// A tree: the names of its nodes are their paths.
struct Node {
  std::map<std::string, Node, std::less<>> fields;
  std::string value = {};
};

std::optional<const Node*> Child(const Node* node, std::string_view name) {
  const auto found = node->fields.find(name);
  if (found == node->fields.end()) return std::nullopt;
  return &found->second;
}

std::string ValueAt(const Node& root, std::string_view path) {
  const auto found = FindByPath<const Node*>(&root, path, Child);
  return found ? (*found)->value : "nothing";
}

TEST(FieldPathTest, AFieldIsFoundAtAnyDepth) {
  const Node root{{{"a", {{{"b", {{{"c", {{}, "deep"}}}}}}}}, {"d", {{}, "flat"}}}};
  EXPECT_EQ(ValueAt(root, "d"), "flat");
  EXPECT_EQ(ValueAt(root, "a.b.c"), "deep");
  EXPECT_EQ(ValueAt(root, "a.b.d"), "nothing");
  EXPECT_EQ(ValueAt(root, "b.c"), "nothing");
}

TEST(FieldPathTest, AFieldWhoseNameHasTheDotWins) {
  const Node root{{{"a", {{{"b", {{}, "nested"}}}}}, {"a.b", {{}, "named"}}}};
  EXPECT_EQ(ValueAt(root, "a.b"), "named");
}

TEST(FieldPathTest, NamesWithDotsAreFoundWithinOthers) {
  const Node root{{{"a.b", {{{"c", {{}, "first"}}}}}, {"x", {{{"y.z", {{}, "second"}}}}}}};
  EXPECT_EQ(ValueAt(root, "a.b.c"), "first");
  EXPECT_EQ(ValueAt(root, "x.y.z"), "second");
}

TEST(FieldPathTest, AWrongTurnIsTakenBack) {
  const Node root{{{"a.b", {{{"x", {{}, "no"}}}}}, {"a", {{{"b", {{{"c", {{}, "yes"}}}}}}}}}};
  EXPECT_EQ(ValueAt(root, "a.b.c"), "yes");
}

TEST(FieldPathTest, OddPathsFindNothing) {
  const Node root{{{"a", {{}, "value"}}}};
  for (const std::string_view path : {"", ".", "..", "a.", ".a", "a..", "a.a"})
    EXPECT_EQ(ValueAt(root, path), "nothing");
}

TEST(FieldPathTest, OnlyNamesWithADotAreAPath) {
  EXPECT_TRUE(IsFieldPath("body.text"));
  EXPECT_FALSE(IsFieldPath("text"));
}

}  // namespace
}  // namespace unspin
