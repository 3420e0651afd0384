#include "unspin/format/section_writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <utility>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_file.h"
#include "unspin/io/file_error.h"

namespace unspin {

// A multiple of the largest pages: what is written together is kept together, in pages that need not be looked up one
// by one.
constexpr size_t kBuffer = size_t{2} << 20;

struct SectionWriter::State {
  std::string path, temporary;
  uint64_t scheme = 0, at = 0, length = 0, head_checksum = 0;
  uint32_t announced = 0;
  std::vector<char> buffer = std::vector<char>(kBuffer);  // outlives the file
  std::FILE* file = nullptr;
  int error = 0;
  std::vector<SectionPlace> places;
  std::vector<std::string> names;
  XXH3_state_t* checksum = XXH3_createState();

  ~State() {
    if (file != nullptr) std::fclose(file);
    if (!temporary.empty()) unlink(temporary.c_str());
    XXH3_freeState(checksum);
  }

  void Write(std::string_view bytes) {
    at += bytes.size();
    if (error == 0 && std::fwrite(bytes.data(), 1, bytes.size(), file) != bytes.size()) error = errno;
  }
  void EndSection() {
    if (!places.empty()) places.back().checksum = XXH3_64bits_digest(checksum);
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
  state->announced = sections;
  const std::string temporary = path + ".tmp-" + std::to_string(getpid());
  state->file = std::fopen(temporary.c_str(), "wb");
  if (state->file == nullptr) return FileError(path, "cannot write", errno);
  state->temporary = temporary;
  std::setvbuf(state->file, state->buffer.data(), _IOFBF, state->buffer.size());
  state->Write(std::string(SectionHeadSize(sections), '\0'));
  return std::unique_ptr<SectionWriter>(new SectionWriter(std::move(state)));
}

void SectionWriter::Begin(std::string_view name, uint32_t version) {
  State& state = *state_;
  state.EndSection();
  state.Write(std::string((kSectionAlignment - state.at % kSectionAlignment) % kSectionAlignment, '\0'));
  XXH3_64bits_reset(state.checksum);
  state.names.emplace_back(name);
  state.places.push_back({{}, version, state.at, 0, 0});
}

void SectionWriter::Append(std::string_view bytes) {
  XXH3_64bits_update(state_->checksum, bytes.data(), bytes.size());
  state_->places.back().length += bytes.size();
  state_->Write(bytes);
}

absl::Status SectionWriter::Finish() {
  State& state = *state_;
  state.EndSection();
  if (state.places.size() != state.announced)
    return absl::InternalError(AbslView(state.path + ": another number of sections than was announced"));
  for (size_t i = 0; i < state.places.size(); ++i) state.places[i].name = state.names[i];
  state.length = state.at;
  const std::string head = SectionHead(state.scheme, state.places, state.length);
  state.head_checksum = HeadChecksum(head);
  if (state.error == 0 && std::fseek(state.file, 0, SEEK_SET) != 0) state.error = errno;
  state.Write(head);
  if (state.error == 0 && (std::fflush(state.file) != 0 || fsync(fileno(state.file)) != 0)) state.error = errno;
  if (std::fclose(std::exchange(state.file, nullptr)) != 0 && state.error == 0) state.error = errno;
  if (state.error == 0 && std::rename(state.temporary.c_str(), state.path.c_str()) != 0) state.error = errno;
  if (state.error != 0) return FileError(state.path, "cannot write", state.error);
  state.temporary.clear();
  return absl::OkStatus();
}

uint64_t SectionWriter::length() const { return state_->length; }
uint64_t SectionWriter::checksum() const { return state_->head_checksum; }

}  // namespace unspin
