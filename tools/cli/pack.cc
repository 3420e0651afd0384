// `unspin pack`: reports → an evidence pack, which `unspin verify` computes again.
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/line_reader.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/result_file.h"
#include "evidence/custody.h"
#include "evidence/gather.h"
#include "evidence/pack_file.h"
#include "evidence/pack_layout.h"
#include "evidence/pack_verifier.h"
#include "evidence/pack_writer.h"
#include "evidence/timestamp.h"
#include "render/wording.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/io/read_file.h"

namespace unspin::cli {
namespace {

struct PackOptions {
  std::vector<std::string> reports;  // files of reports, packs, or "-"
  std::string archive, suspects, licences, log, timestamp, out;
  bool quiet = false;
};

// Reads an optional file. Empty where its name is.
absl::StatusOr<std::string> ReadNamed(const std::string& path) { return path.empty() ? std::string() : ReadFile(path); }

absl::StatusOr<std::vector<std::string>> ReadLog(const std::string& path) {
  std::vector<std::string> lines;
  if (path.empty()) return lines;
  auto reader = LineReader::Open(path);
  if (!reader.ok()) return reader.status();
  while (auto line = reader->Next()) {
    if (!line->empty()) lines.push_back(*std::move(line));
  }
  if (!reader->status().ok()) return reader->status();
  for (const std::string& problem : evidence::CheckLogLines(lines, evidence::LogLines::kOfAnything).problems)
    return absl::InvalidArgumentError(path + ": " + problem);
  return lines;
}

// Collects evidence for the reports of the command line, in their order.
class Gathering {
 public:
  explicit Gathering(const evidence::GatherOptions& options)
      : workspace_(engine_), gatherer_(options, engine_, workspace_) {}

  absl::Status Add(const std::string& path) {
    if (path != "-") {
      const auto pack = evidence::ReadPackFile(path);
      if (!pack.ok()) return pack.status();
      if (*pack) return AddPack(path, **pack);
    }
    auto lines = LineReader::Open(path);
    if (!lines.ok()) return lines.status();
    for (size_t number = 1; auto line = lines->Next(); ++number) {
      if (IsWhiteSpace(*line)) continue;
      auto gathered = gatherer_.Gather(*line);
      if (!gathered.ok())
        return absl::Status(gathered.status().code(),
                            path + ":" + std::to_string(number) + ": " + std::string(gathered.status().message()));
      evidence.push_back(*std::move(gathered));
    }
    return lines->status();
  }

  // The timestamp of the only pack that was added, which has the same manifest again. `is_only`: nothing else was
  // added. Says where others are left out.
  std::string TakeStamp(bool is_only) {
    if (is_only && stamps_.size() == 1) return std::move(stamps_.front().second);
    for (const auto& [path, reply] : stamps_)
      PrintError(path + ": its timestamp is left out, because it is not of the new pack");
    return "";
  }

  std::vector<evidence::Evidence> evidence;

 private:
  absl::Status AddPack(const std::string& path, const std::string& bytes) {
    auto read = evidence::ReadPack(bytes);
    if (!read.ok()) return absl::Status(read.status().code(), path + ": " + std::string(read.status().message()));
    for (evidence::Evidence& one : read->evidence) evidence.push_back(std::move(one));
    if (!read->timestamp_reply.empty()) stamps_.emplace_back(path, std::move(read->timestamp_reply));
    return absl::OkStatus();
  }

  const Engine engine_;
  Workspace workspace_;
  evidence::EvidenceGatherer gatherer_;
  std::vector<std::pair<std::string, std::string>> stamps_;  // of packs: their paths and replies
};

ExitStatus WritePackFile(const PackOptions& options, const std::vector<evidence::Evidence>& evidence,
                         const std::string& reply) {
  const auto pack = evidence::WritePack(evidence, reply);
  if (!pack.ok()) return Fail(pack.status());
  const bool written = WriteResults(options.out, [&](ResultFile& out) {
    out.Write(*pack);
    return absl::OkStatus();
  });
  if (!written) return ExitStatus::kFailed;
  if (!options.quiet && options.out != "-") {
    std::printf("%s: %s, %s\nSHA-256 %s\n", options.out.c_str(), Count(evidence.size(), "report").c_str(),
                Count(pack->size(), "byte").c_str(), Sha256Hex(*pack).c_str());
  }
  return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
}

ExitStatus Run(const PackOptions& options) {
  CommandFiles files{options.reports, options.archive, {{"--out", options.out}}, {}};
  for (const std::string& input : {options.licences, options.log, options.timestamp}) files.inputs.push_back(input);
  if (const absl::Status guarded = GuardOutputs(files); !guarded.ok()) return Fail(guarded);
  evidence::GatherOptions gather;
  std::unique_ptr<const Archive> archive;
  if (!options.archive.empty()) {
    auto opened = Archive::Open(options.archive);
    if (!opened.ok()) return Fail(opened.status());
    archive = *std::move(opened);
    gather.archive = archive.get();
  }
  gather.suspects = options.suspects;
  auto licences = ReadNamed(options.licences);
  if (!licences.ok()) return Fail(licences.status());
  gather.licences = *std::move(licences);
  gather.licences_given = !options.licences.empty();
  auto log = ReadLog(options.log);
  if (!log.ok()) return Fail(log.status());
  gather.log = *std::move(log);
  const auto reply = ReadNamed(options.timestamp);
  if (!reply.ok()) return Fail(reply.status());
  if (!options.timestamp.empty() && reply->empty()) return Fail(options.timestamp + ": an empty file is no timestamp");
  Gathering gathering(gather);
  for (const std::string& report : options.reports) {
    if (const absl::Status added = gathering.Add(report); !added.ok()) return Fail(added);
  }
  const std::string stamp = reply->empty() ? gathering.TakeStamp(options.reports.size() == 1) : *reply;
  return WritePackFile(options, gathering.evidence, stamp);
}

}  // namespace

void AddPack(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "pack", "write reports and all that they were made from into one file of evidence",
                 Examples("unspin pack reports.jsonl --archive archive --out pack.zip",
                          "unspin pack pack.zip --timestamp manifest.tsr --out stamped.zip"),
                 Run);
  command
      .add_option("reports", options.reports,
                  "files of reports, a line of JSON each, as check, compare and audit write them; - for standard "
                  "input; or packs")
      ->type_name("REPORT")
      ->required();
  command.add_option("--archive", options.archive, "the archive of the reports; not for those of compare")
      ->type_name("FOLDER");
  command.add_option("--out", options.out, "the pack; - for standard output")->type_name("FILE")->required();
  command
      .add_option("--suspects", options.suspects,
                  "folder of the suspects' files, where their names in the reports do not lead to them from here")
      ->type_name("FOLDER");
  command.add_option("--licences", options.licences, "table of licences (CSV): its rules for the suspect are packed")
      ->type_name("FILE");
  command.add_option("--log", options.log, "log of the case, lines of JSON as the rights desk writes them")
      ->type_name("FILE");
  command
      .add_option("--timestamp", options.timestamp,
                  "reply (RFC 3161) of a time-stamping authority to the pack's manifest.tsq; it is checked and packed")
      ->type_name("FILE");
  AddQuietOption(command, options.quiet, "do not print size and hash of the pack");
}

}  // namespace unspin::cli
