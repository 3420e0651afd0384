#include "unspin/inputs/detect_format.h"

#include <algorithm>
#include <utility>

#include "unspin/inputs/foreign_files.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

bool HasExtension(const InputFormat& format, std::string_view extension) {
  return !extension.empty() &&
         std::find(format.extensions.begin(), format.extensions.end(), extension) != format.extensions.end();
}

// The first format that `matches`; null if there is none.
template <typename Matches>
const InputFormat* FirstFormat(const Matches& matches) {
  for (const InputFormat* format : InputFormats()) {
    if (matches(*format)) return format;
  }
  return nullptr;
}

}  // namespace

std::string RefuseForeignData(std::string_view head) {
  ForeignFile foreign = FindForeignFile(head);
  if (!foreign) foreign = FindBinaryData(head);
  return foreign ? "this is " + std::string(foreign.description) : "";
}

const InputFormat* FormatOfSignature(std::string_view head) {
  return FirstFormat([&](const InputFormat& row) { return row.has_signature && row.has_signature(head); });
}

const InputFormat* FormatOfName(std::string_view path) {
  const std::string extension = FileExtension(path);
  return FirstFormat([&](const InputFormat& row) { return HasExtension(row, extension); });
}

DetectedFormat DetectFormat(std::string_view head, std::string_view path) {
  if (const auto* format = FormatOfSignature(head)) return {format, ""};
  if (std::string refusal = RefuseForeignData(head); !refusal.empty()) return {nullptr, std::move(refusal)};
  if (const auto* format = FormatOfName(path)) {
    const auto is_certain = [&](const InputFormat& row) { return row.is_certain && row.is_certain(head); };
    const auto* certain = format == InputFormats().front() ? FirstFormat(is_certain) : nullptr;
    return {certain != nullptr ? certain : format, ""};
  }
  const auto* format = FirstFormat([&](const InputFormat& row) { return row.looks_like && row.looks_like(head); });
  return {format != nullptr ? format : InputFormats().front(), ""};
}

}  // namespace unspin
