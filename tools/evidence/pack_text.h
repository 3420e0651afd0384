// The files of a pack that are written for people: README.txt, method.txt and passages.csv.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "evidence/evidence.h"

namespace unspin::evidence {

// What the pack is, which reports it holds, what each file is, and how to check it.
std::string RenderReadme(std::span<const Evidence> evidence);

// Program, model, archive, options and steps, and how to repeat them.
std::string RenderMethod(const Evidence& evidence);

// The options in the text that RenderMethod made: the line's JSON, or "none". Empty: the text names none.
std::string_view OptionsInMethod(std::string_view method);

// A line for each passage of each finding, in the order of the report, with the words of both sides; spans as in the
// report's JSON. Cells are those of render/findings_csv.h.
std::string RenderPassagesCsv(const Evidence& evidence);

}  // namespace unspin::evidence
