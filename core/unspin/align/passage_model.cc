#include "unspin/align/passage_model.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "unspin/align/passage_model_tsv.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

constexpr std::array<std::string_view, kPassageSignalCount> kNames = {
    "cosine", "shared-suspect", "shared-original", "runs-1",         "runs-2",         "runs-3", "runs-5",
    "plain",  "words-suspect",  "words-original",  "sentences",      "length-ratio",   "seeded", "spread",
    "others", "others-runs",    "others-cosine",   "others-suspect", "others-original"};

absl::Status Bad(size_t line, const std::string& what) {
  return absl::InvalidArgumentError("passage model, line " + std::to_string(line) + ": " + what);
}

}  // namespace

std::string_view PassageSignalName(PassageSignal signal) { return kNames[signal]; }

double AdditiveScore::operator()(const PassageSignals& signals) const {
  double sum = bias;
  for (size_t i = 0; i < kPassageSignalCount; ++i) sum += Evaluate(curves[i], signals[i]);
  return sum;
}

absl::StatusOr<PassageModel> PassageModel::Parse(std::string_view tsv) {
  PassageModel model;
  size_t number = 0;
  for (size_t begin = 0; begin < tsv.size();) {
    const size_t end = std::min(tsv.find('\n', begin), tsv.size());
    const std::string_view line = tsv.substr(begin, end - begin);
    begin = end + 1;
    ++number;
    if (line.empty() || line[0] == '#') continue;
    const std::vector<std::string> fields = SplitFields(line);
    AdditiveScore* score = fields[0] == "keep" ? &model.keep : fields[0] == "join" ? &model.join : nullptr;
    if (score == nullptr || fields.size() < 3) return Bad(number, "expected keep or join, a name and values");
    bool numbers = true;
    const auto value = [&](size_t i) {
      char* stop = nullptr;
      const double parsed = std::strtod(fields[i].c_str(), &stop);
      numbers &= stop != fields[i].c_str() && *stop == '\0' && std::isfinite(parsed);
      return parsed;
    };
    if (fields[1] == "bias" && fields.size() == 3) {
      score->bias = value(2);
    } else {
      const auto name = std::find(kNames.begin(), kNames.end(), fields[1]);
      if (name == kNames.end() || fields.size() % 2 != 0) return Bad(number, "unknown signal, or half a point");
      Curve& curve = score->curves[static_cast<size_t>(name - kNames.begin())];
      for (size_t i = 2; i < fields.size(); i += 2) {
        if (!curve.empty() && value(i) <= curve.back().first) return Bad(number, "the points of a curve must ascend");
        curve.emplace_back(value(i), value(i + 1));
      }
    }
    if (!numbers) return Bad(number, "a value is not a number");
  }
  return model;
}

const PassageModel& PassageModel::Default() {
  static const PassageModel* const model = [] {
    return new PassageModel(*Parse(kPassageModelTsv));  // the built-in text is parsed by a test
  }();
  return *model;
}

}  // namespace unspin
