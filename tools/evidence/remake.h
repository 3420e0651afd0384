// A report made again from what an evidence pack holds: the files as received, and the basis of the check.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "evidence/evidence.h"
#include "unspin/engine/engine.h"
#include "unspin/io/unpack_within.h"

namespace unspin::evidence {

// What the received files of a stranger may cost, all together.
struct ReceivedBudget {
  ReceivedBudget(uint64_t unpacked_bytes, uint64_t records)
      : unpack(std::make_shared<UnpackBudget>(unpacked_bytes)), records_left(records) {}

  std::shared_ptr<UnpackBudget> unpack;
  uint64_t records_left;
};

// The article of a received file: the only one of it, or record number `record`, from 1, of a file with many. As
// ArticleReader reads it from disk, its file's hash too, where `reader.hash_files` asks for it. Fails where the file
// has no such article, and where `budget`, which may be null, does not reach to it.
absl::StatusOr<Article> ReadReceived(const ReceivedFile& file, const ReaderOptions& reader,
                                     std::optional<uint64_t> record, ReceivedBudget* budget = nullptr);

// The report on `evidence.suspect`, by `evidence.basis` and `evidence.check`: by Engine::CheckWithBasis, or where the
// basis is of no archive by Engine::Compare with its only original. `evidence.licences` are applied where the report
// was made with them. Fails where a report of two articles has not one original, or where the licences are unreadable.
absl::StatusOr<Report> RemakeReport(const Evidence& evidence, const Engine& engine, Workspace& workspace);

}  // namespace unspin::evidence
