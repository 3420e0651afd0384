#include "unspin/format/section_file.h"

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <utility>

#include "unspin/base/hash.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_layout.h"

namespace unspin {
namespace {

bool AllZero(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char byte) { return byte == 0; });
}

[[maybe_unused]] bool NamesAreDistinct(std::span<const Section> sections) {
  std::set<std::string_view> names;
  return std::all_of(sections.begin(), sections.end(),
                     [&](const Section& section) { return names.insert(section.name).second; });
}

SectionTableEntry EntryAt(uint64_t offset, const Section& section) {
  SectionTableEntry entry{std::string(section.name), section.version, offset, 0, 0};
  StreamingHash64 checksum;
  for (const std::string_view chunk : section.chunks) {
    entry.length += chunk.size();
    checksum.Update(chunk);
  }
  entry.checksum = checksum.Digest();
  return entry;
}

}  // namespace

SectionFileImage::SectionFileImage(uint64_t scheme, std::span<const Section> sections) {
  assert(sections.size() <= kMaxSections && NamesAreDistinct(sections));
  static constexpr char kPadding[kSectionAlignment] = {};
  std::vector<SectionTableEntry> entries;
  length_ = SectionFileHeader::kEncodedSize + sections.size() * SectionTableEntry::kEncodedSize;
  chunks_.emplace_back();  // the head, which needs the checksums of all sections
  for (const Section& section : sections) {
    const uint64_t offset = AlignedSectionOffset(length_);
    chunks_.emplace_back(kPadding, offset - length_);
    chunks_.insert(chunks_.end(), section.chunks.begin(), section.chunks.end());
    entries.push_back(EntryAt(offset, section));
    length_ = offset + entries.back().length;
  }
  const std::string table = EncodeSectionTable(entries);
  const SectionFileHeader header{.sections = static_cast<uint32_t>(sections.size()),
                                 .scheme = scheme,
                                 .file_length = length_,
                                 .table_checksum = Hash64(table)};
  head_ = header.Encode() + table;
  chunks_.front() = head_;
  checksum_ = header.Checksum();
}

std::string BuildSectionFile(uint64_t scheme, std::span<const Section> sections) {
  return Concatenated(SectionFileImage(scheme, sections).chunks());
}

absl::Status SectionFile::Damaged(const std::string& what) const {
  return absl::DataLossError(path_ + ": " + what + "; restore the file from a copy, or " + owner_.remedy);
}

absl::Status SectionFile::DamagedSection(const Entry& entry) const {
  return Damaged("section " + entry.name + " is damaged (its checksum differs)");
}

absl::Status SectionFile::OtherVersion(const std::string& what, const std::string& readable) const {
  return absl::FailedPreconditionError(path_ + ": " + what + ", this unspin reads " + readable +
                                       "; use the unspin that wrote it, or " + owner_.remedy);
}

absl::StatusOr<SectionFile> SectionFile::Parse(std::string_view bytes, std::string path, const FileOwner& owner) {
  SectionFile file(std::move(path), owner);
  if (absl::Status status = file.ParseHeader(bytes); !status.ok()) return status;
  return file;
}

absl::Status SectionFile::ParseHeader(std::string_view bytes) {
  if (bytes.size() < SectionFileHeader::kEncodedSize)
    return Damaged("cut off: " + std::to_string(bytes.size()) + " bytes cannot hold a header");
  if (!bytes.starts_with(kSectionFileMagic)) return Damaged(std::string("not a file of ") + owner_.name);
  const std::optional<SectionFileHeader> header = SectionFileHeader::Decode(bytes);
  if (!header) return Damaged("damaged in its header");
  if (header->format_version < kOldestFormatVersion || header->format_version > kFormatVersion) {
    return OtherVersion("written in format " + std::to_string(header->format_version),
                        std::to_string(kOldestFormatVersion) + " to " + std::to_string(kFormatVersion));
  }
  if (header->file_length != bytes.size()) {
    return Damaged((bytes.size() < header->file_length ? "cut off: " : "longer than written: ") +
                   std::to_string(bytes.size()) + " bytes instead of " + std::to_string(header->file_length));
  }
  scheme_ = header->scheme;
  checksum_ = header->Checksum();
  return ParseTable(bytes, header->sections, header->table_checksum);
}

absl::Status SectionFile::ParseTable(std::string_view bytes, uint32_t sections, uint64_t table_checksum) {
  constexpr size_t kBegin = SectionFileHeader::kEncodedSize, kEntrySize = SectionTableEntry::kEncodedSize;
  if (sections > kMaxSections || bytes.size() - kBegin < sections * kEntrySize)
    return Damaged("section table out of bounds: " + std::to_string(sections) + " sections");
  const std::string_view table = bytes.substr(kBegin, sections * kEntrySize);
  if (table_checksum != Hash64(table)) return Damaged("damaged in its section table");
  entries_.reserve(sections);
  uint64_t end = kBegin + table.size();
  for (uint32_t i = 0; i < sections; ++i) {
    SectionTableEntry entry = SectionTableEntry::Decode(table.substr(i * kEntrySize, kEntrySize));
    if (entry.offset != AlignedSectionOffset(end) || entry.offset > bytes.size() ||
        entry.length > bytes.size() - entry.offset)
      return Damaged("section " + entry.name + " out of bounds");
    if (!AllZero(bytes.substr(end, entry.offset - end))) return Damaged("damaged before section " + entry.name);
    end = entry.offset + entry.length;
    entries_.push_back(
        {std::move(entry.name), entry.version, bytes.substr(entry.offset, entry.length), entry.checksum});
  }
  if (end != bytes.size()) return Damaged("bytes after the last section");
  return absl::OkStatus();
}

bool SectionFile::ChecksumMatches(const Entry& entry, const std::function<void()>& on_progress) {
  constexpr size_t kChunk = size_t{16} << 20;  // bytes between two calls of on_progress
  if (!on_progress || entry.bytes.size() <= kChunk) return Hash64(entry.bytes) == entry.checksum;
  StreamingHash64 checksum;
  for (size_t begin = 0; begin < entry.bytes.size(); begin += kChunk) {
    checksum.Update(entry.bytes.substr(begin, kChunk));
    on_progress();
  }
  return checksum.Digest() == entry.checksum;
}

absl::StatusOr<const SectionFile::Entry*> SectionFile::Find(std::string_view name, uint32_t version) const {
  for (const Entry& entry : entries_) {
    if (entry.name != name) continue;
    if (entry.version == version) return &entry;
    return OtherVersion("section " + entry.name + " is of version " + std::to_string(entry.version),
                        std::to_string(version));
  }
  return Damaged("section " + std::string(name) + " is missing");
}

absl::StatusOr<std::string_view> SectionFile::Read(std::string_view name, uint32_t version,
                                                   const std::function<void()>& on_progress) const {
  const absl::StatusOr<const Entry*> entry = Find(name, version);
  if (!entry.ok()) return entry.status();
  if (!ChecksumMatches(**entry, on_progress)) return DamagedSection(**entry);
  return (*entry)->bytes;
}

absl::StatusOr<std::string_view> SectionFile::ReadUnchecked(std::string_view name, uint32_t version) const {
  const absl::StatusOr<const Entry*> entry = Find(name, version);
  if (!entry.ok()) return entry.status();
  return (*entry)->bytes;
}

bool SectionFile::Has(std::string_view name) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) { return entry.name == name; });
}

std::vector<std::string> SectionFile::Verify() const {
  std::vector<std::string> problems;
  for (const Entry& entry : entries_) {
    if (!ChecksumMatches(entry)) problems.emplace_back(StdView(DamagedSection(entry).message()));
  }
  return problems;
}

}  // namespace unspin
