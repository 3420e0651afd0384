// The files of the page, compiled into the program, and the address of each.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace unspin::server {

struct PageFile {
  std::string_view name;  // "app.js"
  std::string_view content;
};

// Those of tools/server/page, and report.css and report.js, which reports need.
std::span<const PageFile> PageFiles();

// Null where there is none of that name.
const PageFile* FindPageFile(std::string_view name);

// A hash of all files: another build has another, so that a file below it never changes.
const std::string& PageVersion();

// "/page/VERSION/app.js". Modules import each other by relative addresses, so they stay below the version.
std::string PageAddress(std::string_view name);

// index.html with the versioned addresses of its files.
const std::string& PageIndex();

}  // namespace unspin::server
