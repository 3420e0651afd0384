// Fits the passage model on a PAN text-alignment corpus, and writes detections for every pair that models fitted on
// other suspects made.
//
//   unspin_fit_passages CORPUS --out MODEL.tsv --cross-validated FOLDER
//
// CORPUS holds pairs, susp, src and one folder of gold XML per kind of case; FOLDER is what plagdet.py grades.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <span>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "quality/boosted_fit.h"
#include "unspin/align/passage_ends.h"
#include "unspin/align/select_passages.h"
#include "unspin/base/hash.h"
#include "unspin/language/languages.h"
#include "unspin/lexicon/lexicon_cache.h"

namespace {

using namespace unspin;

constexpr int kFolds = 5;
constexpr double kInnocentWeight = 30;    // of a passage in a pair where nothing was taken
constexpr double kTakenFrom = 0.5;        // probability from which a sentence counts as taken
constexpr double kKeepFrom = 0.65;        // probability; false passages cost more than lost ones
constexpr double kJoinFrom = 0.3;         // a summary not joined is lost almost whole
constexpr uint32_t kMaxSideLength = 400;  // code points that a sentence counts for, at most

constexpr bench::BoostOptions kInside = {.trees = 300, .leaves = 31, .rate = 0.06, .min_cases = 50};
constexpr bench::BoostOptions kKeep = {.trees = 200, .leaves = 15, .rate = 0.04, .min_cases = 30};
constexpr bench::BoostOptions kJoin = {.trees = 80, .leaves = 8, .rate = 0.06, .min_cases = 20};

struct Text {
  std::string bytes;
  AnalyzedArticle words;
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
  const Text *left = nullptr, *right = nullptr;  // of the suspect, of the original
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
  if (const auto known = texts.find(path.string()); known != texts.end()) return known->second;
  std::string bytes = ReadAll(path);
  AnalyzedArticle words = Analyze(bytes, lexicon);
  Text& text = texts.emplace(path.string(), Text{std::move(bytes), std::move(words), {}}).first->second;
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

ByteSpan InCodePoints(TokenSpan span, const Text& text) {
  const ByteSpan bytes = text.words.text.Bytes(span);
  return {text.code_points[bytes.begin], text.code_points[bytes.end]};
}

Case InCodePoints(const TokenPassage& passage, const Text& suspect, const Text& original) {
  return {InCodePoints(passage.suspect, suspect), InCodePoints(passage.original, original)};
}

// One model for each fold, fitted on the others; the last model is fitted on all.
struct Folds {
  std::array<BoostedTrees, kFolds + 1> models;
};

struct Cases {
  std::array<bench::BoostCases, kFolds + 1> of_fold;  // the cases that the model of each fold sees

  void Add(std::span<const double> signals, double label, double weight, int fold) {
    for (int other = 0; other <= kFolds; ++other) {
      if (other != fold) of_fold[static_cast<size_t>(other)].Add(signals, label, weight);
    }
  }

  // `from`: the probability from which a sum is positive.
  Folds Fit(const bench::BoostOptions& options, double from) const {
    Folds folds;
    const auto fit = [&](size_t i) {
      folds.models[i] = bench::Booster(of_fold[i], options).Fit();
      folds.models[i].bias -= std::log(from / (1 - from));
    };
    std::vector<std::thread> threads;
    for (size_t first : {0, 1}) {
      threads.emplace_back([&, first] {
        for (size_t i = first; i < folds.models.size(); i += 2) fit(i);
      });
    }
    for (std::thread& thread : threads) thread.join();
    return folds;
  }
};

void WriteTrees(std::FILE* out, const char* name, const BoostedTrees& trees, std::span<const std::string_view> names) {
  std::fprintf(out, "%s\tbias\t%.6g\n", name, trees.bias);
  for (const uint32_t root : trees.roots)
    std::fprintf(out, "%s\ttree\t%s\n", name, trees.TreeText(root, names).c_str());
}

std::string Stem(const std::string& name) { return std::filesystem::path(name).stem().string(); }

std::vector<Pair> ReadPairs(const std::filesystem::path& corpus, std::map<std::string, Text>& texts) {
  const auto gold = ReadGold(corpus);
  const Lexicon english(English());
  LexiconCache lexicon(english);
  std::vector<Pair> pairs;
  std::istringstream lines(ReadAll(corpus / "pairs"));
  for (std::string suspect, original; lines >> suspect >> original;) {
    Pair pair;
    pair.suspect = suspect;
    pair.original = original;
    if (const auto found = gold.find(Stem(suspect) + "-" + Stem(original)); found != gold.end()) {
      pair.gold = found->second.first;
      pair.summary = found->second.second;
    }
    pair.fold = static_cast<int>(Hash64(suspect, 7) % kFolds);
    pair.left = &Load(corpus / "susp" / suspect, lexicon, texts);
    pair.right = &Load(corpus / "src" / original, lexicon, texts);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

// The gold case that a passage overlaps most, if any.
const Case* CaseOf(const Pair& pair, const TokenPassage& passage) {
  const Case found = InCodePoints(passage, *pair.left, *pair.right);
  const Case* best = nullptr;
  for (const Case& gold : pair.gold) {
    if (Overlap(found.suspect, gold.suspect) == 0 || Overlap(found.original, gold.original) == 0) continue;
    if (best == nullptr || Overlap(found.suspect, gold.suspect) > Overlap(found.suspect, best->suspect)) best = &gold;
  }
  return best;
}

// Sentences in and beside passages, labelled with the share of them that was taken.
Cases SentenceCases(const std::vector<Pair>& pairs) {
  Cases cases;
  for (const Pair& pair : pairs) {
    if (pair.summary) continue;
    const AnalyzedArticle &suspect = pair.left->words, &original = pair.right->words;
    const AnalyzedPair words(original, suspect);
    const auto add = [&](const std::vector<MeasuredSentence>& sentences, const Text& text, ByteSpan taken) {
      for (const MeasuredSentence& sentence : sentences) {
        const ByteSpan span = InCodePoints(sentence.words, text);
        const double share = static_cast<double>(Overlap(span, taken)) / std::max(1u, span.size());
        cases.Add(sentence.signals, share, std::min(kMaxSideLength, span.size()), pair.fold);
      }
    };
    for (TokenPassage passage : FindClosePassages(original, suspect)) {
      SharpenEnds(original, suspect, passage);
      const Case* gold = CaseOf(pair, passage);
      if (gold == nullptr) continue;
      const PassageSurroundings around = MeasureSurroundings(words, passage);
      add(around.suspect, *pair.left, gold->suspect);
      add(around.original, *pair.right, gold->original);
    }
  }
  return cases;
}

// Passages with ends by the model of each pair's fold, labelled with whether they meet a gold case.
struct PassageCases {
  Cases keep, join;
};

PassageCases ProposeAll(const std::array<TreeScorer, kFolds + 1>& ends, std::vector<Pair>& pairs) {
  PassageCases cases;
  for (Pair& pair : pairs) {
    pair.candidates = ProposePassages(pair.right->words, pair.left->words, ends[static_cast<size_t>(pair.fold)]);
    for (const auto& close : pair.candidates.close) {
      cases.keep.Add(close.signals, CaseOf(pair, close.passage) != nullptr, pair.gold.empty() ? kInnocentWeight : 1,
                     pair.fold);
    }
    for (const auto& wide : pair.candidates.wide)
      cases.join.Add(wide.signals, pair.summary && CaseOf(pair, wide.passage) != nullptr, 1, pair.fold);
  }
  return cases;
}

void WriteDetections(const std::filesystem::path& folder, const Pair& pair, const PassageModel& model) {
  std::ofstream xml(folder / (Stem(pair.suspect) + "-" + Stem(pair.original) + ".xml"));
  xml << "<document reference=\"" << pair.suspect << "\">\n";
  for (const TokenPassage& passage : DecidePassages(pair.candidates, model)) {
    const Case found = InCodePoints(passage, *pair.left, *pair.right);
    xml << "<feature name=\"detected-plagiarism\" this_offset=\"" << found.suspect.begin << "\" this_length=\""
        << found.suspect.size() << "\" source_reference=\"" << pair.original << "\" source_offset=\""
        << found.original.begin << "\" source_length=\"" << found.original.size() << "\" />\n";
  }
  xml << "</document>\n";
}

// False where the file cannot be written.
bool WriteModel(const char* path, size_t pairs, const Folds& inside, const Folds& keep, const Folds& join) {
  std::FILE* out = std::fopen(path, "wb");
  if (out == nullptr) return false;
  std::fprintf(out,
               "# Passage model: trees fitted by bench/quality/fit_passages.cc on %zu pairs of the PAN 2013 "
               "text-alignment training corpus.\n# Positive sum: a sentence was taken with its passage; keep the "
               "passage; join what lies between its scattered counterparts.\n# A tree in prefix order: signal<value, "
               "what follows if so, what follows if not; a bare number is a leaf.\n",
               pairs);
  WriteTrees(out, "inside", inside.models[kFolds], kSentenceSignalNames);
  WriteTrees(out, "keep", keep.models[kFolds], kPassageSignalNames);
  WriteTrees(out, "join", join.models[kFolds], kPassageSignalNames);
  return std::fclose(out) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6 || std::strcmp(argv[2], "--out") != 0 || std::strcmp(argv[4], "--cross-validated") != 0) {
    std::fputs("usage: unspin_fit_passages CORPUS --out MODEL.tsv --cross-validated FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path corpus = argv[1], detections = argv[5];
  std::map<std::string, Text> texts;
  std::vector<Pair> pairs = ReadPairs(corpus, texts);

  const Cases sentences = SentenceCases(pairs);
  std::fprintf(stderr, "fit_passages: %zu sentences\n", sentences.of_fold[kFolds].size());
  const Folds inside = sentences.Fit(kInside, kTakenFrom);
  std::array<TreeScorer, kFolds + 1> ends;
  for (size_t fold = 0; fold < ends.size(); ++fold) ends[fold] = TreeScorer(inside.models[fold]);

  const PassageCases passages = ProposeAll(ends, pairs);
  std::fprintf(stderr, "fit_passages: %zu passages, %zu wide ones\n", passages.keep.of_fold[kFolds].size(),
               passages.join.of_fold[kFolds].size());
  const Folds keep = passages.keep.Fit(kKeep, kKeepFrom), join = passages.join.Fit(kJoin, kJoinFrom);

  std::filesystem::create_directories(detections);
  std::vector<PassageModel> models;
  for (size_t fold = 0; fold < kFolds; ++fold)
    models.push_back({ends[fold], TreeScorer(keep.models[fold]), TreeScorer(join.models[fold])});
  for (const Pair& pair : pairs) WriteDetections(detections, pair, models[static_cast<size_t>(pair.fold)]);
  if (WriteModel(argv[3], pairs.size(), inside, keep, join)) return 0;
  std::fprintf(stderr, "fit_passages: cannot write %s\n", argv[3]);
  return 2;
}
