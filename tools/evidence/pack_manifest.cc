#include "evidence/pack_manifest.h"

#include <simdjson.h>

#include "absl/strings/str_cat.h"
#include "evidence/pack_limits.h"
#include "render/json_writer.h"
#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"

namespace unspin::evidence {
namespace {

using simdjson::dom::element;

std::string LineOf(const ManifestReport& report) {
  JsonWriter json;
  json.BeginObject();
  json.Field("folder", report.folder);
  json.Field("id", report.id);
  json.Field("suspect", report.suspect);
  json.Field("verdict", report.verdict);
  json.EndObject();
  return json.Take();
}

std::string LineOf(const ManifestFile& file) {
  JsonWriter json;
  json.BeginObject();
  json.Field("path", file.path);
  json.Field("bytes", file.bytes);
  json.Field("sha256", file.sha256);
  json.Field("role", file.role);
  json.Field("media_type", file.media_type);
  json.FieldUnlessEmpty("name", file.name);
  json.EndObject();
  return json.Take();
}

template <typename Item>
std::string LinesOf(const std::vector<Item>& items) {
  std::string lines;
  for (const Item& item : items) lines += (lines.empty() ? "\n" : ",\n") + LineOf(item);
  return lines;
}

std::string TextOf(element object, std::string_view name) { return std::string(JsonTextField(object, name)); }

absl::Status TooMany(std::string_view what, size_t limit) {
  return absl::InvalidArgumentError(
      absl::StrCat("lists more ", AbslView(what), " than a pack may hold: at most ", limit));
}

}  // namespace

std::string RenderManifest(const Manifest& manifest) {
  JsonWriter program;
  program.Text(manifest.program);
  return absl::StrCat("{\"unspin_pack\":", kPackFormat, ",\"program\":", program.Take(), ",\n\"reports\":[",
                      LinesOf(manifest.reports), "],\n\"files\":[", LinesOf(manifest.files), "]}\n");
}

absl::StatusOr<Manifest> ParseManifest(std::string_view json) {
  JsonParser parser;
  element root;
  if (parser.Parse(json).get(root) || !root.is_object()) return absl::InvalidArgumentError("is no JSON object");
  const auto format = JsonField(root, "unspin_pack"), reports = JsonField(root, "reports"),
             files = JsonField(root, "files");
  int64_t number = 0;
  if (!format || format->get(number) || number != kPackFormat)
    return absl::InvalidArgumentError(
        absl::StrCat("is no manifest of a pack of format ", kPackFormat, ", the one that this program knows"));
  if (!reports || !reports->is_array() || !files || !files->is_array())
    return absl::InvalidArgumentError("lists no reports or no files");
  Manifest manifest;
  manifest.program = TextOf(root, "program");
  for (const element one : reports->get_array()) {
    if (manifest.reports.size() == kReadLimits.reports) return TooMany("reports", kReadLimits.reports);
    manifest.reports.push_back(
        {TextOf(one, "folder"), TextOf(one, "id"), TextOf(one, "suspect"), TextOf(one, "verdict")});
  }
  for (const element one : files->get_array()) {
    if (manifest.files.size() == kPackLimits.files) return TooMany("files", kPackLimits.files);
    ManifestFile& file = manifest.files.emplace_back();
    file.path = TextOf(one, "path");
    const auto bytes = JsonField(one, "bytes");
    if (!bytes || bytes->get(file.bytes))
      return absl::InvalidArgumentError("names no number of bytes for " + file.path);
    file.sha256 = TextOf(one, "sha256");
    file.role = TextOf(one, "role");
    file.media_type = TextOf(one, "media_type");
    file.name = TextOf(one, "name");
  }
  return manifest;
}

}  // namespace unspin::evidence
