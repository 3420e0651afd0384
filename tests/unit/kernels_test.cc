// Every kernel against a reference implementation of plain loops, in every variant that this processor has.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <limits>
#include <memory>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "reference/chain_reference.h"
#include "reference/sketch_reference.h"
#include "support/english.h"
#include "support/sample_articles.h"
#include "support/source_folder.h"
#include "unspin/base/hash.h"
#include "unspin/base/varint.h"
#include "unspin/base/word_hash.h"
#include "unspin/kernels/chain_words.h"
#include "unspin/kernels/classify_bytes.h"
#include "unspin/kernels/collect_above_threshold.h"
#include "unspin/kernels/count_common.h"
#include "unspin/kernels/decode_gaps.h"
#include "unspin/kernels/fill_sketch.h"
#include "unspin/kernels/hash_shingles.h"
#include "unspin/kernels/sketch_hash.h"
#include "unspin/kernels/variant.h"
#include "unspin/kernels/weighted_row_sums.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/text/hash_words.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

class KernelTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ASSERT_TRUE(UseKernelVariant(GetParam()));
    ASSERT_EQ(KernelVariant(), GetParam());
  }
  void TearDown() override { UseKernelVariant(""); }
};

std::vector<uint64_t> FastHashes(WordHasher& hasher, const std::string& text) {
  std::vector<uint64_t> hashes;
  hasher.Append(text, hashes);
  return hashes;
}

std::vector<uint64_t> SlowHashes(const std::string& text) {
  std::vector<uint64_t> hashes;
  for (const Token& token : TokenizePlainly(text).tokens) hashes.push_back(token.word);
  return hashes;
}

// Fragments of text that exercise every rule, in any order.
const std::vector<std::string>& Fragments() {
  static const std::vector<std::string> fragments = {" ",
                                                     "  ",
                                                     "\n",
                                                     "\t",
                                                     "a",
                                                     "Z",
                                                     "word",
                                                     "NATO",
                                                     "internationalisation",
                                                     "pneumonoultramicroscopicsilico",
                                                     "0",
                                                     "7",
                                                     "1,000",
                                                     "3.5",
                                                     "'",
                                                     "’",
                                                     "‘",
                                                     "“",
                                                     "”",
                                                     "–",
                                                     "—",
                                                     "…",
                                                     ".",
                                                     ",",
                                                     "-",
                                                     "%",
                                                     " %",
                                                     "é",
                                                     "ß",
                                                     "Å",
                                                     "ﬁ",
                                                     "²",
                                                     "½",
                                                     "ª",
                                                     "º",
                                                     "µ",
                                                     "\u00a0",
                                                     "\u00ad",
                                                     "\u200b",
                                                     "\u2060",
                                                     "\u202e",
                                                     "£",
                                                     "°",
                                                     "«",
                                                     "»",
                                                     "U.S",
                                                     "a.m.",
                                                     "ı",
                                                     "İ",
                                                     "Москва",
                                                     "р",
                                                     "北",
                                                     "京",
                                                     "カ",
                                                     "が",
                                                     "ไทย",
                                                     "\u0301",
                                                     "\u3099",
                                                     "한국",
                                                     "😀",
                                                     "\xff",
                                                     "\xc3",
                                                     "\xe2\x80",
                                                     "\xf0\x9f",
                                                     std::string(1, '\0'),
                                                     "_",
                                                     "@",
                                                     "~",
                                                     "\u2028",
                                                     "\u202f",
                                                     "\uff11",
                                                     "\uff21",
                                                     "\U0001d400",
                                                     "ʼ",
                                                     "＇",
                                                     "٣"};
  return fragments;
}

TEST_P(KernelTest, WordHashesEqualThoseOfTokenize) {
  WordHasher hasher(English());
  for (const std::string& story : testing::SampleStories()) {
    const std::string text = testing::ReadSample(story, "original.txt");
    EXPECT_EQ(FastHashes(hasher, text), SlowHashes(text)) << story;
  }
  std::mt19937 random(11);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    const size_t fragments = random() % 60;
    for (size_t i = 0; i < fragments; ++i) text += Fragments()[random() % Fragments().size()];
    ASSERT_EQ(FastHashes(hasher, text), SlowHashes(text)) << ::testing::PrintToString(text);
  }
}

TEST_P(KernelTest, EveryByteHasTheMaskBitsOfItsClass) {
  std::mt19937 random(13);
  struct Scan {
    ByteMasks masks;
    alignas(64) ByteMasks::Bytes lower;
  };
  const auto scan = std::make_unique<Scan>();
  const struct {
    ByteMasks::Blocks& masks;
    std::string_view bytes;
  } classes[] = {
      {scan->masks.letters, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
      {scan->masks.digits, "0123456789"},
      {scan->masks.apostrophes, "'"},
      {scan->masks.stops, "."},
      {scan->masks.commas, ","},
      {scan->masks.percents,
       "%`"
       "\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x1c\x1d\x1e\x1f\x7f"}};
  // The longest first: the others must not see bits that it has left in the masks.
  std::vector<size_t> sizes = {ByteMasks::kChunk, ByteMasks::kChunk - 1, ByteMasks::kChunk - 511};
  for (size_t size = 1100; size-- > 0;) sizes.push_back(size);
  for (const size_t size : sizes) {
    // An exact allocation, so that a sanitizer sees reads behind the chunk.
    const std::unique_ptr<char[]> text(new char[size]);
    for (size_t i = 0; i < size; ++i) text[i] = static_cast<char>(random());
    ClassifyBytes({text.get(), size}, scan->masks, scan->lower);
    const size_t blocks = size / 64 + 1;
    for (size_t at = 0; at < blocks * 64 + 64; ++at) {
      const char byte = at < size ? text[at] : '\0';
      const bool upper = 'A' <= byte && byte <= 'Z';
      ASSERT_EQ(scan->lower[at], upper ? byte - 'A' + 'a' : byte) << at << " of " << size;
    }
    const auto bit = [](const ByteMasks::Blocks& masks, size_t at) {
      return (masks[ByteMasks::kPad + at / 64] >> at % 64 & 1) != 0;
    };
    for (size_t at = 0; at < (blocks + ByteMasks::kPad) * 64; ++at) {
      const bool inside = at < size;
      for (const auto& [masks, bytes] : classes)
        ASSERT_EQ(bit(masks, at), inside && bytes.find(text[at]) != std::string_view::npos) << at << " of " << size;
      ASSERT_EQ(bit(scan->masks.high, at), inside && static_cast<signed char>(text[at]) < 0) << at << " of " << size;
    }
    for (const auto& [masks, bytes] : classes) ASSERT_EQ(masks[ByteMasks::kPad - 1], 0u);
    ASSERT_EQ(scan->masks.high[ByteMasks::kPad - 1], 0u);
    for (size_t at = ByteMasks::kPad - 1; at < ByteMasks::kPad + blocks + ByteMasks::kPad; ++at)
      ASSERT_EQ(scan->masks.beyond[at] & ~scan->masks.high[at], 0u) << at << " of " << size;
  }
}

// Blocks of 64 edges.
TEST_P(KernelTest, FindsEveryWordOfOneLetter) {
  WordHasher hasher(English());
  std::string text;
  constexpr size_t kWords = 40000;  // several chunks
  for (size_t i = 0; i < kWords; ++i) {
    text += static_cast<char>('a' + i % 26);
    text += i > kWords / 2 && i % 97 == 0 ? "  " : " ";
  }
  EXPECT_EQ(FastHashes(hasher, text), SlowHashes(text));
  EXPECT_EQ(FastHashes(hasher, text).size(), kWords);
}

// A text of tests/reference/word-hashes.tsv.
std::string Plain(std::string_view field) {
  std::string text;
  for (size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || ++i == field.size() || field[i] != 'x') {
      text += field[std::min(i, field.size() - 1)];
    } else {
      text += static_cast<char>(std::stoi(std::string(field.substr(i + 1, 2)), nullptr, 16));
      i += 2;
    }
  }
  return text;
}

std::vector<uint64_t> Hexadecimals(const std::string& field) {
  std::vector<uint64_t> numbers;
  std::istringstream in(field);
  for (std::string digits; in >> digits;) numbers.push_back(std::stoull(digits, nullptr, 16));
  return numbers;
}

TEST_P(KernelTest, WordsAndShinglesAgreeWithTheWrittenVectors) {
  std::ifstream file(testing::SourceFolder() / "tests/reference/word-hashes.tsv");
  WordHasher hasher(English());
  size_t rows = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream in(line);
    std::string text, words, hashes, shingles;
    std::getline(in, text, '\t');
    std::getline(in, words, '\t');
    std::getline(in, hashes, '\t');
    std::getline(in, shingles, '\t');
    const std::vector<uint64_t> expected = Hexadecimals(hashes);
    EXPECT_EQ(FastHashes(hasher, Plain(text)), expected) << text;
    EXPECT_EQ(HashShingles(expected, kShingleWords), Hexadecimals(shingles)) << text;
    const TokenizedArticle article = Tokenize(Plain(text));
    std::string cut;
    for (size_t i = 0; i < article.tokens.size(); ++i) {
      cut += (i > 0 ? " " : "") + std::string(article.Word(i));
      EXPECT_EQ(article.tokens[i].word, expected[i]) << text;
    }
    EXPECT_EQ(cut, words) << text;
    ++rows;
  }
  EXPECT_GT(rows, 50u);
}

TEST_P(KernelTest, LongTextsAreCutBetweenWords) {
  WordHasher hasher(English());
  std::mt19937 random(12);
  for (const size_t size : {16382u, 16383u, 16384u, 16385u, 40000u}) {
    std::string spaced, solid, percent(size - 4, ' ');
    while (spaced.size() < size) spaced += Fragments()[random() % Fragments().size()] + (random() % 3 != 0 ? " " : "");
    while (solid.size() < size) solid += random() % 2 != 0 ? "北" : "x";
    percent = "5" + percent + "% %";
    for (const std::string& text : {spaced, solid, spaced + solid + spaced, percent, std::string(size, 'a')}) {
      ASSERT_EQ(FastHashes(hasher, text), SlowHashes(text)) << size;
    }
  }
}

TEST_P(KernelTest, ShinglesAndSketchesEqualTheReference) {
  std::mt19937_64 random(13);
  for (const size_t size : {5u, 6u, 12u, 13u, 20u, 67u, 68u, 69u, 132u, 600u, 5000u}) {
    std::vector<uint64_t> words(size), hashes(size - 4), expected;
    for (uint64_t& word : words) word = random();
    HashShinglesOfFive(words, hashes);
    for (size_t i = 0; i + 5 <= size; ++i) expected.push_back(reference::HashShingle({&words[i], 5}));
    EXPECT_EQ(hashes, expected) << size;
    std::vector<uint32_t> folded(hashes.size());
    FoldShinglesOfFive(words, folded);
    for (size_t i = 0; i < hashes.size(); ++i) ASSERT_EQ(folded[i], static_cast<uint32_t>(hashes[i] ^ hashes[i] >> 32));
    EXPECT_EQ(MakeSketch(hashes, size), reference::MakeSketch(hashes, size)) << size;
    std::vector<uint32_t> folded_again(hashes.size());
    std::vector<uint64_t> sample(hashes.size()), sampled;
    sample.resize(FoldAndSampleShinglesOfFive(words, folded_again, sample));
    for (const uint64_t hash : hashes) {
      if (hash < uint64_t{1} << 61) sampled.push_back(hash);
    }
    EXPECT_EQ(folded_again, folded);
    EXPECT_EQ(sample, sampled);
  }
}

// The element whose MixElement is `hash`.
uint32_t Unmix(uint32_t hash, uint32_t seed) {
  constexpr uint32_t kFirst = 0x1d69e2a5u, kSecond = 0x43021123u;  // inverses of the multipliers
  static_assert(kFirst * 0x7feb352du == 1 && kSecond * 0x846ca68bu == 1);
  uint32_t x = (hash ^ (hash >> 16)) * kSecond;
  x = (x ^ (x >> 15) ^ (x >> 30)) * kFirst;
  return x ^ (x >> 16) ^ seed;
}

TEST_P(KernelTest, SketchesOfExtremeHashesEqualTheReference) {
  std::mt19937_64 random(18);
  for (const size_t others : {0u, 3u, 300u}) {
    for (const uint32_t round : {0u, 1u}) {
      for (const uint32_t hash : {0u, 0x7fu, 0x80u, 0xffu, 0xffffff00u, 0xffffff7fu, 0xffffff80u, 0xffffffffu}) {
        const uint32_t seed = SketchRoundSeed(9, round), end = Unmix(hash, seed);
        ASSERT_EQ(MixElement(end, seed), hash);
        std::vector<uint64_t> elements = {end};
        for (size_t i = 0; i < others; ++i) elements.push_back(random() >> 32);
        EXPECT_EQ(MakeSketch(elements, 9), reference::MakeSketch(elements, 9)) << hash << " among " << others;
      }
    }
  }
}

TEST_P(KernelTest, ChainsEqualTheReference) {
  constexpr int32_t kContentMatch = 30, kFunctionMatch = 10;
  constexpr ChainScores kScores = {22, 8, -5, -4};
  std::mt19937 random(5);
  ChainScratch scratch;
  for (const size_t n : {1, 2, 3, 7, 15, 16, 17, 31, 64, 100}) {
    for (const size_t m : {1, 2, 8, 16, 33, 90, 300}) {
      for (const uint32_t words : {2u, 10u, 60u}) {
        std::vector<uint32_t> keys[2], spellings[2];
        std::vector<int32_t> worth;
        for (const int side : {0, 1}) {
          for (size_t i = 0; i < (side == 0 ? n : m); ++i) {
            keys[side].push_back(random() % words);
            spellings[side].push_back(keys[side].back() * 2 + random() % 2);
          }
        }
        for (size_t i = 0; i < n; ++i) worth.push_back(random() % 3 == 0 ? kFunctionMatch : kContentMatch);
        const ChainSide original{keys[0], spellings[0]}, suspect{keys[1], spellings[1]};
        std::vector<ChainMatch> matches;
        ChainWords(original, worth, suspect, kScores, scratch, matches);
        EXPECT_TRUE(matches == reference::ChainWords(original, worth, suspect, kScores)) << n << " by " << m;
      }
    }
  }
}

TEST_P(KernelTest, CountsEqualComponents) {
  std::mt19937 random(14);
  std::array<uint32_t, kSketchSize> a, b;
  size_t equal = 0;
  for (size_t i = 0; i < kSketchSize; ++i) {
    a[i] = random();
    b[i] = random() % 2 != 0 ? a[i] : a[i] + 1;
    equal += a[i] == b[i];
  }
  EXPECT_EQ(CountEqualComponents(a, b), equal);
}

// `size` ascending numbers below `below`.
std::vector<uint32_t> MakeSet(std::mt19937& random, size_t size, uint64_t below) {
  std::vector<uint32_t> set;
  while (set.size() < size) {
    for (size_t i = set.size(); i < size; ++i) set.push_back(static_cast<uint32_t>(random() % below));
    std::sort(set.begin(), set.end());
    set.erase(std::unique(set.begin(), set.end()), set.end());
  }
  return set;
}

TEST_P(KernelTest, CountsCommonNumbersAsTheStandardLibraryDoes) {
  std::mt19937 random(15);
  const auto expect_count = [](const std::vector<uint32_t>& a, const std::vector<uint32_t>& b) {
    std::vector<uint32_t> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    const size_t common = both.size();
    for (const auto& [x, y] : {std::pair(&a, &b), std::pair(&b, &a)}) {
      ASSERT_EQ(CountCommon(*x, *y), common) << x->size() << " and " << y->size();
      ASSERT_EQ(CountCommon(*x, *y, common), common) << x->size() << " and " << y->size();
      ASSERT_EQ(CountCommon(*x, *y, common / 2), common) << x->size() << " and " << y->size();
      ASSERT_EQ(CountCommon(*x, *y, common + 1), 0u) << x->size() << " and " << y->size();
      ASSERT_EQ(CountCommon(*x, *y, 2 * common + 3), 0u) << x->size() << " and " << y->size();
    }
  };
  for (size_t n = 0; n <= 40; ++n) {
    for (size_t m = n; m <= 40; ++m) {
      for (const uint64_t below : {uint64_t{40}, uint64_t{80}, uint64_t{1} << 32})
        expect_count(MakeSet(random, n, below), MakeSet(random, m, below));
    }
  }
  for (const auto& [n, m] : {std::pair(0, 5000),
                             {1, 5000},
                             {3, 100},
                             {9, 300},
                             {50, 1500},
                             {50, 1650},
                             {100, 100'000},
                             {777, 778},
                             {4000, 100'000},
                             {100'000, 100'000}}) {
    for (const uint64_t of : {2, 20})
      expect_count(MakeSet(random, static_cast<size_t>(n), of * static_cast<uint64_t>(m)),
                   MakeSet(random, static_cast<size_t>(m), of * static_cast<uint64_t>(m)));
  }
  // The ends of the range of numbers, and sets that lie apart.
  const std::vector<uint32_t> low = MakeSet(random, 100, 1000);
  std::vector<uint32_t> high;
  for (uint32_t i = 0; i < 5000; ++i) high.push_back(0xffffffffu - 5000 + 1 + i);
  expect_count(low, high);
  expect_count({0, 0xffffffffu}, high);
  expect_count({high.end() - 9, high.end()}, high);
  expect_count({high.end() - 1200, high.end()}, high);
}

// The reference implementation: one gap after the other.
std::vector<uint32_t> SlowArticles(const std::string& list, uint32_t limit) {
  std::vector<uint32_t> articles;
  const char* at = list.data();
  const char* const end = at + list.size();
  uint64_t article = 0, gap;
  while (at != end) {
    at = ReadVarint(at, end, gap);
    if (at == nullptr || gap >= limit || (article += gap) >= limit) break;
    articles.push_back(static_cast<uint32_t>(article));
  }
  return articles;
}

std::vector<uint32_t> FastArticles(const std::string& list, uint32_t limit) {
  std::vector<uint32_t> articles, room(kGapsRoom);
  GapList gaps{list.data(), list.data() + list.size()};
  while (gaps.at != gaps.end) {
    const size_t count = DecodeGaps(gaps, limit, room);
    articles.insert(articles.end(), room.begin(), room.begin() + static_cast<ptrdiff_t>(count));
  }
  return articles;
}

TEST_P(KernelTest, DecodesGapsOfAnyLengthAndAnyBytes) {
  std::mt19937 random(16);
  for (const uint32_t limit : {0u, 1u, 100u, 131'064u, 200'000u, 3'000'000u, 0xffffffffu}) {
    for (int round = 0; round < 400; ++round) {
      std::string list, noise;
      const size_t size = random() % (round % 20 == 0 ? 3000 : 40);
      const unsigned max_shift = 1 + random() % 22;
      for (size_t i = 0; i < size; ++i) AppendVarint(list, random() >> (10 + random() % max_shift));
      for (size_t i = 0; i < size; ++i) noise += static_cast<char>(random());
      for (const std::string& bytes : {list, list.substr(0, list.size() / 2), noise, list + noise + list})
        ASSERT_EQ(FastArticles(bytes, limit), SlowArticles(bytes, limit)) << limit << ": " << round;
    }
  }
}

TEST_P(KernelTest, AddsWeightedRowsInTheirOrder) {
  std::mt19937 random(18);
  std::uniform_real_distribution<float> number(0, 9);
  for (const size_t columns : {0u, 16u, 32u, 48u, 64u, 80u, 144u, 512u}) {
    for (const size_t count : {0u, 1u, 2u, 7u, 40u}) {
      std::vector<float> numbers(columns * count), limits(columns), sums(columns, -1);
      for (float& element : numbers) element = random() % 3 == 0 ? number(random) : 0;
      for (float& limit : limits) limit = number(random) * static_cast<float>(count);
      if (columns > 20) limits[20] = std::numeric_limits<float>::max();
      std::vector<WeighedRow> rows;
      for (size_t r = 0; r < count; ++r) rows.push_back({numbers.data() + r * columns, number(random)});
      const float scale = number(random);
      std::vector<uint32_t> above(columns), expected;
      above.resize(WeightedRowSums(rows, limits, scale, sums, above));
      for (size_t column = 0; column < columns; ++column) {
        float sum = 0;
        for (const auto& [row, weight] : rows) sum += weight * row[column];
        ASSERT_EQ(sums[column], sum) << columns << ": " << column;
        if (sum >= scale * limits[column]) expected.push_back(static_cast<uint32_t>(column));
      }
      ASSERT_EQ(above, expected);
    }
  }
}

TEST_P(KernelTest, CollectsScoresAboveTheirThresholdAndLeavesZeros) {
  std::mt19937 random(17);
  std::array<float, 256> thresholds;
  for (size_t code = 0; code < thresholds.size(); ++code) thresholds[code] = 0.5f + static_cast<float>(code) * 2;
  for (const size_t blocks : {0u, 1u, 7u, 8u, 9u, 100u, 1003u}) {
    for (const uint32_t share : {1u, 3u, 50u}) {
      std::vector<float> scores(blocks * kScoreBlock, 0);
      std::vector<uint8_t> codes(blocks);
      for (uint8_t& code : codes) code = static_cast<uint8_t>(random());
      for (float& score : scores) score = random() % share == 0 ? static_cast<float>(random() % 1000) / 2 : 0;
      std::vector<std::pair<uint32_t, float>> expected, found;
      for (uint32_t i = 0; i < scores.size(); ++i) {
        if (scores[i] >= thresholds[codes[i / kScoreBlock]]) expected.emplace_back(i, scores[i]);
      }
      std::vector<ScoredOffset> collected(scores.size());
      collected.resize(CollectAboveThreshold(scores, codes, thresholds, collected));
      for (const auto& [offset, score] : collected) found.emplace_back(offset, score);
      EXPECT_EQ(found, expected);
      EXPECT_EQ(scores, std::vector<float>(scores.size(), 0));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Variants, KernelTest, ::testing::ValuesIn(KernelVariants()),
                         [](const auto& info) { return info.param; });

TEST(KernelVariantTest, RefusesAnUnknownName) {
  EXPECT_FALSE(UseKernelVariant("abacus"));
  EXPECT_THAT(KernelVariants(), ::testing::Contains(KernelVariant()));
}

#if defined(__x86_64__)
TEST(KernelVariantTest, EveryVariantOfTheProcessorIsAvailable) {
  std::ifstream about("/proc/cpuinfo");
  std::set<std::string> flags;
  for (std::string line; flags.empty() && std::getline(about, line);) {
    if (!line.starts_with("flags")) continue;
    std::istringstream words(line);
    for (std::string word; words >> word;) flags.insert(word);
  }
  if (flags.empty()) GTEST_SKIP() << "this system does not list the flags of its processor";
  // For each variant the flags that it needs and the variant before it does not.
  for (const auto& [variant, its_flags] :
       std::initializer_list<std::pair<const char*, std::vector<std::string>>>{{"ssse3", {"ssse3"}},
                                                                               {"sse4", {"sse4_2"}},
                                                                               {"avx2", {"avx2"}},
                                                                               {"avx3", {"avx512bw"}},
                                                                               {"avx3_dl", {"avx512_vbmi2", "gfni"}}}) {
    const bool supported = std::ranges::all_of(its_flags, [&](const auto& flag) { return flags.contains(flag); });
    EXPECT_EQ(std::ranges::count(KernelVariants(), variant), supported) << variant;
  }
  EXPECT_THAT(KernelVariants(), ::testing::Contains("scalar"));
}
#endif

// `sketch` may not include `text`, so only this test keeps their constants equal.
TEST(SketchSchemeTest, NamesTheVersionsOfTheWordRule) {
  EXPECT_EQ(SketchScheme::Default().normalizer_version, kNormalizerVersion);
  EXPECT_EQ(SketchScheme::Default().unicode, UnicodeVersion());
  EXPECT_EQ(SketchScheme::Default().shingle_words, kShingleWords);
  EXPECT_EQ(SketchScheme::Default().Fingerprint(), Hash64("1|5|128|0|word-64|" + UnicodeVersion()));  // docs/words.md
}

// The vectors of docs/decisions/0016-word-hash.md, worked out there with whole numbers of any size.
TEST(WordHashTest, AgreesWithTheWrittenVectors) {
  EXPECT_EQ(HashWord(""), 0x9d0732a22e4692a9u);
  EXPECT_EQ(HashWord("a"), 0xa4172acbeb13d958u);
  EXPECT_EQ(HashWord("paper"), 0xe783ece4992e9853u);
  EXPECT_EQ(HashWord("percent"), 0x167039142516c27au);
  EXPECT_EQ(HashWord("1,000"), 0x4cc7c7d29da4eab1u);
  EXPECT_EQ(HashWord("don't"), 0x58bc7c3e1a66f54au);
  EXPECT_EQ(HashWord("newspape"), 0x912e33b2c4e9b104u);
  EXPECT_EQ(HashWord("newspaper"), 0x5998e087fef05588u);
  EXPECT_EQ(HashWord("representatives"), 0xe958f58cfa17f203u);
  EXPECT_EQ(HashWord("representatives'"), 0x87af60e91bed9121u);
  EXPECT_EQ(HashWord("internationalisation"), 0x88262fdb35bb0696u);
  EXPECT_EQ(HashWord("москва"), 0x1408dee6a0876c62u);
}

TEST(WordHashTest, SpellingsThatDifferHashApart) {
  std::vector<uint64_t> hashes;
  for (size_t size = 0; size < 70; ++size) hashes.push_back(HashWord(std::string(size, 'a')));
  for (char a = 'a'; a <= 'z'; ++a) {
    for (char b = 'a'; b <= 'z'; ++b) {
      for (char c = 'a'; c <= 'z'; ++c) hashes.push_back(HashWord(std::string{a, b, c, 'q'}));
    }
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::adjacent_find(hashes.begin(), hashes.end()), hashes.end());
}

}  // namespace
}  // namespace unspin
