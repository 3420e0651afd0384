// A file of named, versioned, checksummed sections: made in memory, and read. section_writer.h writes it as a stream.
//
// section_layout.h draws the layout; FORMAT.md shows one file byte by byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace unspin {

inline constexpr uint32_t kFormatVersion = 1;        // written
inline constexpr uint32_t kOldestFormatVersion = 1;  // read
inline constexpr size_t kSectionAlignment = 64;      // bytes: a cache line
inline constexpr size_t kSectionNameSize = 20;       // bytes
inline constexpr uint32_t kMaxSections = 1024;       // bounds the memory that a damaged header can ask for

struct Section {
  std::string_view name;                 // 1 to kSectionNameSize bytes, none of them zero
  uint32_t version = 1;                  // of the section's own layout
  std::vector<std::string_view> chunks;  // whose concatenation is the section
};

// A whole file as chunks to be written one after the other; the chunks of its sections are among them, not copied.
class SectionFileImage {
 public:
  // The sections' chunks must outlive the image. REQUIRES: distinct names, at most kMaxSections of them.
  SectionFileImage(uint64_t scheme, std::span<const Section> sections);
  SectionFileImage(const SectionFileImage&) = delete;  // chunks_ look into head_
  SectionFileImage& operator=(const SectionFileImage&) = delete;

  std::span<const std::string_view> chunks() const { return chunks_; }
  uint64_t length() const { return length_; }      // of the file, in bytes
  uint64_t checksum() const { return checksum_; }  // SectionFile::checksum of the file

 private:
  std::string head_;  // header and table
  std::vector<std::string_view> chunks_;
  uint64_t length_ = 0, checksum_ = 0;
};

// The bytes of a SectionFileImage in one string. Equal input gives equal bytes.
std::string BuildSectionFile(uint64_t scheme, std::span<const Section> sections);

// How messages name what a file belongs to, and what a user can do about damage other than restore the file.
struct FileOwner {
  const char* name;
  const char* remedy;
};
inline constexpr FileOwner kArchiveOwner{.name = "an unspin archive", .remedy = "index the originals again"};

// Reads from the bytes of a section file, which must outlive this value. Safe to share between threads.
class SectionFile {
 public:
  // Checks the header, its checksums, the bounds of every section and the padding. Does not read the sections.
  // Messages begin with `path`.
  static absl::StatusOr<SectionFile> Parse(std::string_view bytes, std::string path,
                                           const FileOwner& owner = kArchiveOwner);

  uint64_t scheme() const { return scheme_; }
  // Covers the header, thereby the section table, thereby every section: files with equal checksums are equal.
  uint64_t checksum() const { return checksum_; }
  const std::string& path() const { return path_; }

  // For sections that later releases added.
  bool Has(std::string_view name) const;
  // The bytes of a section, after reading them once for their checksum. Fails if the section is absent, damaged or of
  // another version. `on_progress` is called every 16 MiB, so that the caller can release pages already read.
  absl::StatusOr<std::string_view> Read(std::string_view name, uint32_t version,
                                        const std::function<void()>& on_progress = {}) const;
  // Like Read without the checksum: for sections whose content has checksums of its own.
  absl::StatusOr<std::string_view> ReadUnchecked(std::string_view name, uint32_t version) const;

  // Reads everything. Returns all problems found; each names the file and the section.
  std::vector<std::string> Verify() const;

 private:
  struct Entry {
    std::string name;
    uint32_t version = 1;
    std::string_view bytes;
    uint64_t checksum = 0;
  };

  SectionFile(std::string path, const FileOwner& owner) : path_(std::move(path)), owner_(owner) {}
  absl::Status ParseHeader(std::string_view bytes);
  absl::Status ParseTable(std::string_view bytes, uint32_t sections, uint64_t table_checksum);
  absl::StatusOr<const Entry*> Find(std::string_view name, uint32_t version) const;
  static bool ChecksumMatches(const Entry& entry, const std::function<void()>& on_progress = {});
  absl::Status Damaged(const std::string& what) const;
  absl::Status DamagedSection(const Entry& entry) const;
  absl::Status OtherVersion(const std::string& what, const std::string& readable) const;

  std::string path_;
  FileOwner owner_;
  uint64_t scheme_ = 0;
  uint64_t checksum_ = 0;
  std::vector<Entry> entries_;  // in the order of the file
};

}  // namespace unspin
