#include "cli/spins.h"

#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/line_reader.h"
#include "cli/messages.h"

namespace unspin::cli {
namespace {

using Json = nlohmann::ordered_json;

// A field of a CSV line, as RFC 4180 has it.
std::string CsvField(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

absl::StatusOr<std::vector<Substitution>> ReadSubstitutions(const std::string& path) {
  auto lines = LineReader::Open(path);
  if (!lines.ok()) return lines.status();
  std::vector<Substitution> out;
  uint64_t number = 0;
  while (const std::optional<std::string> line = lines->Next()) {
    ++number;
    if (line->empty()) continue;
    const Json report = Json::parse(*line, nullptr, false);
    if (!report.is_object() || !report.contains("findings") || !report["findings"].is_array()) {
      return absl::InvalidArgumentError(path + ":" + std::to_string(number) +
                                        ": not a report; make one with `unspin check SUSPECT --archive DIR --json`");
    }
    if (report["findings"].empty()) continue;
    const Json& finding = report["findings"][0];
    if (!finding.is_object() || !finding.contains("substitutions") || !finding["substitutions"].is_array()) continue;
    for (const Json& entry : finding["substitutions"]) {
      const auto text = [&](const char* name) {
        return entry.is_object() && entry.contains(name) && entry[name].is_string() ? entry[name].get<std::string>()
                                                                                    : "";
      };
      Substitution substitution;
      substitution.original = text("original");
      substitution.suspect = text("suspect");
      substitution.count = entry.is_object() && entry.contains("count") && entry["count"].is_number_unsigned()
                               ? entry["count"].get<uint32_t>()
                               : 1;
      const std::string evidence = text("evidence");
      substitution.source = evidence == Name(SubstitutionSource::kNumber) ? SubstitutionSource::kNumber
                            : evidence == Name(SubstitutionSource::kStem) ? SubstitutionSource::kStem
                                                                          : SubstitutionSource::kContext;
      if (!substitution.original.empty() && !substitution.suspect.empty()) out.push_back(std::move(substitution));
    }
  }
  if (!lines->status().ok()) return lines->status();
  return out;
}

void Print(const std::vector<SpinEntry>& entries, SpinsCommand::Format format) {
  if (format == SpinsCommand::Format::kCsv) std::puts("original,suspect,uses,pairs");
  for (const SpinEntry& entry : entries) {
    switch (format) {
      case SpinsCommand::Format::kText:
        std::printf("%-28s → %-28s %6u uses in %u articles\n", entry.original.c_str(), entry.suspect.c_str(),
                    entry.uses, entry.pairs);
        break;
      case SpinsCommand::Format::kCsv:
        std::printf("%s,%s,%u,%u\n", CsvField(entry.original).c_str(), CsvField(entry.suspect).c_str(), entry.uses,
                    entry.pairs);
        break;
      case SpinsCommand::Format::kJson: {
        const Json json = {
            {"original", entry.original}, {"suspect", entry.suspect}, {"uses", entry.uses}, {"pairs", entry.pairs}};
        std::puts(json.dump(-1, ' ', false, Json::error_handler_t::replace).c_str());
        break;
      }
    }
  }
}

int CompareFiles(const SpinsCommand& command) {
  const auto left = ReadSubstitutions(command.compare[0]);
  if (!left.ok()) return PrintError(left.status()), kFailed;
  const auto right = ReadSubstitutions(command.compare[1]);
  if (!right.ok()) return PrintError(right.status()), kFailed;
  const SpinnerLikeness likeness = CompareSpinners(*left, *right);
  if (command.format == SpinsCommand::Format::kText) {
    std::printf("likeness  %.2f: of %u phrases that both replaced, %u got the same replacement\n", likeness.likeness,
                likeness.common, likeness.equal);
    std::puts(likeness.common < 5        ? "          too few to say whether one spinner made both"
              : likeness.likeness >= 0.5 ? "          as texts of one spinner do"
              : likeness.likeness >= 0.3 ? "          no clear answer"
                                         : "          as texts of two spinners do");
  }
  Print(likeness.shared, command.format);
  return ResultsWritten() ? kDone : kFailed;
}

}  // namespace

Report SpinLesson(const Report& report) {
  Report lesson;
  lesson.suspect.sha256 = report.suspect.sha256;
  if (report.findings.empty()) return lesson;
  const Finding& finding = report.findings.front();
  Finding& taught = lesson.findings.emplace_back();
  taught.original.sha256 = finding.original.sha256;
  taught.verdict = finding.verdict;
  taught.log10_likelihood_ratio = finding.log10_likelihood_ratio;
  taught.direction = finding.direction;
  taught.substitutions = finding.substitutions;
  return lesson;
}

absl::Status SaveSpins(const std::string& folder, const SpinDictionary& before, const SpinDictionary& after,
                       bool quiet) {
  const auto writer = ArchiveWriter::Open(folder);
  if (!writer.ok()) return writer.status();
  const absl::Status saved = (*writer)->SaveSpins(before, after);
  if (saved.ok() && !quiet) {
    std::fprintf(stderr, "learnt from %zu articles; the dictionary has %zu replacements seen in two articles or more\n",
                 after.pairs() - before.pairs(), after.Entries().size());
  }
  return saved;
}

int Run(const SpinsCommand& command) {
  if (!command.compare.empty()) return CompareFiles(command);
  if (command.archive.empty())
    return PrintError("spins: name an archive, or two files of reports with --compare"), kFailed;
  const auto archive = Archive::Open(command.archive);
  if (!archive.ok()) return PrintError(archive.status()), kFailed;
  const std::vector<SpinEntry> entries = (*archive)->spins().Entries(command.least);
  if (entries.empty()) {
    PrintError("nothing learnt yet that was seen in " + std::to_string(command.least) +
               " articles; learn with: unspin audit SUSPECTS --archive " + command.archive + " --out REPORTS --learn");
  }
  Print(entries, command.format);
  return ResultsWritten() ? kDone : kFailed;
}

}  // namespace unspin::cli
