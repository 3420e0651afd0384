#include "unspin/format/section_layout.h"

#include <algorithm>
#include <cassert>

#include "unspin/base/bytes.h"
#include "unspin/base/hash.h"

namespace unspin {

std::string SectionFileHeader::EncodeChecked() const {
  std::string bytes(kSectionFileMagic);
  AppendNumbers(bytes, format_version, sections, scheme, file_length, table_checksum, reserved);
  return bytes;
}

uint64_t SectionFileHeader::Checksum() const { return Hash64(EncodeChecked()); }

std::string SectionFileHeader::Encode() const {
  std::string bytes = EncodeChecked();
  AppendNumber(bytes, Hash64(bytes));
  return bytes;
}

std::optional<SectionFileHeader> SectionFileHeader::Decode(std::string_view bytes) {
  assert(bytes.size() >= kEncodedSize);
  const auto checksum = ByteReader(bytes.substr(kCheckedSize)).Read<uint64_t>();
  if (checksum != Hash64(bytes.substr(0, kCheckedSize))) return std::nullopt;
  SectionFileHeader header;
  ByteReader reader(bytes.substr(kSectionFileMagic.size()));
  reader.ReadNumbers(header.format_version, header.sections, header.scheme, header.file_length, header.table_checksum,
                     header.reserved);
  return header;
}

void SectionTableEntry::AppendTo(std::string& table) const {
  assert(!name.empty() && name.size() <= kSectionNameSize);
  table.append(name).append(kSectionNameSize - name.size(), '\0');
  AppendNumbers(table, version, offset, length, checksum);
}

SectionTableEntry SectionTableEntry::Decode(std::string_view bytes) {
  assert(bytes.size() == kEncodedSize);
  SectionTableEntry entry;
  entry.name = bytes.substr(0, std::min(bytes.find('\0'), kSectionNameSize));
  ByteReader reader(bytes.substr(kSectionNameSize));
  reader.ReadNumbers(entry.version, entry.offset, entry.length, entry.checksum);
  return entry;
}

std::string EncodeSectionTable(std::span<const SectionTableEntry> entries) {
  std::string table;
  table.reserve(entries.size() * SectionTableEntry::kEncodedSize);
  for (const SectionTableEntry& entry : entries) entry.AppendTo(table);
  return table;
}

}  // namespace unspin
