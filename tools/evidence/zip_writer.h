// Files → a zip archive of stored entries: the same files give the same bytes, whatever the machine or the time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace unspin::evidence {

struct ZipFile {
  std::string_view path;
  std::string_view bytes;
};

// Of the first zip format, which all programs read: larger archives need zip64.
inline constexpr uint64_t kMaxZipBytes = 0xffffffff;
inline constexpr size_t kMaxZipFiles = 0xffff;

// Whether every character of the path is an ASCII letter, a digit, `.`, `_`, `-` or `/`, no part of it is empty or
// begins with a dot, and it is of at most kMaxZipPath bytes. Such a path means the same on every system.
bool IsPlainZipPath(std::string_view path);
inline constexpr size_t kMaxZipPath = 100;  // bytes; the longest path of a pack has some 40

// Bytes of the archive that WriteZip makes.
uint64_t SizeOfZip(std::span<const ZipFile> files);

// Entries in the order given, without time, owner or compression. REQUIRES: IsPlainZipPath of all paths, ascending and
// different; at most kMaxZipFiles; SizeOfZip(files) <= kMaxZipBytes.
std::string WriteZip(std::span<const ZipFile> files);

// Which part of that archive the byte at `offset` belongs to.
struct ZipPlace {
  std::string_view path;  // of the file; empty: behind all of them
  std::string_view part;  // "the header before its content". Static
};
ZipPlace PlaceInZip(std::span<const ZipFile> files, uint64_t offset);

// The CRC-32 of zip, gzip and PNG (ISO 3309).
uint32_t Crc32(std::string_view bytes);

}  // namespace unspin::evidence
