#include "cli/serve_options.h"

#include <charconv>
#include <optional>
#include <string_view>

#include <CLI/CLI.hpp>

namespace unspin::cli {
namespace {

constexpr char kLimitsGroup[] = "Limits";
constexpr char kAccessGroup[] = "Access";

constexpr uint64_t kMinBody = uint64_t{1} << 10;  // a body of a few words fits
constexpr uint64_t kMaxBody = uint64_t{1} << 30;  // it is held in memory
constexpr uint64_t kMaxConnections = 10'000;
constexpr uint64_t kMaxQueue = 100'000;
constexpr double kMaxRate = 1e6;
constexpr uint64_t kMaxTimeout = 3600;     // seconds
constexpr uint64_t kMaxKeepDays = 36'500;  // a hundred years

// "16MiB", "500KiB", "1048576".
std::optional<uint64_t> BytesIn(std::string_view text) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<size_t>(end - text.data()));
  const int shift = unit.empty() || unit == "B" ? 0 : unit == "KiB" ? 10 : unit == "MiB" ? 20 : unit == "GiB" ? 30 : -1;
  if (shift < 0 || number > (UINT64_MAX >> shift)) return std::nullopt;
  return number << shift;
}

void AddMaxBody(CLI::App& command, uint64_t& max_body) {
  const std::string range = "1KiB to 1GiB";
  const auto check = [=](const std::string& text) -> std::string {
    const auto bytes = BytesIn(text);
    return bytes && kMinBody <= *bytes && *bytes <= kMaxBody ? ""
                                                             : text + ": write a size from " + range + ", as in 16MiB";
  };
  command
      .add_option_function<std::string>(
          "--max-body", [&max_body](const std::string& text) { max_body = BytesIn(text).value_or(max_body); },
          WithDefault("bytes of a request's body, also once it is decompressed", "16MiB"))
      ->type_name("SIZE")
      ->check(CLI::Validator(check, range, kRangeValidator))
      ->group(kLimitsGroup);
}

void AddLimits(CLI::App& command, ServeOptions& options) {
  AddMaxBody(command, options.max_body);
  command
      .add_option("--max-connections", options.max_connections,
                  WithDefault("connections at a time; the next one is refused", options.max_connections))
      ->check(WholeNumber(2, kMaxConnections))
      ->group(kLimitsGroup);
  command
      .add_option("--max-queue", options.max_queue,
                  WithDefault("requests that wait for a thread; the next one is refused", options.max_queue))
      ->check(WholeNumber(1, kMaxQueue))
      ->group(kLimitsGroup);
  command
      .add_option("--rate", options.rate,
                  WithDefault("requests a second of one token, or of one address without; 0: no limit", options.rate))
      ->check(RealNumber(0, kMaxRate))
      ->group(kLimitsGroup);
  command.add_option("--burst", options.burst, WithDefault("requests of one of them at once", options.burst))
      ->check(RealNumber(1, kMaxRate))
      ->group(kLimitsGroup);
  command
      .add_option("--timeout", options.timeout, WithDefault("seconds from a request to its answer", options.timeout))
      ->check(WholeNumber(1, kMaxTimeout))
      ->group(kLimitsGroup);
  command
      .add_option(
          "--keep-texts", options.keep_texts,
          WithDefault("days after which the texts of cases and audits are erased; 0: never", options.keep_texts))
      ->check(WholeNumber(0, kMaxKeepDays))
      ->type_name("DAYS")
      ->group(kLimitsGroup);
}

void AddAccess(CLI::App& command, ServeOptions& options) {
  command
      .add_option("--token-file", options.token_file,
                  "file with a line for each person who may come in: hash of the token, scopes, name; SIGHUP reads it "
                  "again")
      ->group(kAccessGroup);
  command
      .add_option("--host", options.hosts,
                  "name by which browsers reach the server, besides localhost; repeat the option for others")
      ->type_name("NAME")
      ->allow_extra_args(false)
      ->group(kAccessGroup);
  command.add_option("--new-token", options.new_token, "print a new token for this person and its line, and end")
      ->type_name("NAME")
      ->group(kAccessGroup);
  command
      .add_option("--scopes", options.scopes,
                  WithDefault("of the new token: some of read, check, write, admin", options.scopes))
      ->type_name("LIST")
      ->group(kAccessGroup);
}

}  // namespace

void AddServeOptions(CLI::App& command, ServeOptions& options) {
  command.add_option("--archive", options.archive, "folder of the archive");
  command
      .add_option("--data", options.data,
                  "folder of the cases, the log and the audits; by default that of the archive with .desk behind it")
      ->type_name("FOLDER");
  command.add_option("--inputs", options.inputs, "folder whose files may be audited without an upload");
  command.add_option("--address", options.address, WithDefault("address to listen on", options.address))
      ->type_name("ADDRESS");
  command.add_option("--port", options.port, WithDefault("port to listen on; 0: any free one", options.port))
      ->check(WholeNumber(0, 65535));
  AddAccess(command, options);
  AddLimits(command, options);
  command.add_option("--threads", options.common.threads, "threads that answer requests (default: all cores)")
      ->check(WholeNumber(1, kMaxThreads))
      ->group(kGeneralGroup);
  AddQuietOption(command, options.common.quiet, "no log of requests on standard error");
}

}  // namespace unspin::cli
