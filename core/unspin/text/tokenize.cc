#include "unspin/text/tokenize.h"

#include <unicode/uvernum.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <limits>

#include "unspin/base/word_hash.h"
#include "unspin/text/abbreviations.h"
#include "unspin/text/code_point.h"

namespace unspin {
namespace {

using Class = CodePointClass;

constexpr uint32_t kWrappedLineLimit = 160;  // bytes: a text without longer lines was wrapped by hand

constexpr std::array<Class, 128> MakeAsciiClasses() {
  std::array<Class, 128> classes{};
  for (int c = 0; c < 128; ++c) {
    if (c == '\n') {
      classes[c] = Class::kNewline;
    } else if (c == ' ' || (c >= '\t' && c <= '\r')) {
      classes[c] = Class::kSpace;
    } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
      classes[c] = Class::kLetter;
    } else if (c >= '0' && c <= '9') {
      classes[c] = Class::kDigit;
    } else if (c == '\'') {
      classes[c] = Class::kApostrophe;
    }
  }
  return classes;
}
constexpr std::array<Class, 128> kAsciiClasses = MakeAsciiClasses();

struct Character {
  char32_t value;
  uint32_t size;
  Class type;
};

Character ReadCharacter(std::string_view text, size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 128) return {byte, 1, kAsciiClasses[byte]};
  const DecodedCodePoint point = DecodeCodePoint(text, at);
  return {point.value, point.size, Classify(point.value)};
}

bool IsAsciiLetter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
bool IsDigitOrBeyond(char c) { return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 128; }
bool IsUpperCharacter(char32_t c) { return c < 128 ? c >= 'A' && c <= 'Z' : IsUpper(c); }

bool ClosesSentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}
bool ClosesQuotation(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 || c == 0xbb;
}

// Texts wrapped by hand break lines inside of sentences; in others every line is a paragraph.
bool LinesAreParagraphs(std::string_view text) {
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end - begin > kWrappedLineLimit) return true;
    begin = end + 1;
  }
  return false;
}

// Where hardly a capital stands, sentences begin with small letters: one in so many.
bool LacksCapitals(std::string_view text) {
  constexpr size_t kRare = 300;
  size_t capitals = 0;
  for (const char c : text) {
    capitals += c >= 'A' && c <= 'Z';
    if (capitals * kRare >= text.size()) return false;  // whatever comes: most texts are settled by their first lines
  }
  const auto small = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return capitals * kRare < static_cast<size_t>(small);
}

// The block of text at a place, as far as it is one run of ASCII letters.
struct LetterBlock {
  uint64_t lo, hi;  // in lower case, zeros behind
  uint32_t letters, upper;
};

constexpr uint64_t kEachByte = 0x0101010101010101, kHighBits = 0x80 * kEachByte, kCaseBits = 0x20 * kEachByte;

// The high bit of each of eight bytes that is an ASCII letter: bytes below 128 carry nothing into the next.
uint64_t LettersAmong(uint64_t bytes) {
  const uint64_t lower = (bytes | kCaseBits) & ~kHighBits;
  return (lower + (0x80 - 'a') * kEachByte) & ~(lower + (0x7f - 'z') * kEachByte) & ~bytes & kHighBits;
}

uint32_t LettersAhead(uint64_t bytes) {
  return static_cast<uint32_t>(std::countr_zero(~LettersAmong(bytes) & kHighBits)) / 8;
}

uint64_t LowBytes(uint32_t count) { return count >= 8 ? ~uint64_t{0} : (uint64_t{1} << 8 * count) - 1; }

// REQUIRES: kWordBlock bytes of text there.
LetterBlock ReadLetters(const char* bytes) {
  uint64_t lo, hi;
  std::memcpy(&lo, bytes, sizeof lo);
  std::memcpy(&hi, bytes + sizeof lo, sizeof hi);
  const uint32_t first = LettersAhead(lo), second = first == 8 ? LettersAhead(hi) : 0;
  const uint64_t lo_letters = LowBytes(first), hi_letters = LowBytes(second);
  const uint64_t upper = ((~lo & kCaseBits & lo_letters) >> 5) + ((~hi & kCaseBits & hi_letters) >> 5);
  return {(lo | kCaseBits) & lo_letters, (hi | kCaseBits) & hi_letters, first + second,
          static_cast<uint32_t>(upper * kEachByte >> 56)};  // the product's last byte adds up all bytes
}

// Spellings one after the other, with room for a block behind them.
class Spellings {
 public:
  explicit Spellings(size_t expected) : bytes_(expected + kWordBlock, '\0') {}

  size_t size() const { return size_; }
  std::string_view From(size_t begin) const { return std::string_view(bytes_).substr(begin, size_ - begin); }

  void Append(std::string_view bytes) {
    MakeRoom(bytes.size());
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }
  void Append(char byte) { Append(std::string_view(&byte, 1)); }
  void Append(const LetterBlock& block) {
    MakeRoom(block.letters);
    std::memcpy(bytes_.data() + size_, &block.lo, sizeof block.lo);
    std::memcpy(bytes_.data() + size_ + sizeof block.lo, &block.hi, sizeof block.hi);
    size_ += block.letters;
  }
  void Truncate(size_t size) { size_ = size; }

  std::string Take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  void MakeRoom(size_t size) {
    if (size_ + size + kWordBlock > bytes_.size()) bytes_.resize(2 * (size_ + size) + kWordBlock);
  }

  std::string bytes_;
  size_t size_ = 0;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text)
      : text_(text),
        lines_are_paragraphs_(LinesAreParagraphs(text)),
        lacks_capitals_(LacksCapitals(text)),
        words_(text.size()) {
    out_.tokens.reserve(text.size() / 5);
    out_.sentences.reserve(text.size() / 100);
  }

  TokenizedArticle Run() {
    size_t at = 0;
    while (at < text_.size()) {
      if (text_[at] == ' ') {
        space_ = true;
        ++at;
        continue;
      }
      if (const size_t end = AddPlainWord(at); end > at) {
        at = end;
        continue;
      }
      const Character c = ReadCharacter(text_, at);
      switch (c.type) {
        case Class::kLetter:
        case Class::kDigit:
        case Class::kIdeograph:
          at = ReadWord(at);
          break;
        case Class::kNewline:
          at = ReadNewlines(at);
          break;
        case Class::kSpace:
          space_ = true;
          at += c.size;
          break;
        default:
          ReadOther(at, c);
          at += c.size;
      }
    }
    EndSentence();
    out_.words = words_.Take();
    return std::move(out_);
  }

 private:
  // Whether a run of ASCII letters is a word by itself, whatever comes: nearly all words of English text are. `end` is
  // where it ends.
  bool IsPlainWord(size_t end) const {
    if (end == text_.size()) return true;
    const char next = text_[end];
    if (IsDigitOrBeyond(next)) return false;
    if ((next != '\'' && next != '.' && next != ',') || end + 1 == text_.size()) return true;
    return !IsAsciiLetter(text_[end + 1]) && !IsDigitOrBeyond(text_[end + 1]);
  }

  // Adds the word that begins here if it is a plain one of less than a block, without a loop over its letters. Returns
  // where it ends, else `begin`.
  size_t AddPlainWord(size_t begin) {
    if (text_.size() - begin < kWordBlock) return begin;
    const LetterBlock block = ReadLetters(text_.data() + begin);
    const size_t letters = block.letters, end = begin + letters;
    if (letters == 0 || letters == kWordBlock || !IsPlainWord(end)) return begin;
    const bool upper_first = (text_[begin] & 0x20) == 0;
    if (terminal_ && space_ && (upper_first || lacks_capitals_)) EndSentence();
    const uint64_t word = HashWordBlock(HashWordStart(letters), block.lo, block.hi);
    const size_t words_begin = words_.size();
    words_.Append(block);
    AddToken(word, words_begin, begin, end, upper_first, letters > 1 && block.upper == letters, false);
    initial_ = letters == 1 && (block.upper == 1 || lacks_capitals_);
    return end;
  }

  // What stands in `words` from `words_begin` on becomes a token, cut where it is longer than a token may be.
  void AddWord(size_t words_begin, size_t begin, size_t end, bool capitalised, bool all_capitals, bool numeric) {
    const size_t size = std::min<size_t>(words_.size() - words_begin, std::numeric_limits<uint16_t>::max());
    words_.Truncate(words_begin + size);
    AddToken(HashWord(words_.From(words_begin)), words_begin, begin, end, capitalised, all_capitals, numeric);
  }

  // The word is the last one of `words_`. The token is filled where it will stand: to read whole again what was just
  // written in parts would stall the processor at each word.
  void AddToken(uint64_t word, size_t words_begin, size_t begin, size_t end, bool capitalised, bool all_capitals,
                bool numeric) {
    const bool starts_sentence = out_.tokens.size() == sentence_begin_;
    Token& token = out_.tokens.emplace_back();
    token.word = word;
    token.source = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    token.text_begin = static_cast<uint32_t>(words_begin);
    token.text_size = static_cast<uint16_t>(words_.size() - words_begin);
    token.capitalised = capitalised;
    token.all_capitals = all_capitals;
    token.numeric = numeric;
    token.starts_sentence = starts_sentence;
    space_ = terminal_ = false;
    if (out_.tokens.size() - sentence_begin_ >= kLongestSentence) EndSentence();
  }

  // Reads one word from its first letter or digit; returns the byte behind it.
  size_t ReadWord(size_t begin) {
    const Character first = ReadCharacter(text_, begin);
    if (terminal_ && space_ && CanOpenSentence(first)) EndSentence();
    const size_t words_begin = words_.size();
    bool ascii = true, hidden = false, styled = false;
    size_t at = begin, end = begin, letters = 0, upper = 0;
    Character last = first;
    while (at < text_.size()) {
      // Runs of ASCII letters are taken without a decision per letter.
      const size_t run_begin = at;
      while (at < text_.size() && IsAsciiLetter(text_[at])) {
        upper += (text_[at] & 0x20) == 0;
        ++at;
      }
      if (at > run_begin) {
        for (const char c : text_.substr(run_begin, at - run_begin)) words_.Append(static_cast<char>(c | 0x20));
        letters += at - run_begin;
        last = {'a', 1, Class::kLetter};
        end = at;
        continue;
      }
      const Character c = ReadCharacter(text_, at);
      if (c.type == Class::kLetter || c.type == Class::kDigit) {
        if (c.type == Class::kLetter) {
          ++letters;
          upper += IsUpperCharacter(c.value);
        }
        if (c.value < 128) {
          words_.Append(static_cast<char>(c.value | (c.type == Class::kLetter ? 0x20 : 0)));
        } else {
          ascii = false;
          styled |= IsStyledLatin(c.value);
          words_.Append(text_.substr(at, c.size));
        }
        last = c;
      } else if (c.type == Class::kIdeograph) {
        if (at != begin) break;
        words_.Append(text_.substr(at, c.size));
        ascii = false;
        end = at + c.size;
        break;
      } else if (c.type == Class::kHidden || c.type == Class::kBidirectional) {
        hidden = true;
        Report(c.type == Class::kHidden ? AlertKind::kHiddenCharacters : AlertKind::kBidirectionalControls, at, c.size);
        at += c.size;
        continue;
      } else if (!Joins(c, last, at, letters)) {
        break;
      } else {
        words_.Append(c.type == Class::kApostrophe ? '\'' : static_cast<char>(c.value));
        last = c;
      }
      at += c.size;
      end = at;
    }
    if (!ascii) Fold(words_begin, begin, end, styled);
    AddWord(words_begin, begin, end, IsUpperCharacter(first.value), letters > 1 && upper == letters,
            first.type == Class::kDigit);
    initial_ = letters == 1 && out_.tokens.back().text_size == 1 && (upper == 1 || lacks_capitals_);
    return hidden ? std::max(at, end) : end;
  }

  // Whether a word goes on across `c`: by what stands before and behind it.
  bool Joins(const Character& c, const Character& last, size_t at, size_t letters) const {
    const bool stop = c.value == '.', comma = c.value == ',';
    if (c.type != Class::kApostrophe && !stop && !comma) return false;
    if (at + c.size >= text_.size()) return false;
    const Character next = ReadCharacter(text_, at + c.size);
    if (c.type == Class::kApostrophe) return last.type == Class::kLetter && next.type == Class::kLetter;
    if (last.type == Class::kDigit && next.type == Class::kDigit) return true;
    if (!stop || last.type != Class::kLetter || next.type != Class::kLetter) return false;
    // "U.S", "a.m": single letters on both sides.
    const std::string_view word = words_.From(words_.size() - std::min<size_t>(words_.size(), 2));
    const bool single_before = letters == 1 || (word.size() == 2 && word[0] == '.');
    const size_t behind = at + c.size + next.size;
    return single_before && (behind >= text_.size() || ReadCharacter(text_, behind).type != Class::kLetter);
  }

  void Fold(size_t words_begin, size_t begin, size_t end, bool styled) {
    const std::string raw(words_.From(words_begin));
    std::string folded = FoldWord(raw);
    if (FoldLookAlikes(raw, folded) || styled) Report(AlertKind::kLookAlikeLetters, begin, end - begin);
    if (folded.empty()) folded = raw;
    words_.Truncate(words_begin);
    words_.Append(folded);
  }

  size_t ReadNewlines(size_t begin) {
    size_t at = begin, newlines = 0, line_begin = begin;
    while (at < text_.size()) {
      const Character c = ReadCharacter(text_, at);
      if (c.type == Class::kNewline) {
        ++newlines;
        line_begin = at + c.size;
      } else if (c.type != Class::kSpace) {
        break;
      }
      at += c.size;
    }
    space_ = true;
    const bool indented = at - line_begin >= 2;
    if (newlines > 1 || indented || lines_are_paragraphs_) EndParagraph();
    return at;
  }

  void ReadOther(size_t at, const Character& c) {
    if (c.type == Class::kHidden || c.type == Class::kBidirectional) {
      Report(c.type == Class::kHidden ? AlertKind::kHiddenCharacters : AlertKind::kBidirectionalControls, at, c.size);
      return;
    }
    if (c.value == kBrokenUtf8) {
      Report(AlertKind::kBrokenUtf8, at, c.size);
      return;
    }
    if (c.value == '%') {
      AddPercent(at);
      return;
    }
    if (ClosesSentence(c.value)) {
      terminal_ = c.value != '.' || !EndsAbbreviation();
    } else if (!(terminal_ && ClosesQuotation(c.value))) {
      // An opening quotation mark or bracket leaves the question open for the word behind it.
      const bool opens = c.value == '"' || c.value == '(' || c.value == '[' || c.value == 0x201c || c.value == 0x2018 ||
                         c.value == 0xab;
      if (!(terminal_ && space_ && opens)) terminal_ = false;
    }
  }

  void AddPercent(size_t at) {
    if (out_.tokens.empty() || !out_.tokens.back().numeric) return;
    size_t behind = at;
    while (behind > 0 && IsBlank(text_[behind - 1])) --behind;
    if (behind != out_.tokens.back().source.end) return;
    const size_t words_begin = words_.size();
    words_.Append("percent");
    AddWord(words_begin, at, at + 1, false, false, false);
    initial_ = false;
  }

  bool EndsAbbreviation() const {
    if (out_.tokens.size() <= sentence_begin_) return false;
    if (initial_) return true;
    return IsAbbreviation(words_.From(out_.tokens.back().text_begin));
  }

  bool CanOpenSentence(const Character& c) const {
    return c.type != Class::kLetter || IsUpperCharacter(c.value) || c.value >= 0x0250 || lacks_capitals_;
  }

  void EndSentence() {
    const auto end = static_cast<uint32_t>(out_.tokens.size());
    if (end > sentence_begin_) {
      if (paragraph_open_) {
        out_.paragraphs.push_back(static_cast<uint32_t>(out_.sentences.size()));
        paragraph_open_ = false;
      }
      out_.sentences.push_back({sentence_begin_, end});
    }
    sentence_begin_ = end;
    terminal_ = false;
  }

  void EndParagraph() {
    EndSentence();
    paragraph_open_ = true;
  }

  void Report(AlertKind kind, size_t at, size_t size) {
    const ByteSpan span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + size)};
    if (!out_.alerts.empty() && out_.alerts.back().kind == kind && out_.alerts.back().span.end == span.begin) {
      out_.alerts.back().span.end = span.end;
    } else {
      out_.alerts.push_back({kind, span});
    }
  }

  std::string_view text_;
  bool lines_are_paragraphs_;
  bool lacks_capitals_;
  Spellings words_;
  TokenizedArticle out_;
  uint32_t sentence_begin_ = 0;
  bool paragraph_open_ = true;
  bool terminal_ = false;  // a full stop or its like was read since the last word
  bool space_ = false;     // white space was read since the last word
  bool initial_ = false;   // the last word is a single capital letter, or any where capitals are lacking
};

}  // namespace

TokenizedArticle Tokenize(std::string_view text) {
  return Tokenizer(text.substr(0, std::numeric_limits<uint32_t>::max())).Run();
}

std::string UnicodeVersion() { return "icu-" U_ICU_VERSION; }

}  // namespace unspin
