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

// Where hardly a capital stands, sentences begin with small letters.
bool LacksCapitals(std::string_view text) {
  const auto count = [&](char first, char last) {
    return std::count_if(text.begin(), text.end(), [=](char c) { return c >= first && c <= last; });
  };
  return count('A', 'Z') * 300 < count('a', 'z');
}

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text)
      : text_(text), lines_are_paragraphs_(LinesAreParagraphs(text)), lacks_capitals_(LacksCapitals(text)) {
    out_.words.reserve(text.size());
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
      if (const size_t end = EndOfPlainWord(at); end > at) {
        AddPlainWord(at, end);
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
    return std::move(out_);
  }

 private:
  // Where the run of ASCII letters from `begin` on ends, if it is a word by itself whatever comes: nearly all words of
  // English text are. Else `begin`.
  size_t EndOfPlainWord(size_t begin) const {
    size_t end = begin;
    while (end < text_.size() && IsAsciiLetter(text_[end])) ++end;
    if (end == text_.size()) return end;
    const char next = text_[end];
    if (IsDigitOrBeyond(next)) return begin;
    if ((next != '\'' && next != '.' && next != ',') || end + 1 == text_.size()) return end;
    return IsAsciiLetter(text_[end + 1]) || IsDigitOrBeyond(text_[end + 1]) ? begin : end;
  }

  void AddPlainWord(size_t begin, size_t end) {
    const bool upper_first = (text_[begin] & 0x20) == 0;
    if (terminal_ && space_ && (upper_first || lacks_capitals_)) EndSentence();
    const size_t words_begin = out_.words.size(), letters = end - begin;
    out_.words.resize(words_begin + letters);
    char* const word = out_.words.data() + words_begin;
    size_t upper = 0, i = 0;
    constexpr uint64_t kCase = 0x2020202020202020;
    for (; i + sizeof(uint64_t) <= letters; i += sizeof(uint64_t)) {
      uint64_t bytes;
      std::memcpy(&bytes, text_.data() + begin + i, sizeof bytes);
      upper += static_cast<size_t>(std::popcount(~bytes & kCase));
      bytes |= kCase;
      std::memcpy(word + i, &bytes, sizeof bytes);
    }
    for (; i < letters; ++i) {
      upper += (text_[begin + i] & 0x20) == 0;
      word[i] = static_cast<char>(text_[begin + i] | 0x20);
    }
    AddWord(words_begin, begin, end, upper_first, letters > 1 && upper == letters, false);
    initial_ = letters == 1 && (upper == 1 || lacks_capitals_);
  }

  // What stands in `words` from `words_begin` on becomes a token, cut where it is longer than a token may be.
  void AddWord(size_t words_begin, size_t begin, size_t end, bool capitalised, bool all_capitals, bool numeric) {
    Token token;
    token.source = {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
    token.text_begin = static_cast<uint32_t>(words_begin);
    const size_t size = std::min<size_t>(out_.words.size() - words_begin, std::numeric_limits<uint16_t>::max());
    out_.words.resize(words_begin + size);
    token.text_size = static_cast<uint16_t>(size);
    token.word = HashWord(std::string_view(out_.words).substr(words_begin, size));
    token.capitalised = capitalised;
    token.all_capitals = all_capitals;
    token.numeric = numeric;
    token.starts_sentence = out_.tokens.size() == sentence_begin_;
    out_.tokens.push_back(token);
    space_ = terminal_ = false;
    if (out_.tokens.size() - sentence_begin_ >= kLongestSentence) EndSentence();
  }

  // Reads one word from its first letter or digit; returns the byte behind it.
  size_t ReadWord(size_t begin) {
    const Character first = ReadCharacter(text_, begin);
    if (terminal_ && space_ && CanOpenSentence(first)) EndSentence();
    const size_t words_begin = out_.words.size();
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
        const size_t size = out_.words.size();
        out_.words.append(text_.substr(run_begin, at - run_begin));
        for (size_t i = size; i < out_.words.size(); ++i) out_.words[i] = static_cast<char>(out_.words[i] | 0x20);
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
          out_.words.push_back(static_cast<char>(c.value | (c.type == Class::kLetter ? 0x20 : 0)));
        } else {
          ascii = false;
          styled |= IsStyledLatin(c.value);
          out_.words.append(text_.substr(at, c.size));
        }
        last = c;
      } else if (c.type == Class::kIdeograph) {
        if (at != begin) break;
        out_.words.append(text_.substr(at, c.size));
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
        out_.words.push_back(c.type == Class::kApostrophe ? '\'' : static_cast<char>(c.value));
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
    const std::string_view word =
        std::string_view(out_.words).substr(out_.words.size() - std::min<size_t>(out_.words.size(), 2));
    const bool single_before = letters == 1 || (word.size() == 2 && word[0] == '.');
    const size_t behind = at + c.size + next.size;
    return single_before && (behind >= text_.size() || ReadCharacter(text_, behind).type != Class::kLetter);
  }

  void Fold(size_t words_begin, size_t begin, size_t end, bool styled) {
    const std::string raw = out_.words.substr(words_begin);
    std::string folded = FoldWord(raw);
    if (FoldLookAlikes(raw, folded) || styled) Report(AlertKind::kLookAlikeLetters, begin, end - begin);
    if (folded.empty()) folded = raw;
    out_.words.resize(words_begin);
    out_.words += folded;
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
    const size_t words_begin = out_.words.size();
    out_.words += "percent";
    AddWord(words_begin, at, at + 1, false, false, false);
    initial_ = false;
  }

  bool EndsAbbreviation() const {
    if (out_.tokens.size() <= sentence_begin_) return false;
    if (initial_) return true;
    return IsAbbreviation(out_.Word(out_.tokens.size() - 1));
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
