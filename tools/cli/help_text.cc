#include "cli/help_text.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/exit_status.h"
#include "cli/options.h"
#include "render/visible.h"

namespace unspin::cli {
namespace {

constexpr size_t kIndent = 2;
constexpr size_t kMaxNames = 22;  // columns for the names of options; longer ones have a line of their own
constexpr size_t kMinHelp = 24;   // columns for what is said of them

// What is said of each option, beside its names.
struct Row {
  std::string names, help;
};

std::string HelpOf(const OptionHelp& option) {
  std::string help = option.help;
  if (option.is_required && !option.names.empty()) help += " (required)";
  if (!option.default_value.empty()) help += " (default: " + option.default_value + ")";
  return help;
}

void WriteRows(const std::string& heading, const std::vector<Row>& rows, TextPage& page) {
  if (rows.empty()) return;
  page.Heading(heading + ":");
  size_t names = 0;
  for (const Row& row : rows) {
    if (const size_t width = DisplayWidth(row.names); width <= kMaxNames) names = std::max(names, width);
  }
  const size_t indent = std::min(kIndent + names + 2, page.width() - kMinHelp);
  for (const Row& row : rows) {
    const std::string label = std::string(kIndent, ' ') + row.names;
    const bool is_beside = DisplayWidth(label) + 2 <= indent;
    if (!is_beside) page.Line("", kIndent, row.names);
    page.Line(is_beside ? label : "", indent, row.help);
  }
}

// The headings of the options, in order: those of the command alone first, those of all commands last.
std::vector<std::string> Groups(const std::vector<OptionHelp>& options) {
  std::vector<std::string> groups;
  for (const OptionHelp& option : options) {
    if (!option.group.empty() && std::find(groups.begin(), groups.end(), option.group) == groups.end())
      groups.push_back(option.group);
  }
  const auto rank = [](const std::string& group) {
    return group == kGeneralGroup ? 2 : group == kReadingGroup || group == kJudgingGroup ? 1 : 0;
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return groups;
}

// A command line in pieces that stay together: words in quotes, and an option with its value.
std::vector<std::string> Pieces(const std::string& command) {
  std::vector<std::string> pieces;
  bool is_quoted = false, may_join = false;
  for (size_t begin = 0; begin < command.size();) {
    size_t end = begin;
    for (; end < command.size() && (command[end] != ' ' || is_quoted); ++end)
      is_quoted = command[end] == '\'' ? !is_quoted : is_quoted;
    const std::string word = command.substr(begin, end - begin);
    begin = end + 1;
    if (may_join && !word.starts_with('-') && word != "|") {
      pieces.back() += " " + word;
      may_join = false;
    } else {
      pieces.push_back(word);
      may_join = word.starts_with("-") || word == "|";
    }
  }
  return pieces;
}

// A command line in lines that a shell reads as one: each but the last ends with a backslash.
std::vector<std::string> Lines(const std::string& command, size_t columns) {
  constexpr std::string_view kContinued = "    ", kGoesOn = " \\";
  std::vector<std::string> lines;
  for (const std::string& piece : Pieces(command)) {
    if (lines.empty()) {
      lines.push_back(piece);
    } else if (lines.back().size() + 1 + piece.size() + kGoesOn.size() <= columns) {
      lines.back() += " " + piece;
    } else {
      lines.back() += kGoesOn;
      lines.push_back(std::string(kContinued) + piece);
    }
  }
  return lines;
}

void WriteExamples(const std::vector<std::string>& examples, const TextStyle& style, std::string& out) {
  if (examples.empty()) return;
  TextPage heading(style);
  heading.Heading("Examples:");
  out += heading.Take();
  const size_t columns = std::max(style.width, TextPage::kMinWidth) - kIndent;
  for (const std::string& example : examples) {
    for (const std::string& line : Lines(example, columns)) out += std::string(kIndent, ' ') + line + "\n";
  }
}

// Whether the command, or one below it, ends with kFound.
bool MayFind(const CommandHelp& command) {
  return std::any_of(command.options.begin(), command.options.end(),
                     [](const OptionHelp& option) {
                       return option.Name() == "--fail-on" || option.Name() == "--timestamp-ca";  // of `verify`
                     }) ||
         std::any_of(command.commands.begin(), command.commands.end(), MayFind);
}

}  // namespace

std::string UsageLine(const CommandHelp& command) {
  std::string usage = command.name;
  if (!command.commands.empty()) return usage + " COMMAND [OPTIONS]";
  for (const OptionHelp& argument : command.arguments)
    usage += argument.is_required ? " " + argument.Shown() : " [" + argument.Shown() + "]";
  for (const OptionHelp& option : command.options) {
    if (option.is_required) usage += " " + option.names.back() + " " + option.value;
  }
  return usage + " [OPTIONS]";
}

std::string HelpText(const CommandHelp& command, const TextStyle& style) {
  TextPage page(style);
  page.Paragraph("Usage: ", 7, {{UsageLine(command), Ink::kStrong}});
  page.Blank();
  std::string purpose = command.purpose;
  if (!purpose.empty() && purpose[0] >= 'a' && purpose[0] <= 'z')
    purpose[0] = static_cast<char>(purpose[0] - 'a' + 'A');
  page.Line("", 0, purpose + (purpose.ends_with('.') ? "" : "."));
  std::vector<Row> rows;
  for (const CommandHelp& below : command.commands)
    rows.push_back({below.name.substr(command.name.size() + 1), below.purpose});
  WriteRows("Commands", std::exchange(rows, {}), page);
  for (const OptionHelp& argument : command.arguments) rows.push_back({argument.Shown(), HelpOf(argument)});
  WriteRows("Arguments", std::exchange(rows, {}), page);
  for (const std::string& group : Groups(command.options)) {
    for (const OptionHelp& option : command.options) {
      if (option.group == group) rows.push_back({option.Shown(), HelpOf(option)});
    }
    WriteRows(group, std::exchange(rows, {}), page);
  }
  for (const std::string& note : command.notes) {
    page.Blank();
    page.Line("", 0, note);
  }
  for (const auto& [status, meaning] : kStatusHelp) {
    if (status != static_cast<int>(ExitStatus::kFound) || MayFind(command))
      rows.push_back({std::to_string(status), meaning});
  }
  WriteRows("Exit status", rows, page);
  std::string text = page.Take();
  WriteExamples(command.examples, style, text);
  return text;
}

}  // namespace unspin::cli
