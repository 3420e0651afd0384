#include "unspin/text/tokenize.h"

#include <unicode/uvernum.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

#include "unspin/base/word_hash.h"
#include "unspin/kernels/hash_runs.h"
#include "unspin/kernels/scan_words.h"
#include "unspin/text/abbreviations.h"
#include "unspin/text/code_point.h"

namespace unspin {
namespace {

using Class = CodePointClass;

constexpr size_t kMaxTextBytes = std::numeric_limits<uint32_t>::max();  // bytes
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
bool IsUpperCharacter(char32_t c) { return c < 128 ? c >= 'A' && c <= 'Z' : IsUpper(c); }

bool IsSmall(char c) { return static_cast<unsigned char>(c - 'a') < 26; }

// Of ASCII: two letters or more, none of them small.
bool IsAllCapitals(std::string_view word) {
  size_t letters = 0;
  for (const char c : word) {
    if (IsSmall(c)) return false;
    letters += c >= 'A' && c <= 'Z';
  }
  return letters > 1;
}

constexpr bool ClosesSentence(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 || c == 0xff01 || c == 0xff1f;
}
constexpr bool ClosesQuotation(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 || c == 0xbb;
}
constexpr bool OpensQuotation(char32_t c) {
  return c == '"' || c == '(' || c == '[' || c == 0x201c || c == 0x2018 || c == 0xab;
}

// What a character between two words does to the question whether a sentence ended.
struct Mark {
  bool space : 1 = false;        // is white space
  bool keeps : 1 = false;        // leaves the question as it is
  bool opens : 1 = false;        // likewise, behind white space
  bool ends : 1 = false;         // a sentence
  bool stop : 1 = false;         // likewise, but for abbreviations
  bool complicated : 1 = false;  // does more than that
};

constexpr std::array<Mark, 256> MakeMarks() {
  std::array<Mark, 256> marks{};
  for (size_t c = 0; c < marks.size(); ++c) {
    if (c >= kAsciiClasses.size() || c == '%' || c == '\n') marks[c].complicated = true;
    if (c == '.') marks[c].stop = true;
    if (c == '!' || c == '?') marks[c].ends = true;
    if (c < kAsciiClasses.size() && kAsciiClasses[c] == Class::kSpace) marks[c].space = marks[c].keeps = true;
    if (ClosesQuotation(c)) marks[c].keeps = true;
    if (OpensQuotation(c)) marks[c].opens = true;
  }
  return marks;
}
constexpr std::array<Mark, 256> kMarks = MakeMarks();

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
  constexpr size_t kStep = 64;  // bytes
  size_t capitals = 0, at = 0;
  for (; text.size() - at >= kStep; at += kStep) {
    uint8_t more = 0;
    for (size_t i = at; i < at + kStep; ++i) more += text[i] >= 'A' && text[i] <= 'Z';
    capitals += more;
    if (capitals * kRare >= text.size()) return false;  // whatever comes: most texts are settled by their first lines
  }
  for (; at < text.size(); ++at) capitals += text[at] >= 'A' && text[at] <= 'Z';
  const auto small = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return capitals * kRare < static_cast<size_t>(small);
}

// Spellings one after the other, with room for a block behind them.
class Spellings {
 public:
  explicit Spellings(size_t expected) : bytes_(expected + kWordBlock, '\0') {}

  size_t size() const { return size_; }
  char* end() { return bytes_.data() + size_; }
  std::string_view From(size_t begin) const { return std::string_view(bytes_).substr(begin, size_ - begin); }

  // And a block.
  void MakeRoom(size_t size) {
    if (size_ + size + kWordBlock > bytes_.size()) bytes_.resize(2 * (size_ + size) + kWordBlock);
  }
  void Append(std::string_view bytes) {
    MakeRoom(bytes.size());
    std::copy(bytes.begin(), bytes.end(), bytes_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += bytes.size();
  }
  void Append(char byte) { Append(std::string_view(&byte, 1)); }
  // What was written at the end already. REQUIRES: there is room.
  void Append(size_t size) { size_ += size; }
  void Truncate(size_t size) { size_ = size; }

  std::string Take() {
    bytes_.resize(size_);
    return std::move(bytes_);
  }

 private:
  std::string bytes_;
  size_t size_ = 0;
};

struct ScannedWords {
  WordScan scan;
  std::array<uint64_t, WordScan::kChunk / 2 + WordScan::kPad> hashes;
};

// Too large for a stack, and too large to be made for each article. Not inlined, for loops would ask for its address
// at each word.
[[gnu::noinline]] ScannedWords& ScratchOfThread() {
  thread_local ScannedWords scratch;
  return scratch;
}

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
    for (size_t begin = 0; begin < text_.size();) {
      const size_t end = EndOfChunk(text_, begin);
      if (end - begin <= WordScan::kChunk) {
        ScannedWords& words = ScratchOfThread();
        ScanWords(text_.substr(begin, end - begin), words.scan);
        HashRuns(words.scan, words.hashes);
        ReadRuns(words, begin);
      }
      ReadCharacters(end);
      begin = end;
    }
    return Finish();
  }

  TokenizedArticle RunPlainly() {
    ReadCharacters(text_.size());
    return Finish();
  }

 private:
  // The words of a chunk that begins at `chunk`.
  void ReadRuns(const ScannedWords& words, size_t chunk) {
    const WordScan& scan = words.scan;
    size_t run = 0;
    for (size_t i = 0; i <= scan.slow_runs; ++i) {
      const size_t slow = i < scan.slow_runs ? scan.slow[i] : scan.runs;
      if (run < slow) {
        ReadCharacters(chunk + scan.edges[2 * run]);
        AddRuns(words, run, slow, chunk);
      }
      run = std::max(run, slow + 1);  // it is read with what stands before the next
    }
  }

  // Runs that are words as they were found, of ASCII letters and digits and what joins them. The first one begins at
  // the next byte.
  void AddRuns(const ScannedWords& words, size_t run, size_t end_run, size_t chunk) {
    const auto& edges = words.scan.edges;
    if (out_.tokens.size() < tokens_ + (end_run - run)) out_.tokens.resize(tokens_ + (end_run - run));
    words_.MakeRoom(edges[2 * end_run - 1] - edges[2 * run]);
    for (;;) {
      if (terminal_ && space_ && (!IsSmall(text_[at_]) || lacks_capitals_)) EndSentence();
      run = AddStretch(words, run, end_run, chunk);
      if (run == end_run) return;
      ReadBetween(chunk + edges[2 * run]);
    }
  }

  // Of those runs the next, and the others that stand one space behind the one before: most words, which cannot begin a
  // sentence. Returns the next run.
  size_t AddStretch(const ScannedWords& words, size_t run, size_t end_run, size_t chunk) {
    const uint16_t* const edges = words.scan.edges.data();
    const char* const text = text_.data() + chunk;
    const char* const lower = words.scan.lower.data();
    const size_t limit = std::min<size_t>(end_run, run + (kMaxSentenceWords - sentence_size_));
    Token* token = out_.tokens.data() + tokens_;
    char* spelling = words_.end();
    auto words_begin = static_cast<uint32_t>(words_.size());
    size_t begin = edges[2 * run], end;
    for (;;) {
      end = edges[2 * run + 1];
      const size_t size = end - begin;
      std::memcpy(spelling, lower + begin, kWordBlock);
      if (size > kWordBlock) std::memcpy(spelling, lower + begin, size);
      // One branch, and few words take it: that a word begins with a capital is hard to foresee.
      const char first = text[begin];
      const bool small_first = IsSmall(first), small_second = IsSmall(text[begin + (size > 1)]);
      const bool all_capitals = !(small_first | small_second) && IsAllCapitals({text + begin, size});
      token->word = words.hashes[run];
      token->source = {static_cast<uint32_t>(chunk + begin), static_cast<uint32_t>(chunk + end)};
      token->text_begin = words_begin;
      token->text_size = static_cast<uint16_t>(size);
      token->capitalised = (first & 0x20) == 0;
      token->all_capitals = all_capitals;
      token->numeric = first <= '9';
      ++token;
      spelling += size;
      words_begin += static_cast<uint32_t>(size);
      if (++run == limit) break;
      begin = edges[2 * run];
      if (begin != end + 1 || text[end] != ' ') break;
    }
    words_.Append(words_begin - words_.size());
    AddTokens(static_cast<size_t>(token - out_.tokens.data()) - tokens_);
    at_ = chunk + end;
    return run;
  }

  // Most words have one space between them, and most others a comma or a full stop besides.
  void ReadBetween(size_t end) {
    size_t at = at_;
    bool terminal = false, space = false;
    do {
      const Mark mark = kMarks[static_cast<unsigned char>(text_[at])];
      if (mark.complicated) {
        at_ = at;
        terminal_ = terminal;
        space_ = space;
        return ReadCharacters(end);
      }
      terminal = (terminal & (mark.keeps | (mark.opens & space))) | mark.ends;
      space |= mark.space;
      if (mark.stop) terminal = !EndsAbbreviation();
    } while (++at < end);
    at_ = end;
    terminal_ = terminal;
    space_ = space;
  }

  // Reads on, character by character, as long as words and spaces begin before `end`.
  void ReadCharacters(size_t end) {
    while (at_ < end) {
      const Character c = ReadCharacter(text_, at_);
      switch (c.type) {
        case Class::kLetter:
        case Class::kDigit:
        case Class::kIdeograph:
          at_ = ReadWord(at_);
          break;
        case Class::kNewline:
          at_ = ReadNewlines(at_);
          break;
        case Class::kSpace:
          space_ = true;
          at_ += c.size;
          break;
        default:
          ReadOther(at_, c);
          at_ += c.size;
      }
    }
  }

  TokenizedArticle Finish() {
    EndSentence();
    out_.tokens.resize(tokens_);
    out_.words = words_.Take();
    return std::move(out_);
  }

  // What stands in `words` from `words_begin` on becomes a token, cut where it is longer than a token may be.
  void AddWord(size_t words_begin, size_t begin, size_t end, bool capitalised, bool all_capitals, bool numeric) {
    const size_t size = std::min<size_t>(words_.size() - words_begin, std::numeric_limits<uint16_t>::max());
    words_.Truncate(words_begin + size);
    if (tokens_ == out_.tokens.size()) out_.tokens.emplace_back();
    out_.tokens[tokens_] = {.word = HashWord(words_.From(words_begin)),
                            .source = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)},
                            .text_begin = static_cast<uint32_t>(words_begin),
                            .text_size = static_cast<uint16_t>(size),
                            .capitalised = capitalised,
                            .all_capitals = all_capitals,
                            .numeric = numeric};
    AddTokens(1);
  }

  // The last ones, which are filled in already.
  void AddTokens(size_t count) {
    tokens_ += count;
    sentence_size_ += static_cast<uint32_t>(count);
    space_ = terminal_ = false;
    if (sentence_size_ == kMaxSentenceWords) EndSentence();
  }

  const Token& LastToken() const { return out_.tokens[tokens_ - 1]; }

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
      if (!(terminal_ && space_ && OpensQuotation(c.value))) terminal_ = false;
    }
  }

  void AddPercent(size_t at) {
    if (tokens_ == 0 || !LastToken().numeric) return;
    size_t behind = at;
    while (behind > 0 && IsBlank(text_[behind - 1])) --behind;
    if (behind != LastToken().source.end) return;
    const size_t words_begin = words_.size();
    words_.Append("percent");
    AddWord(words_begin, at, at + 1, false, false, false);
  }

  bool EndsAbbreviation() const {
    if (sentence_size_ == 0) return false;
    // A single capital letter, or any where capitals are lacking.
    const Token& last = LastToken();
    if (last.text_size == 1 && !last.numeric && (last.capitalised || lacks_capitals_)) return true;
    return IsAbbreviation(words_.From(last.text_begin));
  }

  bool CanOpenSentence(const Character& c) const {
    return c.type != Class::kLetter || IsUpperCharacter(c.value) || c.value >= 0x0250 || lacks_capitals_;
  }

  void EndSentence() {
    terminal_ = false;
    if (sentence_size_ == 0) return;
    if (paragraph_open_) {
      out_.paragraphs.push_back(static_cast<uint32_t>(out_.sentences.size()));
      paragraph_open_ = false;
    }
    const auto end = static_cast<uint32_t>(tokens_);
    out_.sentences.push_back({end - sentence_size_, end});
    out_.tokens[end - sentence_size_].starts_sentence = true;
    sentence_size_ = 0;
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
  size_t at_ = 0;  // what stands before was read
  bool lines_are_paragraphs_;
  bool lacks_capitals_;
  Spellings words_;
  TokenizedArticle out_;
  size_t tokens_ = 0;           // of `out_`; those behind are room
  uint32_t sentence_size_ = 0;  // words of the last sentence so far
  bool paragraph_open_ = true;
  bool terminal_ = false;  // a full stop or its like was read since the last word
  bool space_ = false;     // white space was read since the last word
};

}  // namespace

TokenizedArticle Tokenize(std::string_view text) {
  constexpr size_t kWorthAScan = 128;  // bytes
  return text.size() < kWorthAScan ? TokenizePlainly(text) : Tokenizer(text.substr(0, kMaxTextBytes)).Run();
}

TokenizedArticle TokenizePlainly(std::string_view text) {
  return Tokenizer(text.substr(0, kMaxTextBytes)).RunPlainly();
}

std::string UnicodeVersion() { return "icu-" U_ICU_VERSION; }

}  // namespace unspin
