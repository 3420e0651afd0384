#include "evidence/zip_writer.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "evidence/zip_format.h"

namespace unspin::evidence {
namespace {

// APPNOTE.TXT of PKWARE, 4.4: what stored entries without a time need.
constexpr uint16_t kVersionNeeded = 10;                // 1.0: stored
constexpr uint16_t kMadeBy = 3 << 8 | kVersionNeeded;  // on Unix, so that the attributes are those of a Unix file
constexpr uint16_t kFirstDay = 1 << 5 | 1;             // 1 January 1980, the first that the format knows
constexpr uint32_t kReadable = 0100644U << 16;         // a regular file that its owner may change and all may read

void Put16(uint16_t number, std::string& out) {
  out += static_cast<char>(number & 0xff);
  out += static_cast<char>(number >> 8);
}

void Put32(uint32_t number, std::string& out) {
  Put16(static_cast<uint16_t>(number & 0xffff), out);
  Put16(static_cast<uint16_t>(number >> 16), out);
}

// The fields that the two headers of a file share, from the version needed on.
void PutCommon(const ZipFile& file, uint32_t crc, std::string& out) {
  Put16(kVersionNeeded, out);
  Put16(0, out);  // flags
  Put16(kZipStored, out);
  Put16(0, out);  // time: midnight
  Put16(kFirstDay, out);
  Put32(crc, out);
  Put32(static_cast<uint32_t>(file.bytes.size()), out);  // compressed
  Put32(static_cast<uint32_t>(file.bytes.size()), out);
  Put16(static_cast<uint16_t>(file.path.size()), out);
  Put16(0, out);  // extra fields
}

void PutDirectoryEntry(const ZipFile& file, uint32_t crc, uint64_t offset, std::string& out) {
  out += kZipDirectoryMark;
  Put16(kMadeBy, out);
  PutCommon(file, crc, out);
  Put16(0, out);  // comment
  Put16(0, out);  // disk
  Put16(0, out);  // internal attributes
  Put32(kReadable, out);
  Put32(static_cast<uint32_t>(offset), out);
  out += file.path;
}

uint64_t SizeOfLocal(const ZipFile& file) { return kZipLocalBytes + file.path.size() + file.bytes.size(); }

constexpr std::array<uint32_t, 256> CrcTable() {
  constexpr uint32_t kPolynomial = 0xedb88320;  // reflected
  std::array<uint32_t, 256> table{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit) rest = (rest & 1) != 0 ? rest >> 1 ^ kPolynomial : rest >> 1;
    table[byte] = rest;
  }
  return table;
}

}  // namespace

uint32_t Crc32(std::string_view bytes) {
  static constexpr std::array<uint32_t, 256> kTable = CrcTable();
  uint32_t crc = ~uint32_t{0};
  for (const char c : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ crc >> 8;
  return ~crc;
}

bool IsPlainZipPath(std::string_view path) {
  if (path.empty() || path.size() > kMaxZipPath || path.back() == '/') return false;
  bool begins_part = true;
  for (const char c : path) {
    if (begins_part && (c == '/' || c == '.')) return false;
    begins_part = c == '/';
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
                       c == '_' || c == '-' || c == '/';
    if (!plain) return false;
  }
  return true;
}

uint64_t SizeOfZip(std::span<const ZipFile> files) {
  uint64_t size = kZipEndBytes;
  for (const ZipFile& file : files) size += SizeOfLocal(file) + kZipDirectoryBytes + file.path.size();
  return size;
}

std::string WriteZip(std::span<const ZipFile> files) {
  assert(files.size() <= kMaxZipFiles && SizeOfZip(files) <= kMaxZipBytes);
  assert(std::all_of(files.begin(), files.end(), [](const ZipFile& file) { return IsPlainZipPath(file.path); }));
  assert(std::adjacent_find(files.begin(), files.end(),
                            [](const ZipFile& a, const ZipFile& b) { return a.path >= b.path; }) == files.end());
  std::string zip, directory;
  zip.reserve(SizeOfZip(files));
  for (const ZipFile& file : files) {
    const uint32_t crc = Crc32(file.bytes);
    PutDirectoryEntry(file, crc, zip.size(), directory);
    zip += kZipLocalMark;
    PutCommon(file, crc, zip);
    zip += file.path;
    zip += file.bytes;
  }
  const uint64_t begin = zip.size();
  zip += directory;
  zip += kZipEndMark;
  Put16(0, zip);  // number of this disk,
  Put16(0, zip);  // and of that with the directory
  Put16(static_cast<uint16_t>(files.size()), zip);
  Put16(static_cast<uint16_t>(files.size()), zip);
  Put32(static_cast<uint32_t>(directory.size()), zip);
  Put32(static_cast<uint32_t>(begin), zip);
  Put16(0, zip);  // comment
  assert(zip.size() == SizeOfZip(files));
  return zip;
}

ZipPlace PlaceInZip(std::span<const ZipFile> files, uint64_t offset) {
  for (const ZipFile& file : files) {
    if (offset < kZipLocalBytes + file.path.size()) return {file.path, "the header before its content"};
    if (offset < SizeOfLocal(file)) return {file.path, "its content"};
    offset -= SizeOfLocal(file);
  }
  for (const ZipFile& file : files) {
    const uint64_t size = kZipDirectoryBytes + file.path.size();
    if (offset < size) return {file.path, "its entry in the table of contents"};
    offset -= size;
  }
  return {"", "the end of the zip, behind the table of contents"};
}

}  // namespace unspin::evidence
