#include "unspin/page/word_runs.h"

#include <string>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/base/hash.h"

namespace unspin {
namespace {

std::vector<uint64_t> HashWordRuns(std::string_view text, size_t length) {
  std::vector<uint64_t> words;
  std::string word;
  for (size_t i = 0; i <= text.size(); ++i) {
    const char c = i < text.size() ? text[i] : ' ';
    if (IsAsciiAlphanumeric(c) || static_cast<unsigned char>(c) >= 0x80) {
      word += AsciiLower(c);
    } else if (!word.empty()) {
      words.push_back(Hash64(word));
      word.clear();
    }
  }
  std::vector<uint64_t> runs;
  for (size_t begin = 0; begin + length <= words.size(); ++begin) {
    uint64_t hash = 0;
    for (size_t i = begin; i < begin + length; ++i) hash = Mix64(hash ^ words[i]);
    runs.push_back(hash);
  }
  return runs;
}

}  // namespace

WordRuns::WordRuns(std::string_view text, size_t length) : length_(length) {
  const std::vector<uint64_t> runs = HashWordRuns(text, length);
  runs_.insert(runs.begin(), runs.end());
}

double WordRuns::ShareOf(std::string_view text) const {
  if (runs_.empty()) return -1;
  const std::vector<uint64_t> runs = HashWordRuns(text, length_);
  if (runs.empty()) return -0.5;
  size_t shared = 0;
  for (const uint64_t run : runs) shared += runs_.contains(run);
  return static_cast<double>(shared) / static_cast<double>(runs.size());
}

size_t WordRuns::CountOf(std::string_view text) const {
  size_t shared = 0;
  for (const uint64_t run : HashWordRuns(text, length_)) shared += runs_.contains(run);
  return shared;
}

}  // namespace unspin
