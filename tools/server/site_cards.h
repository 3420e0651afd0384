// What the cases of a site say about it.
#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/database.h"
#include "server/desk_records.h"

namespace unspin::server {

// `today`: YYYY-MM-DD or a longer time, for the licence.
absl::StatusOr<std::vector<SiteCard>> ReadSites(const Database& database, const std::string& today);
// NotFound where no case is of this site.
absl::StatusOr<SiteCard> ReadSite(const Database& database, const std::string& site, const std::string& today);

// `sort`: "cases", "first", "last", "originals" or "site"; '-' in front: descending. Equal ones by site.
absl::Status SortSites(std::vector<SiteCard>& sites, const std::string& sort);

}  // namespace unspin::server
