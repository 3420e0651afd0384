#include "unspin/engine/sketch_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/engine/manifest.h"
#include "unspin/io/file.h"
#include "unspin/io/file_error.h"

namespace unspin {
namespace {

constexpr std::string_view kMagic("UNSPSK\x1a\n", 8);
constexpr uint32_t kVersion = 1;
constexpr size_t kHeaderSize = 64;
constexpr size_t kBufferSize = size_t{1} << 20;

// 0 magic · 8 version · 12 components · 16 scheme · 24 articles · 32 bytes of the records · 40 their checksum · 48
// zeros · 56 checksum of what precedes
std::string Header(uint64_t articles, uint64_t bytes, uint64_t checksum) {
  std::string header(kMagic);
  AppendNumber(header, kVersion);
  AppendNumber(header, static_cast<uint32_t>(kSketchSize));
  AppendNumber(header, SketchScheme::Default().Fingerprint());
  AppendNumber(header, articles);
  AppendNumber(header, bytes);
  AppendNumber(header, checksum);
  AppendNumber(header, uint64_t{0});
  AppendNumber(header, Hash64(header));
  return header;
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
    // The disk begins while the rest is computed, so that Finish need not wait for all of it. Only a hint.
    if (!in_place) sync_file_range(fileno(file), static_cast<off64_t>(kHeaderSize + bytes), 0, SYNC_FILE_RANGE_WRITE);
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
  const std::string header = Header(0, 0, 0);
  if (std::fwrite(header.data(), 1, header.size(), state->file) != header.size()) return state->Failed(errno);
  state->buffer.reserve(kBufferSize + kHeaderSize);
  return std::unique_ptr<SketchFileWriter>(new SketchFileWriter(std::move(state)));
}

absl::Status SketchFileWriter::Add(std::string_view id, const Sketch& sketch) {
  AppendNumber(state_->buffer, static_cast<uint32_t>(id.size()));
  state_->buffer.append(id);
  state_->buffer.append(reinterpret_cast<const char*>(sketch.components.data()), sizeof sketch.components);
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
  const std::string header = Header(state.articles, state.bytes, state.checksum.Digest());
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
  const auto damaged = [&](const char* what) { return absl::DataLossError(path + ": " + what + "; make it again"); };
  if (bytes.size() < kHeaderSize || bytes.substr(0, 8) != kMagic) return damaged("not a sketch file");
  ByteReader header(bytes.substr(8, kHeaderSize - 8));
  const uint32_t version = header.Read<uint32_t>().value_or(0), components = header.Read<uint32_t>().value_or(0);
  const uint64_t scheme = header.Read<uint64_t>().value_or(0), articles = header.Read<uint64_t>().value_or(0);
  const uint64_t size = header.Read<uint64_t>().value_or(0), checksum = header.Read<uint64_t>().value_or(0);
  header.Read<uint64_t>();
  if (Hash64(bytes.substr(0, kHeaderSize - 8)) != header.Read<uint64_t>().value_or(0))
    return damaged("its header is damaged");
  if (version != kVersion)
    return damaged(
        ("it has version " + std::to_string(version) + ", this program reads " + std::to_string(kVersion)).c_str());
  const uint64_t ours = SketchScheme::Default().Fingerprint();
  if (scheme != ours || components != kSketchSize) return ForeignScheme(path, scheme, ours);
  std::string_view records = bytes.substr(kHeaderSize);
  if (records.size() != size || Hash64(records) != checksum) return damaged("cut off or damaged");
  std::vector<std::pair<std::string, Sketch>> out;
  while (!records.empty()) {
    uint32_t length = 0;
    if (records.size() >= sizeof length) std::memcpy(&length, records.data(), sizeof length);
    const uint64_t record = sizeof length + uint64_t{length} + sizeof(Sketch);
    if (record > records.size()) return damaged("a record runs over its end");
    auto& [id, sketch] = out.emplace_back(records.substr(sizeof length, length), Sketch{});
    std::memcpy(sketch.components.data(), records.data() + sizeof length + length, sizeof sketch.components);
    records.remove_prefix(record);
  }
  if (out.size() != articles) return damaged("it holds another number of articles than its header says");
  return out;
}

}  // namespace unspin
