#include "cli/exclusions.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include <CLI/CLI.hpp>

#include "absl/strings/str_cat.h"
#include "cli/options.h"
#include "unspin/report/report.h"

namespace unspin::cli {
namespace {

std::optional<uint64_t> NumberIn(std::string_view digits) {
  uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::optional<RecordSpan> SpanIn(std::string_view name) {
  const size_t dash = name.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto begin = NumberIn(name.substr(0, dash)), end = NumberIn(name.substr(dash + 1));
  if (!begin || !end || *begin >= *end) return std::nullopt;
  return RecordSpan{*begin, *end};
}

}  // namespace

void AddExcludeOption(CLI::App& command, ExcludeOptions& options) {
  command
      .add_option("--exclude", options.names,
                  "words of the suspect to set aside, as a span of the report says where they stand; repeat the "
                  "option, or write commas between spans")
      ->type_name("BEGIN-END")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group(kJudgingGroup);
}

void AddExcludeOriginalOption(CLI::App& command, std::vector<std::string>& originals) {
  command
      .add_option("--exclude-original", originals,
                  "id of an article that is not to be compared with the suspect; repeat the option for others")
      ->type_name("ID")
      ->allow_extra_args(false)
      ->group(kJudgingGroup);
}

absl::Status ReadSpans(ExcludeOptions& options) {
  for (const std::string& name : options.names) {
    const std::optional<RecordSpan> span = SpanIn(name);
    if (!span)
      return absl::InvalidArgumentError(
          absl::StrCat("--exclude ", name, ": is no span; write where it begins and ends, as in 402-911"));
    options.spans.push_back(*span);
  }
  return absl::OkStatus();
}

absl::Status FindExcluded(const ExcludeOptions& options, OffsetUnit unit, const Article& suspect,
                          std::vector<ByteSpan>& excluded) {
  ArticleCard card;
  card.text = suspect.text;
  card.steps = suspect.steps;
  const OffsetMap map(card, unit);
  for (const RecordSpan& span : options.spans) {
    const ByteSpan found = map.Find(span);
    if (found.empty())
      return absl::InvalidArgumentError(
          absl::StrCat("--exclude ", span.begin, "-", span.end, ": there is no text of ", suspect.id,
                       " at this place; take the spans from its report, which counts as --offsets says"));
    excluded.push_back(found);
  }
  return absl::OkStatus();
}

}  // namespace unspin::cli
