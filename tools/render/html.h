// Report → one self-contained HTML page; and an index of many such pages.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "unspin/report/report.h"

namespace unspin {

// A whole HTML document: it loads nothing from the network and can be read without scripts. All text of the report is
// escaped, and hidden characters are shown by their names. Memory: some 20 bytes per byte of article text.
std::string RenderHtml(const Report& report);

// The <main> of that page: no style, no script, no inline style and no handler, so that it can be put into a page whose
// content policy forbids them. It stands on ReportStyle(), and works without ReportScript().
std::string RenderHtmlFragment(const Report& report);
std::string_view ReportStyle();
// A module: attach(main) makes an inserted fragment live, and returns a function that takes it off again.
std::string_view ReportScript();

// A row of the index. Owns its data, so the report need not be kept.
struct HtmlIndexEntry {
  std::string file;                                              // the page, relative to the index
  std::string suspect_id, suspect_title, address, site, source;  // source: file and record
  Verdict verdict = Verdict::kUnrelated;
  double probability = 0, rewrite = 1, coverage = 0;
  std::string original;  // title of the first original, else its id; empty: none was found
  uint32_t originals = 0;
  std::string error;
};

HtmlIndexEntry MakeHtmlIndexEntry(const Report& report, std::string file);

// A record that could not be checked.
struct HtmlSkippedRecord {
  std::string location, problem;
};

// Strongest verdict first, then by probability, then in the order given; behind them the records that were skipped.
std::string RenderHtmlIndex(std::span<const HtmlIndexEntry> entries, std::span<const HtmlSkippedRecord> skipped = {});

}  // namespace unspin
