// Report → its findings as rows of a table in CSV, for spreadsheets.
#pragma once

#include <string>
#include <string_view>

#include "unspin/report/report.h"

namespace unspin {

// The names of the columns, which docs/report.md explains, and a line feed.
std::string FindingsCsvHeader();

// A line for each finding, in the order of the report; `report_id` is its `id`. Quoted as in RFC 4180, but lines end
// with a line feed. Valid UTF-8. Safe to call from many threads at once.
std::string RenderFindingsCsv(const Report& report, std::string_view report_id);

// A text that others wrote as a cell between quotes. It holds no line break, so that a row is a line: controls become
// spaces. Where a spreadsheet would take it for a formula, an apostrophe stands before it: the text begins with
// = + - @ or their wide forms, behind white space, quotation marks and hidden characters too, or with a tab or a line
// break. The same behind a semicolon, because some spreadsheets begin a new cell there.
std::string CsvTextCell(std::string_view text);

}  // namespace unspin
