#include "unspin/ingest/detect_format.h"

#include <algorithm>
#include <utility>

#include "unspin/ingest/file_name.h"
#include "unspin/ingest/foreign_files.h"

namespace unspin {
namespace {

bool HasSignature(const InputFormat& format, std::string_view head) {
  return format.has_signature != nullptr && format.has_signature(head);
}

bool HasExtension(const InputFormat& format, std::string_view extension) {
  return !extension.empty() &&
         std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end();
}

// "plain text, HTML and JSON (also JSON Lines)"
std::string TitlesOfReadFormats() {
  const auto formats = InputFormats();
  std::string titles;
  for (size_t i = 0; i < formats.size(); ++i) {
    if (i > 0) titles += i + 1 < formats.size() ? ", " : " and ";
    titles += formats[i]->title;
  }
  return titles;
}

DetectedFormat Found(const InputFormat& format) {
  if (format.open != nullptr) return {&format, ""};
  return {nullptr, std::string(format.title) + " files are not read yet; " + TitlesOfReadFormats() +
                       " are, also compressed: convert the file to JSON Lines first"};
}

// The first format, read or not read yet, that `matches`; null if there is none.
template <typename Matches>
const InputFormat* FirstFormat(const Matches& matches) {
  for (const InputFormat* format : InputFormats()) {
    if (matches(*format)) return format;
  }
  for (const InputFormat& format : UnreadFormats()) {
    if (matches(format)) return &format;
  }
  return nullptr;
}

}  // namespace

std::string RefuseForeignData(std::string_view head) {
  ForeignFile foreign = FindForeignFile(head);
  if (!foreign) foreign = FindBinaryData(head);
  return foreign ? "this is " + std::string(foreign.description) : "";
}

bool HasSignatureOfFormat(std::string_view head) {
  const auto formats = InputFormats();
  return std::any_of(formats.begin(), formats.end(), [&](const InputFormat* row) { return HasSignature(*row, head); });
}

DetectedFormat DetectFormat(std::string_view head, std::string_view path) {
  if (const auto* format = FirstFormat([&](const InputFormat& row) { return HasSignature(row, head); })) {
    return Found(*format);
  }
  if (std::string refusal = RefuseForeignData(head); !refusal.empty()) return {nullptr, std::move(refusal)};
  const std::string extension = FileExtension(path);
  if (const auto* format = FirstFormat([&](const InputFormat& row) { return HasExtension(row, extension); })) {
    return Found(*format);
  }
  for (const InputFormat* format : InputFormats()) {
    if (format->looks_like != nullptr && format->looks_like(head)) return {format, ""};
  }
  return {InputFormats().front(), ""};
}

}  // namespace unspin
