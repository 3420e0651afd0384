#include "cli/result_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "cli/messages.h"

namespace unspin::cli {

ResultFile::ResultFile(const std::string& path) : path_(path) {
  struct stat about;
  const bool is_direct = path == "-" || (stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode));
  if (!is_direct) temporary_ = path + ".tmp-" + std::to_string(getpid());
  file_ = path == "-" ? stdout : std::fopen(is_direct ? path.c_str() : temporary_.c_str(), "wb");
}

ResultFile::~ResultFile() {
  if (file_ == nullptr) return;
  if (file_ != stdout) std::fclose(file_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void ResultFile::Write(const std::string& line) {
  if (file_ == nullptr || error_ != 0) return;
  if (std::fwrite(line.data(), 1, line.size(), file_) != line.size()) error_ = errno;
}

bool ResultFile::Finish() {
  if (file_ == nullptr) {
    PrintError("cannot write " + path_ + ": check that its folder exists and may be written to");
    return false;
  }
  if (error_ == 0 && std::fflush(file_) != 0) error_ = errno;
  if (error_ == 0 && !temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ == 0) temporary_.clear();
  if (error_ != 0) FailToWrite(path_, error_);
  return error_ == 0;
}

bool WriteResults(const std::string& path, const std::function<absl::Status(ResultFile&)>& write) {
  ResultFile out(path);
  const absl::Status failure = write(out);
  if (!failure.ok()) PrintError(failure);
  return failure.ok() && out.Finish();
}

}  // namespace unspin::cli
