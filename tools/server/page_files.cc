#include "server/page_files.h"

#include <algorithm>
#include <vector>

#include "render/html.h"
#include "server/page_list.h"
#include "unspin/base/sha256.h"

namespace unspin::server {
namespace {

constexpr std::string_view kIndex = "index.html";
constexpr size_t kVersionDigits = 16;  // 64 bits: two builds never have the same

std::vector<PageFile> MakeFiles() {
  std::vector<PageFile> files = {{"report.css", ReportStyle()}, {"report.js", ReportScript()}};
#define UNSPIN_PAGE_FILE(constant, name) files.push_back({name, constant});
  UNSPIN_PAGE_FILES
#undef UNSPIN_PAGE_FILE
  return files;
}

std::string MakeIndex() {
  const PageFile* const file = FindPageFile(kIndex);
  if (file == nullptr) return "";
  constexpr std::string_view kFolder = "\"/page/";
  std::string page;
  std::string_view rest = file->content;
  for (size_t at; (at = rest.find(kFolder)) != std::string_view::npos; rest.remove_prefix(at + kFolder.size())) {
    page.append(rest.substr(0, at)).append(kFolder).append(PageVersion()).append("/");
  }
  return page.append(rest);
}

}  // namespace

std::span<const PageFile> PageFiles() {
  static const std::vector<PageFile> files = MakeFiles();
  return files;
}

const PageFile* FindPageFile(std::string_view name) {
  const auto files = PageFiles();
  const auto file = std::find_if(files.begin(), files.end(), [&](const PageFile& one) { return one.name == name; });
  return file == files.end() ? nullptr : &*file;
}

const std::string& PageVersion() {
  static const std::string version = [] {
    std::string all;
    for (const PageFile& file : PageFiles()) all.append(file.name).append("\n").append(file.content);
    return Sha256Hex(all).substr(0, kVersionDigits);
  }();
  return version;
}

std::string PageAddress(std::string_view name) { return "/page/" + PageVersion() + "/" + std::string(name); }

const std::string& PageIndex() {
  static const std::string page = MakeIndex();
  return page;
}

}  // namespace unspin::server
