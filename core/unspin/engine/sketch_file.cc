#include "unspin/engine/sketch_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/engine/manifest.h"
#include "unspin/io/file.h"
#include "unspin/io/file_error.h"

namespace unspin {
namespace {

constexpr std::string_view kMagic("UNSPSK\x1a\n", 8);
constexpr uint32_t kVersion = 1;
constexpr size_t kBufferSize = size_t{1} << 20;

// magic · version · components · scheme · articles · record bytes · record checksum · zeros · checksum of the header
struct SketchFileHeader {
  static constexpr size_t kSize = 64, kChecksumOffset = kSize - sizeof(uint64_t);

  uint32_t version = kVersion;
  uint32_t components = static_cast<uint32_t>(kSketchSize);
  uint64_t scheme = SketchScheme::Default().Fingerprint();
  uint64_t articles = 0;
  uint64_t record_bytes = 0;
  uint64_t record_checksum = 0;

  std::string Encode() const {
    std::string out(kMagic);
    AppendNumber(out, version);
    AppendNumber(out, components);
    AppendNumber(out, scheme);
    AppendNumber(out, articles);
    AppendNumber(out, record_bytes);
    AppendNumber(out, record_checksum);
    AppendNumber(out, uint64_t{0});
    assert(out.size() == kChecksumOffset);
    AppendNumber(out, Hash64(out));
    return out;
  }

  // Nothing where the checksum is wrong. REQUIRES: kSize bytes, of which the first are kMagic.
  static std::optional<SketchFileHeader> Decode(std::string_view bytes) {
    assert(bytes.size() == kSize && bytes.starts_with(kMagic));
    ByteReader reader(bytes.substr(kMagic.size()));
    SketchFileHeader header;
    header.version = reader.Read<uint32_t>().value_or(0);
    header.components = reader.Read<uint32_t>().value_or(0);
    header.scheme = reader.Read<uint64_t>().value_or(0);
    header.articles = reader.Read<uint64_t>().value_or(0);
    header.record_bytes = reader.Read<uint64_t>().value_or(0);
    header.record_checksum = reader.Read<uint64_t>().value_or(0);
    reader.Read<uint64_t>();  // zeros
    if (Hash64(bytes.substr(0, kChecksumOffset)) != reader.Read<uint64_t>().value_or(0)) return std::nullopt;
    return header;
  }
};

// A record: length of the id · id · components
void AppendRecord(std::string& out, std::string_view id, const Sketch& sketch) {
  AppendNumber(out, static_cast<uint32_t>(id.size()));
  out.append(id);
  out.append(reinterpret_cast<const char*>(sketch.components.data()), sizeof sketch.components);
}

// Reads the first record and removes it from `records`; false where it is longer than `records`.
bool TakeRecord(std::string_view& records, std::pair<std::string, Sketch>& record) {
  uint32_t length = 0;
  if (records.size() >= sizeof length) std::memcpy(&length, records.data(), sizeof length);
  const uint64_t record_size = sizeof length + uint64_t{length} + sizeof(Sketch);
  if (record_size > records.size()) return false;
  record.first = records.substr(sizeof length, length);
  std::memcpy(record.second.components.data(), records.data() + sizeof length + length, sizeof(Sketch));
  records.remove_prefix(record_size);
  return true;
}

}  // namespace

struct SketchFileWriter::State {
  std::string path, temporary;
  std::FILE* file = nullptr;
  bool in_place = false, finished = false;
  std::string buffer;
  uint64_t articles = 0, bytes = 0;
  StreamingHash64 checksum;

  ~State() {
    if (file != nullptr && file != stdout) std::fclose(file);
    if (!finished && !in_place && !temporary.empty()) unlink(temporary.c_str());
  }

  absl::Status Failed(int error) const { return FileError(path, "cannot write", error); }

  absl::Status Flush() {
    checksum.Update(buffer);
    if (std::fwrite(buffer.data(), 1, buffer.size(), file) != buffer.size()) return Failed(errno);
    // Starts to write to disk while the rest is computed, so that Finish waits for less. Errors do not matter.
    const auto offset = static_cast<off64_t>(SketchFileHeader::kSize + bytes);
    if (!in_place) sync_file_range(fileno(file), offset, 0, SYNC_FILE_RANGE_WRITE);
    bytes += buffer.size();
    buffer.clear();
    return absl::OkStatus();
  }
};

SketchFileWriter::SketchFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SketchFileWriter::~SketchFileWriter() = default;

absl::StatusOr<std::unique_ptr<SketchFileWriter>> SketchFileWriter::Open(const std::string& path) {
  auto state = std::make_unique<State>();
  state->path = path;
  struct stat about;
  state->in_place = path == "-" || (stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode));
  if (path == "-") {
    state->file = stdout;
  } else {
    state->temporary = state->in_place ? path : path + ".tmp-" + std::to_string(getpid());
    state->file = std::fopen(state->temporary.c_str(), "wb");
    if (state->file == nullptr) return FileError(path, "cannot write", errno);
  }
  const std::string header = SketchFileHeader().Encode();
  if (std::fwrite(header.data(), 1, header.size(), state->file) != header.size()) return state->Failed(errno);
  state->buffer.reserve(kBufferSize + SketchFileHeader::kSize);
  return std::unique_ptr<SketchFileWriter>(new SketchFileWriter(std::move(state)));
}

absl::Status SketchFileWriter::Add(std::string_view id, const Sketch& sketch) {
  assert(!state_->finished && id.size() <= std::numeric_limits<uint32_t>::max());
  AppendRecord(state_->buffer, id, sketch);
  ++state_->articles;
  return state_->buffer.size() < kBufferSize ? absl::OkStatus() : state_->Flush();
}

absl::Status SketchFileWriter::Finish() {
  State& state = *state_;
  if (absl::Status status = state.Flush(); !status.ok()) return status;
  if (state.in_place) {
    state.finished = std::fflush(state.file) == 0;
    return state.finished ? absl::OkStatus() : state.Failed(errno);
  }
  SketchFileHeader counts;
  counts.articles = state.articles;
  counts.record_bytes = state.bytes;
  counts.record_checksum = state.checksum.Digest();
  const std::string header = counts.Encode();
  const bool written = std::fseek(state.file, 0, SEEK_SET) == 0 &&
                       std::fwrite(header.data(), 1, header.size(), state.file) == header.size() &&
                       std::fflush(state.file) == 0 && fsync(fileno(state.file)) == 0;
  const int error = errno;
  std::FILE* const file = std::exchange(state.file, nullptr);
  if (std::fclose(file) != 0 || !written) return state.Failed(written ? errno : error);
  if (std::rename(state.temporary.c_str(), state.path.c_str()) != 0) return state.Failed(errno);
  state.finished = true;
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::pair<std::string, Sketch>>> ReadSketchFile(const std::string& path) {
  const absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (!mapped.ok()) return mapped.status();
  const std::string_view bytes = mapped->bytes();
  const auto damaged = [&](const std::string& what) {
    return absl::DataLossError(path + ": " + what + "; make it again");
  };
  if (bytes.size() < SketchFileHeader::kSize || !bytes.starts_with(kMagic)) return damaged("not a sketch file");
  const std::optional<SketchFileHeader> header = SketchFileHeader::Decode(bytes.substr(0, SketchFileHeader::kSize));
  if (!header) return damaged("its header is damaged");
  if (header->version != kVersion) {
    return damaged("it has version " + std::to_string(header->version) + ", this program reads " +
                   std::to_string(kVersion));
  }
  const uint64_t ours = SketchScheme::Default().Fingerprint();
  if (header->scheme != ours || header->components != kSketchSize) return ForeignScheme(path, header->scheme, ours);
  std::string_view records = bytes.substr(SketchFileHeader::kSize);
  if (records.size() != header->record_bytes || Hash64(records) != header->record_checksum)
    return damaged("cut off or damaged");
  std::vector<std::pair<std::string, Sketch>> out;
  while (!records.empty()) {
    if (!TakeRecord(records, out.emplace_back())) return damaged("a record runs over its end");
  }
  if (out.size() != header->articles) return damaged("it holds another number of articles than its header says");
  return out;
}

}  // namespace unspin
