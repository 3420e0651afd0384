#include "unspin/inputs/input_formats.h"

#include "unspin/inputs/input_format_table.h"

namespace unspin {
namespace {

#define UNSPIN_ADDRESS_OF_FORMAT(format) &format,
constexpr const InputFormat* kFormats[] = {UNSPIN_INPUT_FORMATS(UNSPIN_ADDRESS_OF_FORMAT)};
#undef UNSPIN_ADDRESS_OF_FORMAT

}  // namespace

std::span<const InputFormat* const> InputFormats() { return kFormats; }

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
