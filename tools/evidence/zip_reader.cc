#include "evidence/zip_reader.h"

#include <zlib.h>

#include <algorithm>
#include <cassert>
#include <limits>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "evidence/zip_format.h"
#include "evidence/zip_writer.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

constexpr size_t kMaxComment = 0xffff;  // bytes, behind the end of the table of contents
constexpr uint16_t kEncrypted = 1;      // bit of the flags
// In the upper half of the external attributes, where the entry was made on Unix: the kind of file.
constexpr uint32_t kKindMask = 0170000, kRegular = 0100000, kLink = 0120000, kFolder = 0040000;
constexpr uint32_t kDosFolder = 0x10;  // in the lower half

uint16_t Get16(std::string_view bytes, size_t at) {
  assert(at + 2 <= bytes.size());
  return static_cast<uint16_t>(static_cast<unsigned char>(bytes[at]) | static_cast<unsigned char>(bytes[at + 1]) << 8);
}

uint32_t Get32(std::string_view bytes, size_t at) {
  return Get16(bytes, at) | static_cast<uint32_t>(Get16(bytes, at + 2)) << 16;
}

// An entry of the table of contents.
struct DirectoryEntry {
  std::string_view path;
  uint16_t flags = 0, method = 0;
  uint32_t compressed = 0, bytes = 0, attributes = 0, offset = 0;
  std::string_view content;  // compressed
};

absl::Status Refused(std::string_view path, std::string_view what) {
  return absl::InvalidArgumentError(
      absl::StrCat(path.empty() ? "" : AbslView(path), path.empty() ? "" : ": ", AbslView(what)));
}

// The offset of the end record.
std::optional<size_t> FindEnd(std::string_view zip) {
  if (zip.size() < kZipEndBytes) return std::nullopt;
  const size_t last = zip.size() - kZipEndBytes;
  const size_t first = last - std::min(last, kMaxComment);
  for (size_t at = last + 1; at-- > first;) {
    if (zip.substr(at, kZipEndMark.size()) == kZipEndMark) return at;
  }
  return std::nullopt;
}

// Fails where the table is not where the end record says.
absl::StatusOr<std::vector<DirectoryEntry>> ReadDirectory(std::string_view zip, const ZipLimits& limits) {
  const std::optional<size_t> end = FindEnd(zip);
  if (!end) return Refused("", "no zip archive, or its end is missing: it has no table of contents");
  const size_t count = Get16(zip, *end + 10);
  const uint64_t size = Get32(zip, *end + 12), begin = Get32(zip, *end + 16);
  if (count > limits.files)
    return Refused("", absl::StrCat("holds ", count, " files; at most ", limits.files, " are read"));
  if (begin + size > *end)
    return Refused("", absl::StrCat("the end of the zip names a table of contents at bytes ", begin, " to ",
                                    begin + size, ", where there is none"));
  const std::string_view directory = zip.substr(begin, size);
  std::vector<DirectoryEntry> entries;
  size_t at = 0;
  for (size_t number = 0; number < count; ++number) {
    const std::string where = entries.empty()
                                  ? "the first entry of the table of contents"
                                  : absl::StrCat("the table of contents behind ", AbslView(entries.back().path));
    if (directory.size() - at < kZipDirectoryBytes || !directory.substr(at).starts_with(kZipDirectoryMark))
      return Refused("", where + ": damaged, or the zip counts more files than it holds");
    const std::string_view header = directory.substr(at);
    const size_t name = Get16(header, 28), extra = Get16(header, 30), comment = Get16(header, 32);
    if (header.size() - kZipDirectoryBytes < name + extra + comment) return Refused("", where + ": cut off");
    entries.push_back({header.substr(kZipDirectoryBytes, name),
                       Get16(header, 8),
                       Get16(header, 10),
                       Get32(header, 20),
                       Get32(header, 24),
                       Get32(header, 38),
                       Get32(header, 42),
                       {}});
    at += kZipDirectoryBytes + name + extra + comment;
  }
  return entries;
}

// The entries by the headers before their contents, one behind the other from the first byte on: what is left where the
// table of contents is damaged. Empty where they do not lead to a table.
std::vector<DirectoryEntry> ReadLocalHeaders(std::string_view zip, const ZipLimits& limits) {
  std::vector<DirectoryEntry> entries;
  size_t at = 0;
  while (zip.substr(at).starts_with(kZipLocalMark) && zip.size() - at >= kZipLocalBytes &&
         entries.size() < limits.files) {
    const std::string_view header = zip.substr(at);
    const uint64_t name = Get16(header, 26), extra = Get16(header, 28), compressed = Get32(header, 18);
    const uint64_t size = kZipLocalBytes + name + extra + compressed;
    if (header.size() < size) return {};
    entries.push_back({header.substr(kZipLocalBytes, name),
                       Get16(header, 6),
                       Get16(header, 8),
                       Get32(header, 18),
                       Get32(header, 22),
                       0,
                       static_cast<uint32_t>(at),
                       {}});
    at += size;
  }
  if (!zip.substr(at).starts_with(kZipDirectoryMark)) entries.clear();
  return entries;
}

// Fills `content`. Fails where an entry is outside of the archive, or shares bytes with another.
absl::Status FindContents(std::string_view zip, std::vector<DirectoryEntry>& entries) {
  std::vector<const DirectoryEntry*> by_offset;
  for (DirectoryEntry& entry : entries) {
    if (uint64_t{entry.offset} + kZipLocalBytes > zip.size())
      return Refused(entry.path, "its content is not where the table of contents says");
    const uint64_t begin =
        uint64_t{entry.offset} + kZipLocalBytes + Get16(zip, entry.offset + 26) + Get16(zip, entry.offset + 28);
    if (begin + entry.compressed > zip.size())
      return Refused(entry.path, "its content is cut off, or not where the table of contents says");
    entry.content = zip.substr(begin, entry.compressed);
    by_offset.push_back(&entry);
  }
  std::sort(by_offset.begin(), by_offset.end(),
            [](const DirectoryEntry* a, const DirectoryEntry* b) { return a->offset < b->offset; });
  for (size_t i = 1; i < by_offset.size(); ++i) {
    const DirectoryEntry& before = *by_offset[i - 1];
    if (zip.data() + by_offset[i]->offset < before.content.data() + before.content.size())
      return Refused(before.path, absl::StrCat("overlaps another file of the zip: ", AbslView(by_offset[i]->path)));
  }
  return absl::OkStatus();
}

// Why nothing of an entry is read, though the others are; empty: it is a plain file.
std::string ProblemOf(const DirectoryEntry& entry) {
  const uint32_t kind = entry.attributes >> 16 & kKindMask;
  if (kind == kLink) return "is a link; a pack holds files only, and no link is followed";
  if (kind == kFolder || (entry.attributes & kDosFolder) != 0 || entry.path.ends_with('/'))
    return "is a folder; a pack holds files only";
  if (kind != 0 && kind != kRegular) return "is a device or a pipe; a pack holds files only";
  if (!IsPlainZipPath(entry.path)) return "no name of a file in a pack; it was not read";
  return "";
}

// Raw deflate, at most `limit` bytes of it. Nothing where the data are damaged, cut off or longer.
std::optional<std::string> Inflate(std::string_view compressed, uint64_t limit) {
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return std::nullopt;
  std::string out(limit, '\0');
  stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(compressed.data()));  // zlib writes nothing there
  stream.avail_in = static_cast<uInt>(compressed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(limit);
  const int status = inflate(&stream, Z_FINISH);
  const size_t made = limit - stream.avail_out;
  inflateEnd(&stream);
  if (status != Z_STREAM_END) return std::nullopt;
  out.resize(made);
  return out;
}

// Fails where the entry must not be read: nothing is unpacked before all entries have passed.
absl::Status CheckEntry(const DirectoryEntry& entry, const ZipLimits& limits) {
  if ((entry.flags & kEncrypted) != 0) return Refused(entry.path, "is encrypted");
  if (entry.method != kZipStored && entry.method != kZipDeflated)
    return Refused(entry.path, absl::StrCat("compressed by method ", entry.method, "; stored and deflated are read"));
  if (entry.bytes > limits.file_bytes)
    return Refused(entry.path, absl::StrCat("has ", entry.bytes, " bytes; at most ", limits.file_bytes, " are read"));
  if (entry.method == kZipDeflated && entry.bytes / limits.ratio > entry.compressed)
    return Refused(entry.path, absl::StrCat("unpacks to more than ", limits.ratio, " times its bytes"));
  return absl::OkStatus();
}

// The file's bytes, or what is wrong with them.
std::string ContentOf(const DirectoryEntry& entry, std::string& problem) {
  if (entry.method == kZipStored) {
    if (entry.bytes != entry.compressed) problem = "two sizes in the table of contents";
    return std::string(entry.content);
  }
  std::optional<std::string> content = Inflate(entry.content, entry.bytes);
  if (!content) problem = "cannot be unpacked: damaged, or longer than the table of contents says";
  return content ? *std::move(content) : "";
}

}  // namespace

bool LooksLikeZip(std::string_view bytes) {
  return bytes.starts_with(kZipLocalMark) || bytes.starts_with(kZipEndMark) ||
         (bytes.starts_with("PK") && FindEnd(bytes).has_value());
}

absl::StatusOr<UnpackedZip> ReadZip(std::string_view zip, const ZipLimits& limits) {
  if (zip.size() > limits.zip_bytes)
    return Refused("", absl::StrCat("has ", zip.size(), " bytes; at most ", limits.zip_bytes, " are read"));
  auto entries = ReadDirectory(zip, limits);
  UnpackedZip unpacked;
  if (!entries.ok()) {
    std::vector<DirectoryEntry> found = ReadLocalHeaders(zip, limits);
    if (found.empty()) return entries.status();
    unpacked.damage = std::string(StdView(entries.status().message()));
    entries = std::move(found);
  }
  if (absl::Status found = FindContents(zip, *entries); !found.ok()) return found;
  uint64_t total = 0;
  for (const DirectoryEntry& entry : *entries) {
    if (absl::Status checked = CheckEntry(entry, limits); !checked.ok()) return checked;
    total += entry.bytes;
  }
  if (total > limits.total_bytes)
    return Refused("", absl::StrCat("unpacks to ", total, " bytes; at most ", limits.total_bytes, " are read"));
  std::sort(entries->begin(), entries->end(), [](const DirectoryEntry& a, const DirectoryEntry& b) {
    return std::pair(a.path, a.offset) < std::pair(b.path, b.offset);
  });
  for (const DirectoryEntry& entry : *entries) {
    std::string problem = ProblemOf(entry);
    if (problem.empty() && !unpacked.files.empty() && unpacked.files.back().path == entry.path)
      problem = "is there twice; the second was not read";
    if (problem.empty()) unpacked.files.push_back({std::string(entry.path), ContentOf(entry, problem)});
    if (!problem.empty()) unpacked.problems.push_back({std::string(entry.path), problem});
  }
  return unpacked;
}

}  // namespace unspin::evidence
