#include "evidence/pack_writer.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "evidence/pack_layout.h"
#include "evidence/remake.h"
#include "evidence/timestamp.h"
#include "evidence/zip_writer.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

absl::Status TooLarge(const std::string& what) {
  return absl::ResourceExhaustedError("the pack would have " + what + "; write several packs of fewer reports");
}

// That a reader of packs gets the article out of its file.
absl::Status CheckArticle(const ReceivedFile& file, const Article& article, const ReaderOptions& reader) {
  const auto refused = [&](std::string_view why) {
    return absl::ResourceExhaustedError(absl::StrCat(file.name,
                                                     " cannot be packed: a reader takes articles of at most ",
                                                     kReadLimits.article_bytes, " bytes", AbslView(why)));
  };
  if (article.text.size() > kReadLimits.article_bytes)
    return refused(absl::StrCat(", and its text has ", article.text.size()));
  if (!file.is_whole || article.record) return absl::OkStatus();
  const auto read = ReadReceived(file, PackReader(reader), article.record);
  return read.ok() ? absl::OkStatus() : refused(absl::StrCat("; ", read.status().message()));
}

absl::Status CheckEvidence(std::span<const Evidence> evidence) {
  if (evidence.size() > kReadLimits.reports)
    return TooLarge(absl::StrCat(evidence.size(), " reports; a reader takes at most ", kReadLimits.reports));
  uint64_t bytes = 0;
  for (const Evidence& one : evidence) {
    const size_t originals = one.basis.originals.size();
    if (originals > kReadLimits.originals)
      return TooLarge(
          absl::StrCat("a report of ", originals, " originals; a reader takes at most ", kReadLimits.originals));
    if (one.log.size() > kReadLimits.lines)
      return TooLarge(absl::StrCat("a log of ", one.log.size(), " lines; a reader takes at most ", kReadLimits.lines));
    if (absl::Status fits = CheckArticle(one.suspect_file, one.suspect, one.reader); !fits.ok()) return fits;
    for (const BasisOriginal& original : one.basis.originals) {
      const Article& article = original.stored.article;
      const ReceivedFile of_archive{"", article.id, false, ""};
      const ReceivedFile* const file = one.original_file ? &*one.original_file : &of_archive;
      if (absl::Status fits = CheckArticle(*file, article, one.reader); !fits.ok()) return fits;
      bytes += article.text.size();
    }
  }
  if (bytes > kReadLimits.original_bytes)
    return TooLarge(
        absl::StrCat("originals of ", bytes, " bytes; a reader takes at most ", kReadLimits.original_bytes));
  return absl::OkStatus();
}

absl::Status CheckLimits(const std::vector<PackFile>& files, uint64_t zip_bytes) {
  if (files.size() > kPackLimits.files)
    return TooLarge(absl::StrCat(files.size(), " files; a reader takes at most ", kPackLimits.files));
  for (const PackFile& file : files) {
    if (file.bytes.size() > kPackLimits.file_bytes)
      return TooLarge(absl::StrCat("a file of ", file.bytes.size(), " bytes (", file.path, "); a reader takes at most ",
                                   kPackLimits.file_bytes));
  }
  if (zip_bytes > kPackLimits.zip_bytes)
    return TooLarge(absl::StrCat(zip_bytes, " bytes; a reader takes at most ", kPackLimits.zip_bytes));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::string> WritePack(std::span<const Evidence> evidence, std::string_view timestamp_reply) {
  if (evidence.empty()) return absl::InvalidArgumentError("there is no report to pack");
  if (absl::Status checked = CheckEvidence(evidence); !checked.ok()) return checked;
  const Engine engine;
  Workspace workspace(engine);
  std::vector<PackFile> files;
  for (size_t i = 0; i < evidence.size(); ++i) {
    for (PackFile& file : FilesOfReport(evidence[i], ReportFolder(i + 1), engine, workspace))
      files.push_back(std::move(file));
  }
  AddPackFiles(evidence, timestamp_reply, files);
  std::vector<ZipFile> zipped;
  for (const PackFile& file : files) zipped.push_back({file.path, file.bytes});
  if (absl::Status checked = CheckLimits(files, SizeOfZip(zipped)); !checked.ok()) return checked;
  if (!timestamp_reply.empty()) {
    for (const PackFile& file : files) {
      if (file.path != kManifestPath) continue;
      const auto stamp = CheckTimestamp(timestamp_reply, file.bytes, "");
      if (!stamp.ok())
        return absl::InvalidArgumentError(absl::StrCat("the timestamp reply ", stamp.status().message()));
    }
  }
  return WriteZip(zipped);
}

}  // namespace unspin::evidence
