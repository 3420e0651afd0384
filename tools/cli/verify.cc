// `unspin verify`: reads a whole archive and checks every checksum; computes an evidence pack again.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/options.h"
#include "evidence/pack_layout.h"
#include "evidence/pack_verifier.h"
#include "evidence/timestamp.h"
#include "render/json_writer.h"
#include "render/visible.h"
#include "render/wording.h"
#include "unspin/base/strings.h"
#include "unspin/io/read_file.h"
#include "unspin/unspin.h"

namespace unspin::cli {
namespace {

struct VerifyOptions {
  std::vector<std::string> paths;  // archives and packs
  std::string archive;             // the same as one more of them
  std::string timestamp_ca;        // file; empty: none
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

ExitStatus VerifyArchive(const std::string& path, const VerifyOptions& options) {
  const auto archive = Archive::Open(path);
  const std::vector<std::string> problems =
      archive.ok() ? (*archive)->Verify() : std::vector{std::string(StdView(archive.status().message()))};
  for (const std::string& problem : problems) PrintError(problem);
  const auto statistics = archive.ok() ? std::optional((*archive)->Statistics()) : std::nullopt;
  if (options.json) {
    std::puts(ToJson(path, statistics, problems).c_str());
  } else if (problems.empty() && !options.quiet) {
    std::printf("%s: %s in %s, every checksum right\n", path.c_str(), Count(statistics->articles, "article").c_str(),
                Count(statistics->segments.size(), "segment").c_str());
  }
  return problems.empty() ? ExitStatus::kDone : ExitStatus::kFailed;
}

std::string ToJson(const std::string& path, const evidence::PackCheck& check) {
  JsonWriter json;
  json.BeginObject();
  json.Field("pack", path);
  evidence::WritePackCheck(check, json);
  if (!check.readable.ok()) json.Field("error", StdView(check.readable.message()));
  json.EndObject();
  return json.Take();
}

void PrintCheck(const std::string& path, const evidence::PackCheck& check, bool quiet) {
  for (const evidence::PackDifference& difference : check.differences) {
    const std::string file = difference.path.empty() ? "the pack" : Visible(difference.path);
    std::printf("%s: %s: %s\n", path.c_str(), file.c_str(), Visible(difference.text).c_str());
  }
  if (quiet) return;
  for (const std::string& note : check.notes) std::printf("%s: note: %s\n", path.c_str(), Visible(note).c_str());
  if (check.equal())
    std::printf("%s: equal: %s computed again from what was received\n", path.c_str(),
                Count(check.reports.size(), "report").c_str());
}

ExitStatus VerifyPackFile(const std::string& path, const VerifyOptions& options,
                          const evidence::VerifyOptions& verify) {
  auto bytes = ReadFile(path, evidence::kPackLimits.zip_bytes);
  if (!bytes.ok()) return Fail(bytes.status());
  const evidence::PackCheck check = evidence::VerifyPack(*bytes, verify);
  if (!check.readable.ok())
    PrintError(path + ": cannot be read as a pack: " + std::string(StdView(check.readable.message())));
  if (options.json) {
    std::puts(ToJson(path, check).c_str());
  } else {
    PrintCheck(path, check, options.quiet);
  }
  if (!check.readable.ok()) return ExitStatus::kFailed;
  return check.equal() ? ExitStatus::kDone : ExitStatus::kFound;
}

// Whether the path is a file: an archive is a folder.
bool IsFile(const std::string& path) {
  struct stat about;
  return stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode);
}

ExitStatus Run(const VerifyOptions& options) {
  evidence::VerifyOptions verify;
  if (!options.timestamp_ca.empty()) {
    auto authorities = ReadFile(options.timestamp_ca);
    if (!authorities.ok()) return Fail(authorities.status());
    if (absl::Status read = evidence::CheckCertificates(*authorities); !read.ok())
      return Fail(options.timestamp_ca + ": " + std::string(StdView(read.message())));
    verify.timestamp_ca = *std::move(authorities);
  }
  std::vector<std::string> paths = options.paths;
  if (!options.archive.empty()) paths.push_back(options.archive);
  ExitStatus worst = ExitStatus::kDone;
  for (const std::string& path : paths) {
    // A name that ends so, and is not there, was meant to be a pack.
    std::error_code ignored;
    const bool is_pack = IsFile(path) || (path.ends_with(".zip") && !std::filesystem::exists(path, ignored));
    worst = std::max(worst, is_pack ? VerifyPackFile(path, options, verify) : VerifyArchive(path, options));
  }
  return ResultsWritten() ? worst : ExitStatus::kFailed;
}

}  // namespace

void AddVerify(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "verify", "check every checksum of an archive, or compute an evidence pack again and compare",
      Examples("unspin verify archive || echo damaged", "unspin verify pack.zip --timestamp-ca authority.pem"), Run);
  auto* argument =
      command.add_option("paths", options.paths, "archives, which are folders, and packs, which are files");
  argument->type_name("ARCHIVE|PACK");
  argument->check(CLI::Validator([](const std::string&) { return std::string(); }, "required", kRequiredMark));
  command.add_option("--archive", options.archive, "an archive as an option, as other commands take it")
      ->type_name("FOLDER");
  command
      .add_option("--timestamp-ca", options.timestamp_ca,
                  "certificates (PEM) of authorities that are trusted to certify the signer of a pack's timestamp")
      ->type_name("FILE");
  command.add_flag("--json", options.json, "a line of JSON for each: counts and problems, or what differs");
  AddQuietOption(command, options.quiet, "say nothing where every checksum is right and every pack is equal");
  command.parse_complete_callback([&options = options] {
    if (options.paths.empty() && options.archive.empty()) throw CLI::RequiredError("paths");
  });
}

}  // namespace unspin::cli
