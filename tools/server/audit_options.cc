#include "server/audit_options.h"

#include <string>

#include <simdjson.h>

#include "render/report_options.h"
#include "unspin/base/strings.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/json/json_parser.h"

namespace unspin::server {
namespace {

// As the command line has them.
constexpr uint64_t kMaxLimit = 1000, kMaxCandidates = 100'000;
constexpr double kMinPrior = 1e-9;  // log odds stay finite

absl::Status Refuse(std::string_view name, std::string_view wanted) {
  return absl::InvalidArgumentError(AbslView("options: `" + std::string(name) + "` must be " + std::string(wanted)));
}

absl::Status ReadNumber(std::string_view name, simdjson::dom::element value, uint64_t max, uint32_t& into) {
  uint64_t number = 0;
  if (value.get(number) || number < 1 || number > max)
    return Refuse(name, "a whole number from 1 to " + std::to_string(max));
  into = static_cast<uint32_t>(number);
  return absl::OkStatus();
}

absl::Status ReadFlag(std::string_view name, simdjson::dom::element value, bool& into) {
  return value.get(into) ? Refuse(name, "true or false") : absl::OkStatus();
}

absl::Status ReadOffsets(simdjson::dom::element value, OffsetUnit& into) {
  std::string_view word;
  if (!value.get(word)) {
    for (const OffsetUnit unit : {OffsetUnit::kByte, OffsetUnit::kCodepoint, OffsetUnit::kUtf16}) {
      if (word != Name(unit)) continue;
      into = unit;
      return absl::OkStatus();
    }
  }
  return Refuse("offsets", "byte, codepoint or utf16");
}

absl::Status ReadField(std::string_view name, simdjson::dom::element value, AuditOptions& options) {
  if (name == "limit") return ReadNumber(name, value, kMaxLimit, options.check.limit);
  if (name == "candidates") return ReadNumber(name, value, kMaxCandidates, options.check.candidates);
  if (name == "all") return ReadFlag(name, value, options.check.all);
  if (name == "offsets") return ReadOffsets(value, options.offsets);
  if (name == "brief") {
    bool brief = false;
    const absl::Status read = ReadFlag(name, value, brief);
    options.check.details = !brief;
    return read;
  }
  if (name == "prior") {
    if (value.get(options.check.prior) || options.check.prior < kMinPrior || options.check.prior > 1 - kMinPrior)
      return Refuse(name, "a number between 0 and 1");
    return absl::OkStatus();
  }
  if (name == "format") {
    std::string_view word;
    if (!value.get(word)) options.reader.format = InputFormatNamed(word);
    return options.reader.format != nullptr ? absl::OkStatus() : Refuse(name, "the name of a format, as in `jsonl`");
  }
  return absl::InvalidArgumentError(AbslView("options: there is no `" + std::string(name) +
                                             "`; there are limit, all, prior, candidates, brief, offsets and format"));
}

}  // namespace

absl::StatusOr<AuditOptions> ReadAuditOptions(std::string_view json) {
  AuditOptions options;
  if (json.empty()) return options;
  JsonParser parser;
  simdjson::dom::object fields;
  if (parser.Parse(json).get(fields)) return absl::InvalidArgumentError("options: must be a JSON object");
  for (const auto& [name, value] : fields) {
    if (absl::Status status = ReadField(name, value, options); !status.ok()) return status;
  }
  return options;
}

}  // namespace unspin::server
