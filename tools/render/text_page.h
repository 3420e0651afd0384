// A page of text for a terminal or a pipe: ink, wrapped paragraphs, rules and headings.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin {

enum class Ink { kPlain, kStrong, kQuiet, kBad, kWarn, kGood, kNew, kOld };

// Text in one ink. It may be wrapped at its spaces.
struct InkedText {
  std::string text;
  Ink ink = Ink::kPlain;
};

struct TextStyle {
  size_t width = 80;    // columns; at least TextPage::kMinWidth are used
  bool colour = false;  // ANSI escape sequences
  bool ascii = false;   // no character beyond ASCII (ascii.h)
};

// `text` made visible (see visible.h), and cut to at most `columns`, the last of which is then “…”.
std::string Cut(std::string_view text, size_t columns);

// Not safe to share between threads. Texts must be visible: no controls, no broken UTF-8.
class TextPage {
 public:
  static constexpr size_t kMinWidth = 40;  // columns: labels take up to 15 of them

  explicit TextPage(const TextStyle& style);

  size_t width() const { return style_.width; }
  std::string Take() { return std::move(out_); }

  void Blank() { out_ += '\n'; }
  void Rule();
  void Heading(std::string_view text);
  // Texts one after the other, wrapped. The first line follows `label`; all are indented by `indent` columns. A word
  // wider than a line is broken, but no address, which would then not be copied as one.
  void Paragraph(std::string_view label, size_t indent, const std::vector<InkedText>& texts);
  void Line(std::string_view label, size_t indent, std::string text) { Paragraph(label, indent, {{std::move(text)}}); }
  // A cell of a table: cut, and filled up with spaces, to `columns`.
  std::string Cell(std::string_view text, size_t columns) const;

 private:
  std::string Shown(std::string_view text) const;
  void AddWord(const std::vector<InkedText>& word, size_t indent, bool is_first);
  void EndLine();
  // What follows is written in `ink`.
  void Switch(Ink ink);

  TextStyle style_;
  std::string out_;
  Ink ink_ = Ink::kPlain;  // of what was written last on this line
  size_t column_ = 0;      // of a paragraph's line, filled so far
};

}  // namespace unspin
