#include "unspin/trees/tree_table.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "unspin/base/strings.h"

namespace unspin {
namespace {

// "inside, keep or join"
std::string Listed(std::span<const TreeSumName> names) {
  std::string list;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 < names.size() ? ", " : " or ";
    list += names[i].name;
  }
  return list;
}

// Errors say what is wrong, without the line.
absl::Status AddLine(const std::vector<std::string>& fields, std::span<const TreeSumName> names,
                     std::vector<BoostedTrees>& sums) {
  const auto named =
      std::find_if(names.begin(), names.end(), [&](const TreeSumName& sum) { return sum.name == fields[0]; });
  if (named == names.end() || fields.size() < 3 || (fields[1] != "bias" && fields[1] != "tree"))
    return absl::InvalidArgumentError(AbslView("expected " + Listed(names) + ", then bias or tree, then values"));
  BoostedTrees& trees = sums[static_cast<size_t>(named - names.begin())];
  if (fields[1] == "tree") return trees.AddTree(std::span(fields).subspan(2), named->signals);
  char* stop = nullptr;
  trees.bias = std::strtod(fields[2].c_str(), &stop);
  if (stop == fields[2].c_str() || *stop != '\0' || !std::isfinite(trees.bias))
    return absl::InvalidArgumentError("a value is not a number");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<BoostedTrees>> ParseTreeTable(std::string_view tsv, std::span<const TreeSumName> names,
                                                         std::string_view title) {
  std::vector<BoostedTrees> sums(names.size());
  size_t number = 0;
  for (size_t begin = 0; begin < tsv.size();) {
    const size_t end = std::min(tsv.find('\n', begin), tsv.size());
    const std::string_view line = tsv.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (const absl::Status added = AddLine(SplitFields(line), names, sums); !added.ok()) {
      const std::string place = std::string(title) + ", line " + std::to_string(number) + ": ";
      return absl::InvalidArgumentError(AbslView(place + std::string(StdView(added.message()))));
    }
  }
  return sums;
}

}  // namespace unspin
