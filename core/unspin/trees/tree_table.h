// Sums of trees as a table of text: the file format of fitted models.
//
// A line is `NAME bias NUMBER` or `NAME tree …` (BoostedTrees::AddTree), fields separated by tabs; # begins a comment.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/trees/boosted_trees.h"

namespace unspin {

// One sum of a model: its name in the table, and the names of its signals.
struct TreeSumName {
  std::string_view name;
  std::span<const std::string_view> signals;
};

// The sums of a table, in the order of `names`; one that the table does not have is without trees. Errors name `title`
// and the line: "passage model, line 3: unknown signal".
absl::StatusOr<std::vector<BoostedTrees>> ParseTreeTable(std::string_view tsv, std::span<const TreeSumName> names,
                                                         std::string_view title);

}  // namespace unspin
