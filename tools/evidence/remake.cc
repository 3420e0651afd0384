#include "evidence/remake.h"

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "evidence/record_json.h"
#include "unspin/base/sha256.h"
#include "unspin/base/strings.h"
#include "unspin/ingest/open_source.h"
#include "unspin/io/byte_stream.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_table.h"

namespace unspin::evidence {
namespace {

absl::Status Missing(const std::string& name, std::optional<uint64_t> record) {
  return absl::NotFoundError(name + ": it holds no article" +
                             (record ? " with the number " + std::to_string(*record) : std::string()));
}

absl::StatusOr<Article> ReadOnlyRecord(const ReceivedFile& file, std::optional<uint64_t> record) {
  absl::StatusOr<Article> article = ParseRecord(file.bytes);
  if (!article.ok())
    return absl::InvalidArgumentError(file.name + ": " + std::string(StdView(article.status().message())));
  if (article->record != record) return Missing(file.name, record);
  return article;
}

absl::Status TooMuch(const std::string& name, std::string_view what) {
  return absl::ResourceExhaustedError(name + ": the received files " + std::string(what) +
                                      " than are read of a pack here; `unspin verify` reads the most");
}

}  // namespace

absl::StatusOr<Article> ReadReceived(const ReceivedFile& file, const ReaderOptions& reader,
                                     std::optional<uint64_t> record, ReceivedBudget* budget) {
  if (!file.is_whole) return ReadOnlyRecord(file, record);
  auto stream = budget != nullptr ? UnpackWithin(file.bytes, file.name, budget->unpack)
                                  : ByteStream::FromBytes(file.bytes, file.name);
  if (!stream.ok()) return stream.status();
  const auto source = OpenRecordSource(*std::move(stream), file.name, std::nullopt, reader);
  std::optional<Article> found;
  uint64_t records = 0;
  while (std::optional<Record> read = source->Next()) {
    ++records;
    if (budget != nullptr && budget->unpack->is_exceeded) break;
    if (budget != nullptr && budget->records_left-- == 0) {
      budget->records_left = 0;
      return TooMuch(file.name, "hold more records");
    }
    if (auto* const article = std::get_if<Article>(&*read); article != nullptr && article->record == record && !found) {
      found = std::move(*article);
    } else if (const auto* const bad = std::get_if<BadRecord>(&*read); bad != nullptr && !record) {
      return absl::InvalidArgumentError(bad->location + ": " + bad->message);
    }
    if (records > 1 && found) break;
  }
  if (budget != nullptr && budget->unpack->is_exceeded)
    return TooMuch(file.name, "give more bytes when they are unpacked");
  if (!found) return Missing(file.name, record);
  if (reader.hash_files && records == 1) found->file_sha256 = Sha256Hex(file.bytes);
  return *std::move(found);
}

absl::StatusOr<Report> RemakeReport(const Evidence& evidence, const Engine& engine, Workspace& workspace) {
  Report report;
  if (evidence.basis.archive) {
    report = engine.CheckWithBasis(evidence.suspect, evidence.basis, evidence.check, workspace);
  } else {
    if (evidence.basis.originals.size() != 1)
      return absl::InvalidArgumentError("a report of two articles needs one original, and there are " +
                                        std::to_string(evidence.basis.originals.size()));
    const Article& original = evidence.basis.originals.front().stored.article;
    report = engine.Compare(original, evidence.suspect, evidence.check, workspace);
  }
  if (!evidence.licences_in_report) return report;
  const absl::StatusOr<std::vector<LicenceRule>> rules = ParseLicences(evidence.licences, "licences.csv");
  if (!rules.ok()) return rules.status();
  ApplyLicences(*rules, report);
  return report;
}

}  // namespace unspin::evidence
