// What a case keeps of a report besides its JSON: who the suspect is, the verdict, the figures, the originals.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace unspin::server {

struct FindingDigest {
  std::string original_id;
  std::string original_title;
  std::string verdict;
  double probability = 0;
  std::optional<double> coverage_original;
};

struct ReportDigest {
  std::string id;
  std::string suspect_id;
  std::string url;
  std::string site;  // as given, else the host of `url`
  std::string title;
  std::string published;
  std::string verdict;
  double probability = 0;
  std::optional<double> coverage_suspect;
  std::optional<double> rewrite;
  std::vector<FindingDigest> findings;  // in the order of the report; each original once
};

// `report`: one line by RenderJson. InvalidArgument where it is none.
absl::StatusOr<ReportDigest> DigestReport(std::string_view report);

}  // namespace unspin::server
