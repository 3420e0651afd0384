#include "server/case_filter.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "server/case_rows.h"
#include "server/case_search.h"
#include "unspin/base/strings.h"

namespace unspin::server {

const char* const kFilterIndices = R"sql(
CREATE INDEX case_updated ON cases(updated, id);
CREATE INDEX case_created ON cases(created, id);
CREATE INDEX case_published ON cases(published, id);
CREATE INDEX case_probability ON cases(probability, id);
CREATE INDEX case_coverage ON cases(coalesce(coverage_original, -1), id);
CREATE INDEX case_title ON cases(title, id);
CREATE INDEX case_site ON cases(site, verdict, decision, created, original_id);
CREATE INDEX case_site_order ON cases(site, id);
CREATE INDEX case_assignee ON cases(assignee, state);
CREATE INDEX case_filter ON cases(state, decision, verdict, licence, assignee, site, probability, coverage_original);
)sql";

namespace {

using Value = std::variant<std::string, int64_t, double, const IdSet*>;

struct SortKey {
  const char* name;        // as in kCaseSortKeys
  const char* expression;  // as in its index
  bool is_number;
};

// A case that took nothing of ours has no coverage: it comes behind those that took little.
constexpr std::array kSortKeys = {
    SortKey{"updated", "updated", false},
    SortKey{"created", "created", false},
    SortKey{"published", "published", false},
    SortKey{"probability", "probability", true},
    SortKey{"coverage", "coalesce(coverage_original, -1)", true},
    SortKey{"site", "site", false},
    SortKey{"title", "title", false},
    SortKey{"id", "id", true},
};
static_assert(kSortKeys.size() == std::size(kCaseSortKeys));

constexpr char kCursorSeparator = '\x1f';  // in no sort key; the value between the two may hold it

// A condition in SQL, and the values of its parameters.
class Where {
 public:
  void Add(const std::string& condition) { sql_ += (sql_.empty() ? " WHERE " : " AND ") + condition; }
  // The next parameter.
  std::string Parameter(Value value) {
    values_.push_back(std::move(value));
    return "?" + std::to_string(values_.size());
  }
  void AddAnyOf(const std::string& column, std::string_view words) {
    std::string list;
    for (size_t begin = 0; begin <= words.size();) {
      const size_t end = std::min(words.find(',', begin), words.size());
      if (!list.empty()) list += ", ";
      list += Parameter(std::string(words.substr(begin, end - begin)));
      begin = end + 1;
    }
    Add(column + " IN (" + list + ")");
  }
  const std::string& sql() const { return sql_; }
  void Bind(Statement& statement) const {
    for (size_t i = 0; i < values_.size(); ++i) {
      std::visit([&](const auto& value) { statement.BindOne(static_cast<int>(i) + 1, value); }, values_[i]);
    }
  }

 private:
  std::string sql_;
  std::vector<Value> values_;
};

absl::Status Invalid(const std::string& message) { return absl::InvalidArgumentError(AbslView(message)); }

absl::Status CheckWords(std::string_view what, std::string_view words, std::span<const char* const> known) {
  for (size_t begin = 0; !words.empty() && begin <= words.size();) {
    const size_t end = std::min(words.find(',', begin), words.size());
    const std::string_view word = words.substr(begin, end - begin);
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const char* one) { return word == one; });
    if (!is_known) return Invalid(std::string(what) + ": unknown word \"" + std::string(word) + "\"");
    begin = end + 1;
  }
  return absl::OkStatus();
}

absl::Status CheckWordsOf(const CaseFilter& filter) {
  static constexpr const char* kLicences[] = {"licensed", "unlicensed", "unknown", "own-site", "fair-dealing"};
  if (absl::Status status = CheckWords("state", filter.state, kCaseStates); !status.ok()) return status;
  if (absl::Status status = CheckWords("decision", filter.decision, kDecisions); !status.ok()) return status;
  return CheckWords("licence", filter.licence, kLicences);
}

// Many are found soon by walking along the index of the sort, a few are quickly sorted.
bool IsDense(int64_t some, int64_t all) {
  constexpr int64_t kDenseShare = 50;  // one in so many: a page of 100 is found among 5,000
  return some * kDenseShare >= all;
}

// What the words of a filter find, and out of how many cases.
struct Search {
  int64_t newest = 0;  // id; ids are dense, so it is the number of all cases
  bool has_words = false;
  IdSet found = {};
};

absl::StatusOr<Search> SearchFor(const Database& database, const CaseFilter& filter) {
  absl::StatusOr<int64_t> newest = database.Integer("SELECT coalesce(max(id), 0) FROM cases");
  if (!newest.ok()) return newest.status();
  const std::string expression = SearchExpression(filter.query);
  if (expression.empty()) return Search{*newest};
  absl::StatusOr<IdSet> found = SearchCases(database, expression, *newest);
  if (!found.ok()) return found.status();
  return Search{*newest, true, *std::move(found)};
}

std::string JsonListOf(const IdSet& set) {
  std::string list = "[";
  for (const int64_t id : set.ids()) list += (list.size() > 1 ? "," : "") + std::to_string(id);
  return list + "]";
}

// SQLite looks up a few found ids one by one; of many, it asks for each row whether it is one of them.
void AddFound(const Search& search, const std::string& mark, Where& where) {
  if (!search.has_words) return;
  if (IsDense(static_cast<int64_t>(search.found.ids().size()), search.newest)) {
    where.Add("in_set(" + where.Parameter(&search.found) + ", id)");
  } else {
    where.Add(mark + "id IN (SELECT value FROM json_each(" + where.Parameter(JsonListOf(search.found)) + "))");
  }
}

// `mark` is put before the columns: "+" keeps SQLite from using an index on them. `search` must outlive the result.
Where WhereOf(const CaseFilter& filter, const Search& search, const std::string& mark) {
  Where where;
  if (!filter.state.empty()) where.AddAnyOf(mark + "state", filter.state);
  if (!filter.decision.empty()) where.AddAnyOf(mark + "decision", filter.decision);
  if (!filter.verdict.empty()) where.AddAnyOf(mark + "verdict", filter.verdict);
  if (!filter.licence.empty()) where.AddAnyOf(mark + "licence", filter.licence);
  if (!filter.site.empty()) where.Add(mark + "site = " + where.Parameter(filter.site));
  if (!filter.assignee.empty()) {
    where.Add(mark + "assignee = " + where.Parameter(filter.assignee == "-" ? std::string() : filter.assignee));
  }
  if (filter.min_probability) where.Add(mark + "probability >= " + where.Parameter(*filter.min_probability));
  if (filter.min_coverage) where.Add(mark + "coverage_original >= " + where.Parameter(*filter.min_coverage));
  if (filter.audit != 0) where.Add(mark + "audit = " + where.Parameter(filter.audit));
  if (!filter.original.empty()) {
    where.Add(mark + "id IN (SELECT case_id FROM finding WHERE original = " + where.Parameter(filter.original) + ")");
  }
  AddFound(search, mark, where);
  return where;
}

// The cursor names the sort, the last row's value of it, and that row's id.
std::string CursorOf(const std::string& sort, const Value& value, int64_t id) {
  std::string text = sort + kCursorSeparator;
  if (const double* number = std::get_if<double>(&value)) {
    char digits[32];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, *number).ptr);  // reads back as the same number
  } else {
    text += std::get<std::string>(value);
  }
  text += kCursorSeparator + std::to_string(id);
  std::string cursor;
  absl::WebSafeBase64Escape(AbslView(text), &cursor);
  return cursor;
}

absl::StatusOr<std::pair<Value, int64_t>> ReadCursor(const std::string& cursor, const std::string& sort,
                                                     bool is_number) {
  const absl::Status bad = Invalid("after: not the `next` of a page with this sort");
  std::string text;
  if (!absl::WebSafeBase64Unescape(AbslView(cursor), &text)) return bad;
  const size_t first = text.find(kCursorSeparator);
  const size_t last = text.rfind(kCursorSeparator);
  if (first == std::string::npos || first == last || text.substr(0, first) != sort) return bad;
  int64_t id = 0;
  const char* end = text.data() + text.size();
  if (std::from_chars(text.data() + last + 1, end, id).ptr != end || last + 1 == text.size()) return bad;
  std::string value = text.substr(first + 1, last - first - 1);
  if (!is_number) return std::pair(Value(std::move(value)), id);
  double number = 0;
  const char* value_end = value.data() + value.size();
  if (std::from_chars(value.data(), value_end, number).ptr != value_end || value.empty()) return bad;
  return std::pair(Value(number), id);
}

absl::StatusOr<int64_t> CountCases(const Database& database, const Where& where) {
  absl::StatusOr<Statement> count = database.Prepare("SELECT count(*) FROM cases" + where.sql());
  if (!count.ok()) return count.status();
  where.Bind(*count);
  if (absl::StatusOr<bool> row = count->Step(); !row.ok()) return row.status();
  return count->Integer(0);
}

struct Sort {
  const SortKey* key;
  std::string expression;  // marked so that its index is used, or not
  std::string direction;
};

absl::Status ReadPage(const Database& database, const CaseFilter& filter, const Sort& sort, Where where,
                      CasePage& page) {
  if (!filter.after.empty()) {
    absl::StatusOr<std::pair<Value, int64_t>> last = ReadCursor(filter.after, filter.sort, sort.key->is_number);
    if (!last.ok()) return last.status();
    const std::string value = where.Parameter(last->first);
    const std::string id = where.Parameter(last->second);
    const std::string before = sort.direction.empty() ? ">" : "<";
    where.Add("(" + sort.expression + ", id) " + before + " (" + value + ", " + id + ")");
  }
  // One row more than asked for tells whether there is a next page.
  absl::StatusOr<Statement> rows = database.Prepare(
      std::string("SELECT ") + kCaseColumns + ", " + sort.key->expression + " FROM cases" + where.sql() + " ORDER BY " +
      sort.expression + sort.direction + ", id" + sort.direction + " LIMIT " + std::to_string(filter.limit + 1));
  if (!rows.ok()) return rows.status();
  where.Bind(*rows);
  Value last_value;
  for (;;) {
    absl::StatusOr<bool> row = rows->Step();
    if (!row.ok() || !*row) return row.status();
    if (page.cases.size() == filter.limit) {
      page.next = CursorOf(filter.sort, last_value, page.cases.back().id);
      return absl::OkStatus();
    }
    page.cases.push_back(CaseRowOf(*rows));
    last_value = sort.key->is_number ? Value(rows->Real(kCaseColumnCount)) : Value(rows->Text(kCaseColumnCount));
  }
}

}  // namespace

absl::StatusOr<CasePage> FindCasesBy(const Database& database, const CaseFilter& filter) {
  const bool descending = filter.sort.starts_with('-');
  const std::string_view name = std::string_view(filter.sort).substr(descending ? 1 : 0);
  const auto key =
      std::find_if(kSortKeys.begin(), kSortKeys.end(), [&](const SortKey& one) { return name == one.name; });
  if (key == kSortKeys.end()) return Invalid("sort: unknown key \"" + std::string(name) + "\"");
  if (filter.limit == 0 || filter.limit > kMaxCasesPerPage) {
    return Invalid("limit: from 1 to " + std::to_string(kMaxCasesPerPage));
  }
  if (absl::Status status = CheckWordsOf(filter); !status.ok()) return status;
  absl::StatusOr<Transaction> one_state = Transaction::BeginReading(database);
  if (!one_state.ok()) return one_state.status();
  const absl::StatusOr<Search> search = SearchFor(database, filter);
  if (!search.ok()) return search.status();
  CasePage page;
  bool is_dense = true;
  if (filter.with_total) {
    // SQLite does not know how many cases a filter leaves; after the count, we do.
    absl::StatusOr<int64_t> total = CountCases(database, WhereOf(filter, *search, ""));
    if (!total.ok()) return total.status();
    page.total = *total;
    if (page.total == 0 && filter.after.empty()) return page;
    is_dense = IsDense(*total, search->newest);
  }
  const Sort sort{&*key, (is_dense ? "" : "+") + std::string(key->expression), descending ? " DESC" : ""};
  Where where = WhereOf(filter, *search, is_dense ? "+" : "");
  if (absl::Status status = ReadPage(database, filter, sort, std::move(where), page); !status.ok()) return status;
  return page;
}

}  // namespace unspin::server
