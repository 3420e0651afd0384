#include "cli/report_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "unspin/ingest/json_parser.h"
#include "unspin/report/report.h"

namespace unspin::cli {
namespace {

constexpr size_t kChunk = size_t{1} << 20;  // bytes read at once

// The id of a report's suspect; empty if the line is no report.
std::string SuspectId(const std::string& line) {
  JsonParser parser;
  simdjson::dom::element report;
  if (parser.Parse(line).get(report)) return "";
  const auto suspect = JsonField(report, "suspect");
  return suspect ? std::string(JsonTextField(*suspect, "id")) : "";
}

// Whether a report has the passages of its findings; nothing where it has no finding that would.
std::optional<bool> HasDetails(const std::string& line) {
  if (line.find("\"passages\":[{") != std::string::npos) return true;
  const bool found = line.find("\"passages\":[]") != std::string::npos;
  return found && line.find("\"originals\":0") == std::string::npos ? std::optional(false) : std::nullopt;
}

std::string OtherDetails(const std::string& line, bool has_details) {
  if (HasDetails(line).value_or(has_details) == has_details) return "";
  return has_details ? "this report was made with --brief, and those of this run would not be"
                     : "this report was made without --brief, and those of this run would be";
}

// What speaks against writing reports of `origin` behind this one; empty if nothing.
std::string OtherOrigin(const std::string& line, const ReportOrigin& origin) {
  JsonParser parser;
  simdjson::dom::element report;
  if (parser.Parse(line).get(report) || !report.is_object()) return "this is no report";
  const auto program = JsonField(report, "unspin");
  if (!program) return "this is no report";
  const auto archive = JsonField(*program, "archive"), format = JsonField(*program, "report_format");
  if (!archive || JsonTextField(*archive, "fingerprint") != origin.archive)
    return "this report was made with another archive, or with the archive as it was before articles were added";
  if (JsonTextField(*program, "model") != origin.model) return "this report was judged by another model";
  uint64_t number = 0;
  if (!format || format->get(number) || number != kReportFormat) return "this report has another format";
  return OtherDetails(line, origin.has_details);
}

}  // namespace

absl::Status ReportFile::CheckEarlier(const std::string& path, EarlierReports earlier) {
  struct stat about;
  if (earlier != EarlierReports::kRefuse || path == "-" || stat(path.c_str(), &about) != 0) return absl::OkStatus();
  if (!S_ISREG(about.st_mode) || about.st_size == 0) return absl::OkStatus();
  return absl::AlreadyExistsError(path +
                                  ": the file is there and holds something; go on behind its reports with --resume, "
                                  "replace it with --force, or name another");
}

absl::StatusOr<ReportFile> ReportFile::Open(const std::string& path, EarlierReports earlier, const ReportOrigin& origin,
                                            const std::function<void(const std::string&)>& each) {
  ReportFile out(path);
  if (path == "-") {
    out.file_ = stdout;
    return out;
  }
  const auto cannot_write = [&] {
    return absl::PermissionDeniedError("cannot write " + path + ": check that its folder exists and may be written to");
  };
  if (absl::Status status = CheckEarlier(path, earlier); !status.ok()) return status;
  if (earlier == EarlierReports::kResume) out.file_ = std::fopen(path.c_str(), "r+b");
  if (out.file_ != nullptr) {
    uint64_t end = 0;  // behind the last whole line
    if (absl::Status status = out.ReadLines(origin, each, end); !status.ok()) return status;
    if (ftruncate(fileno(out.file_), static_cast<off_t>(end)) != 0 || std::fseek(out.file_, 0, SEEK_END) != 0)
      return cannot_write();
    return out;
  }
  if (earlier == EarlierReports::kResume && errno != ENOENT) return cannot_write();
  out.file_ = std::fopen(path.c_str(), "wb");
  if (out.file_ == nullptr) return cannot_write();
  return out;
}

ReportFile::ReportFile(ReportFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      mutex_(std::move(other.mutex_)),
      failed_(other.failed_),
      resumed_(other.resumed_),
      written_(other.written_),
      last_id_(std::move(other.last_id_)) {}

ReportFile::~ReportFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

absl::Status ReportFile::ReadLines(const ReportOrigin& origin, const std::function<void(const std::string&)>& each,
                                   uint64_t& bytes) {
  std::string line, last_line;
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
      const std::string problem = resumed_ == 0 ? OtherOrigin(line, origin) : OtherDetails(line, origin.has_details);
      ++resumed_;
      if (!problem.empty())
        return absl::FailedPreconditionError(path_ + ":" + std::to_string(resumed_) + ": " + problem +
                                             "; name another file, or replace this one with --force");
      if (each) each(line);
      last_line.swap(line);
      line.clear();
      bytes = chunk_offset + ++begin;
    }
    chunk_offset += size;
  }
  // Without a whole line nothing shows that the file is one of reports.
  if (resumed_ == 0 && !line.empty() && !line.starts_with("{\"unspin\":"))
    return absl::FailedPreconditionError(path_ +
                                         ": holds no report; name another file, or replace this one with --force");
  last_id_ = SuspectId(last_line);
  return absl::OkStatus();
}

bool ReportFile::Write(std::string report) {
  report += '\n';
  const std::lock_guard lock(*mutex_);
  failed_ = failed_ || std::fwrite(report.data(), 1, report.size(), file_) != report.size();
  written_ += !failed_;
  return !failed_;
}

uint64_t ReportFile::Flush() {
  const std::lock_guard lock(*mutex_);
  if (file_ != nullptr) std::fflush(file_);
  return resumed_ + written_;
}

absl::Status ReportFile::Close() {
  const std::lock_guard lock(*mutex_);
  std::FILE* const file = std::exchange(file_, nullptr);
  failed_ |= (file == stdout ? std::fflush(file) : std::fclose(file)) != 0;
  if (!failed_) return absl::OkStatus();
  return absl::DataLossError("cannot write " + (file == stdout ? "to standard output" : path_) + ": is the disk full?");
}

}  // namespace unspin::cli
