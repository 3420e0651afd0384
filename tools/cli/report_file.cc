#include "cli/report_file.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <simdjson.h>

#include "unspin/ingest/json_parser.h"

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

}  // namespace

absl::StatusOr<ReportFile> ReportFile::Open(const std::string& path, bool resume,
                                            const std::function<void(const std::string&)>& each) {
  ReportFile out(path);
  if (path == "-") {
    out.file_ = stdout;
    return out;
  }
  bool opened = false;
  if (resume) out.file_ = std::fopen(path.c_str(), "r+b");
  if (out.file_ != nullptr) {
    opened = out.GoBehindLastLine(each);
  } else if (!resume || errno == ENOENT) {
    out.file_ = std::fopen(path.c_str(), "wb");
    opened = out.file_ != nullptr;
  }
  if (!opened)
    return absl::PermissionDeniedError("cannot write " + path + ": check that its folder exists and may be written to");
  return out;
}

ReportFile::ReportFile(ReportFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, nullptr)),
      failed_(other.failed_),
      resumed_(other.resumed_),
      last_id_(std::move(other.last_id_)) {}

ReportFile::~ReportFile() {
  if (file_ != nullptr && file_ != stdout) std::fclose(file_);
}

bool ReportFile::GoBehindLastLine(const std::function<void(const std::string&)>& each) {
  std::string line, last_line;
  uint64_t chunk_offset = 0, end = 0;  // in the file: of the chunk; behind the last whole line
  std::vector<char> chunk(kChunk);
  while (const size_t size = std::fread(chunk.data(), 1, chunk.size(), file_)) {
    for (size_t begin = 0; begin < size;) {
      const void* newline = std::memchr(chunk.data() + begin, '\n', size - begin);
      const size_t line_end =
          newline == nullptr ? size : static_cast<size_t>(static_cast<const char*>(newline) - chunk.data());
      line.append(chunk.data() + begin, line_end - begin);
      begin = line_end;
      if (newline == nullptr) continue;
      ++resumed_;
      if (each) each(line);
      last_line.swap(line);
      line.clear();
      end = chunk_offset + ++begin;
    }
    chunk_offset += size;
  }
  last_id_ = SuspectId(last_line);
  return ftruncate(fileno(file_), static_cast<off_t>(end)) == 0 && std::fseek(file_, 0, SEEK_END) == 0;
}

bool ReportFile::Write(std::string report) {
  report += '\n';
  failed_ = failed_ || std::fwrite(report.data(), 1, report.size(), file_) != report.size();
  return !failed_;
}

absl::Status ReportFile::Close() {
  std::FILE* const file = std::exchange(file_, nullptr);
  failed_ |= (file == stdout ? std::fflush(file) : std::fclose(file)) != 0;
  if (!failed_) return absl::OkStatus();
  return absl::DataLossError("cannot write " + (file == stdout ? "to standard output" : path_) + ": is the disk full?");
}

}  // namespace unspin::cli
