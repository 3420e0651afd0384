// The commands of the program and their options as plain data, for help texts, manual pages and completions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace unspin::cli {

// Begins the examples at the end of a command's footer, a line each.
inline constexpr std::string_view kExamplesHeading = "Examples:\n";

// An option, or an argument, which has no name that begins with a dash.
struct OptionHelp {
  std::vector<std::string> names;  // "-h", "--help"; none: an argument
  std::string value;               // what stands for the value in a help text: FILE; empty: there is none
  std::vector<std::string> words;  // all that the value may be; empty: anything
  std::string range;               // "1 to 1000"; empty: the value is no number, or any
  std::string help;                // one sentence without its period
  std::string default_value;       // empty: none, or said by `help`
  std::string group;               // heading; an option without one is for no help text
  bool is_required = false;
  bool is_repeated = false;  // takes several values

  // "--format WORD", "FILE...".
  std::string Shown() const;
};

struct CommandHelp {
  std::string name;                // with its parents: "unspin stage join"
  std::string purpose;             // one sentence without its period
  std::vector<std::string> notes;  // paragraphs
  std::vector<std::string> examples;
  std::vector<OptionHelp> arguments, options;
  std::vector<CommandHelp> commands;
};

// An exit status of the program, and what it means.
struct StatusHelp {
  int status;
  const char* meaning;
};
extern const StatusHelp kStatusHelp[5];

OptionHelp DescribeOption(const CLI::Option& option);
// The command and all commands below it.
CommandHelp DescribeCommand(const CLI::App& command);

// One line of JSON. Fields are only ever added: manual pages and completions are made from it.
std::string CommandListJson(const CommandHelp& program);

}  // namespace unspin::cli
