#include "render/report_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include <simdjson.h>

#include "render/json_writer.h"
#include "render/wording.h"
#include "unspin/base/hash.h"
#include "unspin/json/json_parser.h"

namespace unspin {
namespace {

constexpr size_t kChunk = size_t{1} << 20;  // bytes read at once

// Id and size of a suspect. A report's id has lost the broken UTF-8 that an article's may hold.
uint64_t HashOfSuspect(std::string_view id, uint64_t bytes) {
  JsonWriter json;
  json.Text(id);
  json.Number(bytes);
  return Hash64(json.Take());
}

// "0.01", "section,tags": as one would type it.
std::string Typed(simdjson::dom::element value) {
  if (value.is_string()) return std::string(std::string_view(value));
  if (!value.is_array()) return simdjson::minify(value);
  std::string list;
  for (const simdjson::dom::element item : value.get_array()) list += (list.empty() ? "" : ",") + Typed(item);
  return list;
}

std::map<std::string, std::string> OptionsByName(const std::string& options) {
  std::map<std::string, std::string> by_name;
  JsonParser parser;
  simdjson::dom::object fields;
  if (options.empty() || parser.Parse(options).get(fields)) return by_name;
  for (const auto& [name, value] : fields) by_name[std::string(name)] = Typed(value);
  return by_name;
}

std::string WithValue(const std::string& name, const std::map<std::string, std::string>& options) {
  const auto option = options.find(name);
  if (option == options.end()) return "not given";
  return option->second == "true" ? "given" : option->second;
}

// "--prior was 0.01 and is not given".
std::string OtherOptions(const std::string& before, const std::string& now) {
  const auto earlier = OptionsByName(before), current = OptionsByName(now);
  std::map<std::string, std::string> all = earlier;
  all.insert(current.begin(), current.end());
  std::string differences;
  for (const auto& [name, value] : all) {
    const std::string was = WithValue(name, earlier), is = WithValue(name, current);
    if (was != is) differences += (differences.empty() ? "--" : "; --") + name + " was " + was + ", is " + is + " now";
  }
  return differences;
}

std::string Described(const ArchiveIdentity& archive) {
  return archive.fingerprint + " of " + Count(archive.articles, "article");
}

// What speaks against writing reports of `origin` behind this one, and what to do instead; empty if nothing.
std::string OtherOrigin(const ReportLine& line, const ReportOrigin& origin) {
  const Report& report = line.report;
  if (line.format != kReportFormat) return "this report has another format";
  if (report.version != origin.version)
    return "this report was made by unspin " + report.version + ", and this is " + origin.version;
  if (!report.archive || report.archive->fingerprint != origin.archive.fingerprint)
    return "this report was made with another archive, or with the archive as it was before articles were added or "
           "removed: " +
           (report.archive ? Described(*report.archive) : "none") + ", and this one is " + Described(origin.archive);
  if (report.model != origin.model)
    return "this report was judged by the model " + report.model + ", and this run has " + origin.model;
  if (line.options == origin.options) return "";
  const std::string differences = OtherOptions(line.options, origin.options);
  return differences.empty() ? "" : "this report was made with other options: " + differences;
}

}  // namespace

bool HoldsSomething(const std::string& path) {
  struct stat about;
  return path != "-" && stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && about.st_size > 0;
}

absl::Status ReportFile::CheckEarlier(const std::string& path, EarlierReports earlier) {
  if (path == "-" && earlier == EarlierReports::kResume)
    return absl::InvalidArgumentError("--resume needs a file: standard output holds no earlier reports");
  if (earlier != EarlierReports::kRefuse || !HoldsSomething(path)) return absl::OkStatus();
  return absl::AlreadyExistsError(path +
                                  ": the file is there and holds something; go on behind its reports with --resume, "
                                  "replace it with --force, or name another");
}

absl::StatusOr<ReportFile> ReportFile::Open(const std::string& path, EarlierReports earlier, const ReportOrigin& origin,
                                            const std::function<void(const ReportLine&)>& each) {
  ReportFile out(path);
  if (absl::Status status = CheckEarlier(path, earlier); !status.ok()) return status;
  if (path == "-") {
    out.file_ = stdout;
    return out;
  }
  const auto cannot_write = [&] {
    return absl::PermissionDeniedError("cannot write " + path + ": check that its folder exists and may be written to");
  };
  // A device has no earlier reports, and may be read for ever.
  if (earlier == EarlierReports::kResume && HoldsSomething(path)) {
    out.file_ = std::fopen(path.c_str(), "r+b");
    if (out.file_ == nullptr) return cannot_write();
    uint64_t end = 0;  // behind the last whole line
    if (absl::Status status = out.ReadLines(origin, each, end); !status.ok()) return status;
    if (ftruncate(fileno(out.file_), static_cast<off_t>(end)) != 0 || std::fseek(out.file_, 0, SEEK_END) != 0)
      return cannot_write();
    return out;
  }
  out.file_ = std::fopen(path.c_str(), "wb");
  if (out.file_ == nullptr) return cannot_write();
  return out;
}

ReportFile::ReportFile(ReportFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      mutex_(std::move(other.mutex_)),
      error_(other.error_),
      written_(other.written_),
      suspects_(std::move(other.suspects_)),
      reader_(std::move(other.reader_)) {}

ReportFile::~ReportFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

absl::Status ReportFile::AddEarlier(const std::string& line, const ReportOrigin& origin,
                                    const std::function<void(const ReportLine&)>& each) {
  const auto report = reader_->Read(line);
  const std::string problem = report ? OtherOrigin(*report, origin) : "this is no report";
  if (!problem.empty()) {
    return absl::FailedPreconditionError(path_ + ":" + std::to_string(suspects_.size() + 1) + ": " + problem +
                                         "; resume with what it was made with, name another file, or replace this one "
                                         "with --force");
  }
  suspects_.push_back(HashOfSuspect(report->report.suspect.id, report->report.suspect.bytes));
  if (each) each(*report);
  return absl::OkStatus();
}

absl::Status ReportFile::ReadLines(const ReportOrigin& origin, const std::function<void(const ReportLine&)>& each,
                                   uint64_t& bytes) {
  std::string line;
  uint64_t chunk_offset = 0;  // in the file
  std::vector<char> chunk(kChunk);
  while (const size_t size = std::fread(chunk.data(), 1, chunk.size(), file_)) {
    for (size_t begin = 0; begin < size;) {
      const void* newline = std::memchr(chunk.data() + begin, '\n', size - begin);
      const size_t line_end =
          newline == nullptr ? size : static_cast<size_t>(static_cast<const char*>(newline) - chunk.data());
      line.append(chunk.data() + begin, line_end - begin);
      begin = line_end;
      if (newline == nullptr) continue;
      if (absl::Status status = AddEarlier(line, origin, each); !status.ok()) return status;
      line.clear();
      bytes = chunk_offset + ++begin;
    }
    chunk_offset += size;
  }
  // Without a whole line nothing shows that the file is one of reports.
  if (suspects_.empty() && !line.empty() && !line.starts_with("{\"unspin\":"))
    return absl::FailedPreconditionError(path_ +
                                         ": holds no report; name another file, or replace this one with --force");
  return absl::OkStatus();
}

absl::Status ReportFile::CheckSuspect(uint64_t number, const Article& suspect) const {
  assert(number < suspects_.size());
  if (suspects_[number] == HashOfSuspect(suspect.id, suspect.text.size())) return absl::OkStatus();
  // The report is read again for its id.
  std::ifstream lines(path_, std::ios::binary);
  std::string line;
  for (uint64_t before = 0; before <= number; ++before) std::getline(lines, line);
  const std::optional<ReportLine> report = ReportLineReader().Read(line);
  const std::string id = report ? report->report.suspect.id : "";
  const std::string difference =
      id == suspect.id ? "has another text in the input" : "but that suspect of the input is “" + suspect.id + "”";
  return absl::InvalidArgumentError(path_ + ": report " + std::to_string(number + 1) + " is of “" + id + "”, " +
                                    (id == suspect.id ? "which " : "") + difference +
                                    "; use --resume with the same input, name another file, or replace this one with "
                                    "--force");
}

bool ReportFile::Write(std::string report) {
  report += '\n';
  const std::lock_guard lock(*mutex_);
  if (error_ == 0 && std::fwrite(report.data(), 1, report.size(), file_) != report.size()) error_ = errno;
  written_ += error_ == 0;
  return error_ == 0;
}

uint64_t ReportFile::Flush() {
  const std::lock_guard lock(*mutex_);
  if (file_ != nullptr) std::fflush(file_);
  return resumed() + written_;
}

int ReportFile::Close() {
  const std::lock_guard lock(*mutex_);
  std::FILE* const file = std::exchange(file_, nullptr);
  if ((file == stdout ? std::fflush(file) : std::fclose(file)) != 0 && error_ == 0) error_ = errno;
  return error_;
}

}  // namespace unspin
