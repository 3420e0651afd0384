// Counts which runs of five words stand in articles that share nothing else, and writes the table that the program
// knows before it reads any archive: core/unspin/language/english/standing-runs.bin.
//
//   unspin_count_standing_text ARTICLES... --out TABLE.bin [--pages FOLDER] [--without-ids PAIRS.jsonl]
//   [--min-occasions 3] [--outlets even|odd]
//
// ARTICLES are JSON Lines with `id`, `source` ("CNN - Politics": an outlet and its section), `published`, `text`.
// --pages adds the web pages of a folder with all of their text: menus, consent, forms, notices.
// A run is kept if it occurs on `min-occasions` independent occasions, in a stretch of such runs. Articles are of one
// occasion if they appeared within a week, or share much text; so are all articles of an outlet that have no date.
// --without-ids leaves out every article that a file of labelled pairs names. --outlets counts on half of the outlets.
// The same input gives the same bytes, in whatever order it comes.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <variant>
#include <vector>

#include "unspin/base/hash.h"
#include "unspin/charset/charset.h"
#include "unspin/ingest/reader.h"
#include "unspin/io/read_file.h"
#include "unspin/io/write_file.h"
#include "unspin/language/languages.h"
#include "unspin/page/html.h"
#include "unspin/page/html_references.h"
#include "unspin/page/page_facts.h"
#include "unspin/shingle/shingle.h"
#include "unspin/sketch/sketch.h"
#include "unspin/standing/run_table.h"
#include "unspin/text/hash_words.h"

namespace {

constexpr uint32_t kRunWords = 5;
constexpr int kOccasionDays = 7;       // news is printed by many outlets within days
constexpr double kSameStory = .3;      // estimated Jaccard similarity of copies and versions of a story
constexpr size_t kMinStretchRuns = 8;  // twelve words: a shorter stretch is a collocation or a name, not a text
constexpr int kUndated = std::numeric_limits<int>::max() / 2;  // a day after all others

struct Options {
  std::vector<std::string> inputs;
  std::string out, pages, without_ids, outlets;
  // Two would do were it not for articles that take from each other: a story and a later copy are two.
  size_t min_occasions = 3;
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

class ArticleCounter {
 public:
  explicit ArticleCounter(const Options& options)
      : outlets_(options.outlets), left_out_(IdsOfPairs(options.without_ids)), hasher_(unspin::English()) {}

  void Add(const std::string& id, const std::string& outlet, const std::string& published, std::string_view text) {
    const bool other_half = !outlets_.empty() && unspin::Hash64(outlet) % 2 != (outlets_ == "odd");
    if (left_out_.count(id) != 0 || other_half) return;
    words_.clear();
    hasher_.Append(text, words_);
    CountedArticle counted{DayOf(published), id, outlet, unspin::HashShingles(words_, kRunWords), {}};
    counted.sketch = unspin::MakeSketch(counted.runs);
    articles_.push_back(std::move(counted));
  }

  // In the order of their days, then of their ids: the order in which they were added makes no difference.
  std::vector<CountedArticle> Finish() {
    std::map<std::string, int> undated;  // the articles of each outlet appeared together, no others within a week
    for (const CountedArticle& article : articles_)
      if (article.day == kUndated) undated[article.outlet];
    int day = kUndated;
    for (auto& [outlet, of_outlet] : undated) of_outlet = day += kOccasionDays + 1;
    for (CountedArticle& article : articles_)
      if (article.day == kUndated) article.day = undated[article.outlet];
    std::sort(articles_.begin(), articles_.end(), [](const CountedArticle& a, const CountedArticle& b) {
      return std::tie(a.day, a.id, a.runs) < std::tie(b.day, b.id, b.runs);
    });
    return std::move(articles_);
  }

 private:
  std::string outlets_;
  std::unordered_set<std::string> left_out_;
  unspin::WordHasher hasher_;
  std::vector<uint64_t> words_;
  std::vector<CountedArticle> articles_;
};

void AddArticles(const Options& options, ArticleCounter& counter) {
  unspin::ReaderOptions reading;
  reading.fields.site = "source";
  auto reader = unspin::ArticleReader::Open(options.inputs, reading);
  if (!reader.ok()) Fail(std::string(reader.status().message()));
  while (auto record = (*reader)->Next()) {
    if (const auto* bad = std::get_if<unspin::BadRecord>(&*record)) Fail(bad->location + ": " + bad->message);
    const auto& article = std::get<unspin::Article>(*record);
    counter.Add(article.id, OutletOf(article.site), article.published, article.text);
  }
}

// "https://www.example.org/news/1" → "example.org"
std::string HostOf(std::string_view url) {
  url.remove_prefix(url.find("://") == std::string_view::npos ? 0 : url.find("://") + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  return std::string(url.substr(0, url.find('/')));
}

// Hidden elements too: most consent dialogues are hidden until a script shows them.
std::string AllText(const unspin::HtmlPage& page) {
  std::string text;
  for (size_t at = 0; at < page.nodes.size(); ++at) {
    const unspin::HtmlNode& node = page.nodes[at];
    if (node.tag == unspin::HtmlTag::kScript || node.tag == unspin::HtmlTag::kStyle) {
      at = node.subtree_end - 1;
    } else if (node.tag == unspin::HtmlTag::kText) {
      unspin::HtmlTextCursor cursor(page.record, node.begin, node.end);
      for (unspin::HtmlTextCursor::Chunk chunk; cursor.Next(chunk);) text += chunk.bytes;
      text += "\n";
    }
  }
  return text;
}

// Pages are undated: a site's own text stands on one occasion, and only what several sites say is counted.
void AddPages(const std::string& folder, ArticleCounter& counter) {
  if (folder.empty()) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    auto bytes = unspin::ReadFile(entry.path().string());
    if (!bytes.ok()) Fail(std::string(bytes.status().message()));
    const std::string record = unspin::DecodePage(std::move(*bytes)).text;
    const unspin::HtmlPage page = unspin::ParseHtml(record);
    const std::string text = AllText(page);
    const std::string name = entry.path().filename().string(), host = HostOf(unspin::FindPageFacts(page).url);
    counter.Add(name, host.empty() ? name : host, "", text);
  }
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
  for (const CountedArticle& article : articles) outlets.insert(article.outlet);
  return "runs of five words on " + std::to_string(options.min_occasions) + " or more occasions in " +
         std::to_string(articles.size()) + " articles and pages of " + std::to_string(outlets.size()) + " outlets" +
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
    if (argument == "--out")
      options.out = value();
    else if (argument == "--pages")
      options.pages = value();
    else if (argument == "--without-ids")
      options.without_ids = value();
    else if (argument == "--min-occasions")
      options.min_occasions = std::strtoul(value().c_str(), nullptr, 10);
    else if (argument == "--outlets")
      options.outlets = value();
    else
      options.inputs.push_back(argument);
  }
  const bool known_half = options.outlets.empty() || options.outlets == "even" || options.outlets == "odd";
  if (options.inputs.empty() || options.out.empty() || options.min_occasions == 0 || !known_half)
    Fail(
        "needs ARTICLES... --out TABLE.bin [--pages FOLDER] [--without-ids FILE] [--min-occasions N] [--outlets "
        "even|odd]");
  return options;
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = ParseArguments(argc, argv);
  ArticleCounter counter(options);
  AddArticles(options, counter);
  AddPages(options.pages, counter);
  const std::vector<CountedArticle> articles = counter.Finish();
  const std::unordered_set<uint64_t> frequent = RunsOnManyOccasions(articles, options.min_occasions);
  const std::vector<uint64_t> runs = RunsOfStretches(articles, frequent);
  const std::string provenance = Provenance(articles, options);
  const std::string table = unspin::MakeRunTable(runs, provenance);
  const absl::Status written = unspin::WriteFileInPlace(options.out, table);
  if (!written.ok()) Fail(std::string(written.message()));
  std::fprintf(stderr, "%s: %zu of %zu frequent runs, %zu bytes: %s\n", options.out.c_str(), runs.size(),
               frequent.size(), table.size(), provenance.c_str());
}
