// Report → one self-contained page that an editor can read, print and hand on; and a table of many such pages.
#pragma once

#include <span>
#include <string>

#include "unspin/report/report.h"

namespace unspin {

// A whole HTML document: no network, no fonts or scripts from elsewhere, readable without scripts. Whatever the
// report's texts hold is shown as text, characters nobody sees by their name. Memory: some 20 bytes per byte of article
// text.
std::string RenderHtml(const Report& report);

// What the table says about one page. Owns it, so that the report may go.
struct HtmlIndexEntry {
  std::string file;  // the page, as a path relative to the table
  std::string suspect_id, suspect_title;
  Verdict verdict = Verdict::kUnrelated;
  double probability = 0, rewrite = 1, coverage = 0;
  std::string original;  // its title, else its id; empty: none was found
  uint32_t originals = 0;
  std::string error;
};

HtmlIndexEntry MakeHtmlIndexEntry(const Report& report, std::string file);

// Strongest verdict first, then by probability, then in the order given.
std::string RenderHtmlIndex(std::span<const HtmlIndexEntry> entries);

}  // namespace unspin
