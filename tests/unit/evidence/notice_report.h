// A report with everything that a notice may speak of, for tests.
#pragma once

#include <string>

#include "support/sample_articles.h"
#include "unspin/engine/engine.h"
#include "unspin/report/report.h"

namespace unspin::testing {

// Of `suspect` ("spun.txt") of a sample story, with addresses and dates, and with numbers that stand nowhere else.
inline Report NoticeReport(const std::string& suspect_file) {
  const Engine engine;
  Workspace workspace(engine);
  Article original = SampleArticle("rail-strike", "original.txt");
  original.title = "Rail strike ends in Brandeck";
  original.url = "https://harbourpost.example/rail/strike-ends";
  original.published = "2026-03-04T16:40:00Z";
  Article suspect = SampleArticle("rail-strike", suspect_file);
  suspect.title = "Trains roll again";
  suspect.url = "https://spinner.example/news/8812";
  suspect.published = "2026-03-05T07:12:00Z";
  suspect.fetched = "2026-05-02T10:00:00Z";
  Report report = engine.Compare(original, suspect, {}, workspace);
  Finding& finding = report.findings[0];
  finding.probability = 0.777123;
  finding.log10_likelihood_ratio = 7.654321;
  finding.coverage = {0.43, 0.61};
  finding.longest_verbatim_run = 137;
  finding.words = {.kept = 1311, .inflected = 1, .synonym = 400, .replaced = 12, .inserted = 9, .deleted = 8};
  report.notices = {
      {"copyright", "removed", "© 2026 Harbour Post", "", {}},
      {"byline", "altered", "By Ana Reader", "By Staff", {}},
      {"dateline", "kept", "BRANDECK", "BRANDECK", {}},
      {"credit", "added", "", "Photo: Spinner", {}},
  };
  return report;
}

}  // namespace unspin::testing
