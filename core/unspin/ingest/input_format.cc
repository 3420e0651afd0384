#include "unspin/ingest/input_format.h"

#include "unspin/ingest/input_format_table.h"

namespace unspin {
namespace {

#define UNSPIN_ADDRESS_OF_FORMAT(format) &format,
constexpr const InputFormat* kFormats[] = {UNSPIN_INPUT_FORMATS(UNSPIN_ADDRESS_OF_FORMAT)};
#undef UNSPIN_ADDRESS_OF_FORMAT

bool IsWarc(std::string_view head) { return head.starts_with("WARC/1.") || head.starts_with("WARC/0."); }

constexpr InputFormat kUnreadFormats[] = {
    {"warc", "WARC", {"warc"}, IsWarc},
    {"csv", "CSV", {"csv", "tsv"}},
};

}  // namespace

std::span<const InputFormat* const> InputFormats() { return kFormats; }

std::span<const InputFormat> UnreadFormats() { return kUnreadFormats; }

const InputFormat* InputFormatNamed(std::string_view name) {
  for (const InputFormat* format : kFormats) {
    if (format->name == name) return format;
  }
  return nullptr;
}

std::vector<std::string> InputFormatNames() {
  std::vector<std::string> names;
  for (const InputFormat* format : kFormats) names.emplace_back(format->name);
  return names;
}

}  // namespace unspin
