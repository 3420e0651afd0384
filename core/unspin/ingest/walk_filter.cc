#include "unspin/ingest/walk_filter.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

#include "unspin/article/ascii.h"
#include "unspin/charset/charset.h"
#include "unspin/inputs/detect_format.h"
#include "unspin/inputs/foreign_files.h"
#include "unspin/inputs/input_formats.h"
#include "unspin/inputs/xml_kind.h"
#include "unspin/records/file_name.h"

namespace unspin {
namespace {

// Furniture of pages, pictures, sound, fonts, and sources and settings of programs. Documents (pdf, docx) are not here:
// they may hold articles, and become bad records that say so.
constexpr std::string_view kForeignExtensions[] = {
    "css",  "scss", "less", "js",   "mjs",  "cjs",  "map",   "svg",  "png",  "jpg",   "jpeg", "jpe",  "gif",
    "webp", "avif", "bmp",  "ico",  "tif",  "tiff", "heic",  "psd",  "woff", "woff2", "ttf",  "otf",  "eot",
    "mp3",  "m4a",  "aac",  "wav",  "flac", "ogg",  "oga",   "opus", "mp4",  "m4v",   "mov",  "avi",  "mkv",
    "webm", "ogv",  "swf",  "exe",  "dll",  "so",   "dylib", "o",    "a",    "class", "jar",  "pyc",  "wasm",
    "py",   "rb",   "pl",   "sh",   "bat",  "ps1",  "c",     "cc",   "cpp",  "h",     "hpp",  "java", "go",
    "rs",   "ts",   "sql",  "yaml", "yml",  "toml", "ini",   "cfg",  "db",   "iso",   "bin",  "dat"};

// Extensions of the list above under which some programs save text as well: the content decides.
constexpr std::string_view kMayBeText[] = {"db", "bin", "dat"};

// How browsers call the folder of a page's pictures and scripts, by their language. Windows treats folders of these
// names as parts of the page ("connected files").
constexpr std::string_view kCompanionSuffixes[] = {
    "_files",    ".files",    "-files",     "_file",   "_Dateien", "-Dateien", "_fichiers",  "_bestanden",
    "_archivos", "-filer",    "_tiedostot", "_pliki",  "_soubory", "_elemei",  "_ficheiros", "_arquivos",
    "_dosyalar", "_datoteke", "_fitxers",   "_failid", "_fails",   "_bylos",   "_fajlovi",   "_fitxategiak"};

bool Contains(const auto& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// Whether a format has files of this extension.
bool IsArticleExtension(std::string_view extension) {
  const auto formats = InputFormats();
  return !extension.empty() && std::any_of(formats.begin(), formats.end(), [&](const InputFormat* format) {
    return Contains(format->extensions, extension);
  });
}

}  // namespace

std::string DescribeLeftAside(const LeftAside& left) {
  assert(!left.empty());
  constexpr size_t kMaxKinds = 6;  // named
  std::vector<std::pair<std::string, uint64_t>> kinds(left.begin(), left.end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  uint64_t total = 0;
  std::string list;
  for (size_t i = 0; i < kinds.size(); ++i) {
    total += kinds[i].second;
    if (i < kMaxKinds) list += (i > 0 ? ", " : "") + kinds[i].first + " " + std::to_string(kinds[i].second);
  }
  if (kinds.size() > kMaxKinds) list += ", …";
  return (total == 1 ? "1 file that is no article (" : std::to_string(total) + " files that are no articles (") + list +
         ")";
}

std::string ForeignKindOfName(std::string_view path) {
  std::string extension = FileExtension(path);
  return Contains(kForeignExtensions, extension) && !Contains(kMayBeText, extension) ? extension : "";
}

std::string ForeignKindOfContent(std::string_view head, std::string_view path) {
  if (IsOwnReport(head)) return "report of unspin";
  if (FindXmlKind(head).kind == XmlKind::kNoArticle) return "xml";
  // A web archive's first bytes may hold a picture.
  if (FormatOfSignature(head) != nullptr) return "";
  const ForeignFile foreign = FindForeignFile(head);
  if (foreign.kind == ForeignKind::kOurs) return "archive or other file of unspin";
  const std::string extension = FileExtension(path);
  // A name that promises an article is taken at its word: what is wrong with the file is said.
  if (IsArticleExtension(extension) || foreign.kind == ForeignKind::kDocument) return "";
  if (foreign || FindBinaryData(head)) return extension.empty() ? "binary" : extension;
  return "";
}

std::string_view PageOfCompanionFolder(std::string_view folder_name) {
  for (const std::string_view suffix : kCompanionSuffixes) {
    if (folder_name.size() > suffix.size() && folder_name.ends_with(suffix))
      return folder_name.substr(0, folder_name.size() - suffix.size());
  }
  return "";
}

bool IsTableBookkeeping(std::string_view name) {
  constexpr std::string_view kNames[] = {"_SUCCESS",   "_metadata",  "_common_metadata", "_spark_metadata",
                                         "_delta_log", "_temporary", "_delta_index",     "_change_data"};
  return Contains(kNames, name) || name.starts_with("_committed_") || name.starts_with("_started_") ||
         name.ends_with(".crc");
}

bool IsArchiveFileName(std::string_view name) {
  return name == "MANIFEST" || name == "LOCK" || name == "SPINS" || name.starts_with("MANIFEST.tmp-") ||
         name.starts_with("SPINS.tmp-") || (name.starts_with("segment-") && name.find(".unspin") != name.npos);
}

}  // namespace unspin
