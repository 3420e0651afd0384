// One file of named, versioned, checksummed sections. FORMAT.md draws it, byte by byte.
#pragma once

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
inline constexpr size_t kSectionAlignment = 64;      // a cache line
inline constexpr size_t kSectionNameSize = 20;
inline constexpr uint32_t kMaxSections = 1024;  // bounds what a damaged header can ask for

struct Section {
  std::string_view name;  // 1 to kSectionNameSize bytes, none of them zero
  uint32_t version = 1;   // of the layout inside
  std::string_view bytes;
};

// The same where its bytes are pieces, one behind the other.
struct SectionInPieces {
  std::string_view name;
  uint32_t version = 1;
  std::vector<std::string_view> pieces;
};

// Where a section stands, and what its bytes sum to.
struct SectionPlace {
  std::string_view name;
  uint32_t version = 1;
  uint64_t offset = 0, length = 0, checksum = 0;
};

// Header and table of a file of so many bytes, and how long they are.
std::string SectionHead(uint64_t scheme, std::span<const SectionPlace> places, uint64_t length);
size_t SectionHeadSize(size_t sections);
uint64_t HeadChecksum(std::string_view head);  // SectionFile::checksum of the file

// The file as pieces, to be written one behind the other; the sections among them are those given.
struct SectionFilePieces {
  std::string head;  // header and table
  std::vector<std::string_view> pieces;
  uint64_t length = 0;
  uint64_t checksum = 0;  // SectionFile::checksum of the file

  SectionFilePieces(uint64_t scheme, std::span<const SectionInPieces> sections);
  SectionFilePieces(const SectionFilePieces&) = delete;  // pieces look into head
};

// The file as bytes. Equal input, equal bytes. REQUIRES: distinct names, at most kMaxSections of them.
std::string BuildSectionFile(uint64_t scheme, std::span<const Section> sections);

// Looks into the bytes of such a file; they must outlive it. Safe to share between threads.
class SectionFile {
 public:
  // Checks the header, its checksums, the bounds of every section and the padding, but reads no section. Messages call
  // it `file`, of `whose`, and say what else to do about damage than to restore it.
  static absl::StatusOr<SectionFile> Parse(std::string_view bytes, std::string file,
                                           const char* whose = "an unspin archive",
                                           const char* otherwise = "index the originals again");

  uint64_t scheme() const { return scheme_; }
  // Covers the header, thereby the section table, thereby every section: files with equal checksums are equal.
  uint64_t checksum() const { return checksum_; }
  const std::string& file() const { return file_; }

  // For sections that later releases added.
  bool Has(std::string_view name) const;
  // The bytes of a section, read once to check them. Fails where it is absent, damaged or of another version.
  // `passed` is called now and then while they are read, for who lets their pages go.
  absl::StatusOr<std::string_view> Read(std::string_view name, uint32_t version,
                                        const std::function<void()>& passed = {}) const;
  // The same without reading the bytes, for sections that hold checksums of their own.
  absl::StatusOr<std::string_view> ReadLater(std::string_view name, uint32_t version) const;

  // Reads everything. Returns all problems found, each naming the file and the section.
  std::vector<std::string> Verify() const;

 private:
  struct Entry {
    Section section;
    uint64_t checksum = 0;
  };

  SectionFile() = default;
  absl::Status ParseTable(std::string_view bytes, uint32_t count);
  absl::StatusOr<const Entry*> Find(std::string_view name, uint32_t version) const;
  absl::Status Damaged(const std::string& what) const;
  static bool Intact(const Entry& entry, const std::function<void()>& passed = {});

  std::string file_;
  const char* otherwise_ = "";
  uint64_t scheme_ = 0;
  uint64_t checksum_ = 0;
  std::vector<Entry> entries_;
};

}  // namespace unspin
