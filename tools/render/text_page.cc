#include "render/text_page.h"

#include <algorithm>

#include "render/visible.h"

namespace unspin {
namespace {

constexpr size_t kMinWidth = 60;  // columns

const char* EscapeSequence(Ink ink) {
  switch (ink) {
    case Ink::kPlain:
      return "";
    case Ink::kStrong:
      return "\x1b[1m";
    case Ink::kQuiet:
      return "\x1b[2m";
    case Ink::kBad:
      return "\x1b[1;31m";
    case Ink::kWarn:
      return "\x1b[1;33m";
    case Ink::kGood:
      return "\x1b[1;32m";
    case Ink::kNew:
      return "\x1b[36m";
    case Ink::kOld:
      return "\x1b[31m";
  }
  return "";
}

}  // namespace

std::string Cut(std::string_view text, size_t columns) {
  std::string visible = Visible(text);
  if (DisplayWidth(visible) <= columns) return visible;
  std::string out;
  size_t width = 0;
  for (size_t at = 0; at < visible.size();) {
    const Character character = CharacterAt(visible, at);
    width += DisplayWidth(character.bytes);
    if (width + 1 > columns) break;
    out += character.bytes;
    at += character.bytes.size();
  }
  return out + "…";
}

TextPage::TextPage(size_t width, bool colour) : width_(std::max(width, kMinWidth)), colour_(colour) {}

void TextPage::Rule() {
  std::string rule;
  for (size_t i = 0; i < width_; ++i) rule += "─";
  Write(rule, Ink::kQuiet);
  out_ += '\n';
}

void TextPage::Heading(std::string_view text) {
  Blank();
  Write(text, Ink::kStrong);
  out_ += '\n';
}

void TextPage::Paragraph(std::string_view label, size_t indent, const std::vector<InkedText>& texts) {
  const size_t label_width = DisplayWidth(label);
  out_ += label;
  out_.append(indent > label_width ? indent - label_width : 0, ' ');
  size_t column = std::max(indent, label_width);
  bool space_pending = false;
  bool is_first_word = true;
  for (const InkedText& inked : texts) {
    std::string_view rest = inked.text;
    while (!rest.empty()) {
      if (rest.front() == ' ') {
        space_pending = true;
        rest.remove_prefix(1);
        continue;
      }
      const std::string_view word = rest.substr(0, rest.find(' '));
      rest.remove_prefix(word.size());
      const size_t word_width = DisplayWidth(word);
      if (!is_first_word && space_pending && column + 1 + word_width > width_) {
        out_ += '\n';
        out_.append(indent, ' ');
        column = indent;
      } else if (space_pending && !is_first_word) {
        out_ += ' ';
        ++column;
      }
      Write(word, inked.ink);
      column += word_width;
      space_pending = false;
      is_first_word = false;
    }
  }
  out_ += '\n';
}

void TextPage::Write(std::string_view text, Ink ink) {
  const bool coloured = colour_ && ink != Ink::kPlain;
  if (coloured) out_ += EscapeSequence(ink);
  out_ += text;
  if (coloured) out_ += "\x1b[0m";
}

}  // namespace unspin
