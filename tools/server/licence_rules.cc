#include "server/licence_rules.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "render/json.h"
#include "render/report_line.h"
#include "server/event_chain.h"
#include "server/packed_bytes.h"
#include "unspin/base/strings.h"
#include "unspin/licence/licence_rules.h"
#include "unspin/licence/licence_terms.h"
#include "unspin/report/same_address.h"

namespace unspin::server {

// A rule that was removed stays, for the log names it.
const char* const kLicenceTables = R"sql(
CREATE TABLE licence_rule(
  id INTEGER PRIMARY KEY, site TEXT NOT NULL, from_day TEXT NOT NULL, to_day TEXT NOT NULL, note TEXT NOT NULL,
  source TEXT NOT NULL, person TEXT NOT NULL, created TEXT NOT NULL, removed TEXT NOT NULL) STRICT;
)sql";

// A case of an earlier program has no facts until a rule about its site changes; they are made of its report then.
const char* const kLicenceTerms = R"sql(
ALTER TABLE licence_rule ADD COLUMN original TEXT NOT NULL DEFAULT '';
ALTER TABLE licence_rule ADD COLUMN state TEXT NOT NULL DEFAULT 'licensed';
ALTER TABLE licence_rule ADD COLUMN may_alter INTEGER NOT NULL DEFAULT 1;
ALTER TABLE licence_rule ADD COLUMN credit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licence_rule ADD COLUMN link INTEGER NOT NULL DEFAULT 0;
ALTER TABLE licence_rule ADD COLUMN embargo_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN licence_text TEXT NOT NULL DEFAULT '';
CREATE TABLE licence_facts(case_id INTEGER PRIMARY KEY REFERENCES cases(id), report TEXT NOT NULL) STRICT;
)sql";

namespace {

// Earlier programs took texts that a table of licences may not have. A rule that cannot be read from a table again
// would keep its cases out of evidence packs.
LicenceRule CleanEnough(LicenceRule rule) {
  for (std::string* text : {&rule.note, &rule.source}) {
    if (!text->empty() && std::string_view("=+-@").find(text->front()) != std::string_view::npos) text->insert(0, "'");
    std::erase_if(*text, [](char c) { return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7f; });
  }
  CleanLicenceRule(rule).IgnoreError();
  return rule;
}

std::vector<LicenceRule> RulesOf(std::span<const StoredLicence> stored) {
  std::vector<LicenceRule> rules;
  for (const StoredLicence& one : stored) rules.push_back(one.what);
  return rules;
}

// A case as the rules see it.
struct LicensedCase {
  int64_t id = 0;
  std::string site, url, published;
  std::optional<ReportLine> facts;
};

// The state and the sentence.
std::pair<std::string, std::string> LicenceOfCase(std::span<const LicenceRule> rules, const LicensedCase& of) {
  if (of.facts && !of.facts->report.findings.empty()) {
    const bool has_details = of.facts->options.find("\"brief\":true") == std::string::npos;
    Licence licence = LicenceOf(rules, of.facts->report, 0, has_details);
    return {std::move(licence.state), std::move(licence.text)};
  }
  LicenceChoice choice = ChooseLicence(rules, {of.site, of.url, of.published}, {});
  std::string sentence = SentenceOf(choice.state, choice.why, {});
  return {std::move(choice.state), std::move(sentence)};
}

// The facts of a case that has none yet, from its report; empty where that was erased.
absl::StatusOr<std::string> FactsOfReport(const Database& database, int64_t case_id) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT json FROM report r JOIN cases c ON c.id = r.case_id AND c.report_sha256 = r.sha256 WHERE c.id = ?1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(case_id).Step();
  if (!row.ok()) return row.status();
  if (!*row || rows->View(0).empty()) return "";
  absl::StatusOr<std::string> report = UnpackBytes(rows->View(0));
  return report.ok() ? LicenceFacts(*report) : report;
}

absl::Status StoreFacts(const Database& database, int64_t case_id, const std::string& facts) {
  return database.Run("INSERT OR REPLACE INTO licence_facts VALUES(?1, ?2)", case_id, facts);
}

// Sets the licences of the cases whose site one of `about` names.
absl::Status SetLicencesOfCases(const Database& database, std::span<const LicenceRule> about) {
  absl::StatusOr<std::vector<StoredLicence>> stored = ReadLicences(database);
  if (!stored.ok()) return stored.status();
  const std::vector<LicenceRule> rules = RulesOf(*stored);
  absl::StatusOr<Statement> cases = database.Prepare(
      "SELECT c.id, site, url, published, licence, licence_text, f.report, suspect_id "
      "FROM cases c LEFT JOIN licence_facts f ON f.case_id = c.id");
  if (!cases.ok()) return cases.status();
  struct Changed {
    int64_t id;
    std::string state, text, new_facts;
  };
  std::vector<Changed> changed;
  ReportLineReader reader;
  for (;;) {
    absl::StatusOr<bool> row = cases->Step();
    if (!row.ok()) return row.status();
    if (!*row) break;
    const std::string_view address = cases->View(2).empty() ? cases->View(7) : cases->View(2);  // an id may be one
    const bool is_named = std::any_of(
        about.begin(), about.end(), [&](const LicenceRule& rule) { return NamesSite(rule, cases->View(1), address); });
    if (!is_named) continue;
    LicensedCase of{cases->Integer(0), cases->Text(1), cases->Text(2), cases->Text(3), std::nullopt};
    std::string new_facts;
    if (cases->IsNull(6)) {
      absl::StatusOr<std::string> made = FactsOfReport(database, of.id);
      if (!made.ok()) return made.status();
      new_facts = *std::move(made);
    }
    of.facts = reader.Read(cases->IsNull(6) ? std::string_view(new_facts) : cases->View(6));
    auto [state, text] = LicenceOfCase(rules, of);
    if (state == cases->View(4) && text == cases->View(5) && new_facts.empty()) continue;
    changed.push_back({of.id, std::move(state), std::move(text), std::move(new_facts)});
  }
  absl::StatusOr<Statement> update = database.Prepare("UPDATE cases SET licence = ?2, licence_text = ?3 WHERE id = ?1");
  if (!update.ok()) return update.status();
  for (const auto& [id, state, text, new_facts] : changed) {
    absl::Status status = update->Bind(id, state, text).Run();
    if (status.ok() && !new_facts.empty()) status = StoreFacts(database, id, new_facts);
    if (!status.ok()) return status;
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

EventDetails DetailsOf(const LicenceRule& rule) {
  EventDetails details;
  details.Add("site", rule.site).Add("original", rule.original).Add("from", rule.from).Add("to", rule.to);
  details.Add("state", rule.state).Add("may_alter", rule.may_alter).Add("credit", rule.credit).Add("link", rule.link);
  details.Add("embargo_hours", rule.embargo_hours);
  details.AddErasable("note", rule.note).AddErasable("source", rule.source);
  return details;
}

// Inserts a clean rule, and leaves the cases as they are.
absl::StatusOr<StoredLicence> InsertRule(Writing& writing, const LicenceRule& rule, const Who& who) {
  absl::Status status = writing.database.Run(
      "INSERT INTO licence_rule(site, original, from_day, to_day, state, may_alter, credit, link, embargo_hours, note, "
      "source, person, created, removed) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, '')",
      rule.site, rule.original, rule.from, rule.to, rule.state, rule.may_alter, rule.credit, rule.link,
      rule.embargo_hours, rule.note, rule.source, who.person, writing.now);
  if (!status.ok()) return status;
  const int64_t id = writing.database.last_row_id();
  status = Record(writing, id, who, "licence-added", DetailsOf(rule));
  if (!status.ok()) return status;
  return StoredLicence{id, rule, who.person, writing.now};
}

absl::Status MarkRemoved(Writing& writing, const StoredLicence& rule, const Who& who) {
  absl::Status status =
      writing.database.Run("UPDATE licence_rule SET removed = ?2 WHERE id = ?1", rule.id, writing.now);
  if (!status.ok()) return status;
  return Record(writing, rule.id, who, "licence-removed", std::move(EventDetails().Add("site", rule.what.site)));
}

absl::StatusOr<StoredLicence> FindRule(const Database& database, int64_t id) {
  absl::StatusOr<std::vector<StoredLicence>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  const auto found = std::find_if(rules->begin(), rules->end(), [&](const StoredLicence& one) { return one.id == id; });
  if (found != rules->end()) return *found;
  const std::string message = "there is no licence rule " + std::to_string(id);
  return absl::NotFoundError(AbslView(message));
}

}  // namespace

std::string LicenceFacts(std::string_view report) {
  std::optional<ReportLine> line = ReportLineReader().Read(report);
  if (!line) return "";
  Report facts;
  const ArticleCard& suspect = line->report.suspect;
  facts.suspect.id = suspect.id;
  facts.suspect.site = suspect.site;
  facts.suspect.url = suspect.url;
  facts.suspect.published = suspect.published;
  facts.suspect.record = suspect.record;
  facts.suspect.reading.chosen = suspect.reading.chosen;
  // The facts stay where a case's texts are erased: of a notice only that its dateline has an agency in brackets.
  for (Notice& notice : line->report.notices) {
    notice.original = notice.original.find('(') == std::string::npos ? "" : "(";
    facts.notices.push_back(std::move(notice));
  }
  if (!line->report.findings.empty()) {
    Finding& first = line->report.findings.front();
    Finding& kept = facts.findings.emplace_back();
    kept.original.id = first.original.id;
    kept.original.site = first.original.site;
    kept.original.url = first.original.url;
    kept.original.published = first.original.published;
    kept.verdict = first.verdict;
    kept.manner = first.manner;
    kept.credit = std::move(first.credit);
    // Of what the page says, only addresses that a rule may ask for.
    for (const PageMark& mark : suspect.marks) {
      if (mark.original == first.original.id || IsSameAddress(mark.value, suspect.url))
        facts.suspect.marks.push_back(mark);
    }
  }
  return RenderJson(facts, {false, OffsetUnit::kByte, line->options});
}

absl::StatusOr<std::vector<StoredLicence>> ReadLicences(const Database& database) {
  absl::StatusOr<Statement> rows = database.Prepare(
      "SELECT id, site, original, from_day, to_day, state, may_alter, credit, link, embargo_hours, note, source, "
      "person, "
      "created FROM licence_rule WHERE removed = '' ORDER BY site, original, from_day, id");
  if (!rows.ok()) return rows.status();
  std::vector<StoredLicence> rules;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok()) return row.status();
    if (!*row) return rules;
    LicenceRule what{rows->Text(1),         rows->Text(2),         rows->Text(3),
                     rows->Text(4),         rows->Text(5),         rows->Integer(6) != 0,
                     rows->Integer(7) != 0, rows->Integer(8) != 0, static_cast<int>(rows->Integer(9)),
                     rows->Text(10),        rows->Text(11)};
    rules.push_back({rows->Integer(0), CleanEnough(std::move(what)), rows->Text(12), rows->Text(13)});
  }
}

std::string LicenceOfSite(std::span<const StoredLicence> rules, std::string_view site, std::string_view day) {
  std::vector<LicenceRule> for_all = RulesOf(rules);
  for (LicenceRule& rule : for_all) rule.original.clear();
  return ChooseLicence(for_all, {site, "", day}, {}).state;
}

absl::Status SetLicenceOfCase(const Database& database, int64_t case_id, const std::string& facts) {
  if (absl::Status status = StoreFacts(database, case_id, facts); !status.ok()) return status;
  absl::StatusOr<std::vector<StoredLicence>> rules = ReadLicences(database);
  if (!rules.ok()) return rules.status();
  absl::StatusOr<Statement> rows = database.Prepare("SELECT site, url, published FROM cases WHERE id = ?1");
  if (!rows.ok()) return rows.status();
  absl::StatusOr<bool> row = rows->Bind(case_id).Step();
  if (!row.ok()) return row.status();
  if (!*row) return absl::InternalError("a case without a row");
  const LicensedCase of{case_id, rows->Text(0), rows->Text(1), rows->Text(2), ReportLineReader().Read(facts)};
  rows->Reset();
  const auto [state, text] = LicenceOfCase(RulesOf(*rules), of);
  return database.Run("UPDATE cases SET licence = ?2, licence_text = ?3 WHERE id = ?1", case_id, state, text);
}

absl::StatusOr<StoredLicence> AddLicenceRule(Writing& writing, const LicenceRule& rule, const Who& who) {
  LicenceRule clean = rule;
  if (absl::Status status = CleanLicenceRule(clean); !status.ok()) return status;
  absl::StatusOr<StoredLicence> added = InsertRule(writing, clean, who);
  if (!added.ok()) return added;
  if (absl::Status status = SetLicencesOfCases(writing.database, {&clean, 1}); !status.ok()) return status;
  return added;
}

absl::StatusOr<StoredLicence> ChangeLicenceRule(Writing& writing, int64_t id, const LicenceRule& rule, const Who& who) {
  absl::StatusOr<StoredLicence> stored = FindRule(writing.database, id);
  if (!stored.ok()) return stored;
  LicenceRule clean = rule;
  if (absl::Status status = CleanLicenceRule(clean); !status.ok()) return status;
  const LicenceRule both[] = {stored->what, clean};
  if (both[0] == both[1]) return stored;
  absl::Status status = writing.database.Run(
      "UPDATE licence_rule SET site = ?2, original = ?3, from_day = ?4, to_day = ?5, state = ?6, may_alter = ?7, "
      "credit = ?8, link = ?9, embargo_hours = ?10, note = ?11, source = ?12 WHERE id = ?1",
      id, clean.site, clean.original, clean.from, clean.to, clean.state, clean.may_alter, clean.credit, clean.link,
      clean.embargo_hours, clean.note, clean.source);
  if (status.ok()) status = Record(writing, id, who, "licence-changed", DetailsOf(clean));
  if (status.ok()) status = SetLicencesOfCases(writing.database, both);
  if (!status.ok()) return status;
  stored->what = std::move(clean);
  return stored;
}

absl::Status RemoveLicenceRule(Writing& writing, int64_t id, const Who& who) {
  absl::StatusOr<StoredLicence> stored = FindRule(writing.database, id);
  if (!stored.ok()) return stored.status();
  absl::Status status = MarkRemoved(writing, *stored, who);
  return status.ok() ? SetLicencesOfCases(writing.database, {&stored->what, 1}) : status;
}

absl::StatusOr<LicenceImport> ImportLicenceRules(Writing& writing, std::span<const LicenceRule> rules, bool replaces,
                                                 const Who& who) {
  absl::StatusOr<std::vector<StoredLicence>> stored = ReadLicences(writing.database);
  if (!stored.ok()) return stored.status();
  LicenceImport result;
  std::vector<LicenceRule> changed;
  std::vector<bool> is_kept(stored->size(), false);
  for (const LicenceRule& rule : rules) {
    const auto known =
        std::find_if(stored->begin(), stored->end(), [&](const StoredLicence& one) { return one.what == rule; });
    if (known != stored->end()) is_kept[static_cast<size_t>(known - stored->begin())] = true;
    const bool is_repeated = std::find(changed.begin(), changed.end(), rule) != changed.end();
    if (known != stored->end() || is_repeated) {
      ++result.known;
      continue;
    }
    if (absl::StatusOr<StoredLicence> added = InsertRule(writing, rule, who); !added.ok()) return added.status();
    changed.push_back(rule);
    ++result.added;
  }
  for (size_t i = 0; replaces && i < stored->size(); ++i) {
    if (is_kept[i]) continue;
    if (absl::Status status = MarkRemoved(writing, (*stored)[i], who); !status.ok()) return status;
    changed.push_back((*stored)[i].what);
    ++result.removed;
  }
  if (absl::Status status = SetLicencesOfCases(writing.database, changed); !status.ok()) return status;
  return result;
}

}  // namespace unspin::server
