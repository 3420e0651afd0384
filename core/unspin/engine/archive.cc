#include "unspin/engine/archive.h"

#include <unistd.h>

#include <utility>

#include "unspin/engine/archive_reader.h"

namespace unspin {

Archive::Archive(std::unique_ptr<const ArchiveReader> reader) : reader_(std::move(reader)) {}
Archive::~Archive() = default;

absl::StatusOr<std::unique_ptr<const Archive>> Archive::Open(const std::string& folder, uint64_t memory) {
  absl::StatusOr<std::unique_ptr<const ArchiveReader>> reader = ArchiveReader::Open(folder, memory);
  if (!reader.ok()) return reader.status();
  return std::unique_ptr<const Archive>(new Archive(*std::move(reader)));
}

uint64_t Archive::MachineMemory() {
  return static_cast<uint64_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

const ArchiveStatistics& Archive::Statistics() const { return reader_->statistics(); }
std::vector<std::string> Archive::Verify() const { return reader_->Verify(); }
const SpinDictionary& Archive::spins() const { return reader_->spins(); }

}  // namespace unspin
