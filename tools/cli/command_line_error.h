// What is wrong with a command line, in the words of its user, and what was probably meant.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace unspin::cli {

// The command that `words` name from `program` on, or nullptr; then `problem` says which word names none. Words behind
// an option, and behind a command that has none below it, are not read.
const CLI::App* FindCommand(const CLI::App& program, const std::vector<std::string>& words, std::string& problem);

// The last command that the parsed command line named: the program if none.
const CLI::App& NamedCommand(const CLI::App& program);

// "unspin stage join".
std::string FullName(const CLI::App& command);

// `error` was thrown when `program` parsed its command line. CLI11's messages are for programmers, so they are made
// anew from its kind and from the options.
std::string DescribeError(const CLI::App& program, const CLI::ParseError& error);

}  // namespace unspin::cli
