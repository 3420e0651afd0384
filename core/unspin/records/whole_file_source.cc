#include "unspin/records/whole_file_source.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "unspin/base/strings.h"
#include "unspin/io/peeked_stream.h"

namespace unspin {
namespace {

Record ReadRecord(InputFile& file, const ReaderOptions& options, WholeFileParser parse) {
  const uint64_t max_bytes = MaxFileBytes(options);
  std::string bytes;
  const absl::Status status = ReadUpTo(*file.bytes, max_bytes + 1, bytes);
  if (!status.ok()) return BadFile(std::move(file.path), std::string(StdView(status.message())));
  if (bytes.size() > max_bytes) return BadFile(std::move(file.path), FileTooLarge(max_bytes));
  Record record = parse(std::move(bytes), std::move(file.path), options);
  auto* const article = std::get_if<Article>(&record);
  if (article != nullptr && !file.charset.empty()) article->reading.charset = file.charset;
  return record;
}

}  // namespace

uint64_t MaxFileBytes(const ReaderOptions& options) { return std::min(options.max_article_bytes, kMaxArticleBytes); }

std::string FileTooLarge(uint64_t max_bytes) {
  return "the file is larger than " + std::to_string(max_bytes) +
         " bytes, the most that is read as one article; split it up or raise the limit";
}

std::unique_ptr<RecordSource> MakeWholeFileSource(InputFile file, const ReaderOptions& options, WholeFileParser parse) {
  Record record = ReadRecord(file, options, parse);
  return MakeSingleRecordSource(std::move(record), file.bytes->stored_bytes_read());
}

}  // namespace unspin
