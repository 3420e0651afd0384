// `unspin check`: suspects → the originals they derive from.
#include <cstdio>
#include <optional>
#include <utility>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/exclusions.h"
#include "cli/html_pages.h"
#include "cli/input.h"
#include "cli/licences.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/progress.h"
#include "cli/spin_learning.h"
#include "cli/terminal.h"
#include "render/json.h"
#include "render/text.h"
#include "unspin/base/ordered_pipeline.h"
#include "unspin/engine/archive_reader.h"

namespace unspin::cli {
namespace {

struct SuspectCheckOptions {
  CommonOptions common;
  InputOptions input;
  std::string archive;
  bool json = false;
  std::string html;  // file or folder; empty: none
  CheckOptions check;
  ExcludeOptions exclude;
  std::string licences;  // file; empty: none
  OffsetUnit offsets = OffsetUnit::kByte;
  std::optional<Verdict> fail_on;
  bool learn = false;
};

void PrintReport(const Report& report, const SuspectCheckOptions& options, const LicenceTable& licences) {
  if (options.json) {
    const JsonOptions json{true, options.offsets,
                           OptionsInReports(options.input.reader, options.check, options.offsets, options.exclude.spans,
                                            licences.sha256())};
    std::puts(RenderJson(report, json).c_str());
  } else {
    std::fputs(RenderText(report, TerminalText()).c_str(), stdout);
  }
}

// Excludes what the options name. `first` becomes the only suspect. Fails where there are several, and where nothing in
// the suspect or in the archive has such a name.
absl::Status Exclude(const Archive& archive, SuspectCheckOptions& options, Input& input,
                     std::optional<Article>& first) {
  for (const std::string& id : options.check.exclude.originals) {
    if (archive.reader().FindVersions(id).empty())
      return absl::InvalidArgumentError("--exclude-original " + id +
                                        ": the archive holds no such article; `unspin list " + options.archive +
                                        "` shows the ids of all");
  }
  first = input.Next();
  if (!first) return absl::OkStatus();
  if (input.Next())
    return absl::InvalidArgumentError(
        "check: --exclude and --exclude-original are for one suspect, and the input holds several; check it by itself");
  if (absl::Status read = ReadSpans(options.exclude); !read.ok()) return read;
  return FindExcluded(options.exclude, options.offsets, *first, options.check.exclude.spans);
}

ExitStatus Run(const SuspectCheckOptions& given) {
  SuspectCheckOptions options = given;
  if (options.json && options.html == "-") return Fail("check: --json and --html - both write to standard output");
  CommandFiles files{options.input.inputs, options.archive, {}, {}};
  files.inputs.push_back(options.licences);
  AddPages(options.html, files);
  if (const absl::Status guarded = GuardOutputs(files); !guarded.ok()) return Fail(guarded);
  const absl::StatusOr<LicenceTable> licences = LicenceTable::Read(options.licences);
  if (!licences.ok()) return Fail(licences.status());
  auto archive = Archive::Open(options.archive);
  if (!archive.ok()) return Fail(archive.status());
  options.input.reader.hash_files = true;
  auto input = Input::Open(options.input);
  if (!input.ok()) return Fail(input.status());
  SpinDictionary spins = (*archive)->spins();
  auto opened = HtmlPages::Open(options.html, (*input)->files() > 1);
  if (!opened.ok()) return Fail(opened.status());
  HtmlPages& pages = *opened;
  (*input)->set_bad_record_listener([&](const BadRecord& bad) { pages.AddSkipped(bad); });
  std::optional<Article> first;  // where it was read already
  const bool excludes = !options.exclude.names.empty() || !options.check.exclude.empty();
  if (excludes) {
    const absl::Status excluded = Exclude(**archive, options, **input, first);
    if (!excluded.ok()) return Fail(excluded);
  }
  const Engine engine;
  absl::Status failure;
  bool found = false;
  uint64_t checked = 0;
  Progress progress("checking", options.common.quiet || !options.json || ResultsGoToTerminal());
  RunOrderedPipeline(
      ThreadCount(options.common), [&] { return excludes ? std::exchange(first, std::nullopt) : (*input)->Next(); },
      [&] { return std::make_unique<Workspace>(engine); },
      [&](std::unique_ptr<Workspace>& workspace, Article article) {
        absl::StatusOr<Report> report = engine.Check(article, **archive, options.check, *workspace);
        if (report.ok()) licences->Apply(*report);
        return report;
      },
      [&](absl::StatusOr<Report> report) {
        if (!report.ok()) {
          failure = report.status();
          return false;
        }
        if (options.learn) spins.Learn(*report);
        found |= options.fail_on && report->summary.verdict <= *options.fail_on;
        if (!pages.to_standard_output()) PrintReport(*report, options, *licences);
        failure = pages.Add(*report);
        progress.Update(++checked, (*input)->bytes_read(), (*input)->bytes_total());
        return failure.ok() && std::ferror(stdout) == 0;
      });
  progress.Finish();
  if (failure.ok()) failure = pages.Finish();
  if (failure.ok() && options.learn)
    failure = SaveSpins(options.archive, (*archive)->spins(), spins, options.common.quiet);
  if (!failure.ok()) return Fail(failure);
  if (!ResultsWritten()) return ExitStatus::kFailed;
  const ExitStatus status = (*input)->Finish();
  // A finding that the caller asked for says more than a record that was skipped.
  return status != ExitStatus::kFailed && found ? ExitStatus::kFound : status;
}

}  // namespace

void AddCheck(CLI::App& app, ExitStatus& status) {
  auto [command, options] =
      AddCommand(app, status, "check", "find the originals of a suspect article and say how far it was rewritten",
                 Examples("unspin check suspect.html --archive archive",
                          "unspin check suspects/ --archive archive --json | jq .summary"),
                 Run);
  AddInputOptions(command, options.input, "suspect articles: files, folders or - for standard input");
  AddArchiveOption(command, options.archive, options.input.inputs, true, "folder of the archive");
  command.add_flag("--json", options.json, "one report per line as JSON");
  command.add_option(
      "--html", options.html,
      "write the report as a page to FILE, - for standard output; with several suspects a page each and an "
      "index to a folder");
  AddCheckOptions(command, options.check);
  AddExcludeOption(command, options.exclude);
  AddExcludeOriginalOption(command, options.check.exclude.originals);
  AddLicencesOption(command, options.licences);
  AddOffsetsOption(command, options.offsets);
  AddWordOption(command, "--fail-on", options.fail_on, VerdictNames(),
                "exit with 1 if a finding at least this strong was made, also where records were skipped; strongest "
                "first: copy, edited, spun, rewritten, excerpt, common-source, independent, unrelated");
  AddLearnOption(command, options.learn);
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
