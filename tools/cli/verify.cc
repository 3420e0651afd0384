// `unspin verify`: reads a whole archive and checks every checksum.
#include <cstdio>
#include <optional>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "render/json_writer.h"
#include "render/wording.h"
#include "unspin/base/strings.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct VerifyOptions {
  std::string archive;
  bool json = false;
  bool quiet = false;
};

// Without `statistics`: the archive could not be opened.
std::string ToJson(const std::string& archive, const std::optional<ArchiveStatistics>& statistics,
                   const std::vector<std::string>& problems) {
  JsonWriter json;
  json.BeginObject();
  json.Field("archive", archive);
  json.FieldOrNull("articles", statistics ? std::optional<uint64_t>(statistics->articles) : std::nullopt);
  json.FieldOrNull("segments", statistics ? std::optional<uint64_t>(statistics->segments.size()) : std::nullopt);
  json.Key("problems");
  json.BeginArray();
  for (const std::string& problem : problems) json.Text(problem);
  json.EndArray();
  json.EndObject();
  return json.Take();
}

ExitStatus Run(const VerifyOptions& options) {
  const auto archive = Archive::Open(options.archive);
  const std::vector<std::string> problems =
      archive.ok() ? (*archive)->Verify() : std::vector{std::string(StdView(archive.status().message()))};
  for (const std::string& problem : problems) PrintError(problem);
  const auto statistics = archive.ok() ? std::optional((*archive)->Statistics()) : std::nullopt;
  if (options.json) {
    std::puts(ToJson(options.archive, statistics, problems).c_str());
  } else if (problems.empty() && !options.quiet) {
    std::printf("%s: %s in %s, every checksum right\n", options.archive.c_str(),
                Count(statistics->articles, "article").c_str(), Count(statistics->segments.size(), "segment").c_str());
  }
  return ResultsWritten() && problems.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

}  // namespace

void AddVerify(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(app, status, "verify", "read a whole archive and check every checksum",
                                       Examples("unspin verify archive", "unspin verify archive || echo damaged"), Run);
  AddArchiveArgument(command, options.archive);
  command.add_flag("--json", options.json, "the counts and the problems as JSON");
  AddQuietOption(command, options.quiet, "say nothing where every checksum is right");
}

}  // namespace unspin::cli
