#include "unspin/format/section_writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_layout.h"
#include "unspin/io/file_error.h"

namespace unspin {
namespace {

// One huge page: the page cache then keeps the file in large folios, which a mapping finds with fewer page faults.
constexpr size_t kBufferSize = size_t{2} << 20;  // bytes

}  // namespace

struct SectionWriter::State {
  std::string path, temporary;
  uint64_t scheme = 0;
  uint32_t announced_sections = 0;
  std::vector<char> buffer = std::vector<char>(kBufferSize);  // outlives the file
  std::FILE* file = nullptr;
  int error = 0;        // errno of the first write that failed
  uint64_t offset = 0;  // of the next byte
  std::vector<SectionTableEntry> entries;
  StreamingHash64 section_checksum;
  uint64_t length = 0, header_checksum = 0;  // once finished

  ~State() {
    if (file != nullptr) std::fclose(file);
    if (!temporary.empty()) unlink(temporary.c_str());
  }

  void Write(std::string_view bytes) {
    offset += bytes.size();
    if (error == 0 && std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) error = errno;
  }
  void WriteZeros(size_t count) { Write(std::string(count, '\0')); }
  void EndSection() {
    if (!entries.empty()) entries.back().checksum = section_checksum.Digest();
  }
  void WriteHead() {
    const std::string table = EncodeSectionTable(entries);
    const SectionFileHeader header{.sections = static_cast<uint32_t>(entries.size()),
                                   .scheme = scheme,
                                   .file_length = length,
                                   .table_checksum = Hash64(table)};
    header_checksum = header.Checksum();
    if (error == 0 && std::fseek(file, 0, SEEK_SET) != 0) error = errno;
    Write(header.Encode() + table);
  }
};

SectionWriter::SectionWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SectionWriter::~SectionWriter() = default;

absl::StatusOr<std::unique_ptr<SectionWriter>> SectionWriter::Open(const std::string& path, uint64_t scheme,
                                                                   uint32_t sections) {
  auto state = std::make_unique<State>();
  struct stat about;
  if (stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode))
    return absl::InvalidArgumentError(AbslView(path + ": not a regular file; give the name of a file on a disk"));
  state->path = path;
  state->scheme = scheme;
  state->announced_sections = sections;
  const std::string temporary = path + ".tmp-" + std::to_string(getpid());
  state->file = std::fopen(temporary.c_str(), "wb");
  if (state->file == nullptr) return FileError(path, "cannot write", errno);
  state->temporary = temporary;
  std::setvbuf(state->file, state->buffer.data(), _IOFBF, state->buffer.size());
  state->WriteZeros(SectionFileHeader::kEncodedSize + sections * SectionTableEntry::kEncodedSize);
  return std::unique_ptr<SectionWriter>(new SectionWriter(std::move(state)));
}

void SectionWriter::Begin(std::string_view name, uint32_t version) {
  State& state = *state_;
  assert(!name.empty() && name.size() <= kSectionNameSize);
  assert(std::none_of(state.entries.begin(), state.entries.end(),
                      [&](const SectionTableEntry& entry) { return entry.name == name; }));
  state.EndSection();
  state.WriteZeros(AlignedSectionOffset(state.offset) - state.offset);
  state.section_checksum.Reset();
  state.entries.push_back({std::string(name), version, state.offset, 0, 0});
}

void SectionWriter::Append(std::string_view bytes) {
  State& state = *state_;
  assert(!state.entries.empty());
  state.section_checksum.Update(bytes);
  state.entries.back().length += bytes.size();
  state.Write(bytes);
}

absl::Status SectionWriter::Finish() {
  State& state = *state_;
  state.EndSection();
  if (state.entries.size() != state.announced_sections)
    return absl::InternalError(AbslView(state.path + ": another number of sections than was announced"));
  state.length = state.offset;
  state.WriteHead();
  if (state.error == 0 && (std::fflush(state.file) != 0 || fsync(fileno(state.file)) != 0)) state.error = errno;
  if (std::fclose(std::exchange(state.file, nullptr)) != 0 && state.error == 0) state.error = errno;
  if (state.error == 0 && std::rename(state.temporary.c_str(), state.path.c_str()) != 0) state.error = errno;
  if (state.error != 0) return FileError(state.path, "cannot write", state.error);
  state.temporary.clear();
  return absl::OkStatus();
}

uint64_t SectionWriter::length() const {
  assert(state_->temporary.empty());
  return state_->length;
}

uint64_t SectionWriter::checksum() const {
  assert(state_->temporary.empty());
  return state_->header_checksum;
}

}  // namespace unspin
