// Times the rights desk with many made-up cases: opening them, and each way to list, filter, sort and search the inbox.
//
//   unspin_inbox_bench FOLDER [CASES] [REPEATS]
//
// FOLDER is made and must not exist. Prints Markdown: the median and the 99th percentile of each query, first page with
// its total, and what the desk takes of memory and disk. The cases are made of words drawn by Zipf's law, with a report
// of about 9 kB each, as long as a real one.
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "render/json_writer.h"
#include "server/desk.h"

namespace unspin::server {
namespace {

constexpr int kSites = 4000;
constexpr int kOriginals = 30'000;
constexpr int kVocabulary = 60'000;
constexpr int kWordsOfText = 450;
constexpr int kPassages = 60;
constexpr int kOpenedAtOnce = 256;
const char* const kVerdicts[] = {"copy", "edited", "spun", "rewritten", "excerpt", "common-source", "unrelated"};
const char* const kPeople[] = {"", "", "", "Ana Reader", "Ben Writer", "Cem Editor"};

using Random = std::mt19937_64;

// Ranks by Zipf's law with exponent 1: the inverse of the logarithm.
int ZipfRank(Random& random, int ranks) {
  const double u = std::uniform_real_distribution<double>(0, 1)(random);
  return std::min(ranks - 1, static_cast<int>(std::pow(ranks + 1.0, u)) - 1);
}

// The same word for the same rank: syllables by the digits of the rank.
std::string Word(int rank) {
  static const char* const kSyllables[] = {"ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu",
                                           "na", "pe", "ri", "so", "tu", "va", "we", "xi", "yo", "zu"};
  std::string word;
  do {
    word += kSyllables[rank % 20];
    rank /= 20;
  } while (rank > 0);
  return word;
}

std::string Words(Random& random, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    if (i > 0) text += i % 15 == 0 ? ". " : " ";
    text += Word(ZipfRank(random, kVocabulary));
  }
  return text;
}

std::string SiteName(int number) { return Word(number) + std::to_string(number % 7) + ".example"; }

std::string MakeReport(Random& random, int number) {
  const char* verdict = kVerdicts[random() % std::size(kVerdicts)];
  const std::string site = SiteName(ZipfRank(random, kSites));
  JsonWriter json;
  json.BeginObject();
  json.Field("id", "r" + std::to_string(number));
  json.Key("suspect");
  json.BeginObject();
  json.Field("id", "s" + std::to_string(number));
  json.Field("url", "https://" + site + "/" + std::to_string(number));
  json.Field("site", site);
  json.Field("title", Words(random, 9));
  char day[48];
  std::snprintf(day, sizeof day, "2026-%02d-%02dT08:00:00Z", static_cast<int>(1 + random() % 12),
                static_cast<int>(1 + random() % 28));
  json.Field("published", day);
  json.EndObject();
  json.Key("summary");
  json.BeginObject();
  json.Field("verdict", verdict);
  json.Field("probability", static_cast<double>(random() % 100'000) / 100'000);
  json.Field("coverage", static_cast<double>(random() % 1000) / 1000);
  json.Field("rewrite", static_cast<double>(random() % 1000) / 1000);
  json.EndObject();
  json.Key("findings");
  json.BeginArray();
  json.BeginObject();
  json.Key("original");
  json.BeginObject();
  json.Field("id", "ours-" + std::to_string(random() % kOriginals));
  json.Field("title", Words(random, 9));
  json.EndObject();
  json.Field("verdict", verdict);
  json.Field("probability", 0.9);
  json.Key("coverage");
  json.BeginObject();
  json.Field("original", static_cast<double>(random() % 1000) / 1000);
  json.EndObject();
  json.Key("passages");
  json.BeginArray();
  for (int i = 0; i < kPassages; ++i) {
    json.BeginObject();
    json.Field("suspect", std::to_string(random() % 4000) + "-" + std::to_string(random() % 4000));
    json.Field("original", std::to_string(random() % 4000) + "-" + std::to_string(random() % 4000));
    json.Field("text", Words(random, 14));
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  json.EndArray();
  json.EndObject();
  return json.Take();
}

NewCase MakeCase(Random& random, int number) {
  NewCase made;
  made.text = Words(random, kWordsOfText) + " " + std::to_string(number);
  made.bytes = made.text;
  made.content_type = "text/plain";
  made.report = MakeReport(random, number);
  return made;
}

double Milliseconds(std::chrono::steady_clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

[[noreturn]] void Fail(const absl::Status& status) {
  std::fprintf(stderr, "%s\n", status.ToString().c_str());
  std::exit(2);
}

// Seconds.
double Fill(Desk& desk, int cases) {
  Random random(1);
  const auto begin = std::chrono::steady_clock::now();
  for (int number = 0; number < cases;) {
    std::vector<NewCase> some;
    for (; number < cases && some.size() < kOpenedAtOnce; ++number) some.push_back(MakeCase(random, number));
    for (const auto& opened : desk.OpenCases(std::move(some), {"Ana Reader"})) {
      if (!opened.ok()) Fail(opened.status());
    }
  }
  const double seconds = Milliseconds(std::chrono::steady_clock::now() - begin) / 1000;
  // A third is decided, half is assigned: by four threads, which are committed together.
  std::vector<std::thread> people;
  for (int person = 0; person < 4; ++person) {
    people.emplace_back([&, person] {
      Random choice(person);
      for (int64_t id = 1 + person; id <= cases; id += 4) {
        const std::string assignee = kPeople[choice() % std::size(kPeople)];
        absl::Status status;
        if (!assignee.empty()) status = desk.Assign(id, kAnyRevision, assignee, {"Ana Reader"});
        if (status.ok() && choice() % 3 == 0) {
          status = desk.Decide(id, kAnyRevision, kDecisions[1 + choice() % 4], "a reason", "", {"Ben Writer"});
        }
        if (!status.ok()) Fail(status);
      }
    });
  }
  for (std::thread& person : people) person.join();
  return seconds;
}

struct Query {
  const char* name;
  CaseFilter filter;
};

std::vector<Query> Queries() {
  const std::string common = Word(3);
  const std::string rare = Word(20'000);
  std::vector<Query> queries = {
      {"all, latest first", {}},
      {"state new", {.state = "new"}},
      {"state decided, decision pursue", {.state = "decided", .decision = "pursue"}},
      {"verdict spun or copy", {.verdict = "spun,copy"}},
      {"the site with the most cases", {.site = SiteName(0)}},
      {"a site with few cases", {.site = SiteName(3000)}},
      {"mine, not decided", {.state = "new,review", .assignee = "Ana Reader"}},
      {"nobody's", {.assignee = "-"}},
      {"licence licensed (none)", {.licence = "licensed"}},
      {"one original", {.original = "ours-77"}},
      {"probability ≥ .9, coverage ≥ .5", {.min_probability = 0.9, .min_coverage = 0.5}},
      {"probability ≥ .9999 (ten), by title", {.min_probability = 0.9999, .sort = "title"}},
      {"five filters at once, by coverage",
       {.state = "new",
        .verdict = "spun",
        .assignee = "-",
        .min_probability = 0.5,
        .min_coverage = 0.5,
        .sort = "-coverage"}},
      {"search: a common word", {.query = common}},
      {"search: a common word, by probability", {.query = common, .sort = "-probability"}},
      {"search: a rare word", {.query = rare}},
      {"search: two words, state new", {.state = "new", .query = common + " " + Word(40)}},
      {"search: three first letters of many words", {.query = rare.substr(0, 3)}},
      {"search: two words in a row", {.query = "\"" + common + " " + Word(1) + "\""}},
  };
  for (const char* key : kCaseSortKeys) queries.push_back({key, {.sort = std::string("-") + key}});
  return queries;
}

// Cursors: a page from the middle must cost what the first one costs.
std::string MiddleCursor(const Desk& desk, int cases) {
  CaseFilter filter{.sort = "-probability", .limit = kMaxCasesPerPage, .with_total = false};
  for (int seen = 0; seen < cases / 2; seen += kMaxCasesPerPage) {
    const absl::StatusOr<CasePage> page = desk.FindCases(filter);
    if (!page.ok()) Fail(page.status());
    if (page->next.empty()) break;
    filter.after = page->next;
  }
  return filter.after;
}

template <typename Run>
void PrintRow(const std::string& name, int repeats, Run run) {
  std::vector<double> times;
  long long result = 0;
  for (int i = 0; i < repeats; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    result = run();
    times.push_back(Milliseconds(std::chrono::steady_clock::now() - begin));
  }
  std::sort(times.begin(), times.end());
  std::printf("| %s | %lld | %.1f | %.1f |\n", name.c_str(), result, times[times.size() / 2],
              times[std::min(times.size() - 1, times.size() * 99 / 100)]);
  std::fflush(stdout);
}

long long TotalOf(const Desk& desk, const CaseFilter& filter) {
  const absl::StatusOr<CasePage> page = desk.FindCases(filter);
  if (!page.ok()) Fail(page.status());
  return page->total;
}

void PrintQueries(Desk& desk, int cases, int repeats) {
  std::printf("| first 100 and the total | cases | p50 ms | p99 ms |\n|---|--:|--:|--:|\n");
  for (const Query& query : Queries()) {
    const std::string name = query.filter.sort == "-updated" || query.filter.sort.substr(1) != query.name
                                 ? std::string(query.name)
                                 : "all, by " + std::string(query.name) + " descending";
    PrintRow(name, repeats, [&] { return TotalOf(desk, query.filter); });
  }
  CaseFilter middle{.sort = "-probability", .after = MiddleCursor(desk, cases)};
  PrintRow("all, by probability, a page from the middle", repeats, [&] { return TotalOf(desk, middle); });
  PrintRow("all sites", repeats, [&] { return static_cast<long long>(desk.ListSites("-cases", 10'000)->size()); });
  PrintRow("a site's card", repeats, [&] { return static_cast<long long>(desk.GetSite(SiteName(0))->cases); });
  PrintRow("cases of an original", repeats,
           [&] { return static_cast<long long>(desk.OriginalCases("ours-77")->size()); });
  PrintRow("one whole case", repeats, [&] { return static_cast<long long>(desk.GetCase(cases / 2)->history.size()); });
}

void PrintOnce(const char* name, const std::function<absl::Status()>& run) {
  const auto begin = std::chrono::steady_clock::now();
  if (absl::Status status = run(); !status.ok()) Fail(status);
  std::printf("| %s | %.2f |\n", name, Milliseconds(std::chrono::steady_clock::now() - begin) / 1000);
}

int Main(int count, char** arguments) {
  if (count < 2) return std::fprintf(stderr, "usage: %s FOLDER [CASES] [REPEATS]\n", arguments[0]), 2;
  const std::string folder = arguments[1];
  const int cases = count > 2 ? std::atoi(arguments[2]) : 100'000;
  const int repeats = count > 3 ? std::atoi(arguments[3]) : 50;
  double seconds = 0;
  if (!std::filesystem::exists(folder)) {
    absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder);
    if (!desk.ok()) Fail(desk.status());
    seconds = Fill(**desk, cases);
  }
  const auto opening = std::chrono::steady_clock::now();
  absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder);
  if (!desk.ok()) Fail(desk.status());
  const double opened = Milliseconds(std::chrono::steady_clock::now() - opening) / 1000;
  PrintQueries(**desk, cases, repeats);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const double disk = static_cast<double>(std::filesystem::file_size(folder + "/desk.sqlite"));
  std::printf("\n| once | seconds |\n|---|--:|\n");
  if (seconds > 0) std::printf("| %d cases opened, %.0f a second | %.2f |\n", cases, cases / seconds, seconds);
  std::printf("| the desk opened, its pages checked | %.2f |\n", opened);
  PrintOnce("the log verified, with all suspects and reports", [&] {
    const absl::StatusOr<LogCheck> check = (*desk)->VerifyLog();
    if (check.ok() && !check->whole) return absl::DataLossError(check->problem.c_str());
    return check.status();
  });
  PrintOnce("one licence rule for the site with the most cases",
            [&] { return (*desk)->AddLicence({SiteName(0), "", "", "", ""}, {"Ana Reader"}).status(); });
  PrintOnce("one case erased", [&] { return (*desk)->EraseText(cases / 3, kAnyRevision, "measured", {"Ana Reader"}); });
  std::printf("\nDisk: %.0f MB, %.1f kB a case. Peak memory of the queries: %ld MB.\n", disk / 1e6, disk / 1e3 / cases,
              usage.ru_maxrss / 1024);
  return 0;
}

}  // namespace
}  // namespace unspin::server

int main(int count, char** arguments) { return unspin::server::Main(count, arguments); }
