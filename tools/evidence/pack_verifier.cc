#include "evidence/pack_verifier.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "evidence/custody.h"
#include "evidence/differences.h"
#include "evidence/pack_layout.h"
#include "evidence/pack_manifest.h"
#include "evidence/pack_text.h"
#include "evidence/remake.h"
#include "evidence/timestamp.h"
#include "evidence/zip_reader.h"
#include "evidence/zip_writer.h"
#include "render/wording.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

using Files = std::map<std::string, std::string, std::less<>>;

// The files that the manifest does not list: itself, and what is made from it.
bool IsBesideManifest(std::string_view path) {
  return path == kManifestPath || path == kRequestPath || path == kReplyPath;
}

class PackVerification {
 public:
  explicit PackVerification(VerifyOptions options)
      : options_(std::move(options)), workspace_(engine_), budget_(options_.limits) {}

  void Run(std::string_view zip) {
    auto unpacked = ReadZip(zip, options_.limits.zip);
    if (!unpacked.ok()) {
      check.readable = unpacked.status();
      return;
    }
    for (UnpackedFile& file : unpacked->files) files_.emplace(std::move(file.path), std::move(file.bytes));
    const std::set<std::string> folders = Folders();
    if (folders.size() > options_.limits.reports) {
      check.readable = absl::InvalidArgumentError(
          absl::StrCat("holds ", folders.size(), " reports; at most ", options_.limits.reports, " are read"));
      return;
    }
    for (const ZipProblem& problem : unpacked->problems) Differs(problem.path, problem.text);
    const bool is_plain_zip = unpacked->problems.empty();
    CompareWithManifest();
    for (const std::string& folder : folders) MakeAgain(folder);
    ListNotesOfReports();
    if (all_made_) MakePackFilesAgain();
    if (is_plain_zip) CompareContainer(zip);
    if (!unpacked->damage.empty()) Differs("", unpacked->damage);
    CheckReply();
    if (count_ > kMaxPackDifferences)
      check.differences.push_back({"", absl::StrCat("… and ", count_ - kMaxPackDifferences, " more differences")});
  }

  // Empty where there is none.
  std::string TimestampReply() const {
    const std::string* reply = Find(kReplyPath);
    return reply == nullptr ? "" : *reply;
  }

  PackCheck check;
  std::vector<Evidence> evidence;  // of the reports that were made again

 private:
  void Differs(std::string_view path, std::string text) {
    if (named_.insert(std::string(path)).second) newly_named_.emplace_back(path);
    if (++count_ <= kMaxPackDifferences) check.differences.push_back({std::string(path), std::move(text)});
  }
  // Of a report. Said once for all reports that it is true of.
  void Note(const std::string& folder, const std::string& text) {
    std::vector<std::string>& folders = noted_[text];
    if (folders.empty()) notes_of_reports_.push_back(text);
    folders.push_back(folder);
  }
  void ListNotesOfReports() {
    constexpr size_t kListed = 3;  // folders that a note names
    for (const std::string& text : notes_of_reports_) {
      const std::vector<std::string>& folders = noted_[text];
      const size_t listed = std::min(folders.size(), kListed);
      std::string where = absl::StrJoin(folders.begin(), folders.begin() + static_cast<ptrdiff_t>(listed), ", ");
      if (listed < folders.size()) absl::StrAppend(&where, " and ", folders.size() - listed, " more");
      check.notes.push_back(absl::StrCat(where, ": ", text));
    }
  }
  void DiffersLike(std::string_view path, std::string_view given, std::string_view made) {
    for (std::string& one : DifferencesOf(given, made, ComparedAs(path))) Differs(path, std::move(one));
  }
  void Miss(std::string_view path) {
    if (changed_.insert(std::string(path)).second) Differs(path, "is missing");
  }
  const std::string* Find(std::string_view path) const {
    const auto file = files_.find(path);
    return file == files_.end() ? nullptr : &file->second;
  }

  // In order. A folder that the manifest names and that is gone is reported file by file.
  std::set<std::string> Folders() const {
    std::set<std::string> folders;
    for (const auto& [path, bytes] : files_) {
      if (const std::string_view folder = FolderOf(path); !folder.empty()) folders.insert(std::string(folder));
    }
    return folders;
  }

  // Every file against its size and hash in the manifest. Whether the manifest itself was changed is told by its
  // request for a timestamp.
  void CompareWithManifest() {
    const std::string* manifest = Find(kManifestPath);
    const std::string* request = Find(kRequestPath);
    if (request == nullptr) Miss(kRequestPath);
    if (manifest == nullptr) return Miss(kManifestPath);
    request_fits_ = request != nullptr && *request == TimestampRequest(*manifest);
    const auto parsed = ParseManifest(*manifest);
    if (!parsed.ok()) return Differs(kManifestPath, std::string(StdView(parsed.status().message())));
    if (parsed->program != std::string("unspin ") + kVersion)
      check.notes.push_back(absl::StrCat("the pack was written by ", Shortened(parsed->program),
                                         ", and this is unspin ", kVersion,
                                         ": numbers may differ for that reason alone; verify it with that "
                                         "version"));
    std::set<std::string_view> listed;
    for (const ManifestFile& file : parsed->files) {
      listed.insert(file.path);
      const std::string* given = Find(file.path);
      if (given == nullptr) {
        changed_.insert(file.path);
        Differs(file.path, "is missing; manifest.json lists it");
      } else if (const std::string hash = Sha256Hex(*given); given->size() != file.bytes || hash != file.sha256) {
        changed_.insert(file.path);
        Differs(file.path,
                absl::StrCat("is not the file that manifest.json lists: ", given->size(), " bytes with SHA-256 ", hash,
                             ", listed ", file.bytes, " bytes with ", Shortened(file.sha256)));
      }
    }
    for (const auto& [path, bytes] : files_) {
      if (IsBesideManifest(path) || listed.contains(path)) continue;
      changed_.insert(path);
      Differs(path, "was added; manifest.json does not list it");
    }
  }

  // Other than report.json, which is also made again, so that the values in it can be named.
  bool SourcesChanged(const std::string& folder) const {
    return std::any_of(changed_.begin(), changed_.end(), [&](const std::string& path) {
      return FolderOf(path) == folder && IsSource(path) && path != folder + "/report.json";
    });
  }

  void MakeAgain(const std::string& folder) {
    const bool is_doubtful = request_fits_ && SourcesChanged(folder);
    const size_t count = count_;
    newly_named_.clear();
    CompareReport(folder);
    // A source that is not as the manifest says, and from which all other files follow: the manifest was changed.
    if (!is_doubtful || count_ == count) return;
    // What follows from a changed source differs too, and says nothing more.
    count_ = count;
    check.differences.resize(std::min(count, kMaxPackDifferences));
    for (const std::string& path : newly_named_) named_.erase(path);
    all_made_ = false;
    Note(folder, "was not compared further, because files that it is made from were changed");
  }

  // Computes a report again from its sources and compares every file of its folder.
  void CompareReport(const std::string& folder) {
    auto read =
        ReadReportFolder(folder, [&](const std::string& path) { return Find(path); }, budget_, engine_, workspace_);
    if (!read.ok()) {
      all_made_ = false;
      const std::string_view message = StdView(read.status().message());
      const size_t colon = message.find(": ");
      const std::string_view path = message.substr(0, colon);
      if (!changed_.contains(std::string(path))) Differs(path, std::string(message.substr(colon + 2)));
      return;
    }
    if (!read->log.empty()) CheckLog(folder, read->log);
    std::set<std::string> paths;
    for (PackFile& made : FilesOfReport(*read, folder, engine_, workspace_)) {
      CompareFile(made);
      paths.insert(made.path);
      made_.push_back(std::move(made));
    }
    for (const auto& [path, bytes] : files_) {
      if (FolderOf(path) == folder && !paths.contains(path) && !changed_.contains(path))
        Differs(path, "was added; no report has such a file");
    }
    CompareOptions(folder, read->json.options);
    check.reports.push_back(
        {folder, ReportId(read->report, read->json), read->report.suspect.id, Name(read->report.summary.verdict)});
    if (Find(folder + "/suspect/given.json") != nullptr)
      Note(folder, "suspect/given.json was said by a person, and does not stand in the file");
    NoteRecord(folder, "suspect", read->suspect_file);
    if (read->original_file) NoteRecord(folder, "originals/01", *read->original_file);
    evidence.push_back(*std::move(read));
  }

  // The note is there without a gap too: whoever writes a log can write another one.
  void CheckLog(const std::string& folder, const std::vector<std::string>& log) {
    LogLinesCheck lines = CheckLogLines(log, LogLines::kOfOneCase);
    for (std::string& problem : lines.problems) Differs(folder + "/custody.jsonl", std::move(problem));
    if (!lines.problems.empty()) return;
    const std::string gaps =
        lines.left_out == 0
            ? "no number is missing"
            : "missing before or between its lines: " + Count(static_cast<uint64_t>(lines.left_out), "number") +
                  ", which may be those of events of other cases; the pack cannot show whose they are";
    Note(folder, absl::StrCat("custody.jsonl: the hashes fit; ", gaps,
                              "; that these are the lines of the service's log, and that nothing else was left out, is "
                              "shown by that log (GET /v1/log), not by the pack"));
  }

  // Says what nothing in the pack shows where a record stands for its file.
  void NoteRecord(const std::string& folder, std::string_view of, const ReceivedFile& file) {
    if (file.is_whole) return;
    Note(folder, absl::StrCat(AbslView(of), "/record.json stands for a file that is not in the pack: its text",
                              file.file_sha256.empty() ? "" : ", its SHA-256 " + Shortened(file.file_sha256),
                              " and how it was read are what the writer of the pack says; compare them with the file"));
  }

  void CompareFile(const PackFile& made) {
    const std::string* given = Find(made.path);
    if (given == nullptr) {
      Miss(made.path);
    } else if (*given != made.bytes) {
      DiffersLike(made.path, *given, made.bytes);
    }
  }

  // The options are taken from report.json, whose id does not cover them; method.txt says them again.
  void CompareOptions(const std::string& folder, const std::string& options) {
    const std::string* method = Find(folder + "/method.txt");
    if (method == nullptr) return;
    const std::string_view said = OptionsInMethod(*method);
    const std::string_view used = options.empty() ? "none" : std::string_view(options);
    if (said != used)
      Differs(folder + "/report.json",
              absl::StrCat("unspin.options: the report has ", Shortened(used), ", its method.txt ", Shortened(said)));
  }

  // README.txt, manifest.json and manifest.tsq; and files that are in no folder of a report.
  void MakePackFilesAgain() {
    if (evidence.empty()) return Differs("", "holds no report");
    for (size_t i = 0; i < evidence.size(); ++i) {
      if (check.reports[i].folder != ReportFolder(i + 1))
        return Differs(check.reports[i].folder, "the folders of reports are not numbered from " + ReportFolder(1));
    }
    AddPackFiles(evidence, "", made_);
    std::set<std::string> paths;
    bool manifest_is_right = false;
    for (const PackFile& file : made_) {
      paths.insert(file.path);
      if (file.path == kManifestPath) {
        const std::string* given = Find(file.path);
        manifest_is_right = given != nullptr && *given == file.bytes;
      }
    }
    for (const PackFile& file : made_) {
      if (!FolderOf(file.path).empty()) continue;
      // A request that fits its manifest differs only because the manifest does.
      if (file.path == kRequestPath && !manifest_is_right) continue;
      CompareFile(file);
    }
    for (const auto& [path, bytes] : files_) {
      if (path != kReplyPath && !paths.contains(path) && !changed_.contains(path) && FolderOf(path).empty())
        Differs(path, "was added; no pack has such a file");
    }
  }

  // The zip that the program would write from these files. Only what no other difference explains is named.
  void CompareContainer(std::string_view zip) {
    std::vector<ZipFile> zipped;
    for (const auto& [path, bytes] : files_) zipped.push_back({path, bytes});
    const std::string made = WriteZip(zipped);
    if (made == zip) return;
    const auto at = std::mismatch(made.begin(), made.end(), zip.begin(), zip.end()).first - made.begin();
    const ZipPlace place = PlaceInZip(zipped, static_cast<uint64_t>(at));
    if (named_.contains(std::string(place.path))) return;
    Differs(place.path, absl::StrCat("the zip is not the one that unspin writes from these files: from byte ", at,
                                     " on it differs, in ", AbslView(place.part)));
  }

  void CheckReply() {
    const std::string* reply = Find(kReplyPath);
    if (reply == nullptr) {
      if (!options_.timestamp_ca.empty()) return Differs(kReplyPath, "there is no timestamp for the authorities given");
      check.notes.push_back("no timestamp: nothing in the pack shows since when it exists");
      return;
    }
    const std::string* manifest = Find(kManifestPath);
    if (manifest == nullptr) return;
    const auto stamp = CheckTimestamp(*reply, *manifest, options_.timestamp_ca);
    if (!stamp.ok()) return Differs(kReplyPath, std::string(StdView(stamp.status().message())));
    check.notes.push_back(absl::StrCat(
        "timestamp: ", stamp->time, ", signed by ", Shortened(stamp->signer),
        stamp->is_trusted ? ", whom the given authorities certify"
                          : "; whether that signer can be trusted was not asked (`unspin verify --timestamp-ca`)"));
  }

  const VerifyOptions options_;
  const Engine engine_;
  Workspace workspace_;
  PackBudget budget_;
  size_t count_ = 0;  // of all differences, also of those that are not kept
  Files files_;
  std::set<std::string> changed_;                          // against the manifest: missing, added or other bytes
  std::set<std::string> named_;                            // have a difference
  std::vector<std::string> newly_named_;                   // of named_: by the folder that is compared
  std::vector<PackFile> made_;                             // files that were made again
  std::map<std::string, std::vector<std::string>> noted_;  // a note → the folders of its reports
  std::vector<std::string> notes_of_reports_;              // the notes in noted_, as they came up
  bool request_fits_ = false;                              // manifest.tsq is the request for manifest.json
  bool all_made_ = true;                                   // every report was computed again
};

}  // namespace

PackCheck VerifyPack(std::string_view zip, const VerifyOptions& options) {
  PackVerification verification(options);
  verification.Run(zip);
  return std::move(verification.check);
}

void WritePackCheck(const PackCheck& check, JsonWriter& json) {
  json.Field("equal", check.equal());
  json.Key("reports");
  json.BeginArray();
  for (const PackedReport& report : check.reports) {
    json.BeginObject();
    json.Field("folder", report.folder);
    json.Field("id", report.id);
    json.Field("suspect", report.suspect);
    json.Field("verdict", report.verdict);
    json.EndObject();
  }
  json.EndArray();
  json.Key("differences");
  json.BeginArray();
  for (const PackDifference& difference : check.differences) {
    json.BeginObject();
    json.Field("path", difference.path);
    json.Field("text", difference.text);
    json.EndObject();
  }
  json.EndArray();
  json.Key("notes");
  json.BeginArray();
  for (const std::string& note : check.notes) json.Text(note);
  json.EndArray();
}

absl::StatusOr<PackContents> ReadPack(std::string_view zip) {
  PackVerification verification({});
  verification.Run(zip);
  const PackCheck& check = verification.check;
  if (!check.readable.ok()) return check.readable;
  if (!check.equal()) {
    const PackDifference& first = check.differences.front();
    return absl::FailedPreconditionError(absl::StrCat("the pack does not verify: ", first.path, ": ", first.text,
                                                      "; `unspin verify` names every difference"));
  }
  return PackContents{std::move(verification.evidence), verification.TimestampReply()};
}

}  // namespace unspin::evidence
