// Counts which runs of five words stand in articles that share nothing else, and writes the table that the program
// knows before it reads any archive: core/unspin/language/english/standing-runs.bin.
//
//   unspin_count_standing_text ARTICLES... --out TABLE.bin [--without-ids PAIRS.jsonl] [--min-occasions 4]
//   [--outlets even|odd]
//
// ARTICLES are JSON Lines with `id`, `source` ("CNN - Politics": an outlet and its section), `published`, `text`.
// A run is kept if it occurs on `min-occasions` independent occasions, in a stretch of such runs. Articles are of
// one occasion if they appeared within a week, or share much text; all articles without a date are one occasion.
// --without-ids leaves out every article that a file of labelled pairs names. --outlets counts on half of the outlets.
// The same input gives the same bytes.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <variant>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/ingest/reader.h"
#include "unspin/io/write_file.h"
#include "unspin/language/languages.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/standing/run_table.h"
#include "unspin/text/hash_words.h"

namespace {

using unspin::Article;

constexpr uint32_t kRunWords = 5;
constexpr int kOccasionDays = 7;          // news is printed by many outlets within days
constexpr double kSameStory = .3;         // estimated Jaccard similarity of copies and versions of a story
constexpr size_t kMinStretchRuns = 4;     // eight words: a shorter stretch is a collocation, not a text
constexpr int kUndated = std::numeric_limits<int>::max() / 2;  // a day: all undated articles are of one occasion

struct Options {
  std::vector<std::string> inputs;
  std::string out, without_ids, outlets;
  size_t min_occasions = 4;
};

[[noreturn]] void Fail(const std::string& message) {
  std::fprintf(stderr, "count_standing_text: %s\n", message.c_str());
  std::exit(2);
}

struct CountedArticle {
  int day = kUndated;  // since 1970
  std::string id, outlet;
  std::vector<uint64_t> runs;
  unspin::Sketch sketch;
};

// The outlet of "CNN - Politics" and of "Fox News (Opinion)".
std::string OutletOf(std::string_view source) {
  return std::string(source.substr(0, std::min(source.find(" - "), source.find(" ("))));
}

// Days since 1970 of "2016-09-20…"; kUndated for anything else.
int DayOf(const std::string& published) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (std::sscanf(published.c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3) return kUndated;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return kUndated;
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::unordered_set<std::string> IdsOfPairs(const std::string& path) {
  std::unordered_set<std::string> ids;
  if (path.empty()) return ids;
  std::ifstream file(path);
  if (!file) Fail("cannot read " + path);
  for (std::string line; std::getline(file, line);) {
    const nlohmann::json pair = nlohmann::json::parse(line);
    for (const char* side : {"original", "suspect"}) ids.insert(pair.at(side).get<std::string>());
  }
  return ids;
}

// In the order of their days, then of their ids: the order of the inputs makes no difference.
std::vector<CountedArticle> ReadArticles(const Options& options) {
  const std::unordered_set<std::string> left_out = IdsOfPairs(options.without_ids);
  unspin::ReaderOptions reading;
  reading.fields.site = "source";
  auto reader = unspin::ArticleReader::Open(options.inputs, reading);
  if (!reader.ok()) Fail(std::string(reader.status().message()));
  std::vector<CountedArticle> articles;
  unspin::WordHasher hasher(unspin::English());
  std::vector<uint64_t> words;
  while (auto record = (*reader)->Next()) {
    const Article* article = std::get_if<Article>(&*record);
    if (article == nullptr) Fail("bad record after " + std::to_string(articles.size()) + " articles");
    if (left_out.count(article->id) != 0) continue;
    CountedArticle counted;
    counted.id = article->id;
    counted.outlet = OutletOf(article->site);
    if (!options.outlets.empty() && unspin::Hash64(counted.outlet) % 2 != (options.outlets == "odd")) continue;
    counted.day = DayOf(article->published);
    words.clear();
    hasher.Append(article->text, words);
    counted.runs = unspin::HashShingles(words, kRunWords);
    counted.sketch = unspin::MakeSketch(counted.runs);
    articles.push_back(std::move(counted));
  }
  std::sort(articles.begin(), articles.end(), [](const CountedArticle& a, const CountedArticle& b) {
    return std::tie(a.day, a.id, a.runs) < std::tie(b.day, b.id, b.runs);
  });
  return articles;
}

struct Occurrence {
  uint64_t run = 0;
  uint32_t article = 0;
};

// Whether the articles, ascending by day, are of at least `min_occasions`. Greedy: an article begins an occasion unless
// it is of the time or of the text of one before it.
bool OnManyOccasions(const Occurrence* begin, const Occurrence* end, const std::vector<CountedArticle>& articles,
                     size_t min_occasions) {
  std::vector<const CountedArticle*> occasions;
  for (; begin != end && occasions.size() < min_occasions; ++begin) {
    const CountedArticle& article = articles[begin->article];
    if (!occasions.empty() && article.day - occasions.back()->day <= kOccasionDays) continue;
    const bool told_before = std::any_of(occasions.begin(), occasions.end(), [&](const CountedArticle* other) {
      return unspin::EstimatedSimilarity(article.sketch, other->sketch) >= kSameStory;
    });
    if (!told_before) occasions.push_back(&article);
  }
  return occasions.size() >= min_occasions;
}

std::unordered_set<uint64_t> RunsOnManyOccasions(const std::vector<CountedArticle>& articles, size_t min_occasions) {
  std::vector<Occurrence> all;
  for (uint32_t article = 0; article < articles.size(); ++article)
    for (const uint64_t run : articles[article].runs) all.push_back({run, article});
  std::sort(all.begin(), all.end(), [](const Occurrence& a, const Occurrence& b) {
    return std::tie(a.run, a.article) < std::tie(b.run, b.article);
  });
  std::unordered_set<uint64_t> runs;
  for (size_t begin = 0, end = 0; begin < all.size(); begin = end) {
    while (end < all.size() && all[end].run == all[begin].run) ++end;
    if (end - begin >= min_occasions && OnManyOccasions(&all[begin], all.data() + end, articles, min_occasions))
      runs.insert(all[begin].run);
  }
  return runs;
}

// Those of the runs that stand beside others of them, so that together they are a text.
std::vector<uint64_t> RunsOfStretches(const std::vector<CountedArticle>& articles,
                                      const std::unordered_set<uint64_t>& frequent) {
  std::vector<uint64_t> runs;
  for (const CountedArticle& article : articles) {
    for (size_t begin = 0, end = 0; begin < article.runs.size(); begin = end + 1) {
      for (end = begin; end < article.runs.size() && frequent.count(article.runs[end]) != 0;) ++end;
      if (end - begin >= kMinStretchRuns)
        runs.insert(runs.end(), article.runs.begin() + begin, article.runs.begin() + end);
    }
  }
  std::sort(runs.begin(), runs.end());
  runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
  return runs;
}

std::string Provenance(const std::vector<CountedArticle>& articles, const Options& options) {
  std::set<std::string> outlets;
  int first = kUndated, last = 0;
  for (const CountedArticle& article : articles) {
    outlets.insert(article.outlet);
    if (article.day == kUndated) continue;
    first = std::min(first, article.day), last = std::max(last, article.day);
  }
  return "runs of five words on " + std::to_string(options.min_occasions) + " or more occasions in " +
         std::to_string(articles.size()) + " articles of " + std::to_string(outlets.size()) + " outlets" +
         (options.outlets.empty() ? "" : " (the " + options.outlets + " half)") +
         (options.without_ids.empty() ? "" : ", those of labelled pairs left out");
}

Options ParseArguments(int argc, char** argv) {
  Options options;
  for (int at = 1; at < argc; ++at) {
    const std::string argument = argv[at];
    const auto value = [&]() -> std::string {
      if (at + 1 == argc) Fail(argument + " needs a value");
      return argv[++at];
    };
    if (argument == "--out") options.out = value();
    else if (argument == "--without-ids") options.without_ids = value();
    else if (argument == "--min-occasions") options.min_occasions = std::strtoul(value().c_str(), nullptr, 10);
    else if (argument == "--outlets") options.outlets = value();
    else options.inputs.push_back(argument);
  }
  const bool known_half = options.outlets.empty() || options.outlets == "even" || options.outlets == "odd";
  if (options.inputs.empty() || options.out.empty() || options.min_occasions == 0 || !known_half)
    Fail("needs ARTICLES... --out TABLE.bin [--without-ids FILE] [--min-occasions N] [--outlets even|odd]");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = ParseArguments(argc, argv);
  const std::vector<CountedArticle> articles = ReadArticles(options);
  const std::unordered_set<uint64_t> frequent = RunsOnManyOccasions(articles, options.min_occasions);
  const std::vector<uint64_t> runs = RunsOfStretches(articles, frequent);
  const std::string provenance = Provenance(articles, options);
  const std::string table = unspin::MakeRunTable(runs, provenance);
  const absl::Status written = unspin::WriteFileInPlace(options.out, table);
  if (!written.ok()) Fail(std::string(written.message()));
  std::fprintf(stderr, "%s: %zu of %zu frequent runs, %zu bytes: %s\n", options.out.c_str(), runs.size(),
               frequent.size(), table.size(), provenance.c_str());
}
