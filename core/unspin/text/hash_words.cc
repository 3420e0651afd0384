#include "unspin/text/hash_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "unspin/base/word_hash.h"
#include "unspin/kernels/hash_runs.h"
#include "unspin/kernels/scan_words.h"
#include "unspin/text/code_point.h"
#include "unspin/text/layout.h"
#include "unspin/text/tokenize.h"

namespace unspin {
namespace {

constexpr size_t kMaxCachedBytes = 40;  // longer runs are tokenized each time
constexpr size_t kMaxCachedWords = 4;
constexpr size_t kCacheSlots = 4096;

// The words of one run of bytes.
struct CachedRun {
  uint8_t size = 0, words = 0;
  std::array<char, kMaxCachedBytes> spelling;
  std::array<uint64_t, kMaxCachedWords> hashes;
};

// Whether three bytes are an ideograph or kana that folds to itself in every version of Unicode. REQUIRES: three
// readable bytes.
bool IsIdeograph(const unsigned char* bytes) {
  if (bytes[0] < 0xe3 || bytes[0] > 0xe9 || (bytes[1] & 0xc0) != 0x80 || (bytes[2] & 0xc0) != 0x80) return false;
  const uint32_t c = (bytes[0] & 15u) << 12 | (bytes[1] & 63u) << 6 | (bytes[2] & 63u);
  return (c >= 0x4e00 && c <= 0x9fa5) || (c >= 0x3041 && c <= 0x3094) || (c >= 0x30a1 && c <= 0x30fa);
}

// Whether an ideograph or kana at `at`, before `end`, is a word by itself: no voicing mark follows.
bool IsPlainIdeograph(std::string_view text, size_t at, size_t end) {
  if (!IsIdeograph(reinterpret_cast<const unsigned char*>(text.data()) + at)) return false;
  return at + 3 >= end || !IsVoicingMark(DecodeCodePoint(text, at + 3).value);
}

// The first byte from `at` on that may begin a plain ideograph, or `end`. Looks at eight bytes at once.
size_t FindIdeograph(const char* text, size_t at, size_t end) {
  constexpr uint64_t kEach = 0x0101010101010101u, kHigh = 0x80 * kEach;
  for (; at < end; at += 8) {
    uint64_t eight = 0;
    if (end - at >= 8) {
      std::memcpy(&eight, text + at, 8);
    } else {
      eight = LoadUpTo8(text + at, end - at);
    }
    const uint64_t low = eight & ~kHigh, from_first = low + (0x80 - 0x63) * kEach,
                   behind_last = low + (0x80 - 0x6a) * kEach;
    const uint64_t leads = eight & from_first & ~behind_last & kHigh;
    if (leads != 0) return at + static_cast<size_t>(std::countr_zero(leads)) / 8;
  }
  return end;
}

}  // namespace

struct WordHasher::State {
  explicit State(const Language& of) : language(of) {}

  const Language& language;
  WordScan scan;
  std::array<uint64_t, WordScan::kChunk / 2 + WordScan::kPad> run_hashes;
  std::vector<CachedRun> cache = std::vector<CachedRun>(kCacheSlots);  // direct-mapped
  // The run before, as bytes of the text: a percent sign is a word only behind a number.
  size_t run_begin = 0, run_end = 0;
  std::vector<ByteSpan>* sources = nullptr;

  void AppendSources(size_t words, size_t begin, size_t end) {
    if (sources != nullptr)
      sources->insert(sources->end(), words, ByteSpan{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  // Appends the words of a slow run. No word goes on across an ideograph, so the bytes between two are read alone.
  void AppendSlow(std::string_view text, size_t begin, size_t end, std::vector<uint64_t>& hashes) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    size_t rest = begin;  // behind the last ideograph
    for (size_t at = begin; at + 3 <= end;) {
      if (!IsPlainIdeograph(text, at, end)) {
        at = FindIdeograph(text.data(), at + 1, end);
        continue;
      }
      if (rest < at) AppendTokenized(text, rest, at, hashes);
      hashes.push_back(HashWordBlock(HashWordStart(3), bytes[at] | bytes[at + 1] << 8 | bytes[at + 2] << 16, 0));
      AppendSources(1, at, at + 3);
      rest = at += 3;
    }
    if (rest < end) AppendTokenized(text, rest, end, hashes);
  }

  void AppendTokenized(std::string_view text, size_t begin, size_t end, std::vector<uint64_t>& hashes) {
    const size_t before = hashes.size();
    const size_t from = HashSlow(text, begin, end, hashes);
    AppendSources(hashes.size() - before, from, end);
  }

  // Appends the words of a text in which words go on behind line ends.
  void AppendBrokenWords(std::string_view text, std::vector<uint64_t>& hashes) {
    size_t number = 0;  // where the token before begins: a percent sign is read behind it only
    for (const Token& token : TokenizePlainly(text, language).tokens) {
      hashes.push_back(token.word);
      const bool percent = text[token.source.begin] == '%';
      AppendSources(1, percent ? number : token.source.begin, token.source.end);
      number = token.source.begin;
    }
  }

  // Appends the words of these bytes; returns where the bytes begin that had to be read for it.
  size_t HashSlow(std::string_view text, size_t begin, size_t end, std::vector<uint64_t>& hashes) {
    const std::string_view run = text.substr(begin, end - begin);
    if (run.find('%') != std::string_view::npos) {
      size_t behind = begin;
      while (behind > run_end && IsBlank(text[behind - 1])) --behind;
      const size_t from = behind == run_end ? run_begin : begin;
      for (const Token& token : TokenizePlainly(text.substr(from, end - from), language).tokens) {
        if (token.source.begin + from >= begin) hashes.push_back(token.word);
      }
      return from;
    }
    if (run.size() > kMaxCachedBytes) {
      for (const Token& token : TokenizePlainly(run, language).tokens) hashes.push_back(token.word);
      return begin;
    }
    CachedRun& cached = cache[HashWord(run) % kCacheSlots];
    if (cached.size != run.size() || std::memcmp(cached.spelling.data(), run.data(), run.size()) != 0) {
      const TokenizedArticle words = TokenizePlainly(run, language);
      if (words.tokens.size() > kMaxCachedWords) {
        for (const Token& token : words.tokens) hashes.push_back(token.word);
        return begin;
      }
      cached.size = static_cast<uint8_t>(run.size());
      cached.words = static_cast<uint8_t>(words.tokens.size());
      std::copy(run.begin(), run.end(), cached.spelling.begin());
      for (size_t i = 0; i < words.tokens.size(); ++i) cached.hashes[i] = words.tokens[i].word;
    }
    hashes.insert(hashes.end(), cached.hashes.begin(), cached.hashes.begin() + cached.words);
    return begin;
  }

  // Appends the commonest slow run by far: ASCII letters with one curly apostrophe between two of them, which folds to
  // a straight one. False if the run is another.
  bool AppendContraction(size_t run, std::vector<uint64_t>& hashes) const {
    constexpr size_t kCurly = 3, kMax = kWordBlock + kCurly - 1;  // bytes
    const size_t begin = scan.edges[2 * run], size = scan.edges[2 * run + 1] - begin;
    if (size > kMax) return false;
    const uint64_t* letters = scan.masks.letters.data() + WordScan::kPad + begin / 64;
    const uint64_t is_letter = letters[0] >> begin % 64 | letters[1] << 1 << (63 - begin % 64);
    const uint64_t others = ~is_letter & ((uint64_t{1} << size) - 1);
    const auto at = static_cast<size_t>(std::countr_zero(others));
    if (at == 0 || at + kCurly >= size || others != uint64_t{7} << at) return false;
    const char* bytes = scan.lower.data() + begin;
    if (std::memcmp(bytes + at, "\xe2\x80\x99", kCurly) != 0) return false;
    char word[2 * kMax];
    std::memcpy(word, bytes, kWordBlock);
    word[at] = '\'';
    std::memcpy(word + at + 1, bytes + at + kCurly, kWordBlock);
    hashes.push_back(HashWord({word, size - kCurly + 1}));
    return true;
  }

  // Appends the words of the scanned chunk, which begins at byte `begin` of the text.
  void AppendChunk(std::string_view text, size_t begin, std::vector<uint64_t>& hashes) {
    if (scan.runs == 0) return;
    HashRuns(scan, run_hashes);
    const auto append_fast = [&](size_t first, size_t last) {
      if (first == last) return;
      hashes.insert(hashes.end(), run_hashes.data() + first, run_hashes.data() + last);
      if (sources != nullptr) {
        for (size_t run = first; run < last; ++run)
          AppendSources(1, begin + scan.edges[2 * run], begin + scan.edges[2 * run + 1]);
      }
      run_begin = begin + scan.edges[2 * last - 2];
      run_end = begin + scan.edges[2 * last - 1];
    };
    size_t next = 0;  // run
    for (size_t i = 0; i < scan.slow_runs; ++i) {
      const size_t slow = scan.slow[i];
      if (slow < next) continue;
      append_fast(next, slow);
      const size_t run = begin + scan.edges[2 * slow], end = begin + scan.edges[2 * slow + 1];
      if (AppendContraction(slow, hashes)) {
        AppendSources(1, run, end);
      } else {
        AppendSlow(text, run, end, hashes);
      }
      run_begin = run;
      run_end = end;
      next = slow + 1;
    }
    append_fast(next, scan.runs);
  }
};

WordHasher::WordHasher(const Language& language) : state_(std::make_unique<State>(language)) {}
WordHasher::~WordHasher() = default;
WordHasher::WordHasher(WordHasher&&) noexcept = default;
WordHasher& WordHasher::operator=(WordHasher&&) noexcept = default;

void WordHasher::Append(std::string_view text, std::vector<uint64_t>& hashes, std::vector<ByteSpan>& sources) {
  state_->sources = &sources;
  Append(text, hashes);
  state_->sources = nullptr;
}

void WordHasher::Append(std::string_view text, std::vector<uint64_t>& hashes) {
  text = text.substr(0, std::numeric_limits<uint32_t>::max());
  const BrokenWords broken = FindBrokenWords(text);
  if (broken.at_hyphens || broken.at_soft_hyphens) return state_->AppendBrokenWords(text, hashes);
  state_->run_begin = state_->run_end = 0;
  for (size_t begin = 0; begin < text.size();) {
    const size_t end = EndOfChunk(text, begin);
    if (end - begin <= WordScan::kChunk) {
      ScanWords(text.substr(begin, end - begin), state_->scan);
      state_->AppendChunk(text, begin, hashes);
    } else {
      state_->AppendSlow(text, begin, end, hashes);
      state_->run_begin = begin;
      state_->run_end = end;
    }
    begin = end;
  }
}

}  // namespace unspin
