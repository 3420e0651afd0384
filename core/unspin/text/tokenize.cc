#include "unspin/text/tokenize.h"

#include <unicode/uvernum.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <optional>

#include "unspin/base/word_hash.h"
#include "unspin/kernels/hash_runs.h"
#include "unspin/kernels/scan_words.h"
#include "unspin/language/language.h"
#include "unspin/text/character.h"
#include "unspin/text/hidden_use.h"
#include "unspin/text/layout.h"
#include "unspin/text/sentence_marks.h"
#include "unspin/text/spelling_buffer.h"

namespace unspin {
namespace {

using Class = CodePointClass;

constexpr size_t kMaxTextBytes = std::numeric_limits<uint32_t>::max();  // bytes
constexpr char32_t kReplacement = 0xfffd;                               // what other programs write for broken UTF-8
constexpr size_t kMinPiledAccents = 3;                                  // on one letter; Vietnamese has two
constexpr size_t kMaxNumeral = 6;                                       // letters of a Roman numeral
constexpr char32_t kSoftHyphen = 0xad;

// Words of English that, with accents, are words of no other language.
constexpr std::array<std::string_view, 28> kPlainWords = {
    "and",   "was",   "with",    "said",  "from",  "have",  "which",  "would", "were", "they",
    "this",  "will",  "been",    "their", "there", "about", "could",  "after", "into", "when",
    "where", "other", "because", "who",   "first", "these", "people", "years"};
static_assert(kPlainWords.size() <= 64);
constexpr size_t kMaxAccented = 1000;  // words that are remembered

// Guesses for reserving memory, bytes of text per token and per sentence: a little below the usual ones.
constexpr size_t kBytesPerToken = 5, kBytesPerSentence = 100;

// REQUIRES: ASCII. Two letters or more, none of them small.
bool IsAllCapitals(std::string_view word) {
  size_t letters = 0;
  for (const char c : word) {
    if (IsAsciiLower(c)) return false;
    letters += c >= 'A' && c <= 'Z';
  }
  return letters > 1;
}

struct ScannedWords {
  WordScan scan;
  std::array<uint64_t, WordScan::kChunk / 2 + WordScan::kPad> hashes;
};

// Scratch memory: too large for a stack, and too large to be allocated for each article. Not inlined, because loops
// would compute its address at each word.
[[gnu::noinline]] ScannedWords& ScratchOfThread() {
  thread_local ScannedWords scratch;
  return scratch;
}

class Tokenizer {
 public:
  Tokenizer(std::string_view text, const Language& language)
      : text_(text),
        language_(language),
        lines_are_paragraphs_(LinesAreParagraphs(text)),
        lacks_capitals_(LacksCapitals(text)),
        broken_words_(FindBrokenWords(text)),
        words_(text.size()) {
    out_.tokens.reserve(text.size() / kBytesPerToken);
    out_.sentences.reserve(text.size() / kBytesPerSentence);
  }

  TokenizedArticle Run() {
    // The fast path finds no words that go on behind a line end.
    if (broken_words_.at_hyphens || broken_words_.at_soft_hyphens) return RunPlainly();
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
  // Fast path: runs that the kernel found, of ASCII letters and digits and what joins them. Each is one word.

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
      run = std::max(run, slow + 1);  // the slow run is read with the bytes before the next fast one
    }
  }

  // Adds the runs [run, end_run). REQUIRES: the first one begins at at_.
  void AddRuns(const ScannedWords& words, size_t run, size_t end_run, size_t chunk) {
    const auto& edges = words.scan.edges;
    assert(at_ == chunk + edges[2 * run]);
    if (out_.tokens.size() < tokens_ + (end_run - run)) out_.tokens.resize(tokens_ + (end_run - run));
    words_.Reserve(edges[2 * end_run - 1] - edges[2 * run]);
    for (;;) {
      if (terminal_ && space_ && (!IsAsciiLower(text_[at_]) || lacks_capitals_)) EndSentence();
      run = AddSpacedRuns(words, run, end_run, chunk);
      if (run == end_run) return;
      ReadBetween(chunk + edges[2 * run]);
    }
  }

  // Adds the run, and the next ones that are separated by one space: most words, none of which can begin a sentence.
  // Returns the next run.
  size_t AddSpacedRuns(const ScannedWords& words, size_t run, size_t end_run, size_t chunk) {
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
      // One branch that few words take: whether a word begins with a capital is unpredictable.
      const char first = text[begin];
      const bool small_first = IsAsciiLower(first), small_second = IsAsciiLower(text[begin + (size > 1)]);
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
    words_.Extend(words_begin - words_.size());
    AddTokens(static_cast<size_t>(token - out_.tokens.data()) - tokens_);
    at_ = chunk + end;
    return run;
  }

  // Reads the bytes between two runs, up to `end`: a space for most words, and a comma or a full stop for most others.
  void ReadBetween(size_t end) {
    size_t at = at_;
    bool terminal = false, space = false;
    do {
      const SentenceMark mark = kSentenceMarks[static_cast<unsigned char>(text_[at])];
      if (mark.other) {
        at_ = at;
        terminal_ = terminal;
        space_ = space;
        return ReadCharacters(end);
      }
      terminal = (terminal & (mark.keeps | (mark.opens & space))) | mark.ends;
      space |= mark.space;
      if (mark.stop) terminal = !EndsWithAbbreviation();
    } while (++at < end);
    at_ = end;
    terminal_ = terminal;
    space_ = space;
  }

  // Slow path: character by character.

  // Reads on as long as words and spaces begin before `end`.
  void ReadCharacters(size_t end) {
    while (at_ < end) {
      const Character c = ReadCharacter(text_, at_);
      switch (c.type) {
        case Class::kLetter:
        case Class::kDigit:
        case Class::kIdeograph:
          at_ = ReadWord(at_, c);
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

  // A word while its characters are read.
  struct OpenWord {
    Character last;           // the character before the next
    size_t letters = 0;       // so far
    size_t upper = 0;         // of the letters
    bool ascii = true;        // has no other letters and digits
    size_t styled = 0;        // letters and digits that IsStyledLatin
    size_t mathematical = 0;  // of these
    size_t accents = 0;       // in code points of their own, one after the other up to here
    bool piled = false;       // more such accents on one letter than any language has
  };

  // Reads one word from its first letter or digit on; returns the byte behind it.
  size_t ReadWord(size_t begin, const Character& first) {
    if (terminal_ && space_ && CanOpenSentence(first)) EndSentence();
    if (first.type == Class::kIdeograph) return ReadIdeograph(begin, first);
    const size_t words_begin = words_.size();
    OpenWord word{first};
    bool hidden = false;
    size_t at = begin, end = begin;
    while (at < text_.size()) {
      if (const size_t letters = AppendAsciiLetters(at, word); letters > 0) {
        at = end = at + letters;
        continue;
      }
      const Character c = ReadCharacter(text_, at);
      if (const size_t behind = BehindWordBreak(at, c); behind > 0) {
        at = behind;
        continue;
      }
      if (c.type == Class::kHidden || c.type == Class::kBidirectional) {
        hidden = true;
        ReportHidden(at, c);
        at += c.size;
        continue;
      }
      if (c.type == Class::kIntruder && IsInsideWord(at, c, word)) {
        hidden = true;
        Report(AlertKind::kHiddenCharacters, at, c.size);
        at += c.size;
        continue;
      }
      if (c.type == Class::kLetter || c.type == Class::kDigit) {
        AppendLetterOrDigit(at, c, word);
      } else if (Joins(c, word, at)) {
        words_.Append(c.type == Class::kApostrophe ? '\'' : static_cast<char>(c.value));
      } else {
        break;
      }
      word.last = c;
      at = end = at + c.size;
    }
    if (!word.ascii) Fold(words_begin, begin, end, word);
    AddWord(words_begin, begin, end, IsUpper(first), word.letters > 1 && word.upper == word.letters,
            first.type == Class::kDigit);
    return hidden ? at : end;
  }

  size_t ReadIdeograph(size_t begin, const Character& ideograph) {
    size_t end = begin + ideograph.size;
    if (end < text_.size()) {
      const Character next = ReadCharacter(text_, end);
      if (IsVoicingMark(next.value) && !IsVoicingMark(ideograph.value)) end += next.size;
    }
    const size_t words_begin = words_.size();
    words_.Append(text_.substr(begin, end - begin));
    Fold(words_begin, begin, end, OpenWord{ideograph});
    AddWord(words_begin, begin, end, IsUpper(ideograph), false, false);
    return end;
  }

  // Appends the ASCII letters from `at` on, without a decision per letter; returns how many there were.
  size_t AppendAsciiLetters(size_t at, OpenWord& word) {
    size_t end = at;
    for (; end < text_.size() && IsAsciiLetter(text_[end]); ++end) word.upper += (text_[end] & 0x20) == 0;
    if (end == at) return 0;
    for (const char c : text_.substr(at, end - at)) words_.Append(static_cast<char>(c | 0x20));
    word.letters += end - at;
    word.last = {'a', 1, Class::kLetter};
    return end - at;
  }

  void AppendLetterOrDigit(size_t at, const Character& c, OpenWord& word) {
    if (c.type == Class::kLetter) {
      ++word.letters;
      word.upper += IsUpper(c);
    }
    if (c.value < 128) {
      words_.Append(static_cast<char>(c.value | (c.type == Class::kLetter ? 0x20 : 0)));
    } else {
      word.ascii = false;
      word.styled += IsStyledLatin(c.value);
      word.mathematical += IsMathematicalLatin(c.value);
      word.accents = IsCombiningAccent(c.value) ? word.accents + 1 : 0;
      word.piled |= word.accents >= kMinPiledAccents;
      words_.Append(text_.substr(at, c.size));
    }
  }

  // Whether a word goes on across `c`, which is at `at`: decided by the characters before and behind it.
  bool Joins(const Character& c, const OpenWord& word, size_t at) const {
    const bool stop = c.value == '.', comma = c.value == ',';
    if (c.type != Class::kApostrophe && !stop && !comma) return false;
    if (at + c.size >= text_.size()) return false;
    const Class before = word.last.type;
    const Character next = ReadCharacter(text_, at + c.size);
    if (c.type == Class::kApostrophe) return before == Class::kLetter && next.type == Class::kLetter;
    if (before == Class::kDigit && next.type == Class::kDigit) return true;
    if (!stop || before != Class::kLetter || next.type != Class::kLetter) return false;
    // "U.S", "a.m": single letters on both sides.
    const std::string_view tail = words_.From(words_.size() - std::min<size_t>(words_.size(), 2));
    const bool single_before = word.letters == 1 || (tail.size() == 2 && tail[0] == '.');
    const size_t behind = at + c.size + next.size;
    return single_before && (behind >= text_.size() || ReadCharacter(text_, behind).type != Class::kLetter);
  }

  // Where a word goes on that a hyphen at a line end breaks; 0 if none does.
  size_t BehindWordBreak(size_t at, const Character& c) const {
    if (!broken_words_.at_hyphens && !broken_words_.at_soft_hyphens) return 0;
    if (c.value != '-' && c.value != kSoftHyphen) return 0;
    const WordBreak found = WordBreakAt(text_, at);
    return (found.soft ? broken_words_.at_soft_hyphens : broken_words_.at_hyphens) ? found.behind : 0;
  }

  // Whether a character that belongs to no word stands inside one: between two letters, or as a stroke through one.
  bool IsInsideWord(size_t at, const Character& c, const OpenWord& word) const {
    if (word.last.type != Class::kLetter) return false;
    if (IsOverlay(c.value)) return true;
    while ((at += ReadCharacter(text_, at).size) < text_.size()) {
      const Class next = ReadCharacter(text_, at).type;
      if (next == Class::kLetter) return true;
      if (next != Class::kIntruder && next != Class::kHidden) return false;
    }
    return false;
  }

  void Fold(size_t words_begin, size_t begin, size_t end, const OpenWord& word) {
    const std::string raw(words_.From(words_begin));
    std::string folded = FoldWord(raw);
    const bool look_alikes = FoldLookAlikes(raw, folded) && IsLookAlikeTrick(raw) && !IsPhonetic(begin, end);
    if (look_alikes || word.piled || IsStyledByTrick(word)) {
      Report(AlertKind::kLookAlikeLetters, begin, end - begin);
    } else {
      NoteAccents(raw, begin, end);
    }
    if (folded.empty()) folded = raw;
    words_.Truncate(words_begin);
    words_.Append(folded);
  }

  // Whether a word stands as its pronunciation does: "/bɪg/", "[ɡɑ".
  bool IsPhonetic(size_t begin, size_t end) const {
    constexpr std::string_view kStress = "\xcb\x88", kSecondStress = "\xcb\x8c", kLong = "\xcb\x90";
    const std::string_view before = text_.substr(0, begin), behind = text_.substr(end);
    return before.ends_with('/') || before.ends_with('[') || before.ends_with(kStress) ||
           before.ends_with(kSecondStress) || behind.starts_with('/') || behind.starts_with(']') ||
           behind.starts_with(kLong);
  }

  // Full-width letters are usual among ideographs, a Roman numeral or a letter in a circle may stand alone, and a
  // mathematical letter or two is a variable: "𝑥 = 3", "𝑑𝑥", "the 𝑛th".
  bool IsStyledByTrick(const OpenWord& word) {
    if (word.styled == 0) return false;
    const char32_t last = word.last.value;
    const bool full_width = last >= 0xff00 && last <= 0xffef;
    if (full_width) return !IsAmongIdeographs();
    if (word.mathematical == word.styled) {
      constexpr size_t kMinMathematical = 3, kMinMixed = 4;  // letters of a word in these alone, and among others
      return word.letters <= word.styled ? word.styled >= kMinMathematical : word.letters >= kMinMixed;
    }
    const bool enclosed = last < 0x10000 || (last >= 0x1f100 && last <= 0x1f1ff);
    return !enclosed || word.letters > word.styled || word.letters > kMaxNumeral;
  }

  bool IsAmongIdeographs() {
    constexpr size_t kBytesPerIdeograph = 20;  // of the text
    if (!among_ideographs_) {
      const auto leads = std::count_if(text_.begin(), text_.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0xe3 && static_cast<unsigned char>(c) <= 0xed;
      });
      among_ideographs_ = static_cast<size_t>(leads) * kBytesPerIdeograph > text_.size();
    }
    return *among_ideographs_;
  }

  // Remembers a word that would be a word of English if it had no accents.
  void NoteAccents(std::string_view word, size_t begin, size_t end) {
    constexpr size_t kMaxBytes = 16;
    if (word.size() > kMaxBytes || accented_.size() == kMaxAccented) return;
    const std::string plain = WithoutAccents(word);
    const auto* const found = std::find(kPlainWords.begin(), kPlainWords.end(), plain);
    if (plain.empty() || found == kPlainWords.end()) return;
    accented_words_ |= uint64_t{1} << (found - kPlainWords.begin());
    accented_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
  }

  void ReportAccents() {
    constexpr int kMinWords = 3;  // different ones; one or two may be words of another language
    if (std::popcount(accented_words_) < kMinWords) return;
    for (const ByteSpan span : accented_) out_.alerts.push_back({AlertKind::kLookAlikeLetters, span});
  }

  size_t ReadNewlines(size_t begin) {
    size_t at = begin, newlines = 0, line_begin = begin;
    while (at < text_.size()) {
      const Character c = ReadCharacter(text_, at);
      if (c.type == Class::kNewline) {
        const bool first_of_two = c.value == '\r' && text_.substr(at + c.size).starts_with('\n');
        if (!first_of_two) ++newlines;
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
    if (c.type == Class::kHidden || c.type == Class::kBidirectional) return ReportHidden(at, c);
    if (c.value == kBrokenUtf8 || c.value == kReplacement) return Report(AlertKind::kBrokenUtf8, at, c.size);
    if (c.value == '%') return AddPercent(at);
    if (ClosesSentence(c.value)) {
      terminal_ = c.value != '.' || !EndsWithAbbreviation();
    } else if (!(terminal_ && ClosesQuotation(c.value))) {
      // An opening quotation mark or bracket leaves the decision to the word behind it.
      if (!(terminal_ && space_ && OpensQuotation(c.value))) terminal_ = false;
    }
  }

  // A percent sign is a word behind a number only; blanks may stand between.
  void AddPercent(size_t at) {
    if (tokens_ == 0 || !LastToken().numeric) return;
    size_t behind = at;
    while (behind > 0 && IsBlank(text_[behind - 1])) --behind;
    if (behind != LastToken().source.end) return;
    const size_t words_begin = words_.size();
    words_.Append(language_.percent);
    AddWord(words_begin, at, at + 1, false, false, false);
  }

  // Both paths: tokens, sentences, paragraphs, alerts.

  // Makes a token of the spelling that begins at `words_begin`, cut where it is longer than a token may be.
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

  // Takes in tokens that were filled in behind the last one.
  void AddTokens(size_t count) {
    tokens_ += count;
    sentence_size_ += static_cast<uint32_t>(count);
    space_ = terminal_ = false;
    if (sentence_size_ == kMaxSentenceWords) EndSentence();
  }

  const Token& LastToken() const { return out_.tokens[tokens_ - 1]; }

  bool EndsWithAbbreviation() const {
    if (sentence_size_ == 0) return false;
    // An initial: a single capital letter, or any single letter where capitals are lacking.
    const Token& last = LastToken();
    if (last.text_size == 1 && !last.numeric && (last.capitalised || lacks_capitals_)) return true;
    return language_.abbreviations.Contains(last.word);
  }

  bool CanOpenSentence(const Character& c) const {
    constexpr char32_t kBehindLatin = 0x0250;  // many scripts from here on have no capitals
    return c.type != Class::kLetter || IsUpper(c) || c.value >= kBehindLatin || lacks_capitals_;
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

  // Reports a hidden character, but for where writers and their programs put it.
  void ReportHidden(size_t at, const Character& c) {
    if (c.value == kSoftHyphen) {
      const bool in_row = !soft_hyphens_.empty() && soft_hyphens_.back().end == at;
      if (!in_row) soft_hyphens_.push_back({static_cast<uint32_t>(at), 0});
      soft_hyphens_.back().end = static_cast<uint32_t>(at + c.size);
      soft_hyphens_out_of_place_ += IsOutOfPlaceSoftHyphen(text_, at);
      return;
    }
    if (IsHonestUse(c.value, PlaceOf(at))) return;
    Report(c.type == Class::kHidden ? AlertKind::kHiddenCharacters : AlertKind::kBidirectionalControls, at, c.size);
  }

  // The place of the hidden character at `at`. Hidden characters in a row have the same neighbours, found once.
  HiddenPlace PlaceOf(size_t at) {
    const auto is_hidden = [](const Character& c) {
      return c.type == Class::kHidden || c.type == Class::kBidirectional;
    };
    HiddenPlace place = hidden_place_;
    place.previous = CharacterBefore(at).value;
    if (at < hidden_end_) return place;
    place.before = place.previous;
    place.behind = U'\n';
    for (hidden_end_ = at; hidden_end_ < text_.size();) {
      const Character c = ReadCharacter(text_, hidden_end_);
      if (!is_hidden(c)) {
        place.behind = c.value;
        break;
      }
      hidden_end_ += c.size;
    }
    if (!right_to_left_) right_to_left_ = HasRightToLeftLetters();
    place.right_to_left_text = *right_to_left_;
    return hidden_place_ = place;
  }

  Character CharacterBefore(size_t at) const {
    if (at == 0) return {U'\n', 1, Class::kNewline};
    return ReadCharacter(text_, BeginOfCharacterBefore(text_, at));
  }

  bool HasRightToLeftLetters() const {
    return std::any_of(text_.begin(), text_.end(), [](char c) {  // first bytes of Hebrew and Arabic letters
      return static_cast<unsigned char>(c) >= 0xd7 && static_cast<unsigned char>(c) <= 0xdb;
    });
  }

  // Programs put soft hyphens into words without number, but only where a language breaks words.
  void ReportSoftHyphens() {
    constexpr size_t kMinOutOfPlace = 3;  // fewer may be names
    constexpr size_t kMinShare = 20;      // one in so many out of place: nobody hyphenated this text
    if (soft_hyphens_out_of_place_ < kMinOutOfPlace) return;
    if (soft_hyphens_out_of_place_ * kMinShare < soft_hyphens_.size()) return;
    for (const ByteSpan span : soft_hyphens_) out_.alerts.push_back({AlertKind::kHiddenCharacters, span});
  }

  void Report(AlertKind kind, size_t at, size_t size) {
    const ByteSpan span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + size)};
    if (!out_.alerts.empty() && out_.alerts.back().kind == kind && out_.alerts.back().span.end == span.begin) {
      out_.alerts.back().span.end = span.end;
    } else {
      out_.alerts.push_back({kind, span});
    }
  }

  TokenizedArticle Finish() {
    EndSentence();
    ReportAccents();
    ReportSoftHyphens();
    std::stable_sort(out_.alerts.begin(), out_.alerts.end(),
                     [](const TextAlert& a, const TextAlert& b) { return a.span.begin < b.span.begin; });
    out_.tokens.resize(tokens_);
    out_.words = words_.Take();
    return std::move(out_);
  }

  std::string_view text_;
  const Language& language_;
  size_t at_ = 0;  // all bytes before it have been read
  bool lines_are_paragraphs_;
  bool lacks_capitals_;
  BrokenWords broken_words_;
  SpellingBuffer words_;
  TokenizedArticle out_;
  size_t tokens_ = 0;           // number of tokens; out_.tokens may be longer, so that runs are filled in at once
  uint32_t sentence_size_ = 0;  // words of the last sentence so far
  bool paragraph_open_ = true;
  bool terminal_ = false;  // a full stop or the like was read since the last word
  bool space_ = false;     // white space was read since the last word
  std::optional<bool> among_ideographs_, right_to_left_;
  size_t hidden_end_ = 0;  // of the hidden characters in a row that were met last; hidden_place_ is their place
  HiddenPlace hidden_place_{};
  std::vector<ByteSpan> soft_hyphens_;
  size_t soft_hyphens_out_of_place_ = 0;
  std::vector<ByteSpan> accented_;  // of kPlainWords, with accents
  uint64_t accented_words_ = 0;     // which of them: a bit each
};

}  // namespace

TokenizedArticle Tokenize(std::string_view text, const Language& language) {
  constexpr size_t kMinScannedBytes = 128;  // shorter texts cost less without the scan
  if (text.size() < kMinScannedBytes) return TokenizePlainly(text, language);
  return Tokenizer(text.substr(0, kMaxTextBytes), language).Run();
}

TokenizedArticle TokenizePlainly(std::string_view text, const Language& language) {
  return Tokenizer(text.substr(0, kMaxTextBytes), language).RunPlainly();
}

std::string UnicodeVersion() { return "icu-" U_ICU_VERSION; }

}  // namespace unspin
