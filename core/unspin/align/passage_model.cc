#include "unspin/align/passage_model.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "unspin/align/passage_model_tsv.h"
#include "unspin/align/passage_signals.h"
#include "unspin/align/sentence_signals.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

absl::Status ErrorInLine(size_t line, std::string_view what) {
  return absl::InvalidArgumentError("passage model, line " + std::to_string(line) + ": " + std::string(what));
}

// One of the model's three sums while it is read.
struct NamedTrees {
  std::string_view name;
  std::span<const std::string_view> signal_names;
  BoostedTrees trees;
};

// Errors say what is wrong, without the line.
absl::Status AddLine(const std::vector<std::string>& fields, std::span<NamedTrees> all) {
  const auto named =
      std::find_if(all.begin(), all.end(), [&](const NamedTrees& trees) { return trees.name == fields[0]; });
  if (named == all.end() || fields.size() < 3 || (fields[1] != "bias" && fields[1] != "tree"))
    return absl::InvalidArgumentError("expected inside, keep or join, then bias or tree, then values");
  if (fields[1] == "tree") return named->trees.AddTree(std::span(fields).subspan(2), named->signal_names);
  char* stop = nullptr;
  named->trees.bias = std::strtod(fields[2].c_str(), &stop);
  if (stop == fields[2].c_str() || *stop != '\0' || !std::isfinite(named->trees.bias))
    return absl::InvalidArgumentError("a value is not a number");
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<PassageModel> PassageModel::Parse(std::string_view tsv) {
  NamedTrees all[] = {
      {"inside", kSentenceSignalNames, {}}, {"keep", kPassageSignalNames, {}}, {"join", kPassageSignalNames, {}}};
  size_t number = 0;
  for (size_t begin = 0; begin < tsv.size();) {
    const size_t end = std::min(tsv.find('\n', begin), tsv.size());
    const std::string_view line = tsv.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    if (const absl::Status added = AddLine(SplitFields(line), all); !added.ok())
      return ErrorInLine(number, StdView(added.message()));
  }
  return PassageModel{TreeScorer(std::move(all[0].trees)), TreeScorer(std::move(all[1].trees)),
                      TreeScorer(std::move(all[2].trees))};
}

const PassageModel& PassageModel::Default() {
  static const PassageModel* const model = [] {
    return new PassageModel(*Parse(kPassageModelTsv));  // the built-in text is parsed by a test
  }();
  return *model;
}

}  // namespace unspin
