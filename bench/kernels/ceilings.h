// What kernels are measured against: loops that do the least that anybody could, by all the vectors of this machine.
//
// They are compiled for the machine that builds them and give no answers that the engine could use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace unspin::bench {

// Adds the numbers up: every byte read once.
uint64_t ReadNumbers(std::span<const uint32_t> numbers);

// How many of `many` equal the component at their place in `one`, over all sketches together.
size_t CompareStreaming(std::span<const uint32_t> one, std::span<const uint32_t> many);

// The score alone of a global alignment with linear gaps, by anti-diagonals: a comparison, three additions and two
// maxima for a cell. `suspect_reversed` holds the suspect's keys last to first; `room` holds 3 * (original.size() + 1)
// scores. REQUIRES: original.size() <= suspect_reversed.size().
template <typename Score, typename Key>
Score AlignScoreOnly(std::span<const Key> original, std::span<const Key> suspect_reversed, std::span<Score> room);

// Adds `weight` to the score of each article: what is left of scoring when the lists need no decoding.
void AddScores(std::span<const uint32_t> articles, float weight, float* scores);

// Decodes varint steps and adds the articles up; `end` - `begin` bytes.
uint64_t DecodeGaps(const char* begin, const char* end);

// What is left of sketching a text when words are what stands between single bytes up to the space, 16 bytes of each
// count, nothing is folded, and one round fills every bin: the places of words, one multiplication for each, one hash
// for each five of them, and the least of those in 128 bins. `hashes` and `elements` hold a number for every two bytes,
// and 64 more. REQUIRES: 16 readable bytes behind the text.
void SketchPlainWords(std::string_view text, std::span<uint64_t> hashes, std::span<uint32_t> elements, uint32_t* least);

}  // namespace unspin::bench
