// The program: reads the command line and runs the command that it names.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/command_line_error.h"
#include "cli/command_list.h"
#include "cli/commands.h"
#include "cli/help_text.h"
#include "cli/messages.h"
#include "cli/terminal.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

ExitStatus PrintHelp(const CLI::App& command) {
  const TextStyle style{Columns(STDOUT_FILENO, kHelpColumns, kMaxHelpColumns), TakesColours(),
                        TakesOnlyAscii(STDOUT_FILENO)};
  std::fputs(HelpText(DescribeCommand(command), style).c_str(), stdout);
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

// `unspin help [COMMAND]`, and `unspin help --json`, from which manual pages and completions are made.
ExitStatus RunHelp(const CLI::App& program, std::vector<std::string> words) {
  if (words == std::vector<std::string>{"--json"}) {
    std::puts(CommandListJson(DescribeCommand(program)).c_str());
    return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
  }
  std::erase_if(words, [](const std::string& word) { return word == "help" || word == "--help" || word == "-h"; });
  const auto option = std::find_if(words.begin(), words.end(), [](const auto& word) { return word.starts_with('-'); });
  if (option != words.end())
    return Fail(*option + ": `unspin help` takes a command, or --json alone; `unspin --help` says more");
  std::string problem;
  const CLI::App* const command = FindCommand(program, words, problem);
  return command == nullptr ? Fail(problem) : PrintHelp(*command);
}

ExitStatus Main(int argc, char** argv) {
  CLI::App app{"find the original of a rewritten news article, and say how far it was rewritten and why we say so"};
  app.name("unspin");
  app.set_version_flag("-V,--version", std::string("unspin ") + kVersion, "print the version and exit");
  app.set_help_flag("-h,--help", "print this help and exit");
  app.require_subcommand(1);
  app.footer("`unspin help COMMAND` says more.\n\n" +
             Examples("unspin index originals/ --archive archive",
                      "unspin check suspect.html --archive archive --html report.html"));
  ExitStatus status = ExitStatus::kFailed;
#define UNSPIN_ADD(Name) Add##Name(app, status);
  UNSPIN_COMMANDS(UNSPIN_ADD)
#undef UNSPIN_ADD
  const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
  if (!arguments.empty() && arguments[0] == "help") return RunHelp(app, {arguments.begin() + 1, arguments.end()});
  std::string problem;
  if (FindCommand(app, arguments, problem) == nullptr) return Fail(problem);
  try {
    app.parse(argc, argv);  // runs the command
  } catch (const CLI::CallForHelp&) {
    return PrintHelp(NamedCommand(app));
  } catch (const CLI::Success& version) {
    std::puts(version.what());
    return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
  } catch (const CLI::ParseError& error) {
    return Fail(DescribeError(app, error));
  }
  return status;
}

}  // namespace
}  // namespace unspin::cli

int main(int argc, char** argv) {
  // When the reader goes away, as in `unspin … | head`, a write fails instead of a signal ending the process.
  std::signal(SIGPIPE, SIG_IGN);
  // Likewise when a file grows past `ulimit -f`.
  std::signal(SIGXFSZ, SIG_IGN);
  // The number of a closed standard stream would go to the next file opened, which may be the archive's. /dev/null
  // takes it, opened in the wrong direction, so that using the stream stays an error.
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(stream, F_GETFD) < 0) open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY);
  }
  const unspin::cli::ExitStatus status = unspin::cli::Main(argc, argv);
  return static_cast<int>(unspin::cli::HasReaderGone() ? unspin::cli::ExitStatus::kReaderGone : status);
}
