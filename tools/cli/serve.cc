// `unspin serve`: the rights desk, a service over HTTP and a page in the browser.
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "cli/serve_options.h"
#ifdef UNSPIN_SERVER
#include "server/access.h"
#include "server/http_server.h"
#include "server/metrics.h"
#include "server/request_log.h"
#include "server/routes.h"
#include "server/service.h"
#include "server/sessions.h"
#endif

namespace unspin::cli {
namespace {

#ifdef UNSPIN_SERVER

ExitStatus PrintNewToken(const ServeOptions& options) {
  const auto scopes = server::ParseScopes(options.scopes);
  if (!scopes || *scopes == 0)
    return Fail("serve: --scopes " + options.scopes + ": write some of read, check, write and admin, with commas");
  if (options.new_token.find_first_of("\r\n") != std::string::npos)
    return Fail("serve: --new-token takes the name of a person on one line");
  const auto [token, line] = server::NewToken(options.new_token, *scopes);
  std::printf("token for the person, shown only now:\n%s\n\nline for the token file:\n%s\n", token.c_str(),
              line.c_str());
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

bool IsLoopback(const std::string& address) { return address.starts_with("127.") || address == "::1"; }

// The signals that a server waits for: to end, or to read the token file again.
sigset_t ServerSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

// Returns when the process is told to end.
void WaitForTheEnd(const sigset_t& signals, server::Access& access, server::RequestLog& log) {
  for (;;) {
    int signal = 0;
    if (sigwait(&signals, &signal) != 0) continue;
    if (signal != SIGHUP) return;
    const absl::Status reloaded = access.Reload();
    log.AddEvent("tokens-read", reloaded.ok() ? std::vector<std::pair<std::string, std::string>>{}
                                              : std::vector<std::pair<std::string, std::string>>{
                                                    {"problem", std::string(reloaded.message())}});
  }
}

server::ServerOptions HttpOptions(const ServeOptions& options, const Engine& engine, server::RequestLog& log) {
  server::ServerOptions http;
  http.address = options.address;
  http.port = static_cast<int>(options.port);
  http.engine = &engine;
  http.threads = static_cast<int>(ThreadCount(options.common));
  http.max_body = options.max_body;
  http.max_connections = options.max_connections;
  http.max_streams = options.max_connections / 2;
  http.max_queue = options.max_queue;
  http.rate = options.rate;
  http.burst = options.burst;
  http.timeout = std::chrono::seconds(options.timeout);
  http.log = options.common.quiet ? nullptr : &log;
  return http;
}

ExitStatus Serve(const ServeOptions& options) {
  // Before any thread starts, because threads inherit which signals they leave to sigwait.
  const sigset_t signals = ServerSignals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  server::Metrics metrics;
  server::RequestLog log;
  server::Sessions sessions;
  auto access = server::Access::Create({options.token_file, options.hosts}, sessions);
  if (!access.ok()) return Fail(access.status());
  auto service =
      server::Service::Open({options.archive, options.data, options.inputs, ThreadCount(options.common),
                             options.max_body, static_cast<int64_t>(options.keep_texts),
                             [&log](const std::string& problem) { log.AddEvent("problem", {{"message", problem}}); }});
  if (!service.ok()) return Fail(service.status());
  const auto http =
      server::HttpServer::Start(HttpOptions(options, (*service)->engine(), log),
                                server::AllRoutes(**service, **access, sessions, metrics), **access, metrics);
  if (!http.ok()) return Fail(http.status());
  std::printf("%s\n", (*http)->url().c_str());
  if (!ResultsWritten()) return ExitStatus::kFailed;
  WaitForTheEnd(signals, **access, log);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);  // a second signal ends the process at once
  (*service)->StopJobs();
  (*http)->Stop();
  return ExitStatus::kDone;
}

ExitStatus Run(const ServeOptions& options) {
  if (!options.new_token.empty()) return PrintNewToken(options);
  if (options.archive.empty())
    return Fail("serve: --archive is missing; name the folder of the archive, made by `unspin index`");
  if (!IsLoopback(options.address) && options.token_file.empty())
    return Fail("serve: the address " + options.address +
                " can be reached from other machines, so every person needs a token: make one with `unspin serve "
                "--new-token NAME`, and give --token-file");
  return Serve(options);
}

#else

ExitStatus Run(const ServeOptions&) {
  return Fail(
      "serve: this program was built without the server; build it where libmicrohttpd and SQLite are installed "
      "(Debian, Ubuntu: apt-get install libmicrohttpd-dev libsqlite3-dev), or use the package of your system");
}

#endif

}  // namespace

void AddServe(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "serve", "the rights desk: checks, cases and audits over HTTP, and a page in the browser",
      "Without --token-file the server answers on this machine only, and everybody on it may do everything."
      "\n\n" +
          Examples("unspin serve --archive archive",
                   "unspin serve --archive archive --address 0.0.0.0 --token-file tokens --host desk.example"),
      Run);
  AddServeOptions(command, options);
}

}  // namespace unspin::cli
