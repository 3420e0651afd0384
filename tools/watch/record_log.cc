#include "watch/record_log.h"

#include <fcntl.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/io/file.h"
#include "unspin/io/file_error.h"

namespace unspin::watch {
namespace {

constexpr std::string_view kMagic = "unspin watch 1\n";
constexpr size_t kHeadBytes = 4 + 8 + 1;  // of a record: size of the payload, checksum, type
constexpr mode_t kMode = 0666;

uint64_t ChecksumOf(uint8_t type, std::string_view payload) { return Hash64(payload, uint64_t{type} + 1); }

// The bytes of `log` up to the last whole record.
uint64_t ReadRecords(std::string_view log, const RecordLog::EachRecord& each) {
  uint64_t at = kMagic.size();
  while (log.size() - at >= kHeadBytes) {
    ByteReader head(log.substr(at, kHeadBytes));
    uint32_t size = 0;
    uint64_t checksum = 0;
    uint8_t type = 0;
    head.ReadNumbers(size, checksum, type);
    if (log.size() - at - kHeadBytes < size) break;
    const std::string_view payload = log.substr(at + kHeadBytes, size);
    if (ChecksumOf(type, payload) != checksum) break;
    each(type, payload, at + kHeadBytes);
    at += kHeadBytes + size;
  }
  return at;
}

}  // namespace

absl::StatusOr<RecordLog> RecordLog::Create(const std::string& path) {
  Descriptor descriptor = OpenDescriptor(path, O_RDWR | O_CREAT | O_TRUNC, kMode);
  if (!descriptor.is_open()) return FileError(path, "cannot make the journal", errno);
  RecordLog log(path, std::move(descriptor));
  log.waiting_ = kMagic;
  if (absl::Status status = log.Write(); !status.ok()) return status;
  return log;
}

absl::StatusOr<RecordLog> RecordLog::Open(const std::string& path, const EachRecord& each, uint64_t& cut) {
  cut = 0;
  if (::access(path.c_str(), F_OK) != 0) return Create(path);
  uint64_t end = 0;
  {
    const auto mapped = MapFile(path);
    if (!mapped.ok()) return mapped.status();
    const std::string_view bytes = mapped->bytes();
    const std::string_view magic = bytes.substr(0, kMagic.size());
    if (!kMagic.starts_with(magic))
      return absl::DataLossError(AbslView(path + ": is no journal of a watch; name another folder, or remove it"));
    if (magic.size() < kMagic.size()) return Create(path);  // killed while it was made
    end = ReadRecords(bytes, each);
    cut = bytes.size() - end;
  }
  Descriptor descriptor = OpenDescriptor(path, O_RDWR);
  if (!descriptor.is_open()) return FileError(path, "cannot open the journal", errno);
  if (cut > 0 && ::ftruncate(descriptor.get(), static_cast<off_t>(end)) != 0)
    return FileError(path, "cannot write the journal", errno);
  RecordLog log(path, std::move(descriptor));
  log.written_ = end;
  return log;
}

uint64_t RecordLog::Add(uint8_t type, std::string_view payload) {
  assert(payload.size() <= UINT32_MAX);
  AppendNumbers(waiting_, static_cast<uint32_t>(payload.size()), ChecksumOf(type, payload), type);
  const uint64_t at = bytes();
  waiting_ += payload;
  return at;
}

absl::Status RecordLog::Write() {
  for (size_t done = 0; done < waiting_.size();) {
    const ssize_t size = ::pwrite(descriptor_.get(), waiting_.data() + done, waiting_.size() - done,
                                  static_cast<off_t>(written_ + done));
    if (size < 0 && errno == EINTR) continue;
    // A part that was written is written again, at the same offset.
    if (size < 0) return FileError(path_, "cannot write the journal", errno);
    done += static_cast<size_t>(size);
  }
  written_ += waiting_.size();
  waiting_.clear();
  return absl::OkStatus();
}

absl::Status RecordLog::Sync() {
  if (absl::Status status = Write(); !status.ok()) return status;
  return ::fdatasync(descriptor_.get()) == 0 ? absl::OkStatus() : FileError(path_, "cannot write the journal", errno);
}

absl::StatusOr<std::string> RecordLog::Read(uint64_t at, uint64_t bytes) const {
  assert(at + bytes <= written_);
  std::string read(bytes, '\0');
  for (size_t done = 0; done < bytes;) {
    const ssize_t size = ::pread(descriptor_.get(), read.data() + done, bytes - done, static_cast<off_t>(at + done));
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return FileError(path_, "cannot read the journal", errno);
    if (size == 0) return absl::DataLossError(AbslView(path_ + ": the journal was cut off by another process"));
    done += static_cast<size_t>(size);
  }
  return read;
}

}  // namespace unspin::watch
