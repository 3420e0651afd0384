// The program: reads the command line and runs the command that it names.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <string>

#include "cli/command.h"
#include "cli/command_list.h"
#include "cli/commands.h"
#include "cli/messages.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

// Says which word of the command line should name a command and does not; empty if none. CLI11 itself would say no more
// than that a subcommand is required.
std::string UnknownCommand(const CLI::App& app, int argc, char** argv) {
  const CLI::App* parent = &app;
  std::string path = app.get_name();
  for (int i = 1; i < argc && argv[i][0] != '-'; ++i) {
    const auto has_name = [&](const CLI::App* command) { return command->get_name() == argv[i]; };
    if (parent->get_subcommands([](const CLI::App*) { return true; }).empty()) break;
    const auto named = parent->get_subcommands(has_name);
    if (named.empty()) {
      const std::string kind = parent == &app ? "command" : parent->get_name();
      return std::string(argv[i]) + ": there is no such " + kind + "; `" + path + " --help` lists them";
    }
    parent = named.front();
    path += " " + parent->get_name();
  }
  return "";
}

// "unspin stage join": as far as the command line names a command.
std::string NamedCommand(const CLI::App& app) {
  const auto named = app.get_subcommands();
  return app.get_name() + (named.empty() ? "" : " " + NamedCommand(*named.front()));
}

ExitStatus Main(int argc, char** argv) {
  CLI::App app{
      "unspin finds the original of a rewritten news article, and says how far it was rewritten and why we say so."};
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
  if (argc == 3 && argv[1] == std::string_view("help") && argv[2] == std::string_view("--json")) {
    std::puts(CommandListJson(DescribeCommand(app)).c_str());
    return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
  }
  if (const std::string problem = UnknownCommand(app, argc, argv); !problem.empty()) return Fail(problem);
  try {
    app.parse(argc, argv);  // runs the command
  } catch (const CLI::Success& help_or_version) {
    app.exit(help_or_version);
    return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
  } catch (const CLI::ParseError& error) {
    return Fail(std::string(error.what()) + "; `" + NamedCommand(app) + " --help` says more");
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
  return static_cast<int>(unspin::cli::Main(argc, argv));
}
