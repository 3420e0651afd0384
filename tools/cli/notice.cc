// `unspin notice`: the draft of a notice about a finding, for a person to check, complete and sign.
#include <pwd.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "cli/command.h"
#include "cli/commands.h"
#include "cli/licences.h"
#include "cli/line_reader.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/result_file.h"
#include "evidence/event_log_file.h"
#include "evidence/gather.h"
#include "evidence/notice.h"
#include "evidence/pack_file.h"
#include "evidence/pack_verifier.h"
#include "render/json_writer.h"
#include "render/wording.h"
#include "unspin/base/strings.h"
#include "unspin/io/read_file.h"
#include "unspin/licence/licence_table.h"

namespace unspin::cli {
namespace {

constexpr uint64_t kMaxFindings = 1000;  // of one report; `check --limit` lists fewer

const Names<evidence::NoticeForm>& FormNames() {
  static const Names<evidence::NoticeForm> names = [] {
    Names<evidence::NoticeForm> all;
    for (size_t form = 0; form < evidence::kNoticeForms.size(); ++form)
      all[evidence::kNoticeForms[form]] = static_cast<evidence::NoticeForm>(form);
    return all;
  }();
  return names;
}

struct NoticeCommandOptions {
  std::string report;  // file of one report, a pack, or "-"
  std::string archive, suspects, licences;
  evidence::NoticeForm form = evidence::NoticeForm::kDmca;
  std::string language = evidence::kNoticeLanguages[0];
  uint64_t finding = 0;  // from 1; 0: not given, the first
  std::string override_reason, log, person;
  std::string out = "-";
  bool quiet = false;
};

absl::Status Named(const std::string& path, const absl::Status& status) {
  return absl::Status(status.code(), path + ": " + std::string(StdView(status.message())));
}

absl::Status NotOne(const std::string& path, size_t reports, const char* advice) {
  const std::string what = reports == 0 ? "holds no report" : "holds " + Count(reports, "report");
  return absl::InvalidArgumentError(path + ": " + what + "; a notice is about one, so give " + advice);
}

absl::StatusOr<evidence::Evidence> OfLine(const NoticeCommandOptions& options) {
  auto lines = LineReader::Open(options.report);
  if (!lines.ok()) return lines.status();
  std::string report;
  size_t reports = 0;
  while (const auto line = lines->Next()) {
    if (IsWhiteSpace(*line)) continue;
    if (++reports == 1) report = *line;
  }
  if (!lines->status().ok()) return lines->status();
  if (reports != 1) return NotOne(options.report, reports, "one line of it, as `sed -n 1p` prints the first");
  evidence::GatherOptions gather;
  std::unique_ptr<const Archive> archive;
  if (!options.archive.empty()) {
    auto opened = Archive::Open(options.archive);
    if (!opened.ok()) return opened.status();
    archive = *std::move(opened);
    gather.archive = archive.get();
  }
  gather.suspects = options.suspects;
  if (!options.licences.empty()) {
    auto licences = ReadFile(options.licences);
    if (!licences.ok()) return licences.status();
    gather.licences = *std::move(licences);
    gather.licences_given = true;
  }
  const Engine engine;
  Workspace workspace(engine);
  auto gathered = evidence::GatherEvidence(report, gather, engine, workspace);
  if (!gathered.ok()) return Named(options.report, gathered.status());
  return gathered;
}

absl::StatusOr<evidence::Evidence> Gather(const NoticeCommandOptions& options) {
  if (options.report == "-") return OfLine(options);
  const auto pack = evidence::ReadPackFile(options.report);
  if (!pack.ok()) return pack.status();
  if (!*pack) return OfLine(options);
  auto packed = evidence::ReadPack(**pack);
  if (!packed.ok()) return Named(options.report, packed.status());
  if (packed->evidence.size() != 1)
    return NotOne(options.report, packed->evidence.size(), "its report, or a pack of that alone");
  return std::move(packed->evidence.front());
}

// The licences of the findings: by the given table, else by the rules that a pack brings.
absl::Status ApplyTable(const NoticeCommandOptions& options, evidence::Evidence& evidence) {
  if (!options.licences.empty()) {
    const auto table = LicenceTable::Read(options.licences);
    if (!table.ok()) return table.status();
    table->Apply(evidence.report);
  } else if (!evidence.licences.empty()) {
    const auto rules = ParseLicences(evidence.licences, options.report + ": licences.csv");
    if (!rules.ok()) return rules.status();
    ApplyLicences(*rules, evidence.report);
  }
  return absl::OkStatus();
}

std::string LoginName() {
  const passwd* user = ::getpwuid(::geteuid());  // the only call of it; the program has one thread here
  return user == nullptr ? std::to_string(::geteuid()) : user->pw_name;
}

evidence::Event NotedOf(const NoticeCommandOptions& options, const evidence::Evidence& evidence, size_t finding,
                        const std::vector<evidence::NoticeRefusal>& refusals) {
  JsonWriter details;
  details.BeginObject();
  details.Field("form", WordFor(FormNames(), options.form));
  details.Field("language", options.language);
  details.Field("finding", finding);
  details.Field("report", ReportId(evidence.report, evidence.json));
  details.Field("suspect", evidence.report.suspect.sha256);
  details.Field("original", evidence.report.findings[finding].original.id);
  details.Key("overridden");
  details.BeginArray();
  for (const evidence::NoticeRefusal& refusal : refusals) details.Text(refusal.rule);
  details.EndArray();
  if (!refusals.empty()) details.Field("reason", options.override_reason);
  details.EndObject();
  evidence::Event event;
  event.time = absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", absl::Now(), absl::UTCTimeZone());
  event.person = options.person.empty() ? LoginName() : options.person;
  event.action = "noticed";
  event.details = details.Take();
  return event;
}

std::string RulesOf(const std::vector<evidence::NoticeRefusal>& refusals) {
  std::string rules;
  for (const evidence::NoticeRefusal& refusal : refusals) rules += (rules.empty() ? "" : ", ") + refusal.rule;
  return rules;
}

ExitStatus Write(const std::string& path, const std::string& draft) {
  if (path == "-") {
    std::fputs(draft.c_str(), stdout);
    return ResultsWritten() ? ExitStatus::kDone : ExitStatus::kFailed;
  }
  const bool written = WriteResults(path, [&](ResultFile& out) {
    out.Write(draft);
    return absl::OkStatus();
  });
  return written ? ExitStatus::kDone : ExitStatus::kFailed;
}

ExitStatus Draft(const NoticeCommandOptions& options, const evidence::Evidence& evidence) {
  const size_t findings = evidence.report.findings.size();
  const size_t finding = options.finding == 0 ? 0 : options.finding - 1;
  if (options.finding == 0 && findings > 1 && !options.quiet) {
    PrintError("the report has " + Count(findings, "finding") + "; this draft is about the first, “" +
               NameOf(evidence.report.findings.front().original) + "”. --finding N drafts one about another");
  }
  const auto refusals = evidence::RefusalsOf(evidence.report, finding);
  const auto draft =
      evidence::DraftNotice(evidence.report, {options.form, options.language, finding, options.override_reason});
  if (!draft.ok()) {
    const bool can_override = absl::IsFailedPrecondition(draft.status()) && finding < findings;
    return Fail(std::string(StdView(draft.status().message())) +
                (can_override ? " Where it is right all the same, say why: --override REASON --log FILE" : ""));
  }
  if (!options.override_reason.empty() && !options.quiet) {
    PrintError(refusals.empty() ? "no rule speaks against this draft: nothing was overridden"
                                : "overridden: " + RulesOf(refusals));
  }
  if (!options.log.empty()) {
    const auto noted = evidence::AppendToLog(options.log, NotedOf(options, evidence, finding, refusals));
    if (!noted.ok()) return Fail(noted.status());
  }
  return Write(options.out, *draft);
}

ExitStatus Run(const NoticeCommandOptions& options) {
  if (!options.override_reason.empty() && options.log.empty())
    return Fail("notice: --override needs --log FILE, the log that keeps the reason");
  if (!options.override_reason.empty() && IsWhiteSpace(options.override_reason))
    return Fail("notice: the reason of --override is empty; say why the notice is right all the same");
  const CommandFiles files{
      {options.report, options.licences}, options.archive, {{"--out", options.out}, {"--log", options.log}}, {}};
  if (const absl::Status guarded = GuardOutputs(files); !guarded.ok()) return Fail(guarded);
  auto evidence = Gather(options);
  if (!evidence.ok()) return Fail(evidence.status());
  if (const absl::Status applied = ApplyTable(options, *evidence); !applied.ok()) return Fail(applied);
  return Draft(options, *evidence);
}

}  // namespace

void AddNotice(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "notice", "draft a notice about a finding: facts filled in, the rest for a person",
      "The program states facts, and signs and sends nothing. It drafts no notice where the finding is weaker than an\n"
      "excerpt, where both texts may have one source, where the original is not known to be the earlier text, and\n"
      "where the table of licences allows the use.\n\n" +
          Examples("unspin notice report.json --archive archive --form dmca --out notice.txt",
                   "unspin notice pack.zip --form dsa --language de"),
      Run);
  command
      .add_option("report", options.report,
                  "file of one report, a line of JSON as check and compare write it; - for standard input; or a pack")
      ->type_name("REPORT")
      ->required();
  AddWordOption(command, "--form", options.form, FormNames(),
                "who gets the notice: a provider in the United States, a "
                "hosting service in the European Union, Google Search, Cloudflare, anybody")
      ->required();
  command.add_option("--archive", options.archive, "the archive of the report; not for one of compare, nor for a pack")
      ->type_name("FOLDER");
  command
      .add_option("--suspects", options.suspects,
                  "folder of the suspect's file, where its name in the report does not lead to it from here")
      ->type_name("FOLDER");
  command
      .add_option("--finding", options.finding,
                  "number of the finding in the report, from 1 (default: the first, the strongest)")
      ->check(WholeNumber(1, kMaxFindings))
      ->type_name("N");
  AddWordOption(
      command, "--language", {evidence::kNoticeLanguages.begin(), evidence::kNoticeLanguages.end()},
      [&options = options](const std::string& word) { options.language = word; },
      WithDefault("language of the draft; all but English are translations that no lawyer of the language "
                  "has checked",
                  options.language));
  AddLicencesOption(command, options.licences);
  command
      .add_option("--override", options.override_reason,
                  "draft it although a rule refuses, for this reason; the draft and the log name both")
      ->type_name("REASON");
  command.add_option("--log", options.log, "add who drafted what, and why, to this chained log; created if needed")
      ->type_name("FILE");
  command.add_option("--person", options.person, "who drafts it, for the log (default: the login name)")
      ->type_name("NAME");
  command.add_option("--out", options.out, WithDefault("the draft; - for standard output", options.out))
      ->type_name("FILE");
  AddQuietOption(command, options.quiet, "say nothing about other findings and about overridden rules");
}

}  // namespace unspin::cli
