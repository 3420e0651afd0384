#include "unspin/format/section_file.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"
#include "unspin/base/strings.h"

namespace unspin {
namespace {

// The last two bytes break where a transfer as text changes line ends or stops at an end-of-file mark.
constexpr std::string_view kMagic("UNSPIN\x1a\n", 8);

// Header:  0 magic · 8 format version · 12 sections · 16 scheme · 24 file length · 32 checksum of the table
//          · 40 zeros · 56 checksum of bytes 0 to 56
constexpr size_t kHeaderSize = 64;
constexpr size_t kHeaderChecked = 56;
// Entry:   0 name, zero-padded · 20 version · 24 offset · 32 length · 40 checksum of the section
constexpr size_t kEntrySize = 48;

size_t Aligned(size_t size) { return (size + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment; }

bool AllZero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

template <typename Number>
Number Load(std::string_view bytes, size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

// Of all pieces, one behind the other.
std::pair<uint64_t, uint64_t> SizeAndChecksum(std::span<const std::string_view> pieces) {
  uint64_t size = 0;
  XXH3_state_t state;
  XXH3_64bits_reset(&state);
  for (const std::string_view piece : pieces) {
    size += piece.size();
    XXH3_64bits_update(&state, piece.data(), piece.size());
  }
  return {size, XXH3_64bits_digest(&state)};
}

}  // namespace

size_t SectionHeadSize(size_t sections) { return kHeaderSize + sections * kEntrySize; }

std::string SectionHead(uint64_t scheme, std::span<const SectionPlace> places, uint64_t length) {
  std::string table;
  for (const SectionPlace& place : places) {
    table.append(place.name).append(kSectionNameSize - place.name.size(), '\0');
    AppendNumber<uint32_t>(table, place.version);
    AppendNumber<uint64_t>(table, place.offset);
    AppendNumber<uint64_t>(table, place.length);
    AppendNumber<uint64_t>(table, place.checksum);
  }
  std::string head(kMagic);
  AppendNumber<uint32_t>(head, kFormatVersion);
  AppendNumber<uint32_t>(head, static_cast<uint32_t>(places.size()));
  AppendNumber<uint64_t>(head, scheme);
  AppendNumber<uint64_t>(head, length);
  AppendNumber<uint64_t>(head, Hash64(table));
  head.append(kHeaderChecked - head.size(), '\0');
  AppendNumber<uint64_t>(head, Hash64(head));
  return head + table;
}

uint64_t HeadChecksum(std::string_view head) { return Load<uint64_t>(head, kHeaderChecked); }

SectionFilePieces::SectionFilePieces(uint64_t scheme, std::span<const SectionInPieces> sections) {
  static constexpr char kPadding[kSectionAlignment] = {};
  std::vector<SectionPlace> places;
  size_t end = SectionHeadSize(sections.size());
  pieces.emplace_back();  // the head, when it is there
  for (const SectionInPieces& section : sections) {
    const size_t offset = Aligned(end);
    pieces.emplace_back(kPadding, offset - end);
    pieces.insert(pieces.end(), section.pieces.begin(), section.pieces.end());
    const auto [bytes, sum] = SizeAndChecksum(section.pieces);
    places.push_back({section.name, section.version, offset, bytes, sum});
    end = offset + bytes;
  }
  length = end;
  head = SectionHead(scheme, places, length);
  checksum = HeadChecksum(head);
  pieces[0] = head;
}

std::string BuildSectionFile(uint64_t scheme, std::span<const Section> sections) {
  std::vector<SectionInPieces> whole;
  for (const Section& section : sections) whole.push_back({section.name, section.version, {section.bytes}});
  const SectionFilePieces built(scheme, whole);
  std::string file;
  file.reserve(built.length);
  for (const std::string_view piece : built.pieces) file.append(piece);
  return file;
}

absl::Status SectionFile::Damaged(const std::string& what) const {
  return absl::DataLossError(file_ + ": " + what + "; restore the file from a copy, or " + otherwise_);
}

absl::StatusOr<SectionFile> SectionFile::Parse(std::string_view bytes, std::string file, const char* whose,
                                               const char* otherwise) {
  SectionFile parsed;
  parsed.file_ = std::move(file);
  parsed.otherwise_ = otherwise;
  if (bytes.size() < kHeaderSize) {
    return parsed.Damaged("cut off: " + std::to_string(bytes.size()) + " bytes cannot hold a header");
  }
  if (bytes.substr(0, kMagic.size()) != kMagic) return parsed.Damaged(std::string("not a file of ") + whose);
  // The header is laid out and checked alike in every version, so that damage is never mistaken for another version.
  if (Load<uint64_t>(bytes, kHeaderChecked) != Hash64(bytes.substr(0, kHeaderChecked))) {
    return parsed.Damaged("damaged in its header");
  }
  const auto version = Load<uint32_t>(bytes, 8);
  if (version < kOldestFormatVersion || version > kFormatVersion) {
    return absl::FailedPreconditionError(parsed.file_ + ": written in format " + std::to_string(version) +
                                         ", this unspin reads " + std::to_string(kOldestFormatVersion) + " to " +
                                         std::to_string(kFormatVersion) + "; use the unspin that wrote it, or " +
                                         otherwise);
  }
  const auto length = Load<uint64_t>(bytes, 24);
  if (length != bytes.size()) {
    return parsed.Damaged((bytes.size() < length ? "cut off: " : "longer than written: ") +
                          std::to_string(bytes.size()) + " bytes instead of " + std::to_string(length));
  }
  parsed.scheme_ = Load<uint64_t>(bytes, 16);
  parsed.checksum_ = Load<uint64_t>(bytes, kHeaderChecked);
  if (const absl::Status status = parsed.ParseTable(bytes, Load<uint32_t>(bytes, 12)); !status.ok()) return status;
  return parsed;
}

absl::Status SectionFile::ParseTable(std::string_view bytes, uint32_t count) {
  if (count > kMaxSections || bytes.size() - kHeaderSize < count * kEntrySize) {
    return Damaged("section table out of bounds: " + std::to_string(count) + " sections");
  }
  const std::string_view table = bytes.substr(kHeaderSize, count * kEntrySize);
  if (Load<uint64_t>(bytes, 32) != Hash64(table)) return Damaged("damaged in its section table");
  entries_.reserve(count);
  size_t end = kHeaderSize + table.size();
  for (uint32_t i = 0; i < count; ++i) {
    const std::string_view row = table.substr(i * kEntrySize, kEntrySize);
    Entry entry;
    entry.section.name = row.substr(0, std::min(row.find('\0'), kSectionNameSize));
    entry.section.version = Load<uint32_t>(row, kSectionNameSize);
    entry.checksum = Load<uint64_t>(row, 40);
    const auto offset = Load<uint64_t>(row, 24);
    const auto size = Load<uint64_t>(row, 32);
    if (offset != Aligned(end) || offset > bytes.size() || size > bytes.size() - offset) {
      return Damaged("section " + std::string(entry.section.name) + " out of bounds");
    }
    if (!AllZero(bytes.substr(end, offset - end))) {
      return Damaged("damaged before section " + std::string(entry.section.name));
    }
    entry.section.bytes = bytes.substr(offset, size);
    end = offset + size;
    entries_.push_back(entry);
  }
  if (end != bytes.size()) return Damaged("bytes after the last section");
  return absl::OkStatus();
}

bool SectionFile::Intact(const Entry& entry, const std::function<void()>& passed) {
  constexpr size_t kPiece = size_t{16} << 20;
  const std::string_view bytes = entry.section.bytes;
  if (!passed || bytes.size() <= kPiece) return Hash64(bytes) == entry.checksum;
  const std::unique_ptr<XXH3_state_t, XXH_errorcode (*)(XXH3_state_t*)> state(XXH3_createState(), XXH3_freeState);
  XXH3_64bits_reset(state.get());
  for (size_t at = 0; at < bytes.size(); at += kPiece) {
    const std::string_view piece = bytes.substr(at, kPiece);
    XXH3_64bits_update(state.get(), piece.data(), piece.size());
    passed();
  }
  return XXH3_64bits_digest(state.get()) == entry.checksum;
}

absl::StatusOr<const SectionFile::Entry*> SectionFile::Find(std::string_view name, uint32_t version) const {
  for (const Entry& entry : entries_) {
    if (entry.section.name != name) continue;
    if (entry.section.version == version) return &entry;
    return absl::FailedPreconditionError(file_ + ": section " + std::string(name) + " is of version " +
                                         std::to_string(entry.section.version) + ", this unspin reads " +
                                         std::to_string(version) + "; use the unspin that wrote it, or " + otherwise_);
  }
  return Damaged("section " + std::string(name) + " is missing");
}

absl::StatusOr<std::string_view> SectionFile::Read(std::string_view name, uint32_t version,
                                                   const std::function<void()>& passed) const {
  const absl::StatusOr<const Entry*> entry = Find(name, version);
  if (!entry.ok()) return entry.status();
  if (!Intact(**entry, passed)) return Damaged("section " + std::string(name) + " is damaged (its checksum differs)");
  return (*entry)->section.bytes;
}

bool SectionFile::Has(std::string_view name) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.section.name == name; });
}

absl::StatusOr<std::string_view> SectionFile::ReadLater(std::string_view name, uint32_t version) const {
  const absl::StatusOr<const Entry*> entry = Find(name, version);
  if (!entry.ok()) return entry.status();
  return (*entry)->section.bytes;
}

std::vector<std::string> SectionFile::Verify() const {
  std::vector<std::string> problems;
  for (const Entry& entry : entries_) {
    if (Intact(entry)) continue;
    problems.emplace_back(StdView(
        Damaged("section " + std::string(entry.section.name) + " is damaged (its checksum differs)").message()));
  }
  return problems;
}

}  // namespace unspin
