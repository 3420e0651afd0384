#include "cli/nearest_word.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace unspin::cli {
namespace {

constexpr size_t kMinPrefix = 3;  // characters; shorter ones are typed by chance

std::string Folded(std::string_view word) {
  word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
  std::string folded(word);
  for (char& c : folded) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return folded;
}

}  // namespace

size_t EditDistance(std::string_view a, std::string_view b) {
  // Rows of the table: the last but one, the last, and the one in work. The one for i has the distances of the first i
  // characters of `a` to every beginning of `b`.
  std::array<std::vector<size_t>, 3> rows;
  for (std::vector<size_t>& row : rows) row.resize(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    const std::vector<size_t>&before = rows[(i + 1) % 3], &last = rows[(i - 1) % 3];
    std::vector<size_t>& row = rows[i % 3];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

std::string NearestWord(std::string_view typed, const std::vector<std::string>& words) {
  const std::string wanted = Folded(typed);
  const std::string* nearest = nullptr;
  size_t distance = std::max<size_t>(1, wanted.size() / 3) + 1;
  if (wanted.size() < 2) return "";
  for (const std::string& word : words) {
    const size_t of_word = EditDistance(wanted, Folded(word));
    if (of_word >= distance) continue;
    distance = of_word;
    nearest = &word;
  }
  if (nearest != nullptr) return *nearest;
  if (wanted.size() < kMinPrefix) return "";
  const auto begins = [&](const std::string& word) { return Folded(word).starts_with(wanted); };
  return std::count_if(words.begin(), words.end(), begins) == 1 ? *std::find_if(words.begin(), words.end(), begins)
                                                                : "";
}

std::string DidYouMean(std::string_view typed, const std::vector<std::string>& words) {
  const std::string word = NearestWord(typed, words);
  return word.empty() ? "" : "; did you mean " + word + "?";
}

}  // namespace unspin::cli
