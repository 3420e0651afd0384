#include "evidence/pack_layout.h"

#include <algorithm>
#include <cassert>
#include <iterator>
#include <optional>
#include <tuple>
#include <utility>

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "evidence/basis_json.h"
#include "evidence/pack_manifest.h"
#include "evidence/pack_text.h"
#include "evidence/remake.h"
#include "evidence/source_files.h"
#include "evidence/timestamp.h"
#include "render/article_json.h"
#include "render/html.h"
#include "render/json_writer.h"
#include "render/offsets.h"
#include "render/report_options.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_table.h"

namespace unspin::evidence {
namespace {

constexpr std::string_view kReports = "reports/";
// In the folder of a report.
constexpr const char* kReportName = "/report.json";
constexpr const char* kBasisName = "/basis.json";
constexpr const char* kLicencesName = "/licences.csv";
constexpr const char* kLogName = "/custody.jsonl";
constexpr const char* kGivenName = "/suspect/given.json";
constexpr std::string_view kText = "text/plain; charset=utf-8";
constexpr std::string_view kBytes = "application/octet-stream";  // no browser opens it by itself
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kJsonLines = "application/x-ndjson";

// With zeros before it, so that names sort by their numbers.
std::string Numbered(size_t number, size_t digits) {
  const std::string text = std::to_string(number);
  return std::string(digits - std::min(digits, text.size()), '0') + text;
}

// "/originals/01/". REQUIRES: number >= 1.
std::string OriginalFolder(size_t number) { return "/originals/" + Numbered(number, 2) + "/"; }

// Where a file lies that was received, whole or only a record of it, in the folder of its article.
std::string ReceivedPath(const std::string& folder, bool is_whole) {
  return folder + (is_whole ? "received.bin" : "record.json");
}

PackFile Received(const ReceivedFile& file, const std::string& folder) {
  return {ReceivedPath(folder, file.is_whole), file.bytes, file.is_whole ? "received" : "received-record",
          file.is_whole ? kBytes : kJson, file.name};
}

std::string JoinedLines(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) joined += line + "\n";
  return joined;
}

std::vector<std::string> SplitLines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

absl::Status Wrong(const std::string& path, std::string_view what) {
  return absl::InvalidArgumentError(absl::StrCat(path, ": ", AbslView(what)));
}

Manifest ManifestOf(std::span<const Evidence> evidence, const std::vector<PackFile>& files) {
  Manifest manifest;
  manifest.program = std::string("unspin ") + kVersion;
  for (size_t i = 0; i < evidence.size(); ++i) {
    const Report& report = evidence[i].report;
    manifest.reports.push_back(
        {ReportFolder(i + 1), ReportId(report, evidence[i].json), report.suspect.id, Name(report.summary.verdict)});
  }
  for (const PackFile& file : files)
    manifest.files.push_back({file.path, file.bytes.size(), Sha256Hex(file.bytes), std::string(file.role),
                              std::string(file.media_type), file.name});
  return manifest;
}

void SortByPath(std::vector<PackFile>& files) {
  std::sort(files.begin(), files.end(), [](const PackFile& a, const PackFile& b) { return a.path < b.path; });
}

// What may be said of a suspect beside its file, by the names of reports.
struct GivenField {
  const char* name;
  std::string Article::* field;
};
constexpr GivenField kGivenFields[] = {
    {"id", &Article::id},     {"title", &Article::title},         {"url", &Article::url},
    {"site", &Article::site}, {"published", &Article::published}, {"fetched", &Article::fetched}};

// The options with which files of packs are read: whatever a compressed one unpacks to.
// What the suspect has from the person who brought its file, and not from the file, as JSON; empty: nothing.
std::string RenderGiven(const Evidence& evidence) {
  const auto read = ReadReceived(evidence.suspect_file, PackReader(evidence.reader), evidence.suspect.record);
  if (!read.ok()) return "";
  JsonWriter json;
  json.BeginObject();
  bool any = false;
  for (const GivenField& given : kGivenFields) {
    if ((*read).*given.field == evidence.suspect.*given.field) continue;
    json.Field(given.name, evidence.suspect.*given.field);
    any = true;
  }
  json.EndObject();
  return any ? json.Take() + "\n" : "";
}

// Sets the fields that `text`, by RenderGiven, has. False where it is something else.
bool TakeGiven(const std::string& text, Article& suspect) {
  JsonParser parser;
  simdjson::dom::element json;
  if (parser.Parse(text).get(json) || !json.is_object()) return false;
  for (const auto [name, value] : json.get_object()) {
    const auto given = std::find_if(std::begin(kGivenFields), std::end(kGivenFields),
                                    [name = name](const GivenField& one) { return name == one.name; });
    std::string_view said;
    if (given == std::end(kGivenFields) || value.get(said)) return false;
    suspect.*given->field = std::string(said);
  }
  return true;
}

// How a report calls the file of a side: its `source`, else its id.
struct SourceInReport {
  std::string name, file_sha256;
  std::optional<uint64_t> record;
};

SourceInReport SourceOf(simdjson::dom::element side) {
  SourceInReport read;
  read.name = std::string(JsonTextField(side, "id"));
  read.file_sha256 = std::string(JsonTextField(side, "file_sha256"));
  const auto source = JsonField(side, "source");
  if (!source) return read;
  if (const std::string_view path = JsonTextField(*source, "path"); !path.empty()) read.name = std::string(path);
  const auto record = JsonField(*source, "record");
  uint64_t number = 0;
  if (record && !record->get(number)) read.record = number;
  return read;
}

// The sources that a report names: of the suspect, and of the original of a comparison.
struct SourcesInReport {
  SourceInReport suspect;
  std::optional<SourceInReport> original;
};

std::optional<SourcesInReport> ReadSources(const std::string& report) {
  JsonParser parser;
  simdjson::dom::element json;
  if (parser.Parse(report).get(json) || !json.is_object()) return std::nullopt;
  const auto suspect = JsonField(json, "suspect"), findings = JsonField(json, "findings");
  if (!suspect || !findings || !findings->is_array()) return std::nullopt;
  SourcesInReport sources{SourceOf(*suspect), std::nullopt};
  for (const simdjson::dom::element finding : findings->get_array()) {
    const auto original = JsonField(finding, "original");
    if (!sources.original && original) sources.original = SourceOf(*original);
  }
  return sources;
}

// Whether the article is a plain text by itself, of a file that is packed whole (SourceFiles). Of a page it cannot be
// told how large its file was.
bool IsSmallText(const Article& article) {
  constexpr uint64_t kMostBytesOfOne = 4;  // UTF-32 has four for a letter that is one in our text
  const bool is_text = article.reading.format.empty() || article.reading.format == "text";
  return is_text && !article.record && article.text.size() < SourceFiles::kMaxFileBytes / kMostBytesOfOne;
}

// Reads what a report was made from, out of the files of its folder.
class FolderReader {
 public:
  FolderReader(const std::string& folder, const FindFile& find, PackBudget& budget)
      : folder_(folder), find_(find), budget_(budget) {}

  absl::Status Read(Evidence& evidence) const {
    const std::string* report = find_(folder_ + kReportName);
    if (report == nullptr) return Missing(kReportName);
    const auto sources = ReadSources(*report);
    if (!sources) return Wrong(folder_ + kReportName, "is no report");
    auto options = ReadOptionsInReport(*report);
    if (!options.ok()) return Wrong(folder_ + kReportName, StdView(options.status().message()));
    evidence.reader = PackReader(options->reader, budget_.limits);
    evidence.check = options->check;
    evidence.json = options->json;
    evidence.licences_in_report = !options->licences.empty();
    if (absl::Status read = ReadSuspect(sources->suspect, evidence); !read.ok()) return read;
    if (absl::Status read = SetExcluded(options->excluded, evidence); !read.ok()) return read;
    if (absl::Status read = ReadBasis(evidence); !read.ok()) return read;
    if (absl::Status read = ReadOriginal(*sources, evidence); !read.ok()) return read;
    for (const char* const name : {kLicencesName, kLogName}) {
      if (absl::Status counted = CheckLines(name); !counted.ok()) return counted;
    }
    if (absl::Status read = ReadLicences(evidence); !read.ok()) return read;
    if (const std::string* log = find_(folder_ + kLogName)) evidence.log = SplitLines(*log);
    return absl::OkStatus();
  }

 private:
  absl::Status Missing(std::string_view name) const {
    return Wrong(absl::StrCat(folder_, AbslView(name)), "is missing");
  }

  absl::Status TooLong(const std::string& path) const {
    return Wrong(path, absl::StrCat("has an article of more than ", budget_.limits.article_bytes,
                                    " bytes, the most that are read"));
  }

  // Before the file is split: each of its lines costs far more memory than the line feed that ends it.
  absl::Status CheckLines(const char* name) const {
    const std::string* text = find_(folder_ + name);
    if (text == nullptr) return absl::OkStatus();
    const auto lines = static_cast<size_t>(
        std::count_if(text->begin(), text->end(), [](char byte) { return byte == '\n' || byte == '\r'; }));
    if (lines <= budget_.limits.lines) return absl::OkStatus();
    return Wrong(folder_ + name, absl::StrCat("has ", lines, " lines; at most ", budget_.limits.lines, " are read"));
  }

  // The file, and the article in it.
  absl::StatusOr<std::pair<ReceivedFile, Article>> ReadFile(const std::string& folder, const SourceInReport& source,
                                                            const ReaderOptions& reader) const {
    ReceivedFile file;
    const std::string* bytes = find_(ReceivedPath(folder, true));
    file.is_whole = bytes != nullptr;
    const std::string path = ReceivedPath(folder, file.is_whole);
    if (bytes == nullptr) bytes = find_(path);
    if (bytes == nullptr) return Wrong(ReceivedPath(folder, true), "is missing");
    file.bytes = *bytes;
    file.name = source.name;
    file.file_sha256 = file.is_whole ? Sha256Hex(file.bytes) : source.file_sha256;
    auto article = ReadReceived(file, reader, source.record, &budget_.received);
    if (!article.ok()) return Wrong(path, StdView(article.status().message()));
    if (article->text.size() > budget_.limits.article_bytes) return TooLong(path);
    if (!file.is_whole && IsSmallText(*article))
      return Wrong(path, "stands for a file of one article that is small enough to be in the pack itself");
    return std::pair(std::move(file), *std::move(article));
  }

  absl::Status ReadSuspect(const SourceInReport& source, Evidence& evidence) const {
    ReaderOptions reader = evidence.reader;
    reader.hash_files = !source.file_sha256.empty();
    auto read = ReadFile(folder_ + "/suspect/", source, reader);
    if (!read.ok()) return read.status();
    std::tie(evidence.suspect_file, evidence.suspect) = *std::move(read);
    const std::string* given = find_(folder_ + kGivenName);
    if (given != nullptr && !TakeGiven(*given, evidence.suspect))
      return Wrong(folder_ + kGivenName, "does not say what somebody gave of the suspect");
    return absl::OkStatus();
  }

  // The words that a person set aside, as bytes of the text that was just read.
  absl::Status SetExcluded(const std::vector<RecordSpan>& excluded, Evidence& evidence) const {
    ArticleCard card;
    card.text = evidence.suspect.text;
    card.steps = evidence.suspect.steps;
    const OffsetMap map(card, evidence.json.offsets);
    for (const RecordSpan& span : excluded) {
      const ByteSpan found = map.Find(span);
      if (found.empty())
        return Wrong(folder_ + kReportName,
                     absl::StrCat("unspin.options.exclude: there is no text at ", span.begin, "-", span.end));
      evidence.check.exclude.spans.push_back(found);
    }
    return absl::OkStatus();
  }

  absl::Status ReadBasis(Evidence& evidence) const {
    const std::string* basis = find_(folder_ + kBasisName);
    if (basis == nullptr) return Missing(kBasisName);
    auto parsed = ParseBasis(*basis, budget_.limits.originals);
    if (!parsed.ok()) return Wrong(folder_ + kBasisName, StdView(parsed.status().message()));
    evidence.basis = *std::move(parsed);
    for (size_t i = 0; i < evidence.basis.originals.size(); ++i) {
      const std::string path = folder_ + OriginalFolder(i + 1) + "text.txt";
      const std::string* text = find_(path);
      if (text == nullptr) return Wrong(path, "is missing");
      if (text->size() > budget_.limits.article_bytes) return TooLong(path);
      budget_.original_bytes += text->size();
      if (budget_.original_bytes > budget_.limits.original_bytes)
        return Wrong(path, absl::StrCat("the originals of the pack have more than ", budget_.limits.original_bytes,
                                        " bytes, the most that are read"));
      const absl::Status set = SetText(*text, evidence.basis.originals[i].stored);
      if (!set.ok()) return Wrong(path, StdView(set.message()));
    }
    return absl::OkStatus();
  }

  // A table that says something else than rules is not one, whether or not the report was made with it.
  absl::Status ReadLicences(Evidence& evidence) const {
    const std::string* licences = find_(folder_ + kLicencesName);
    if (licences == nullptr) return evidence.licences_in_report ? Missing(kLicencesName) : absl::OkStatus();
    const auto rules = ParseLicences(*licences, "table");
    if (!rules.ok()) return Wrong(folder_ + kLicencesName, StdView(rules.status().message()));
    evidence.licences = *licences;
    return absl::OkStatus();
  }

  // The original of a comparison is read again from its file.
  absl::Status ReadOriginal(const SourcesInReport& sources, Evidence& evidence) const {
    if (evidence.basis.archive) return absl::OkStatus();
    if (!sources.original) return Wrong(folder_ + kReportName, "names no original, and is of no archive");
    if (evidence.basis.originals.size() != 1)
      return Wrong(folder_ + kBasisName, "is of no archive, and has not one original");
    ReaderOptions reader = evidence.reader;
    reader.hash_files = false;  // as `compare` reads originals
    auto read = ReadFile(folder_ + OriginalFolder(1), *sources.original, reader);
    if (!read.ok()) return read.status();
    StoredArticle& stored = evidence.basis.originals[0].stored;
    stored.article = std::move(read->second);
    stored.sha256 = Sha256Hex(stored.article.text);
    evidence.original_file = std::move(read->first);
    return absl::OkStatus();
  }

  const std::string& folder_;
  const FindFile& find_;
  PackBudget& budget_;
};

}  // namespace

std::string ReportFolder(size_t number) {
  assert(number >= 1);
  return std::string(kReports) + Numbered(number, 4);
}

std::string_view FolderOf(std::string_view path) {
  if (!path.starts_with(kReports)) return "";
  const size_t end = path.find('/', kReports.size());
  return end == std::string_view::npos ? "" : path.substr(0, end);
}

std::vector<PackFile> FilesOfReport(const Evidence& evidence, const std::string& folder, const Engine& engine,
                                    Workspace& workspace) {
  std::vector<PackFile> files;
  const auto add = [&](std::string_view name, std::string bytes, std::string_view role, std::string_view media_type) {
    files.push_back({folder + std::string(name), std::move(bytes), role, media_type, ""});
  };
  const WordsOfRuns words = engine.WordsOfStandingRuns(evidence.suspect, evidence.basis, workspace);
  add(kReportName, evidence.report_json + "\n", "report", kJson);
  add("/report.html", RenderHtml(evidence.report), "page", "text/html; charset=utf-8");
  add("/passages.csv", RenderPassagesCsv(evidence), "passages", "text/csv; charset=utf-8");
  add("/method.txt", RenderMethod(evidence), "method", kText);
  files.push_back(Received(evidence.suspect_file, folder + "/suspect/"));
  if (std::string given = RenderGiven(evidence); !given.empty()) add(kGivenName, std::move(given), "given", kJson);
  add("/suspect/text.txt", evidence.suspect.text, "text", kText);
  add("/suspect/article.json", RenderArticle(evidence.suspect) + "\n", "article", kJson);
  add(kBasisName, RenderBasis(evidence.basis, false, words) + "\n", "basis", kJson);
  for (size_t i = 0; i < evidence.basis.originals.size(); ++i)
    add(OriginalFolder(i + 1) + "text.txt", evidence.basis.originals[i].stored.article.text, "original", kText);
  if (evidence.original_file) files.push_back(Received(*evidence.original_file, folder + OriginalFolder(1)));
  if (!evidence.licences.empty()) add(kLicencesName, evidence.licences, "licences", "text/csv; charset=utf-8");
  if (!evidence.log.empty()) add(kLogName, JoinedLines(evidence.log), "log", kJsonLines);
  return files;
}

void AddPackFiles(std::span<const Evidence> evidence, std::string_view reply, std::vector<PackFile>& files) {
  files.push_back({std::string(kReadmePath), RenderReadme(evidence), "readme", kText, ""});
  SortByPath(files);
  std::string manifest = RenderManifest(ManifestOf(evidence, files));
  // These three are not in the manifest, hence they have no role.
  files.push_back({std::string(kRequestPath), TimestampRequest(manifest), "", "", ""});
  files.push_back({std::string(kManifestPath), std::move(manifest), "", "", ""});
  if (!reply.empty()) files.push_back({std::string(kReplyPath), std::string(reply), "", "", ""});
  SortByPath(files);
}

Compared ComparedAs(std::string_view path) {
  if (path.ends_with(".json")) return Compared::kAsJson;
  if (path.ends_with(".jsonl")) return Compared::kAsJsonLines;
  if (path.ends_with(".bin") || path.ends_with(".tsq") || path.ends_with(".tsr")) return Compared::kAsBytes;
  return Compared::kAsLines;
}

bool IsSource(std::string_view path) {
  const std::string_view folder = FolderOf(path);
  if (folder.empty()) return false;
  const std::string_view name = path.substr(folder.size());
  return name.ends_with("/received.bin") || name.ends_with("/record.json") || name == kReportName ||
         name == kGivenName || name == kBasisName || name == kLicencesName || name == kLogName ||
         name.starts_with("/originals/");
}

ReaderOptions PackReader(ReaderOptions reader, const ReadLimits& limits) {
  reader.max_article_bytes = std::min(reader.max_article_bytes, limits.article_bytes);
  return reader;
}

absl::StatusOr<Evidence> ReadReportFolder(const std::string& folder, const FindFile& find, PackBudget& budget,
                                          const Engine& engine, Workspace& workspace) {
  FolderReader reader(folder, find, budget);
  Evidence evidence;
  if (absl::Status read = reader.Read(evidence); !read.ok()) return read;
  auto report = RemakeReport(evidence, engine, workspace);
  if (!report.ok()) return Wrong(folder + kReportName, StdView(report.status().message()));
  evidence.report = *std::move(report);
  if (!evidence.licences.empty()) {
    const auto rules = ParseLicences(evidence.licences, "table");
    if (!rules.ok()) return Wrong(folder + kLicencesName, StdView(rules.status().message()));
    // As it is written: the rules for this suspect, and nothing beside them.
    evidence.licences = RenderLicences(RulesFor(*rules, evidence.report));
  }
  evidence.report_json = RenderJson(evidence.report, evidence.json);
  return evidence;
}

}  // namespace unspin::evidence
