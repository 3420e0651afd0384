// Markup that all sections of the page use, and the escaping of all text in it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "unspin/base/span.h"

namespace unspin::html {

extern const std::string_view kReportCss;  // tools/render/report.css
extern const std::string_view kReportJs;   // tools/render/report.js, a module
extern const std::string_view kIndexJs;    // tools/render/report_index.js, a module

// One line of visible text (see visible.h), escaped for content and for quoted attributes.
std::string Text(std::string_view text);

// Article text: line feeds stay, hidden characters become badges with their names, broken UTF-8 becomes U+FFFD.
// Appends to `out`. `suspicious`: joiners are shown as well.
void AppendArticleText(std::string& out, std::string_view text, bool suspicious);

// From <!DOCTYPE to <body>, with style, script and a content policy that allows nothing else; and the matching end.
// Only `script` may run, which Tail() writes.
std::string Head(std::string_view title, std::string_view script);
std::string Tail(std::string_view script);

// A <dt> and <dd> for each pair whose second is not empty; the second is markup.
std::string Terms(std::initializer_list<std::pair<std::string_view, std::string>> terms);

// Opens a <div> for a table that may be wider than the screen; the keyboard can scroll it.
std::string Scrolled(std::string_view name);

// A link if the address is http or https; otherwise the address as text.
std::string Address(std::string_view url);

// "12.34%" for a style or an SVG attribute.
std::string Share(double part, double whole);

}  // namespace unspin::html
