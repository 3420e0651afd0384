#include "unspin/engine/manifest.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "unspin/base/bytes.h"
#include "unspin/base/strings.h"
#include "unspin/format/section_file.h"
#include "unspin/io/file.h"
#include "unspin/io/write_file.h"

namespace unspin {
namespace {

constexpr std::string_view kSegmentsName = "segments", kDeletedName = "dropped";
constexpr uint32_t kSegmentsVersion = 1;
constexpr uint32_t kDeletedVersion = 1;

// Section "segments": next_segment, then for each segment its name, length, checksum and number of articles.
std::string EncodeSegments(const Manifest& manifest) {
  std::string out;
  AppendNumber(out, manifest.next_segment);
  for (const SegmentEntry& segment : manifest.segments) {
    AppendBytes(out, segment.name);
    AppendNumber(out, segment.length);
    AppendNumber(out, segment.checksum);
    AppendNumber(out, segment.articles);
  }
  return out;
}

bool DecodeSegments(std::string_view bytes, Manifest& manifest) {
  ByteReader reader(bytes);
  const auto next = reader.Read<uint32_t>();
  if (!next) return false;
  manifest.next_segment = *next;
  while (!reader.AtEnd()) {
    const auto name = reader.Bytes();
    const auto length = reader.Read<uint64_t>();
    const auto checksum = reader.Read<uint64_t>();
    const auto articles = reader.Read<uint32_t>();
    // A name with a slash would lead out of the folder.
    if (!name || !length || !checksum || !articles || name->find('/') != std::string_view::npos) return false;
    manifest.segments.push_back({std::string(*name), *length, *checksum, *articles});
  }
  return true;
}

// Section "dropped": the segment and the position of each deleted article, ascending.
std::string EncodeDeleted(const Manifest& manifest) {
  std::string out;
  for (const ArticleAddress& address : manifest.deleted) {
    AppendNumber(out, address.segment);
    AppendNumber(out, address.article);
  }
  return out;
}

// REQUIRES: the segments are decoded.
bool DecodeDeleted(std::string_view bytes, Manifest& manifest) {
  ByteReader reader(bytes);
  while (!reader.AtEnd()) {
    const auto segment = reader.Read<uint32_t>();
    const auto article = reader.Read<uint32_t>();
    if (!segment || !article || *segment >= manifest.segments.size()) return false;
    if (*article >= manifest.segments[*segment].articles) return false;
    manifest.deleted.push_back({*segment, *article});
  }
  // Each only once: articles are counted by subtraction.
  return std::is_sorted(manifest.deleted.begin(), manifest.deleted.end()) &&
         std::adjacent_find(manifest.deleted.begin(), manifest.deleted.end()) == manifest.deleted.end();
}

std::string Hexadecimal(uint64_t number) {
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text.push_back("0123456789abcdef"[number >> shift & 15]);
  return text;
}

}  // namespace

std::string SegmentName(uint32_t number) {
  const std::string digits = std::to_string(number);
  return "segment-" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits + ".unspin";
}

absl::Status ForeignScheme(const std::string& file, uint64_t scheme, uint64_t ours) {
  return absl::FailedPreconditionError(
      file + ": made by scheme " + Hexadecimal(scheme) + ", this unspin compares by scheme " + Hexadecimal(ours) +
      ", and sketches of two schemes mean nothing to each other; use the unspin that made it, or index the originals "
      "again into a new folder: unspin index INPUT... --archive DIR");
}

absl::StatusOr<Manifest> Manifest::Load(const std::string& folder, uint64_t scheme) {
  const std::string path = Path(folder);
  const absl::StatusOr<MappedFile> mapped = MapFile(path);
  if (absl::IsNotFound(mapped.status())) {
    return absl::NotFoundError(path + ": there is no archive; make one: unspin index INPUT... --archive " + folder);
  }
  if (!mapped.ok()) return mapped.status();
  const absl::StatusOr<SectionFile> file = SectionFile::Parse(mapped->bytes(), path);
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string_view> segments = file->Read(kSegmentsName, kSegmentsVersion);
  if (!segments.ok()) return segments.status();
  const absl::StatusOr<std::string_view> deleted = file->Read(kDeletedName, kDeletedVersion);
  if (!deleted.ok()) return deleted.status();
  if (file->scheme() != scheme) return ForeignScheme(path, file->scheme(), scheme);
  Manifest manifest;
  manifest.scheme = scheme;
  if (!DecodeSegments(*segments, manifest))
    return absl::DataLossError(path + ": section segments makes no sense; " + kRepair);
  if (!DecodeDeleted(*deleted, manifest))
    return absl::DataLossError(path + ": section dropped makes no sense; " + kRepair);
  return manifest;
}

absl::Status Manifest::Save(const std::string& folder) const {
  const std::string segment_bytes = EncodeSegments(*this), deleted_bytes = EncodeDeleted(*this);
  const std::array<Section, 2> sections = {Section{kSegmentsName, kSegmentsVersion, {segment_bytes}},
                                           Section{kDeletedName, kDeletedVersion, {deleted_bytes}}};
  return WriteFileAtomically(Path(folder), BuildSectionFile(scheme, sections));
}

}  // namespace unspin
