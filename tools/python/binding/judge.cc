// compare, check one, align: functions on single articles.
#include <string>
#include <utility>
#include <vector>

#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/shared_ptr.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "binding/arguments.h"
#include "binding/article_source.h"
#include "binding/bindings.h"
#include "binding/crew.h"
#include "binding/errors.h"
#include "binding/gil.h"
#include "binding/report.h"
#include "render/html.h"
#include "render/json.h"
#include "render/report_options.h"

namespace unspin::python {
namespace {

HeldReport Compare(nb::handle original, nb::handle suspect, const ReportOptions& options) {
  const auto original_article = TakeArticle(original, "original", GivenText::kOfPair);
  const auto suspect_article = TakeArticle(suspect, "suspect", GivenText::kOfPair);
  const BorrowedWorker worker;
  const GilReleased released;
  // As `unspin compare --pairs` has it: a report without details says so by its empty lists alone, and spans in other
  // units than bytes need the texts.
  CheckOptions check = options.check;
  check.details = true;
  const JsonOptions json{options.check.details, options.offsets, OptionsInReports({}, check, options.offsets)};
  check.details = options.check.details || options.offsets != OffsetUnit::kByte;
  Report report = TheEngine().Compare(*original_article, *suspect_article, check, worker->workspace);
  std::string line = RenderJson(report, json);
  return {std::move(line), std::make_shared<const Report>(std::move(report))};
}

using Offsets = std::pair<uint64_t, uint64_t>;

std::vector<std::pair<Offsets, Offsets>> Align(nb::handle original, nb::handle suspect) {
  const auto original_article = TakeArticle(original, "original", GivenText::kAsIs);
  const auto suspect_article = TakeArticle(suspect, "suspect", GivenText::kAsIs);
  const BorrowedWorker worker;
  const GilReleased released;
  const Engine& engine = TheEngine();
  const auto pairs = engine.Align(*engine.Prepare(*original_article, worker->workspace),
                                  *engine.Prepare(*suspect_article, worker->workspace), worker->workspace);
  const auto card_of = [](const Article& article) {
    ArticleCard card;
    card.text = article.text;
    card.steps = article.steps;
    return card;
  };
  const ArticleCard original_card = card_of(*original_article), suspect_card = card_of(*suspect_article);
  const OffsetMap in_original(original_card, OffsetUnit::kCodepoint), in_suspect(suspect_card, OffsetUnit::kCodepoint);
  std::vector<std::pair<Offsets, Offsets>> passages;
  for (const auto& [of_suspect, of_original] : pairs) {
    const auto a = in_suspect.Convert(of_suspect), b = in_original.Convert(of_original);
    if (a && b) passages.push_back({{a->begin, a->end}, {b->begin, b->end}});
  }
  return passages;
}

// The passages of a finding as shares of the two texts, for a picture: begin and end in the suspect, begin and end in
// the original, manner.
using PassageShares = std::tuple<double, double, double, double, std::string>;
std::vector<PassageShares> SharesOf(const HeldReport& held, size_t finding) {
  std::vector<PassageShares> shares;
  const Report& report = *held.report;
  if (finding >= report.findings.size()) return shares;
  const Finding& found = report.findings[finding];
  const auto share = [](uint32_t byte, const ArticleCard& card) {
    return card.bytes == 0 ? 0 : static_cast<double>(byte) / static_cast<double>(card.bytes);
  };
  for (const ReportPassage& passage : found.passages) {
    shares.emplace_back(share(passage.suspect.begin, report.suspect), share(passage.suspect.end, report.suspect),
                        share(passage.original.begin, found.original), share(passage.original.end, found.original),
                        Name(passage.manner));
  }
  return shares;
}

std::string HtmlOf(const HeldReport& held) {
  const GilReleased released;
  return RenderHtml(*held.report);
}

}  // namespace

void BindJudge(nb::module_& module) {
  nb::class_<HeldReport>(module, "HeldReport", "A report with the texts that a view shows.")
      .def_ro("json", &HeldReport::json)
      .def("html", &HtmlOf)
      .def("passage_shares", &SharesOf, nb::arg("finding"));
  module.def("compare", &Compare, nb::arg("original").none(), nb::arg("suspect").none(), nb::arg("options"));
  module.def("align", &Align, nb::arg("original").none(), nb::arg("suspect").none());
}

}  // namespace unspin::python
