#include "server/site_cards.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "server/licence_rules.h"
#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

// In the order of the index case_site, which has all these columns: cases that are counted together stand together.
constexpr const char* kSiteRows = "SELECT site, verdict, decision, created, original_id FROM cases ";
constexpr const char* kSiteOrder = " ORDER BY site, verdict, decision, created";

// Adds up the rows of one site after the other.
class SiteCounter {
 public:
  void Add(const Statement& row) {
    const bool is_new = sites_.empty() || row.View(0) != sites_.back().site;
    if (is_new) BeginSite(row);
    SiteCard& site = sites_.back();
    ++site.cases;
    if (is_new || row.View(1) != verdict_->first) verdict_ = site.by_verdict.try_emplace(row.Text(1)).first;
    if (is_new || row.View(2) != decision_->first) decision_ = site.by_decision.try_emplace(row.Text(2)).first;
    ++verdict_->second;
    ++decision_->second;
    const std::string_view created = row.View(3);
    if (created < site.first) site.first = created;
    if (created > site.last) site.last = created;
    if (const std::string_view original = row.View(4); !original.empty()) originals_.emplace_back(original);
  }

  std::vector<SiteCard> Take() {
    EndSite();
    return std::move(sites_);
  }

 private:
  void BeginSite(const Statement& row) {
    EndSite();
    SiteCard& site = sites_.emplace_back();
    site.site = row.View(0);
    site.first = row.View(3);
  }

  void EndSite() {
    if (sites_.empty()) return;
    std::sort(originals_.begin(), originals_.end());
    sites_.back().originals = std::unique(originals_.begin(), originals_.end()) - originals_.begin();
    originals_.clear();
  }

  std::vector<SiteCard> sites_;
  std::map<std::string, int64_t>::iterator verdict_;  // of the row before
  std::map<std::string, int64_t>::iterator decision_;
  std::vector<std::string> originals_;  // of the site
};

// `site`: of one site only; empty: all.
absl::StatusOr<std::vector<SiteCard>> ReadCards(const Database& database, const std::string& site,
                                                const std::string& today) {
  absl::StatusOr<Transaction> one_state = Transaction::BeginReading(database);
  if (!one_state.ok()) return one_state.status();
  const std::string condition = site.empty() ? "WHERE site <> ?1" : "WHERE site = ?1";
  absl::StatusOr<Statement> rows = database.Prepare(kSiteRows + condition + kSiteOrder);
  if (!rows.ok()) return rows.status();
  rows->Bind(site);
  SiteCounter counter;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    counter.Add(*rows);
  }
  std::vector<SiteCard> sites = counter.Take();
  absl::StatusOr<std::vector<StoredLicence>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  for (SiteCard& card : sites) card.licence = LicenceOfSite(*rules, card.site, today);
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
