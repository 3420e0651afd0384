// Fits the passage model on a PAN text-alignment corpus, and writes detections for every pair that a model fitted on
// other suspects decided.
//
//   unspin_fit_passages CORPUS --out MODEL.tsv --cross-validated FOLDER
//
// CORPUS holds pairs, susp, src and one folder of gold XML per kind of case; FOLDER is what plagdet.py grades.
#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "quality/additive_fit.h"
#include "unspin/align/select_passages.h"
#include "unspin/base/hash.h"
#include "unspin/lexicon/lexicon.h"

namespace {

using namespace unspin;

constexpr int kFolds = 5;
constexpr double kRidge = 1e-3;
constexpr double kInnocentWeight = 30;  // of a passage in a pair where nothing was taken
constexpr double kKeepFrom = 0.6;       // probability; false passages cost more than lost ones
constexpr double kJoinFrom = 0.3;       // a summary not joined is lost almost whole

struct Text {
  std::string bytes;
  DescribedArticle words;
  std::vector<uint32_t> code_points;  // byte → code points before it
};

struct Case {
  ByteSpan suspect, original;  // in code points
};

struct Pair {
  std::string suspect, original;
  std::vector<Case> gold;
  bool summary = false;
  int fold = 0;
  PassageCandidates candidates;
};

std::string ReadAll(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "fit_passages: cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

const Text& Load(const std::filesystem::path& path, LexiconCache& lexicon, std::map<std::string, Text>& texts) {
  const auto [entry, is_new] = texts.try_emplace(path.string());
  Text& text = entry->second;
  if (!is_new) return text;
  text.bytes = ReadAll(path);
  text.words = Describe(text.bytes, lexicon);
  uint32_t count = 0;
  for (const char byte : text.bytes) {
    text.code_points.push_back(count);
    count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
  }
  text.code_points.push_back(count);
  // Bytes that continue a character belong to its number.
  for (size_t i = 0; i < text.bytes.size(); ++i) {
    if ((static_cast<unsigned char>(text.bytes[i]) & 0xc0) == 0x80) --text.code_points[i];
  }
  return text;
}

std::map<std::string, std::pair<std::vector<Case>, bool>> ReadGold(const std::filesystem::path& corpus) {
  std::map<std::string, std::pair<std::vector<Case>, bool>> gold;
  const std::regex feature("<feature[^>]*>"), attribute("(\\w+)=\"([^\"]*)\"");
  for (const auto& folder : std::filesystem::directory_iterator(corpus)) {
    const std::string name = folder.path().filename().string();
    if (!folder.is_directory() || name.size() < 3 || name[0] != '0' || name[2] != '-') continue;
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
      if (file.path().extension() != ".xml") continue;
      auto& [cases, summary] = gold[file.path().stem().string()];
      summary = name.find("summary") != std::string::npos;
      const std::string xml = ReadAll(file.path());
      for (std::sregex_iterator f(xml.begin(), xml.end(), feature), end; f != end; ++f) {
        const std::string tag = f->str();
        std::map<std::string, std::string> values;
        for (std::sregex_iterator a(tag.begin(), tag.end(), attribute); a != end; ++a) values[(*a)[1]] = (*a)[2];
        if (!values.contains("source_offset") || values["name"] == "detected-plagiarism") continue;
        const auto number = [&](const char* key) { return static_cast<uint32_t>(std::stoul(values[key])); };
        const uint32_t at = number("this_offset"), from = number("source_offset");
        cases.push_back({{at, at + number("this_length")}, {from, from + number("source_length")}});
      }
    }
  }
  return gold;
}

Case InCodePoints(const TokenPassage& passage, const Text& suspect, const Text& original) {
  const auto convert = [](const Text& text, TokenSpan span) {
    const ByteSpan bytes = text.words.text.Bytes(span);
    return ByteSpan{text.code_points[bytes.begin], text.code_points[bytes.end]};
  };
  return {convert(suspect, passage.suspect), convert(original, passage.original)};
}

struct Cases {
  std::vector<PassageSignals> signals;
  std::vector<double> labels, weights;
  std::vector<int> folds;

  void Add(const PassageSignals& passage, bool label, int fold, double weight) {
    signals.push_back(passage);
    labels.push_back(label);
    weights.push_back(weight);
    folds.push_back(fold);
  }
};

// `held_out`: the fold that the fit does not see, or -1.
AdditiveScore FitScore(const Cases& cases, int held_out, double from) {
  const long n = static_cast<long>(cases.signals.size());
  Eigen::MatrixXd signals(n, static_cast<long>(kPassageSignalCount));
  Eigen::VectorXd labels(n), weights(n);
  for (long i = 0; i < n; ++i) {
    const size_t at = static_cast<size_t>(i);
    for (size_t k = 0; k < kPassageSignalCount; ++k) signals(i, static_cast<long>(k)) = cases.signals[at][k];
    labels[i] = cases.labels[at];
    weights[i] = cases.folds[at] != held_out ? cases.weights[at] : 0;
  }
  weights /= weights.sum();
  const bench::AdditiveBasis basis(signals);
  const bench::AdditiveFit fit = bench::FitAdditive(basis.Expand(signals), labels, weights, kRidge);
  AdditiveScore score;
  score.bias = fit.bias - std::log(from / (1 - from));
  for (size_t k = 0; k < kPassageSignalCount; ++k) score.curves[k] = basis.CurveOf(k, fit, 1);
  return score;
}

void Write(std::FILE* out, const char* name, const AdditiveScore& score) {
  std::fprintf(out, "%s\tbias\t%.6g\n", name, score.bias);
  for (size_t k = 0; k < kPassageSignalCount; ++k) {
    const Curve& curve = score.curves[k];
    if (std::all_of(curve.begin(), curve.end(), [](const auto& point) { return std::abs(point.second) < 1e-9; }))
      continue;
    std::fprintf(out, "%s\t%s", name, std::string(PassageSignalName(static_cast<PassageSignal>(k))).c_str());
    for (const auto& [x, y] : curve) std::fprintf(out, "\t%.6g\t%.6g", x, y);
    std::fputc('\n', out);
  }
}

std::string Stem(const std::string& name) { return std::filesystem::path(name).stem().string(); }

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 || std::strcmp(argv[2], "--out") != 0 || std::strcmp(argv[4], "--cross-validated") != 0) {
    std::fputs("usage: unspin_fit_passages CORPUS --out MODEL.tsv --cross-validated FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path corpus = argv[1], detections = argv[5];
  const auto gold = ReadGold(corpus);
  LexiconCache lexicon(Lexicon::Default());
  std::map<std::string, Text> texts;
  std::vector<Pair> pairs;
  Cases keep, join;
  std::istringstream lines(ReadAll(corpus / "pairs"));
  for (std::string suspect, original; lines >> suspect >> original;) {
    Pair pair;
    pair.suspect = suspect;
    pair.original = original;
    if (const auto known = gold.find(Stem(suspect) + "-" + Stem(original)); known != gold.end()) {
      pair.gold = known->second.first;
      pair.summary = known->second.second;
    }
    pair.fold = static_cast<int>(Hash64(suspect, 7) % kFolds);
    const Text& left = Load(corpus / "susp" / suspect, lexicon, texts);
    const Text& right = Load(corpus / "src" / original, lexicon, texts);
    pair.candidates = ProposePassages(right.words, left.words);
    const auto meets_gold = [&](const TokenPassage& passage) {
      const Case found = InCodePoints(passage, left, right);
      return std::any_of(pair.gold.begin(), pair.gold.end(), [&](const Case& wanted) {
        return Overlap(found.suspect, wanted.suspect) > 0 && Overlap(found.original, wanted.original) > 0;
      });
    };
    for (const auto& close : pair.candidates.close) {
      keep.Add(close.signals, meets_gold(close.passage), pair.fold, pair.gold.empty() ? kInnocentWeight : 1);
    }
    for (const auto& wide : pair.candidates.wide) {
      join.Add(wide.signals, pair.summary && meets_gold(wide.passage), pair.fold, 1);
    }
    pairs.push_back(std::move(pair));
  }
  std::filesystem::create_directories(detections);
  for (int fold = 0; fold < kFolds; ++fold) {
    const PassageModel model = {FitScore(keep, fold, kKeepFrom), FitScore(join, fold, kJoinFrom)};
    for (const Pair& pair : pairs) {
      if (pair.fold != fold) continue;
      const Text& left = texts.at((corpus / "susp" / pair.suspect).string());
      const Text& right = texts.at((corpus / "src" / pair.original).string());
      std::ofstream xml(detections / (Stem(pair.suspect) + "-" + Stem(pair.original) + ".xml"));
      xml << "<document reference=\"" << pair.suspect << "\">\n";
      for (const TokenPassage& passage : DecidePassages(pair.candidates, model)) {
        const Case found = InCodePoints(passage, left, right);
        xml << "<feature name=\"detected-plagiarism\" this_offset=\"" << found.suspect.begin << "\" this_length=\""
            << found.suspect.size() << "\" source_reference=\"" << pair.original << "\" source_offset=\""
            << found.original.begin << "\" source_length=\"" << found.original.size() << "\" />\n";
      }
      xml << "</document>\n";
    }
  }
  std::FILE* out = std::fopen(argv[3], "wb");
  if (out == nullptr) {
    std::fprintf(stderr, "fit_passages: cannot write %s\n", argv[3]);
    return 2;
  }
  std::fprintf(
      out,
      "# Passage model: curves fitted by bench/quality/fit_passages.cc on %zu pairs of the PAN 2013 text-alignment "
      "training corpus.\n# Positive sum: keep the passage; join what lies between its scattered counterparts. A "
      "curve is x y x y …\n",
      pairs.size());
  Write(out, "keep", FitScore(keep, -1, kKeepFrom));
  Write(out, "join", FitScore(join, -1, kJoinFrom));
  return std::fclose(out) == 0 ? 0 : 2;
}
