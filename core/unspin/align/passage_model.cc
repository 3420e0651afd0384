#include "unspin/align/passage_model.h"

#include <cmath>
#include <cstdlib>
#include <utility>

#include "unspin/align/passage_ends.h"
#include "unspin/align/passage_model_tsv.h"
#include "unspin/base/strings.h"

namespace unspin {

const std::array<std::string_view, kPassageSignalCount> kPassageSignalNames = {"cosine",
                                                                               "shared-suspect",
                                                                               "shared-original",
                                                                               "runs-1",
                                                                               "runs-2",
                                                                               "runs-3",
                                                                               "runs-5",
                                                                               "plain",
                                                                               "words-suspect",
                                                                               "words-original",
                                                                               "sentences",
                                                                               "length-ratio",
                                                                               "seeded",
                                                                               "spread",
                                                                               "others",
                                                                               "others-runs",
                                                                               "others-cosine",
                                                                               "others-suspect",
                                                                               "others-original",
                                                                               "taken-suspect",
                                                                               "taken-original",
                                                                               "inside-suspect",
                                                                               "inside-original",
                                                                               "near-suspect",
                                                                               "near-original",
                                                                               "adjacent-suspect",
                                                                               "adjacent-original",
                                                                               "plain-suspect",
                                                                               "plain-original",
                                                                               "most-suspect",
                                                                               "most-original",
                                                                               "near-weight-suspect",
                                                                               "near-weight-original"};

namespace {

absl::Status Bad(size_t line, std::string_view what) {
  return absl::InvalidArgumentError("passage model, line " + std::to_string(line) + ": " + std::string(what));
}

}  // namespace

absl::StatusOr<PassageModel> PassageModel::Parse(std::string_view tsv) {
  BoostedTrees inside, keep, join;
  size_t number = 0;
  for (size_t begin = 0; begin < tsv.size();) {
    const size_t end = std::min(tsv.find('\n', begin), tsv.size());
    const std::string_view line = tsv.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = SplitFields(line);
    const std::span<const std::string_view> names =
        fields[0] == "inside" ? std::span<const std::string_view>(kSentenceSignalNames) : kPassageSignalNames;
    BoostedTrees* trees = fields[0] == "inside" ? &inside
                          : fields[0] == "keep" ? &keep
                          : fields[0] == "join" ? &join
                                                : nullptr;
    if (trees == nullptr || fields.size() < 3 || (fields[1] != "bias" && fields[1] != "tree"))
      return Bad(number, "expected inside, keep or join, then bias or tree, then values");
    if (fields[1] == "tree") {
      const absl::Status added = trees->AddTree(std::span(fields).subspan(2), names);
      if (!added.ok()) return Bad(number, StdView(added.message()));
      continue;
    }
    char* stop = nullptr;
    trees->bias = std::strtod(fields[2].c_str(), &stop);
    if (stop == fields[2].c_str() || *stop != '\0' || !std::isfinite(trees->bias))
      return Bad(number, "a value is not a number");
  }
  return PassageModel{TreeScorer(std::move(inside)), TreeScorer(std::move(keep)), TreeScorer(std::move(join))};
}

const PassageModel& PassageModel::Default() {
  static const PassageModel* const model = [] {
    return new PassageModel(*Parse(kPassageModelTsv));  // the built-in text is parsed by a test
  }();
  return *model;
}

}  // namespace unspin
