// A publisher's articles on disk, opened for reading: a folder of immutable, checksummed segments and a manifest.
//
//   const auto archive = unspin::Archive::Open("news.archive");
//   if (!archive.ok()) return Fail(archive.status());
//   const auto report = engine.Check(suspect, **archive, {}, workspace);
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin {

class ArchiveReader;
class SpinDictionary;

struct ArchiveStatistics {
  uint64_t articles = 0;
  uint64_t text_bytes = 0;
  uint64_t disk_bytes = 0;
  std::vector<std::string> segments;  // file names, oldest first
  std::string fingerprint;            // of scheme and contents, hexadecimal
  bool standing_text = true;          // whether it is known; a segment that an early program made does not know it
};

// Safe to share between threads. Sees the articles that were there when it was opened.
class Archive {
 public:
  // Fails where the manifest is absent or damaged, a segment is missing, cut off or damaged in its header, or the
  // scheme differs from ours; the message names the file, what is wrong with it and what to do. `memory` in bytes
  // decides how pages are mapped: that changes what a query costs, and never its answer.
  static absl::StatusOr<std::unique_ptr<const Archive>> Open(const std::string& folder,
                                                             uint64_t memory = MachineMemory());
  static uint64_t MachineMemory();
  ~Archive();

  const ArchiveStatistics& Statistics() const;
  // Reads everything and checks every checksum. All problems found, each naming file and section.
  std::vector<std::string> Verify() const;

  // Replacements that were learnt with this archive; empty where nothing was.
  const SpinDictionary& spins() const;
  static std::string SpinsPath(const std::string& folder) { return folder + "/SPINS"; }

  // For the engine (engine/archive_reader.h): finds and fetches articles.
  const ArchiveReader& reader() const { return *reader_; }

 private:
  explicit Archive(std::unique_ptr<const ArchiveReader> reader);

  std::unique_ptr<const ArchiveReader> reader_;
};

}  // namespace unspin
