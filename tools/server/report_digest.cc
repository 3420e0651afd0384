#include "server/report_digest.h"

#include <algorithm>
#include <utility>

#include "unspin/base/strings.h"
#include "unspin/json/json_parser.h"
#include "unspin/report/site_of.h"

namespace unspin::server {
namespace {

using simdjson::dom::element;

std::optional<double> RealField(std::optional<element> value, std::string_view name) {
  double number = 0;
  if (!value) return std::nullopt;
  const std::optional<element> field = JsonField(*value, name);
  if (!field || field->get(number) != simdjson::SUCCESS) return std::nullopt;
  return number;
}

std::string TextField(std::optional<element> value, std::string_view name) {
  return value ? std::string(JsonTextField(*value, name)) : std::string();
}

FindingDigest DigestFinding(element finding) {
  const std::optional<element> original = JsonField(finding, "original");
  return {TextField(original, "id"), TextField(original, "title"), TextField(finding, "verdict"),
          RealField(finding, "probability").value_or(0), RealField(JsonField(finding, "coverage"), "original")};
}

}  // namespace

absl::StatusOr<ReportDigest> DigestReport(std::string_view report) {
  JsonParser parser;
  element root;
  if (report.find('\n') != std::string_view::npos) return absl::InvalidArgumentError("report: more than one line");
  if (parser.Parse(report).get(root) != simdjson::SUCCESS) return absl::InvalidArgumentError("report: no valid JSON");
  const std::optional<element> suspect = JsonField(root, "suspect");
  const std::optional<element> summary = JsonField(root, "summary");
  ReportDigest digest;
  digest.id = TextField(root, "id");
  digest.verdict = TextField(summary, "verdict");
  if (digest.id.empty() || digest.verdict.empty()) {
    return absl::InvalidArgumentError("report: it has no id or no verdict");
  }
  digest.suspect_id = TextField(suspect, "id");
  digest.url = TextField(suspect, "url");
  digest.site = TextField(suspect, "site");
  if (IsWhiteSpace(digest.site)) digest.site = HostOf(digest.url);
  digest.title = TextField(suspect, "title");
  digest.published = TextField(suspect, "published");
  digest.probability = RealField(summary, "probability").value_or(0);
  digest.coverage_suspect = RealField(summary, "coverage");
  digest.rewrite = RealField(summary, "rewrite");
  simdjson::dom::array findings;
  const std::optional<element> list = JsonField(root, "findings");
  if (!list || list->get(findings) != simdjson::SUCCESS) return digest;
  for (const element finding : findings) {
    FindingDigest one = DigestFinding(finding);
    const bool known = std::any_of(digest.findings.begin(), digest.findings.end(),
                                   [&](const FindingDigest& other) { return other.original_id == one.original_id; });
    if (!known) digest.findings.push_back(std::move(one));
  }
  return digest;
}

}  // namespace unspin::server
