#include "evidence/source_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "evidence/record_json.h"
#include "evidence/remake.h"
#include "unspin/base/sha256.h"
#include "unspin/ingest/open_source.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/file.h"
#include "unspin/io/read_file.h"
#include "unspin/records/record_source.h"

namespace unspin::evidence {
namespace {

namespace fs = std::filesystem;

bool IsFile(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error) && !error;
}

// Asked for only of files that hold one article.
absl::StatusOr<Article> WithFileHash(Article article, const std::string& on_disk, const ReaderOptions& reader) {
  if (!reader.hash_files) return article;
  const absl::StatusOr<MappedFile> file = MapFile(on_disk);
  if (!file.ok()) return file.status();
  article.file_sha256 = Sha256Hex(file->bytes());
  return article;
}

}  // namespace

SourceFiles::SourceFiles(std::string folder) : folder_(std::move(folder)) {}
SourceFiles::~SourceFiles() = default;

absl::StatusOr<std::string> SourceFiles::PathOnDisk(const std::string& path) const {
  if (path.empty() || path == "-")
    return absl::NotFoundError(
        "the report's article came from standard input or from memory, so that no file of it is known; save it as a "
        "file and check it again");
  if (folder_.empty()) {
    if (IsFile(path)) return path;
    return absl::NotFoundError(path +
                               ": the file of the report's article is not there; name the folder that it is "
                               "in now: --suspects DIR");
  }
  const fs::path given = fs::path(path).relative_path();
  for (auto first = given.begin(); first != given.end(); ++first) {
    fs::path rest;
    for (auto part = first; part != given.end(); ++part) rest /= *part;
    const bool climbs = std::any_of(rest.begin(), rest.end(), [](const fs::path& part) { return part == ".."; });
    if (const fs::path there = fs::path(folder_) / rest; !climbs && IsFile(there)) return there.string();
  }
  return absl::NotFoundError(path + ": the file of the report's article is not in the folder " + folder_);
}

absl::StatusOr<SourceFiles::Source> SourceFiles::Find(const std::string& path, std::optional<uint64_t> record,
                                                      const ReaderOptions& reader) {
  const absl::StatusOr<std::string> on_disk = PathOnDisk(path);
  if (!on_disk.ok()) return on_disk.status();
  std::error_code error;
  const uintmax_t bytes = fs::file_size(*on_disk, error);
  if (!error && bytes <= (record ? kMaxFileOfManyBytes : kMaxFileBytes)) {
    absl::StatusOr<std::string> content = ReadFile(*on_disk);
    if (!content.ok()) return content.status();
    ReceivedFile file{*std::move(content), path, true, ""};
    absl::StatusOr<Article> article = ReadReceived(file, reader, record);
    if (article.ok()) return Source{std::move(file), *std::move(article)};
    // Some formats cannot be read from memory.
  }
  absl::StatusOr<Article> article = ReadRecord(*on_disk, path, record, reader);
  if (!article.ok()) return article.status();
  ReceivedFile file{RenderRecord(*article), path, false, article->file_sha256};
  return Source{std::move(file), *std::move(article)};
}

absl::StatusOr<Article> SourceFiles::ReadRecord(const std::string& on_disk, const std::string& path,
                                                std::optional<uint64_t> record, const ReaderOptions& reader) {
  const bool goes_on = source_ && open_ == on_disk && record && *record > read_;
  if (!goes_on) {
    auto stream = ByteStream::Open(on_disk);
    if (!stream.ok()) return stream.status();
    source_ = OpenRecordSource(*std::move(stream), path, on_disk, reader);
    open_ = on_disk;
    read_ = 0;
  }
  while (std::optional<Record> read = source_->Next()) {
    auto* const article = std::get_if<Article>(&*read);
    if (article == nullptr) continue;
    if (article->record) read_ = *article->record;
    if (article->record == record) return WithFileHash(std::move(*article), on_disk, reader);
    if (record && read_ > *record) break;
  }
  source_.reset();
  return absl::NotFoundError(path + ": it holds no article" +
                             (record ? " with the number " + std::to_string(*record) : std::string()));
}

}  // namespace unspin::evidence
