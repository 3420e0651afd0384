// Any two texts: a finding whose spans lie inside the texts, whose words add up and whose figures are shares.
#include <cmath>
#include <cstdint>
#include <string>

#include "fuzz/require.h"
#include "unspin/engine/engine.h"
#include "unspin/ingest/reader.h"
#include "unspin/inputs/input_formats.h"

using unspin::fuzz::Require;

namespace {

bool IsShare(double value) { return value >= 0 && value <= 1; }  // false for NaN

bool Inside(unspin::ByteSpan span, const std::string& text) {
  return span.begin <= span.end && span.end <= text.size();
}

void CheckFinding(const unspin::Finding& finding, const std::string& original, const std::string& suspect) {
  Require(IsShare(finding.probability), "the probability is a share");
  Require(IsShare(finding.rewrite), "rewrite is a share");
  Require(IsShare(finding.distance), "distance is a share");
  Require(IsShare(finding.coverage.suspect) && IsShare(finding.coverage.original), "coverage is a share");
  Require(std::isfinite(finding.log10_likelihood_ratio), "the evidence is a number");
  for (const auto& passage : finding.passages) {
    Require(Inside(passage.original, original) && Inside(passage.suspect, suspect), "passages lie inside the texts");
    uint32_t reached = passage.suspect.begin;
    for (const auto& operation : passage.operations) {
      Require(Inside(operation.original, original) && Inside(operation.suspect, suspect),
              "operations lie inside the texts");
      if (operation.suspect.empty()) continue;
      Require(operation.suspect.begin >= reached, "operations stand in the order of the suspect");
      reached = operation.suspect.end;
    }
  }
}

std::string TextOf(std::string bytes) {
  unspin::ReaderOptions options;
  options.format = unspin::InputFormatNamed("text");
  auto record = unspin::ArticleFromBytes(std::move(bytes), "input", options);
  const auto* article = std::get_if<unspin::Article>(&record);
  return article ? article->text : "";
}

}  // namespace

// The two texts are parted by the first byte 0xFF, which no UTF-8 holds.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const unspin::Engine engine;
  static unspin::Workspace workspace(engine);
  const std::string both(reinterpret_cast<const char*>(data), size);
  const size_t middle = both.find('\xff');
  unspin::Article original, suspect;
  original.id = "original";
  suspect.id = "suspect";
  original.text = TextOf(both.substr(0, middle));
  suspect.text = middle == std::string::npos ? original.text : TextOf(both.substr(middle + 1));

  unspin::CheckOptions options;
  options.all = true;
  const unspin::Report report = engine.Compare(original, suspect, options, workspace);
  Require(report.findings.size() == 1, "a comparison is one finding");
  CheckFinding(report.findings[0], original.text, suspect.text);
  if (original.text == suspect.text)
    Require(report.findings[0].rewrite == 0 || report.findings[0].passages.empty(),
            "identical texts were not rewritten");
  return 0;
}
