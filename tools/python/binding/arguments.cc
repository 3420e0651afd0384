#include "binding/arguments.h"

#include <optional>
#include <utility>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "binding/errors.h"
#include "binding/pull.h"
#include "render/report_options.h"

namespace unspin::python {
namespace {

TextIs TextIsNamed(const std::string& name) {
  if (name == "auto") return TextIs::kFoundByItself;
  if (name == "plain") return TextIs::kPlain;
  if (name == "html") return TextIs::kHtml;
  throw ValueError("text_is=\"" + name + "\": give auto, plain or html");
}

OffsetUnit UnitNamed(const std::string& name) {
  if (name == "codepoint") return OffsetUnit::kCodepoint;
  if (name == "byte") return OffsetUnit::kByte;
  if (name == "utf16") return OffsetUnit::kUtf16;
  if (name == "text") return OffsetUnit::kText;
  throw ValueError("offsets=\"" + name + "\": give codepoint, byte, utf16 or text");
}

// `number` if it is between the two, as the program checks it.
uint32_t InRange(const char* name, int64_t number, int64_t min, int64_t max) {
  if (number >= min && number <= max) return static_cast<uint32_t>(number);
  throw ValueError(std::string(name) + "=" + std::to_string(number) + ": give a number from " + std::to_string(min) +
                   " to " + std::to_string(max));
}

ReportOptions MakeReportOptions(int64_t limit, int64_t candidates, bool all, double prior, bool details,
                                const std::string& offsets) {
  constexpr double kMinPrior = 1e-9;  // log odds stay finite
  if (!(prior >= kMinPrior && prior <= 1 - kMinPrior)) {
    throw ValueError("prior=" + std::to_string(prior) + ": give a probability between 1e-9 and 1 - 1e-9");
  }
  ReportOptions options;
  options.check.limit = InRange("limit", limit, 1, 1000);
  options.check.candidates = InRange("candidates", candidates, 1, 100000);
  options.check.all = all;
  options.check.prior = prior;
  options.check.details = details;
  options.offsets = UnitNamed(offsets);
  return options;
}

void BindRowNames(nb::module_& module) {
  using Name = std::optional<std::string>;
  nb::class_<RowNames>(module, "RowNames", "Names of columns or keys; None leaves a field out.")
      .def(
          "__init__",
          [](RowNames* self, Name id, Name text, Name title, Name url, Name site, Name published, Name fetched,
             Name path, Name record, const std::string& text_is) {
            if (!text) throw ValueError("text=None: name the column or key that holds the text");
            new (self) RowNames{{std::move(id), std::move(text), std::move(title), std::move(url), std::move(site),
                                 std::move(published), std::move(fetched), std::move(path), std::move(record)},
                                TextIsNamed(text_is)};
          },
          nb::kw_only(), nb::arg("id") = "id", nb::arg("text") = "text", nb::arg("title") = "title",
          nb::arg("url") = "url", nb::arg("site") = "site", nb::arg("published") = "published",
          nb::arg("fetched") = "fetched", nb::arg("path") = "path", nb::arg("record") = "record",
          nb::arg("text_is") = "auto");
}

}  // namespace

ReaderOptions ReaderOptionsOf(const RowNames& names) {
  ReaderOptions options;
  options.text_is = names.text_is;
  const std::pair<RowField, std::string*> fields[] = {
      {kId, &options.fields.id},          {kText, &options.fields.text}, {kTitle, &options.fields.title},
      {kUrl, &options.fields.url},        {kSite, &options.fields.site}, {kPublished, &options.fields.published},
      {kFetched, &options.fields.fetched}};
  for (const auto& [field, target] : fields) {
    if (names.of[field]) *target = *names.of[field];
  }
  return options;
}

JsonOptions JsonOptionsOf(const ReportOptions& options, const ReaderOptions& reader) {
  return {options.check.details, options.offsets, OptionsInReports(reader, options.check, options.offsets)};
}

void BindArguments(nb::module_& module) {
  BindRowNames(module);
  nb::class_<PullOptions>(module, "PullOptions", "How a call reads many articles.")
      .def(
          "__init__",
          [](PullOptions* self, std::optional<int64_t> threads, bool strict, nb::object progress) {
            ThreadsOf(threads);  // checks it
            new (self) PullOptions{threads, strict, std::move(progress)};
          },
          nb::kw_only(), nb::arg("threads") = nb::none(), nb::arg("strict") = false, nb::arg("progress") = nb::none());
  nb::class_<ReportOptions>(module, "ReportOptions", "How reports are made and written.")
      .def(
          "__init__",
          [](ReportOptions* self, int64_t limit, int64_t candidates, bool all, double prior, bool details,
             const std::string& offsets) {
            new (self) ReportOptions(MakeReportOptions(limit, candidates, all, prior, details, offsets));
          },
          nb::kw_only(), nb::arg("limit") = 10, nb::arg("candidates") = 12, nb::arg("all") = false,
          nb::arg("prior") = 0.5, nb::arg("details") = true, nb::arg("offsets") = "codepoint");
}

}  // namespace unspin::python
