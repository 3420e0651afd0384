// `unspin watch`: articles as they come → findings as they are made, and cases.
#include <sys/stat.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "cli/command.h"
#include "cli/commands.h"
#include "cli/ending_signals.h"
#include "cli/licences.h"
#include "cli/options.h"
#include "cli/output_guard.h"
#include "cli/watch_report.h"
#include "render/wording.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/records/reading.h"
#include "watch/case_sender.h"
#include "watch/folder_feed.h"
#include "watch/pipe_feed.h"
#include "watch/watch.h"

namespace unspin::cli {
namespace {

namespace fs = std::filesystem;

constexpr char kCasesGroup[] = "Cases";
constexpr char kJournalGroup[] = "Journal";
constexpr uint64_t kMaxRemembered = 1'000'000'000;  // 16 to 32 GB
constexpr uint64_t kMaxListSeconds = 86'400;
// At the end of the input, cases that wait are waited for so long; the next run opens those that are left.
constexpr std::chrono::seconds kLastCases{60};

struct WatchCommandOptions {
  CommonOptions common;
  ReaderOptions reader;
  std::string input = "-", archive, out = "-", state, licences;
  watch::CaseService cases;
  Verdict min_verdict = Verdict::kExcerpt;
  bool all = false, once = false;
  CheckOptions check;
  OffsetUnit offsets = OffsetUnit::kByte;
  uint64_t list_every = 10;  // seconds
  uint64_t remember = watch::JournalLimits().articles;
};

enum class InputKind { kFolder, kPipe, kNamedPipe };

absl::StatusOr<InputKind> KindOfInput(const WatchCommandOptions& options) {
  const std::string& input = options.input;
  if (input == "-") return InputKind::kPipe;
  struct stat about;
  if (::stat(input.c_str(), &about) != 0)
    return absl::NotFoundError(AbslView("watch: " + input + " is not there; name a folder, a named pipe or -"));
  if (S_ISDIR(about.st_mode)) return InputKind::kFolder;
  if (!S_ISFIFO(about.st_mode))
    return absl::InvalidArgumentError(
        AbslView("watch: " + input + " is a file; name its folder, or send what comes into it: tail -n +1 -F " + input +
                 " | unspin watch --archive " + options.archive + " -"));
  if (options.once)
    return absl::InvalidArgumentError(
        "watch: --once is for folders; a named pipe has no end, and - ends with its pipe");
  return InputKind::kNamedPipe;
}

// Where the journal is; empty: nowhere.
std::string StateFolder(const WatchCommandOptions& options) {
  if (!options.state.empty() || options.out == "-") return options.state;
  struct stat about;
  const bool is_stream = ::stat(options.out.c_str(), &about) == 0 && !S_ISREG(about.st_mode);
  return is_stream ? "" : options.out + ".state";
}

// What is written into the folder that is watched would be read.
absl::Status CheckOutside(const std::string& option, const std::string& path, const std::string& folder) {
  std::error_code error;
  const std::string inner = fs::weakly_canonical(path, error).string() + "/";
  const std::string outer = fs::weakly_canonical(folder, error).string() + "/";
  if (path.empty() || path == "-" || !inner.starts_with(outer)) return absl::OkStatus();
  return absl::InvalidArgumentError(
      AbslView(option + " " + path + ": lies in " + folder + ", which is watched; name a place outside of it"));
}

absl::Status CheckOptionsOf(const WatchCommandOptions& options, InputKind kind, const std::string& state) {
  if (kind == InputKind::kFolder) {
    for (const auto& [option, path] : {std::pair{"--out", options.out}, std::pair{"--state", state}}) {
      if (absl::Status status = CheckOutside(option, path, options.input); !status.ok()) return status;
    }
  } else if (options.reader.format != nullptr && options.reader.format != InputFormatNamed("jsonl")) {
    return absl::InvalidArgumentError(
        "watch: a pipe brings lines of JSON (--format jsonl); other files go into a folder");
  }
  if (!options.cases.url.empty() && state.empty())
    return absl::InvalidArgumentError(
        "watch: --cases needs a journal, so that no case is lost; name a folder for it with --state");
  if (options.cases.url.empty() && !options.cases.token_file.empty())
    return absl::InvalidArgumentError("watch: --token-file is for --cases, and that is missing");
  return GuardOutputs({{options.input, options.licences}, options.archive, {{"--out", options.out}}, {}, false});
}

// What one run is made of, in the order in which it is opened.
struct Parts {
  watch::StopFlag stop;
  std::unique_ptr<watch::WatchJournal> journal;
  std::unique_ptr<LiveArchive> archive;
  std::unique_ptr<watch::FindingsFile> out;
  std::unique_ptr<watch::ArticleFeed> feed;
  std::unique_ptr<watch::CaseClient> client;
};

absl::StatusOr<std::unique_ptr<watch::ArticleFeed>> OpenFeed(const WatchCommandOptions& options, InputKind kind,
                                                             Parts& parts, WatchReport& report) {
  const watch::FeedListener listener{
      [&](const std::string& sentence) { report.Say(sentence); },
      [&](const std::string& location, const std::string& message) { report.Note(location, message); },
      [&](const std::string& path, const std::string& why) { report.Unread(path, why); }, [&] { report.Waiting(); }};
  if (kind != InputKind::kFolder)
    return watch::PipeFeed::Open(options.input, options.reader, *parts.journal, parts.stop, listener);
  const std::string& state = parts.journal->folder();
  if (!state.empty() && watch::SpoolFile::BytesLeft(state, parts.journal->pipe().bytes) > 0)
    return absl::FailedPreconditionError(
        AbslView(state + ": holds articles of a pipe that were not checked; check them first, with - instead of " +
                 options.input + " and < /dev/null"));
  watch::FolderOptions folder{options.input, options.reader, options.once, std::chrono::seconds(options.list_every)};
  folder.reader.hash_files = true;
  return watch::FolderFeed::Open(std::move(folder), *parts.journal, parts.stop, listener);
}

absl::Status OpenParts(const WatchCommandOptions& options, Parts& parts, WatchReport& report) {
  auto archive = LiveArchive::Open(options.archive);
  if (!archive.ok()) return archive.status();
  parts.archive = *std::move(archive);
  const std::string& state = parts.journal->folder();
  if (parts.journal->cut_bytes() > 0)
    report.Say(state + "/journal: the last run ended within a record; " + Grouped(parts.journal->cut_bytes()) +
               " bytes of it are cut off");
  if (!options.cases.url.empty()) {
    auto client = watch::CaseClient::Make(options.cases, parts.stop);
    if (!client.ok()) return client.status();
    parts.client = *std::move(client);
    if (!options.cases.token_file.empty() && watch::IsReadableOnTheWay(options.cases.url))
      report.Say("--cases " + options.cases.url + ": the token goes there in the open; give an address with https://");
  }
  auto out = watch::FindingsFile::Open(options.out, parts.journal->out_bytes(), [&](std::string_view line) {
    return watch::NoteReported(line, *parts.journal);
  });
  if (!out.ok())
    return absl::Status(out.status().code(),
                        AbslView(options.out + ": " + std::string(StdView(out.status().message()))));
  parts.out = *std::move(out);
  if (!parts.out->is_file()) return absl::OkStatus();
  watch::WatchJournal::Done lines;
  lines.out_bytes = parts.out->bytes();
  return parts.journal->Commit(lines);
}

watch::WatchOptions OptionsOf(const WatchCommandOptions& options, const LicenceTable& licences) {
  watch::WatchOptions made;
  made.threads = ThreadCount(options.common);
  made.check = options.check;
  made.json = {true, options.offsets,
               OptionsInReports(options.reader, options.check, options.offsets, {}, licences.sha256())};
  made.min_verdict = options.min_verdict;
  made.all = options.all;
  made.opens_cases = !options.cases.url.empty();
  made.complete = [&licences](Report& report) { licences.Apply(report); };
  return made;
}

watch::WatchListener ListenerOf(WatchReport& report) {
  return {[&](const BadRecord& bad) { report.Note(bad.location, bad.message); },
          [&](const Article& article) {
            if (LeavesMuchAside(article.reading)) report.Note(article.id, DescribeReading(article.reading));
          },
          [&](const std::string& sentence) { report.Say(sentence); },
          [&](const watch::WatchCounts& counts) { report.Done(counts); }};
}

// Runs the watch to its end, and opens the cases that are left.
absl::Status RunWatch(const WatchCommandOptions& options, const LicenceTable& licences, Parts& parts,
                      const EndingSignals& signals, WatchReport& report, watch::WatchCounts& counts) {
  std::mutex mutex;
  std::string lost;  // why the cases were given up
  std::optional<watch::CaseSender> sender;
  if (parts.client) {
    sender.emplace(std::move(parts.client), *parts.journal, parts.stop,
                   watch::SenderListener{[&](const std::string& sentence) { report.Say(sentence); },
                                         [&](const std::string& problem) {
                                           const std::lock_guard lock(mutex);
                                           lost = problem;
                                           parts.stop.Raise();
                                           parts.journal->WakeAll();
                                         }});
  }
  const Engine engine;
  watch::Watch watch(engine, *parts.archive, *parts.journal, *parts.out, parts.stop, OptionsOf(options, licences),
                     ListenerOf(report));
  absl::Status status = watch.Run(*parts.feed);
  counts = watch.counts();
  if (sender && status.ok() && !signals.has_come()) {
    if (parts.journal->waiting_cases() > 0) parts.journal->WaitForCases(kLastCases, parts.stop);
  }
  parts.stop.Raise();
  sender.reset();
  if (status.ok() && !lost.empty()) status = absl::UnavailableError(AbslView(lost));
  if (status.ok()) status = parts.journal->Sync();
  return status;
}

ExitStatus Run(const WatchCommandOptions& options) {
  const auto kind = KindOfInput(options);
  if (!kind.ok()) return Fail(kind.status());
  const std::string state = StateFolder(options);
  if (const absl::Status status = CheckOptionsOf(options, *kind, state); !status.ok()) return Fail(status);
  const absl::StatusOr<LicenceTable> licences = LicenceTable::Read(options.licences);
  if (!licences.ok()) return Fail(licences.status());
  WatchReport report(options.common.quiet);
  Parts parts;
  watch::JournalLimits limits;
  limits.articles = options.remember;
  if (state.empty()) {
    parts.journal = watch::WatchJournal::InMemory(limits);
  } else {
    auto journal = watch::WatchJournal::Open(state, limits);
    if (!journal.ok()) return Fail(journal.status());
    parts.journal = *std::move(journal);
  }
  const EndingSignals signals([&] {
    parts.stop.Raise();
    parts.journal->WakeAll();
  });
  if (const absl::Status status = OpenParts(options, parts, report); !status.ok()) return Fail(status);
  auto feed = OpenFeed(options, *kind, parts, report);
  if (!feed.ok()) return Fail(feed.status());
  parts.feed = *std::move(feed);
  watch::WatchCounts counts;
  const absl::Status status = RunWatch(options, *licences, parts, signals, report, counts);
  report.Finish(counts);
  if (parts.out->error_number() != 0) return FailToWrite(options.out, parts.out->error_number());
  if (!status.ok()) return Fail(status);
  if (signals.has_come()) return ExitStatus::kDone;
  if (const uint64_t waiting = parts.journal->waiting_cases(); !options.cases.url.empty() && waiting > 0)
    return Fail(Count(waiting, "case") + " wait for the service; the next watch with " + state + " opens them");
  return counts.bad > 0 || report.has_unread() ? ExitStatus::kSkipped : ExitStatus::kDone;
}

void AddCaseOptions(CLI::App& command, WatchCommandOptions& options) {
  command
      .add_option("--cases", options.cases.url,
                  "address of `unspin serve`, where each article with a finding becomes a case: http://127.0.0.1:8080")
      ->type_name("URL")
      ->group(kCasesGroup);
  command
      .add_option("--token-file", options.cases.token_file,
                  "file whose first line is the token for it, with the scope write")
      ->group(kCasesGroup);
  command
      .add_option("--certificates", options.cases.certificates,
                  "file of the authorities that are trusted for https, PEM (default: those of the system)")
      ->group(kCasesGroup);
}

void AddJournalOptions(CLI::App& command, WatchCommandOptions& options) {
  command
      .add_option("--state", options.state,
                  "folder of the journal: which articles are done, and which cases wait; by default FILE.state beside "
                  "--out FILE")
      ->type_name("FOLDER")
      ->group(kJournalGroup);
  command
      .add_option("--remember", options.remember,
                  WithDefault("articles that are known when they come again: so many at least", options.remember))
      ->check(WholeNumber(1, kMaxRemembered))
      ->group(kJournalGroup);
}

}  // namespace

void AddWatch(CLI::App& app, ExitStatus& status) {
  auto [command, options] = AddCommand(
      app, status, "watch", "check articles as they come, and write findings as they are made",
      "With --out, killed at any moment and started again with the same arguments, it loses no article and reports "
      "none\n"
      "twice. On standard output there is no journal without --state, and an article may be reported again after a "
      "kill\n"
      "with it. Articles are known again by id, address and text. docs/watch.md says more.\n\n" +
          Examples("unspin watch incoming/ --archive archive --out findings.jsonl --cases http://127.0.0.1:8080",
                   "tail -n 0 -F feed.jsonl | unspin watch --archive archive - | jq -r .suspect.url"),
      Run);
  command
      .add_option("input", options.input,
                  "folder whose files are read as they come, a named pipe, or - for standard input; pipes bring a JSON "
                  "object a line")
      ->type_name("INPUT");
  command.add_option("--archive", options.archive, "folder of the archive; what is added to it is seen at once")
      ->required();
  command.add_option("--out", options.out, "file that findings are added to, a report a line; - for standard output");
  AddWordOption(command, "--min-verdict", options.min_verdict, VerdictNames(),
                "report findings at least this strong (default: excerpt); strongest first: copy, edited, spun, "
                "rewritten, excerpt, common-source, independent, unrelated");
  command.add_flag("--all", options.all, "write the report of every article");
  command.add_flag("--once", options.once, "end when what is in the folder now is done");
  command
      .add_option("--list-every", options.list_every,
                  WithDefault("seconds after which the folder is listed again, for file systems that do not tell of "
                              "changes",
                              options.list_every))
      ->check(WholeNumber(1, kMaxListSeconds));
  AddJournalOptions(command, options);
  AddCaseOptions(command, options);
  AddReaderOptions(command, options.reader);
  command.add_option("--keep", options.reader.keep, "input fields copied into each report, with commas between them")
      ->type_name("NAME")
      ->delimiter(',');
  AddSearchOptions(command, options.check);
  AddOffsetsOption(command, options.offsets);
  AddLicencesOption(command, options.licences);
  AddCommonOptions(command, options.common);
}

}  // namespace unspin::cli
