// The header and the section table of a section file: every byte of them is encoded and decoded here.
//
//   header, 64 bytes                  table, 48 bytes for each section    then the sections, each at the next
//    8 │ magic                         20 │ name, padded with zeros         multiple of kSectionAlignment after what
//    4 │ format version                 4 │ section version                 precedes it; zeros in between
//    4 │ number of sections             8 │ offset in the file
//    8 │ scheme                         8 │ length
//    8 │ length of the file             8 │ checksum of the section
//    8 │ checksum of the table
//   16 │ zeros
//    8 │ checksum of the 56 bytes above
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "unspin/format/section_file.h"

namespace unspin {

// The last two bytes break where a transfer as text changes line ends or stops at an end-of-file mark.
inline constexpr std::string_view kSectionFileMagic("UNSPIN\x1a\n", 8);

// Laid out and checked alike in every format version, so that damage is never mistaken for another version.
struct SectionFileHeader {
  uint32_t format_version = kFormatVersion;
  uint32_t sections = 0;
  uint64_t scheme = 0;
  uint64_t file_length = 0;
  uint64_t table_checksum = 0;
  std::array<uint64_t, 2> reserved = {};  // zeros

  static constexpr size_t kCheckedSize = kSectionFileMagic.size() + sizeof(format_version) + sizeof(sections) +
                                         sizeof(scheme) + sizeof(file_length) + sizeof(table_checksum) +
                                         sizeof(reserved);
  static constexpr size_t kEncodedSize = kCheckedSize + sizeof(uint64_t);

  std::string Encode() const;
  // Nothing if the checksum of the header differs. REQUIRES: `bytes` has kEncodedSize bytes or more.
  static std::optional<SectionFileHeader> Decode(std::string_view bytes);
  // Of the header; it ends the encoded header.
  uint64_t Checksum() const;

 private:
  std::string EncodeChecked() const;
};
static_assert(SectionFileHeader::kEncodedSize == 64);

struct SectionTableEntry {
  std::string name;
  uint32_t version = 1;
  uint64_t offset = 0, length = 0, checksum = 0;

  static constexpr size_t kEncodedSize =
      kSectionNameSize + sizeof(version) + sizeof(offset) + sizeof(length) + sizeof(checksum);

  // REQUIRES: a name of 1 to kSectionNameSize bytes.
  void AppendTo(std::string& table) const;
  // REQUIRES: `bytes` has kEncodedSize bytes.
  static SectionTableEntry Decode(std::string_view bytes);
};
static_assert(SectionTableEntry::kEncodedSize == 48);

std::string EncodeSectionTable(std::span<const SectionTableEntry> entries);

// The first multiple of kSectionAlignment that is not below `offset`.
constexpr uint64_t AlignedSectionOffset(uint64_t offset) {
  return (offset + kSectionAlignment - 1) / kSectionAlignment * kSectionAlignment;
}

}  // namespace unspin
