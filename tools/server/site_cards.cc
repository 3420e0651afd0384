#include "server/site_cards.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "server/licence_rules.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

// Rows of one site stand together, in the order of the index case_site.
constexpr const char* kSiteCounts = "SELECT site, verdict, decision, count(*), min(created), max(created) FROM cases ";
constexpr const char* kSiteGroups = " GROUP BY site, verdict, decision ORDER BY site";

absl::StatusOr<std::vector<SiteCard>> ReadRows(Statement& rows) {
  std::vector<SiteCard> sites;
  for (;;) {
    absl::StatusOr<bool> row = rows.Step();
    if (!row.ok()) return row.status();
    if (!*row) return sites;
    if (sites.empty() || sites.back().site != rows.View(0)) {
      sites.emplace_back();
      sites.back().site = rows.Text(0);
      sites.back().first = rows.Text(4);
    }
    SiteCard& site = sites.back();
    const int64_t cases = rows.Integer(3);
    site.cases += cases;
    site.by_verdict[rows.Text(1)] += cases;
    site.by_decision[rows.Text(2)] += cases;
    site.first = std::min(site.first, rows.Text(4));
    site.last = std::max(site.last, rows.Text(5));
  }
}

// Both are in the order of the names.
absl::Status CountOriginals(Statement& originals, std::vector<SiteCard>& sites) {
  size_t place = 0;
  for (;;) {
    absl::StatusOr<bool> row = originals.Step();
    if (!row.ok()) return row.status();
    if (!*row) return absl::OkStatus();
    while (place < sites.size() && sites[place].site != originals.View(0)) ++place;
    if (place < sites.size()) sites[place].originals = originals.Integer(1);
  }
}

// `site`: of one site only; empty: all.
absl::StatusOr<std::vector<SiteCard>> ReadCards(const Database& database, const std::string& site,
                                                const std::string& today) {
  absl::StatusOr<Transaction> one_state = Transaction::BeginReading(database);
  if (!one_state.ok()) return one_state.status();
  const std::string condition = site.empty() ? "WHERE site <> ?1" : "WHERE site = ?1";
  absl::StatusOr<Statement> rows = database.Prepare(kSiteCounts + condition + kSiteGroups);
  if (!rows.ok()) return rows.status();
  absl::StatusOr<std::vector<SiteCard>> sites = ReadRows(rows->Bind(site));
  if (!sites.ok()) return sites;
  absl::StatusOr<Statement> originals = database.Prepare(
      "SELECT site, count(DISTINCT nullif(original_id, '')) FROM cases " + condition + " GROUP BY site ORDER BY site");
  if (!originals.ok()) return originals.status();
  if (absl::Status status = CountOriginals(originals->Bind(site), *sites); !status.ok()) return status;
  absl::StatusOr<std::vector<LicenceRule>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  for (SiteCard& card : *sites) card.licence = LicenceUnder(*rules, card.site, "", today);
  return sites;
}

}  // namespace

absl::StatusOr<std::vector<SiteCard>> ReadSites(const Database& database, const std::string& today) {
  return ReadCards(database, "", today);
}

absl::StatusOr<SiteCard> ReadSite(const Database& database, const std::string& site, const std::string& today) {
  absl::StatusOr<std::vector<SiteCard>> sites = std::vector<SiteCard>();
  if (!site.empty()) sites = ReadCards(database, site, today);
  if (!sites.ok()) return sites.status();
  if (!sites->empty()) return sites->front();
  const std::string message = "there is no case of the site " + site;
  return absl::NotFoundError(AbslView(message));
}

absl::Status SortSites(std::vector<SiteCard>& sites, const std::string& sort) {
  const bool descending = sort.starts_with('-');
  const std::string key = sort.substr(descending ? 1 : 0);
  std::function<bool(const SiteCard&, const SiteCard&)> less;
  if (key == "site") less = [](const SiteCard& a, const SiteCard& b) { return a.site < b.site; };
  if (key == "cases") less = [](const SiteCard& a, const SiteCard& b) { return a.cases < b.cases; };
  if (key == "originals") less = [](const SiteCard& a, const SiteCard& b) { return a.originals < b.originals; };
  if (key == "first") less = [](const SiteCard& a, const SiteCard& b) { return a.first < b.first; };
  if (key == "last") less = [](const SiteCard& a, const SiteCard& b) { return a.last < b.last; };
  if (!less) return absl::InvalidArgumentError("sort: one of site, cases, originals, first, last");
  std::sort(sites.begin(), sites.end(), [&](const SiteCard& a, const SiteCard& b) {
    if (less(a, b)) return !descending;
    if (less(b, a)) return descending;
    return a.site < b.site;
  });
  return absl::OkStatus();
}

}  // namespace unspin::server
