// The chain of equal words by one plain loop over all cells (Needleman and Wunsch 1970), for comparison with the
// kernel.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "unspin/kernels/chain_words.h"

namespace unspin::reference {

inline std::vector<ChainMatch> ChainWords(const ChainSide& original, std::span<const int32_t> worth,
                                          const ChainSide& suspect, const ChainScores& scores) {
  const size_t n = original.keys.size(), m = suspect.keys.size();
  struct Cell {
    int32_t score = 0;
    bool match = false;
    char from = 0;
  };
  std::vector<std::vector<Cell>> cells(n + 1, std::vector<Cell>(m + 1));
  for (size_t i = 0; i <= n; ++i) {
    for (size_t j = 0; j <= m; ++j) {
      Cell& cell = cells[i][j];
      if (i == 0 || j == 0) {
        cell.score = static_cast<int32_t>(i + j) * scores.gap;
        continue;
      }
      const Cell &diagonal = cells[i - 1][j - 1], &up = cells[i - 1][j], &left = cells[i][j - 1];
      const bool equal = original.keys[i - 1] == suspect.keys[j - 1];
      int32_t step = scores.mismatch;
      if (equal) {
        const bool spelled = original.spellings[i - 1] == suspect.spellings[j - 1];
        step = (spelled ? worth[i - 1] : std::min(worth[i - 1], scores.max_key_match)) +
               (diagonal.match ? scores.adjacent : 0);
      }
      cell = {diagonal.score + step, equal, 'd'};
      if (up.score + scores.gap > cell.score) cell = {up.score + scores.gap, false, 'u'};
      if (left.score + scores.gap > cell.score) cell = {left.score + scores.gap, false, 'l'};
    }
  }
  std::vector<ChainMatch> matches;
  for (size_t i = n, j = m; i > 0 && j > 0;) {
    const Cell& cell = cells[i][j];
    if (cell.match) matches.push_back({static_cast<uint32_t>(i - 1), static_cast<uint32_t>(j - 1)});
    i -= cell.from != 'l';
    j -= cell.from != 'u';
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

}  // namespace unspin::reference
