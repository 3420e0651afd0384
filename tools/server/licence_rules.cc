#include "server/licence_rules.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "server/event_chain.h"
#include "unspin/base/strings.h"
#include "unspin/report/site_of.h"

namespace unspin::server {

// A rule that was removed stays, for the log names it.
const char* const kLicenceTables = R"sql(
CREATE TABLE licence_rule(
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, note TEXT NOT NULL,
  source TEXT NOT NULL, person TEXT NOT NULL, created TEXT NOT NULL, removed TEXT NOT NULL) STRICT;
)sql";

namespace {

constexpr size_t kDayBytes = 10;               // YYYY-MM-DD
constexpr size_t kMaxLicenceTextBytes = 4096;  // of a note or a source

std::string_view DomainOf(std::string_view rule_site) { return rule_site.substr(0, rule_site.find('/')); }

std::string_view PathPrefixOf(std::string_view rule_site) {
  const size_t slash = rule_site.find('/');
  return slash == std::string_view::npos ? std::string_view() : rule_site.substr(slash);
}

std::string_view PathOfUrl(std::string_view url) {
  const size_t scheme = url.find("://");
  const size_t slash = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  return slash == std::string_view::npos ? std::string_view("/") : url.substr(slash);
}

bool CoversSite(std::string_view domain, std::string_view site) {
  constexpr std::string_view kWww = "www.";  // no host of ours has it (HostOf)
  if (domain.starts_with(kWww)) domain.remove_prefix(kWww.size());
  if (!site.ends_with(domain)) return false;
  return site.size() == domain.size() || site[site.size() - domain.size() - 1] == '.';
}

// A page may call its site by a name that is no domain ("Daily Money Brief"), so the address counts too.
bool CoversCase(std::string_view domain, std::string_view site, std::string_view url) {
  return CoversSite(domain, site) || CoversSite(domain, HostOf(url));
}

bool IsDay(std::string_view text) {
  if (text.size() != kDayBytes || text[4] != '-' || text[7] != '-') return false;
  for (const size_t at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (text[at] < '0' || text[at] > '9') return false;
  }
  const std::string_view month = text.substr(5, 2);
  const std::string_view day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

absl::Status Invalid(const char* message) { return absl::InvalidArgumentError(message); }

// A domain in lower case, perhaps with a path.
absl::StatusOr<std::string> CleanSite(std::string_view typed) {
  const std::string_view domain = DomainOf(typed);
  const bool fits = domain.find('.') != std::string_view::npos && !domain.starts_with('.') && !domain.ends_with('.') &&
                    std::all_of(domain.begin(), domain.end(), [](unsigned char c) {
                      return std::isalnum(c) != 0 || c == '-' || c == '.' || c >= 0x80;
                    });
  if (!fits || typed.size() > kMaxLicenceTextBytes) {
    return Invalid("site: a domain such as example.com, perhaps with a path: example.com/wire/");
  }
  std::string site(typed);
  std::transform(site.begin(), site.begin() + static_cast<ptrdiff_t>(domain.size()), site.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return site;
}

absl::Status CheckRule(const NewLicenceRule& rule) {
  if (!rule.from.empty() && !IsDay(rule.from)) return Invalid("from: a day as YYYY-MM-DD, or nothing");
  if (!rule.to.empty() && !IsDay(rule.to)) return Invalid("to: a day as YYYY-MM-DD, or nothing");
  if (!rule.from.empty() && !rule.to.empty() && rule.to < rule.from) return Invalid("to: before `from`");
  if (rule.note.size() > kMaxLicenceTextBytes || rule.source.size() > kMaxLicenceTextBytes) {
    return Invalid("note, source: longer than 4096 bytes");
  }
  return absl::OkStatus();
}

absl::Status SetLicencesOfCases(const Database& database, std::string_view rule_site) {
  absl::StatusOr<std::vector<LicenceRule>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  const std::string_view domain = DomainOf(rule_site);
  absl::StatusOr<Statement> cases = database.Prepare("SELECT id, site, url, published, licence FROM cases");
  if (!cases.ok()) return cases.status();
  std::vector<std::pair<int64_t, std::string>> changed;
  for (;;) {
    absl::StatusOr<bool> row = cases->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    if (!CoversCase(domain, cases->View(1), cases->View(2))) continue;
    std::string licence = LicenceUnder(*rules, cases->View(1), cases->View(2), cases->View(3));
    if (licence != cases->View(4)) changed.emplace_back(cases->Integer(0), std::move(licence));
  }
  absl::StatusOr<Statement> update = database.Prepare("UPDATE cases SET licence = ?2 WHERE id = ?1");
  if (!update.ok()) return update.status();
  for (const auto& [id, licence] : changed) {
    if (absl::Status status = update->Bind(id, licence).Run(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Record(Writing& writing, int64_t id, const Who& who, const char* action, EventDetails details) {
  Event event;
  event.time = writing.now;
  event.person = who.person;
  event.action = action;
  event.subject = "licence";
  event.subject_id = id;
  absl::StatusOr<Event> added = AppendEvent(writing.database, std::move(event), std::move(details));
  if (added.ok()) writing.changes.push_back({added->seq, "licence", id, action, who.person});
  return added.status();
}

}  // namespace

std::string LicenceUnder(std::span<const LicenceRule> rules, std::string_view site, std::string_view url,
                         std::string_view date) {
  const std::string_view day = date.size() >= kDayBytes ? date.substr(0, kDayBytes) : std::string_view();
  bool has_rule = false;
  for (const LicenceRule& rule : rules) {
    if (!CoversCase(DomainOf(rule.what.site), site, url)) continue;
    if (!PathOfUrl(url).starts_with(PathPrefixOf(rule.what.site))) continue;
    has_rule = true;
    const bool begun = rule.what.from.empty() || (!day.empty() && day >= rule.what.from);
    const bool not_ended = rule.what.to.empty() || (!day.empty() && day <= rule.what.to);
    if (begun && not_ended) return "licensed";
  }
  return has_rule && !day.empty() ? "unlicensed" : "unknown";
}

absl::StatusOr<std::vector<LicenceRule>> ReadLicences(const Database& database) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT id, site, from_day, to_day, note, source, person, created FROM licence_rule WHERE removed = '' "
      "ORDER BY site, from_day, id");
  if (!rows.ok()) return rows.status();
  std::vector<LicenceRule> rules;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return rules;
    NewLicenceRule what{rows->Text(1), rows->Text(2), rows->Text(3), rows->Text(4), rows->Text(5)};
    rules.push_back({rows->Integer(0), std::move(what), rows->Text(6), rows->Text(7)});
  }
}

absl::StatusOr<std::string> ReadLicenceOf(const Database& database, std::string_view site, std::string_view url,
                                          std::string_view date) {
  absl::StatusOr<std::vector<LicenceRule>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  return LicenceUnder(*rules, site, url, date);
}

absl::StatusOr<LicenceRule> AddLicenceRule(Writing& writing, const NewLicenceRule& rule, const Who& who) {
  absl::StatusOr<std::string> site = CleanSite(rule.site);
  if (!site.ok()) return site.status();
  if (absl::Status status = CheckRule(rule); !status.ok()) return status;
  NewLicenceRule clean = rule;
  clean.site = *std::move(site);
  absl::Status status = writing.database.Run(
      "INSERT INTO licence_rule(site, from_day, to_day, note, source, person, created, removed) "
      "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, '')",
      clean.site, clean.from, clean.to, clean.note, clean.source, who.person, writing.now);
  if (!status.ok()) return status;
  const int64_t id = writing.database.last_row_id();
  EventDetails details;
  details.Add("site", clean.site).Add("from", clean.from).Add("to", clean.to);
  details.AddErasable("note", clean.note).AddErasable("source", clean.source);
  status = Record(writing, id, who, "licence-added", std::move(details));
  if (status.ok()) status = SetLicencesOfCases(writing.database, clean.site);
  if (!status.ok()) return status;
  return LicenceRule{id, std::move(clean), who.person, writing.now};
}

absl::Status RemoveLicenceRule(Writing& writing, int64_t id, const Who& who) {
  absl::StatusOr<Statement> rows =
      writing.database.Prepare("SELECT site FROM licence_rule WHERE id = ?1 AND removed = ''");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(id).Step();
  if (!row.ok()) return row.status();
  if (!*row) {
    const std::string message = "there is no licence rule " + std::to_string(id);
    return absl::NotFoundError(AbslView(message));
  }
  const std::string site = rows->Text(0);
  rows->Reset();
  absl::Status status = writing.database.Run("UPDATE licence_rule SET removed = ?2 WHERE id = ?1", id, writing.now);
  if (status.ok()) status = Record(writing, id, who, "licence-removed", std::move(EventDetails().Add("site", site)));
  return status.ok() ? SetLicencesOfCases(writing.database, site) : status;
}

}  // namespace unspin::server
