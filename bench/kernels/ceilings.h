// Ceilings that kernels are measured against: loops that do the necessary minimum, with the widest vectors.
//
// They are compiled for the machine that builds them. Their results are of no use to the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "unspin/kernels/sketch_size.h"

namespace unspin::bench {

// The sum of the numbers: every byte is read once.
uint64_t ReadNumbers(std::span<const uint32_t> numbers);

// How many components of the sketches in `many` equal the component at the same position of `one`.
size_t CompareStreaming(std::span<const uint32_t> one, std::span<const uint32_t> many);

// The score of a global alignment with linear gaps, without its path, by anti-diagonals: a comparison, three additions
// and two maxima for each cell. `suspect_reversed`: the suspect's keys, last to first. `room`: scratch memory.
// REQUIRES: original.size() <= suspect_reversed.size(); room.size() >= 3 * (original.size() + 1).
template <typename Score, typename Key>
Score AlignScoreOnly(std::span<const Key> original, std::span<const Key> suspect_reversed, std::span<Score> room);

// Adds `weight` to the score of each article: scoring without decoding.
void AddScores(std::span<const uint32_t> articles, float weight, float* scores);

// The sum of the articles of the varint gaps in [begin, end).
uint64_t DecodeGaps(const char* begin, const char* end);

// Sketching under simple rules: words are separated by bytes up to the space, 16 bytes of each word count, case is not
// folded, and one round fills every bin. What remains is finding words, one multiplication for each word, one hash for
// each five words, and the minimum of the hashes in each of 128 bins.
// REQUIRES: `hashes` and `elements` have text.size() / 2 + 64 elements; 16 readable bytes behind the text.
void SketchPlainWords(std::string_view text, std::span<uint64_t> hashes, std::span<uint32_t> elements,
                      std::span<uint32_t, kSketchSize> minima);

}  // namespace unspin::bench
