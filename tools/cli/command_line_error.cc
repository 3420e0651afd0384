#include "cli/command_line_error.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

#include "cli/command_list.h"
#include "cli/nearest_word.h"

namespace unspin::cli {
namespace {

bool All(const CLI::App*) { return true; }

std::vector<std::string> NamesOfCommands(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::App* below : command.get_subcommands(All)) names.push_back(below->get_name());
  return names;
}

// "command", or "stage" for those of `unspin stage`.
std::string KindOfCommands(const CLI::App& command) {
  return command.get_parent() == nullptr ? "command" : command.get_name();
}

std::string Listed(const std::vector<std::string>& words) {
  std::string list;
  for (const std::string& word : words) list += (list.empty() ? "" : ", ") + word;
  return list;
}

// The option with whose name a message begins, or nullptr. An argument's name has no dashes.
const CLI::Option* FindOption(const CLI::App& command, std::string_view message) {
  for (const CLI::Option* option : command.get_options()) {
    const std::string name = option->get_name();
    const auto is_end = [](char c) { return c == ' ' || c == ':'; };
    if (message.starts_with(name) && (message.size() == name.size() || is_end(message[name.size()]))) return option;
  }
  return nullptr;
}

std::string Unknown(const CLI::App& command, const std::string& word) {
  if (word.size() < 2 || word[0] != '-')
    return word + ": `" + FullName(command) + "` takes no further argument; in quotes, words are one";
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  const std::string name = word.substr(0, word.find('='));
  return name + ": there is no such option" + DidYouMean(name, names);
}

std::string Missing(const CLI::App& command, const CLI::ParseError& error) {
  const CLI::Option* missing = FindOption(command, error.what());
  for (const CLI::Option* option : command.get_options()) {
    if (missing == nullptr && option->get_required() && option->count() == 0) missing = option;
  }
  if (missing == nullptr) return "name a " + KindOfCommands(command) + ": " + Listed(NamesOfCommands(command));
  const OptionHelp help = DescribeOption(*missing);
  return help.Shown() + " is missing: " + help.help;
}

std::string Excluded(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    for (const CLI::Option* other : option->get_excludes()) {
      if (option->count() > 0 && other->count() > 0)
        return DescribeOption(*option).Name() + " and " + DescribeOption(*other).Name() +
               " exclude each other; leave one of them out";
    }
  }
  return "";
}

std::string Needed(const CLI::App& command) {
  for (const CLI::Option* option : command.get_options()) {
    for (const CLI::Option* other : option->get_needs()) {
      if (option->count() == 0 || other->count() > 0) continue;
      const OptionHelp needed = DescribeOption(*other);
      return DescribeOption(*option).Name() + " needs " + needed.Shown() + ": " + needed.help;
    }
  }
  return "";
}

// A value too few, or too many.
std::string Mismatch(const CLI::App& command, const CLI::ParseError& error) {
  const CLI::Option* option = FindOption(command, error.what());
  for (const CLI::Option* other : command.get_options()) {
    if (option == nullptr && static_cast<int>(other->count()) > std::max(1, other->get_items_expected_max()))
      option = other;
  }
  if (option == nullptr) return "";
  const OptionHelp help = DescribeOption(*option);
  const int count = static_cast<int>(option->count()), wanted = option->get_items_expected_min();
  if (count > option->get_items_expected_max()) return help.Name() + " is given more than once; give it once";
  if (wanted > 1) return help.Name() + " takes " + std::to_string(wanted) + " values: " + help.help;
  return help.Name() + ": its value is missing; write " + help.Shown() + ", " + help.help;
}

// A value that CLI11 could not convert. Numbers have validators of their own, so that it is one given to a flag.
std::string Unconverted(const CLI::App& command, std::string_view message) {
  for (const CLI::Option* option : command.get_options()) {
    if (option->count() > 0 && option->get_items_expected_max() == 0 &&
        message.find(option->get_name()) != message.npos)
      return DescribeOption(*option).Name() + " takes no value; leave it out";
  }
  return "";
}

}  // namespace

const CLI::App* FindCommand(const CLI::App& program, const std::vector<std::string>& words, std::string& problem) {
  const CLI::App* command = &program;
  for (const std::string& word : words) {
    const std::vector<std::string> names = NamesOfCommands(*command);
    if (names.empty() || word.starts_with('-')) break;
    const auto named = command->get_subcommands([&](const CLI::App* below) { return below->get_name() == word; });
    if (!named.empty()) {
      command = named.front();
      continue;
    }
    const std::string meant = DidYouMean(word, names);
    problem = word + ": there is no such " + KindOfCommands(*command) + meant + (meant.empty() ? "; `" : " `") +
              FullName(*command) + " --help` lists them";
    return nullptr;
  }
  return command;
}

const CLI::App& NamedCommand(const CLI::App& program) {
  const auto named = program.get_subcommands();
  return named.empty() ? program : NamedCommand(*named.front());
}

std::string FullName(const CLI::App& command) {
  return command.get_parent() == nullptr ? command.get_name()
                                         : FullName(*command.get_parent()) + " " + command.get_name();
}

std::string DescribeError(const CLI::App& program, const CLI::ParseError& error) {
  const CLI::App& command = NamedCommand(program);
  const std::vector<std::string> unknown = program.remaining(true);
  const auto option = std::find_if(unknown.begin(), unknown.end(), [](const std::string& word) {
    return word.size() > 1 && word[0] == '-' && word != "--";
  });
  std::string message;
  // A name typed wrong is the cause of what else is missing.
  if (option != unknown.end()) {
    message = Unknown(command, *option);
  } else if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !unknown.empty()) {
    message = Unknown(command, unknown.front());
  } else if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    message = Missing(command, error);
  } else if (dynamic_cast<const CLI::ExcludesError*>(&error) != nullptr) {
    message = Excluded(command);
  } else if (dynamic_cast<const CLI::RequiresError*>(&error) != nullptr) {
    message = Needed(command);
  } else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr) {
    message = Mismatch(command, error);
  } else if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr) {
    message = Unconverted(command, error.what());
  }
  if (message.empty()) message = error.what();
  return message + (message.ends_with('?') ? " `" : "; `") + FullName(command) + " --help` says more";
}

}  // namespace unspin::cli
