#include "render/text_page.h"

#include <algorithm>

#include "render/ascii.h"
#include "render/visible.h"

namespace unspin {
namespace {

// Bytes of `word` that fill at most `columns`.
size_t BytesThatFit(std::string_view word, size_t columns) {
  size_t bytes = 0, width = 0;
  while (bytes < word.size()) {
    const Character character = CharacterAt(word, bytes);
    width += DisplayWidth(character.bytes);
    if (width > columns) break;
    bytes += character.bytes.size();
  }
  return bytes;
}

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

TextPage::TextPage(const TextStyle& style) : style_(style) { style_.width = std::max(style.width, kMinWidth); }

std::string TextPage::Shown(std::string_view text) const { return style_.ascii ? AsciiOnly(text) : std::string(text); }

std::string TextPage::Cell(std::string_view text, size_t columns) const {
  std::string cell = Cut(Shown(text), columns);
  // Three full stops would be wider than the ellipsis.
  if (style_.ascii && cell.ends_with("…")) cell.replace(cell.size() - std::string_view("…").size(), cell.npos, "~");
  return cell + std::string(columns - std::min(columns, DisplayWidth(cell)), ' ');
}

void TextPage::Rule() {
  std::string rule;
  for (size_t i = 0; i < style_.width; ++i) rule += "─";
  Switch(Ink::kQuiet);
  out_ += Shown(rule);
  EndLine();
}

void TextPage::Heading(std::string_view text) {
  Blank();
  Paragraph("", 0, {{std::string(text), Ink::kStrong}});
}

void TextPage::Paragraph(std::string_view label, size_t indent, const std::vector<InkedText>& texts) {
  const std::string shown_label = Shown(label);
  const size_t label_width = DisplayWidth(shown_label);
  out_ += shown_label;
  out_.append(indent > label_width ? indent - label_width : 0, ' ');
  column_ = std::max(indent, label_width);
  bool is_first = true;
  std::vector<InkedText> word;  // texts that no space divides
  const auto end_word = [&] {
    if (word.empty()) return;
    AddWord(word, indent, is_first);
    is_first = false;
    word.clear();
  };
  for (const InkedText& inked : texts) {
    const std::string text = Shown(inked.text);
    std::string_view rest = text;
    while (!rest.empty()) {
      if (rest.front() == ' ') {
        end_word();
        rest.remove_prefix(1);
        continue;
      }
      const std::string_view part = rest.substr(0, rest.find(' '));
      rest.remove_prefix(part.size());
      word.push_back({std::string(part), inked.ink});
    }
  }
  end_word();
  EndLine();
}

void TextPage::AddWord(const std::vector<InkedText>& word, size_t indent, bool is_first) {
  size_t width = 0;
  bool is_address = false;
  for (const InkedText& part : word) {
    width += DisplayWidth(part.text);
    is_address |= part.text.find("://") != part.text.npos;
  }
  const auto begin_line = [&] {
    EndLine();
    out_.append(indent, ' ');
    column_ = indent;
  };
  if (!is_first && column_ + 1 + width > style_.width) {
    begin_line();
  } else if (!is_first) {
    if (word.front().ink != ink_) Switch(Ink::kPlain);
    out_ += ' ';
    ++column_;
  }
  const bool is_broken = !is_address && column_ + width > style_.width;
  for (const InkedText& part : word) {
    std::string_view rest = part.text;
    while (is_broken && column_ + DisplayWidth(rest) > style_.width) {
      const size_t bytes = BytesThatFit(rest, style_.width - std::min(style_.width, column_));
      // A line holds one character at least.
      if (bytes == 0 && column_ <= indent) break;
      Switch(part.ink);
      out_ += rest.substr(0, bytes);
      rest.remove_prefix(bytes);
      begin_line();
    }
    Switch(part.ink);
    out_ += rest;
    column_ += DisplayWidth(rest);
  }
}

void TextPage::EndLine() {
  Switch(Ink::kPlain);
  out_ += '\n';
}

void TextPage::Switch(Ink ink) {
  if (!style_.colour || ink == ink_) return;
  if (ink_ != Ink::kPlain) out_ += "\x1b[0m";
  out_ += EscapeSequence(ink);
  ink_ = ink;
}

}  // namespace unspin
