#include "kernels/inputs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace unspin::bench {
namespace {

namespace fs = std::filesystem;

bool law_broken = false;

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<fs::path> Sorted(const fs::path& folder) {
  std::vector<fs::path> paths;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder, missing)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

Samples ReadSamples() {
  Samples samples;
  struct Pair {
    size_t original, suspect;  // positions in samples.texts
    bool derived;
  };
  std::vector<Pair> pairs;
  for (const fs::path& story : Sorted(fs::path(UNSPIN_SOURCE_DIR) / "datasets" / "samples")) {
    if (!fs::exists(story / "original.txt")) continue;
    const size_t original = samples.texts.size();
    samples.texts.push_back(ReadFile(story / "original.txt"));
    for (const fs::path& file : Sorted(story)) {
      if (file.extension() != ".txt" || file.filename() == "original.txt") continue;
      pairs.push_back({original, samples.texts.size(), file.filename() != "independent.txt"});
      samples.texts.push_back(ReadFile(file));
    }
  }
  for (const std::string& text : samples.texts) samples.bytes += text.size();
  for (const Pair& pair : pairs) {
    samples.pairs.push_back({samples.texts[pair.original], samples.texts[pair.suspect], pair.derived});
  }
  if (samples.bytes == 0) return samples;
  samples.repeated.reserve(kRepeatedBytes + samples.bytes);
  while (samples.repeated.size() < kRepeatedBytes) {
    for (const std::string& text : samples.texts) samples.repeated += text;
  }
  for (size_t at = 0; at < samples.repeated.size();) {
    for (const std::string& text : samples.texts) {
      samples.in_repeated.push_back(std::string_view(samples.repeated).substr(at, text.size()));
      at += text.size();
    }
  }
  return samples;
}

}  // namespace

const Samples& TheSamples() {
  static const Samples samples = ReadSamples();
  return samples;
}

std::vector<uint64_t> WordsOf(const TokenizedArticle& article) {
  std::vector<uint64_t> words;
  words.reserve(article.tokens.size());
  for (const Token& token : article.tokens) words.push_back(token.word);
  return words;
}

bool Verify(benchmark::State& state, bool holds, const char* law) {
  if (!holds) {
    law_broken = true;
    state.SkipWithError(law);
  }
  return holds;
}

bool AnyLawBroken() { return law_broken; }

void SetRates(benchmark::State& state, size_t bytes_per_iteration, size_t items_per_iteration) {
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes_per_iteration));
  state.SetItemsProcessed(state.iterations() * static_cast<int64_t>(items_per_iteration));
}

}  // namespace unspin::bench
