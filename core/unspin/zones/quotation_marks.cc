#include "unspin/zones/quotation_marks.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "unspin/text/character.h"

namespace unspin {
namespace {

// Finds the bytes that may begin a mark. Few bytes do, so the bytes between them are skipped by memchr.
class ByteScanner {
 public:
  explicit ByteScanner(std::string_view text) : text_(text) {
    for (size_t i = 0; i < kBytes.size(); ++i) next_[i] = text.find(kBytes[i]);
  }

  // The next position from `from` on, or npos. Called with ascending positions.
  size_t Next(size_t from) {
    size_t first = std::string_view::npos;
    for (size_t i = 0; i < kBytes.size(); ++i) {
      if (next_[i] < from) next_[i] = text_.find(kBytes[i], from);
      first = std::min(first, next_[i]);
    }
    return first;
  }

 private:
  // The ASCII marks, and the first bytes of the others.
  static constexpr std::array<char, 7> kBytes = {'"', '\'', '`', '\xc2', '\xe2', '\xe3', '\xef'};
  std::string_view text_;
  std::array<size_t, kBytes.size()> next_{};
};

// How a mark is written: what its form alone says.
enum class Form : uint8_t { kNone, kStraight, kOpening, kClosing, kLow, kLeft, kRight };

struct Spelling {
  std::string_view bytes;
  MarkFamily family;
  Form form;
};

// Longer spellings stand before those that begin them.
constexpr Spelling kSpellings[] = {
    {"\"", MarkFamily::kDouble, Form::kStraight},
    {"''", MarkFamily::kDouble, Form::kStraight},
    {"\uff02", MarkFamily::kDouble, Form::kStraight},
    {"\u2033", MarkFamily::kDouble, Form::kStraight},
    {"'", MarkFamily::kSingle, Form::kStraight},
    {"``", MarkFamily::kDouble, Form::kLow},
    {"`", MarkFamily::kSingle, Form::kOpening},
    {"\u2018\u2018", MarkFamily::kDouble, Form::kOpening},
    {"\u2019\u2019", MarkFamily::kDouble, Form::kClosing},
    {"\u2018", MarkFamily::kSingle, Form::kOpening},
    {"\u2019", MarkFamily::kSingle, Form::kClosing},
    {"\u201a", MarkFamily::kSingle, Form::kLow},
    {"\u201b", MarkFamily::kSingle, Form::kOpening},
    {"\u201c", MarkFamily::kDouble, Form::kOpening},
    {"\u201d", MarkFamily::kDouble, Form::kClosing},
    {"\u201e", MarkFamily::kDouble, Form::kLow},
    {"\u201f", MarkFamily::kDouble, Form::kOpening},
    {"\u00ab", MarkFamily::kGuillemet, Form::kLeft},
    {"\u00bb", MarkFamily::kGuillemet, Form::kRight},
    {"\u2039", MarkFamily::kSingleGuillemet, Form::kLeft},
    {"\u203a", MarkFamily::kSingleGuillemet, Form::kRight},
    {"\u300c", MarkFamily::kCorner, Form::kLow},
    {"\u300d", MarkFamily::kCorner, Form::kNone},
    {"\u300e", MarkFamily::kCorner, Form::kLow},
    {"\u300f", MarkFamily::kCorner, Form::kNone},
    {"\u3008", MarkFamily::kAngle, Form::kLow},
    {"\u3009", MarkFamily::kAngle, Form::kNone},
    {"\u300a", MarkFamily::kAngle, Form::kLow},
    {"\u300b", MarkFamily::kAngle, Form::kNone},
};

const Spelling* SpellingAt(std::string_view rest) {
  for (const Spelling& spelling : kSpellings) {
    if (rest.front() == spelling.bytes.front() && rest.starts_with(spelling.bytes)) return &spelling;
  }
  return nullptr;
}

// What stands beside a mark.
enum class Side : uint8_t { kSpace, kWord, kDash, kOpener, kOther };

bool IsDash(char32_t c) { return c == '-' || (c >= 0x2010 && c <= 0x2015); }
bool IsOpener(char32_t c) {
  return c == '(' || c == '[' || c == '{' || c == '/' || c == 0x2018 || c == 0x201a || c == 0x201c || c == 0x201e ||
         c == '`';
}

Side SideOf(const Character& c) {
  switch (c.type) {
    case CodePointClass::kSpace:
    case CodePointClass::kNewline:
      return Side::kSpace;
    case CodePointClass::kLetter:
    case CodePointClass::kDigit:
    case CodePointClass::kIdeograph:
      return Side::kWord;
    default:
      return IsDash(c.value) ? Side::kDash : IsOpener(c.value) ? Side::kOpener : Side::kOther;
  }
}

class MarkFinder {
 public:
  explicit MarkFinder(std::string_view text) : text_(text) {}

  std::vector<QuotationMark> Run() {
    ByteScanner bytes(text_);
    for (size_t at = bytes.Next(0); at != std::string_view::npos;) {
      const Spelling* const spelling = SpellingAt(text_.substr(at));
      if (spelling != nullptr) Add(at, *spelling);
      at = bytes.Next(at + (spelling == nullptr ? 1 : spelling->bytes.size()));
    }
    return std::move(marks_);
  }

 private:
  // A mark's neighbours: the straight ones are read by them alone.
  struct Shape {
    Character before, after;
    bool opens = false, closes = false;
  };

  Character Before(size_t at) const {
    if (at == 0) return {'\n', 1, CodePointClass::kNewline};
    size_t begin = at - 1;
    while (begin > 0 && at - begin < 4 && (static_cast<unsigned char>(text_[begin]) & 0xc0) == 0x80) --begin;
    return ReadCharacter(text_, begin);
  }

  Character After(size_t at) const {
    if (at >= text_.size()) return {'\n', 1, CodePointClass::kNewline};
    return ReadCharacter(text_, at);
  }

  Shape ShapeOf(size_t begin, size_t end) const {
    Shape shape{Before(begin), After(end)};
    const Side before = SideOf(shape.before), after = SideOf(shape.after);
    const bool opener_before = before == Side::kSpace || before == Side::kOpener || before == Side::kDash;
    shape.opens = opener_before && after != Side::kSpace;
    shape.closes = before != Side::kSpace && before != Side::kOpener && after != Side::kWord && after != Side::kOpener;
    // A straight mark beside another one: `"'We`, `it.'"`.
    if (shape.before.value == '"' || shape.before.value == '\'')
      shape.opens = after == Side::kWord && !(shape.closes = after == Side::kSpace);
    return shape;
  }

  void Add(size_t at, const Spelling& spelling) {
    const size_t end = at + spelling.bytes.size();
    const Shape shape = ShapeOf(at, end);
    const Side before = SideOf(shape.before), after = SideOf(shape.after);
    const bool single = spelling.family == MarkFamily::kSingle;
    if (single && before == Side::kWord && after == Side::kWord) return;
    QuotationMark mark{static_cast<uint32_t>(at), static_cast<uint32_t>(end), spelling.family};
    mark.behind_digit = shape.before.type == CodePointClass::kDigit &&
                        (spelling.form == Form::kStraight || spelling.form == Form::kClosing);
    switch (spelling.form) {
      case Form::kStraight:
        mark.opens = shape.opens;
        mark.closes = shape.closes;
        break;
      case Form::kOpening:  // closes what a low mark opened: „ “
        mark.opens = !(shape.closes && !shape.opens && low_[Index(spelling.family)]);
        mark.closes = !mark.opens;
        break;
      case Form::kClosing:  // opens where two closing marks are used: ” ”
        mark.closes = single || !(shape.opens && !shape.closes);
        mark.opens = !mark.closes;
        if (single && !shape.closes) return;  // ’em, ’90s
        break;
      case Form::kLow:
        mark.opens = low_[Index(spelling.family)] = true;
        break;
      case Form::kNone:
        mark.closes = true;
        break;
      case Form::kLeft:
      case Form::kRight:
        // The first one of a text opens: « » or » «.
        if (first_[Index(spelling.family)] == Form::kNone) first_[Index(spelling.family)] = spelling.form;
        mark.opens = first_[Index(spelling.family)] == spelling.form;
        mark.closes = !mark.opens;
        break;
    }
    if (single && mark.opens == mark.closes) return;
    mark.may_be_apostrophe = single && mark.closes && before == Side::kWord && after == Side::kSpace;
    marks_.push_back(mark);
  }

  static size_t Index(MarkFamily family) { return static_cast<size_t>(family); }

  std::string_view text_;
  std::array<bool, 6> low_{};    // by family: a low mark was seen
  std::array<Form, 6> first_{};  // by family of guillemets: the first one seen
  std::vector<QuotationMark> marks_;
};

}  // namespace

std::vector<QuotationMark> FindQuotationMarks(std::string_view text) { return MarkFinder(text).Run(); }

}  // namespace unspin
