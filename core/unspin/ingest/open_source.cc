#include "unspin/ingest/open_source.h"

#include <string_view>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/charset/charset_table.h"
#include "unspin/charset/guess_charset.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/io/peeked_stream.h"
#include "unspin/records/whole_file_source.h"

namespace unspin {
namespace {

// Replaces `head`, the first bytes of the stream, by the whole stream in UTF-8. Returns what is wrong, if anything.
std::optional<std::string> ConvertWide(const Charset& charset, size_t mark, ByteStream& stream,
                                       const ReaderOptions& options, std::string& head) {
  const uint64_t max_bytes = MaxFileBytes(options);
  if (head.size() <= max_bytes) {
    const absl::Status status = ReadUpTo(stream, max_bytes - head.size() + 1, head);
    if (!status.ok()) return std::string(StdView(status.message()));
  }
  if (head.size() > max_bytes) return FileTooLarge(max_bytes);
  std::optional<std::string> converted = ConvertFrom(charset, std::string_view(head).substr(mark));
  if (!converted) return "its text of " + std::string(charset.name) + " cannot be converted; save it as UTF-8";
  if (converted->size() > kMaxArticleBytes) return FileTooLarge(kMaxArticleBytes);
  if (converted->empty()) return "there is no text in it; leave it out or give it its text";
  head = *std::move(converted);
  return std::nullopt;
}

}  // namespace

std::unique_ptr<RecordSource> OpenRecordSource(std::unique_ptr<ByteStream> stream, std::string path,
                                               std::optional<std::string> reopenable_path, const ReaderOptions& options,
                                               LeftAside* left_aside) {
  const auto bad_file = [&](std::string message) {
    return MakeSingleRecordSource(BadFile(path, std::move(message)), stream->stored_bytes_read());
  };
  std::string head;
  const absl::Status status = ReadUpTo(*stream, kHeadForDetection, head);
  const InputFormat* const certain = FormatOfSignature(head);
  // After an error behind the first bytes, the format decides what they are worth; it meets the error again. What comes
  // before the damage may be too little to tell the format by, or be damaged too.
  const InputFormat* const named = options.format != nullptr ? options.format : FormatOfName(path);
  const bool reads_on = !status.ok() && certain == nullptr && named != nullptr && named->reads_behind_damage;
  if (head.empty() && !reads_on) {
    return bad_file(status.ok() ? "there is no text in it: the file is empty; leave it out"
                                : std::string(StdView(status.message())));
  }
  size_t mark = 0;
  // A web archive's first bytes may hold a page in UTF-16.
  const Charset* const wide = certain != nullptr || reads_on ? nullptr : WideCharset(head, mark);
  if (wide != nullptr) {
    if (std::optional<std::string> problem = ConvertWide(*wide, mark, *stream, options, head)) {
      return bad_file(*problem);
    }
  }
  const std::string_view first_bytes = std::string_view(head).substr(0, kHeadForDetection);
  if (left_aside != nullptr && !reads_on) {
    if (const std::string kind = ForeignKindOfContent(first_bytes, path); !kind.empty()) {
      ++(*left_aside)[kind];
      return nullptr;
    }
  }
  DetectedFormat detected = {reads_on ? named : options.format, ""};
  if (detected.format == nullptr) {
    detected = DetectFormat(first_bytes, path);
  } else if (!reads_on && detected.format != certain) {  // binary data is no text, but may be of a binary format
    detected.refusal = RefuseForeignData(first_bytes);
  }
  if (!detected.refusal.empty()) return bad_file(std::move(detected.refusal));
  auto peeked = std::make_unique<PeekedStream>(std::move(head), std::move(stream));
  InputFile file;
  file.path = std::move(path);
  file.head = peeked->head().substr(0, kHeadForDetection);
  file.bytes = std::move(peeked);
  if (wide != nullptr) file.charset = wide->name;
  file.reopenable_path = std::move(reopenable_path);
  return detected.format->open(std::move(file), options);
}

bool WillBeRead(const std::string& path) {
  auto stream = ByteStream::Open(path);
  if (!stream.ok()) return true;  // it becomes a bad record
  LeftAside left_aside;
  ReaderOptions options;
  options.max_article_bytes = kHeadForDetection;  // more is not looked at
  return OpenRecordSource(*std::move(stream), path, std::nullopt, options, &left_aside) != nullptr;
}

}  // namespace unspin
