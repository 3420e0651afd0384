#include "render/json.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "render/json_writer.h"
#include "render/offsets.h"

namespace unspin {
namespace {

using Json = nlohmann::ordered_json;

// Two short articles with one passage, whose suspect holds letters of two, three and four bytes: é, — and 😀.
Report Example() {
  Report report;
  report.version = "0.1.0";
  report.model = "test";
  report.archive = ArchiveIdentity{"abc", 7};
  report.suspect.id = "s";
  report.suspect.text = "Caf\xc3\xa9 \xe2\x80\x94 \xf0\x9f\x98\x80 shut now";  // é at 3, — at 6, 😀 at 10, "shut" at 15
  report.suspect.bytes = report.suspect.text.size();
  report.suspect.words = 3;
  report.alerts.push_back({"hidden-characters", 1, {{15, 19}}});
  report.notices.push_back({"byline", "added", "", "By X", ByteSpan{15, 19}});
  Finding finding;
  finding.original.id = "o";
  finding.original.version = 2;
  finding.original.text = "Cafe closed now";
  finding.verdict = Verdict::kSpun;
  finding.probability = 1.0 / 3;
  finding.log10_likelihood_ratio = 2.0412345678;
  finding.passages.push_back({{15, 23}, {5, 15}, Manner::kSpun, 0.25, {}});
  finding.substitutions.push_back({"closed", "shut", 2, SubstitutionSource::kThesaurus});
  finding.facts.push_back({"name", "Cafe", "", "missing"});
  finding.because.push_back({"signal", 0.5, -1.25, "why"});
  report.findings.push_back(finding);
  return report;
}

Json Parsed(const Report& report, const JsonOptions& options = {}) { return Json::parse(RenderJson(report, options)); }

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

std::string Written(double value) {
  JsonWriter json;
  json.Real(value);
  return json.Take();
}

TEST(JsonWriterTest, WritesSixSignificantDigits) {
  EXPECT_EQ(Written(0), "0.0");
  EXPECT_EQ(Written(-0.0), "0.0");
  EXPECT_EQ(Written(1), "1.0");
  EXPECT_EQ(Written(-12.5), "-12.5");
  EXPECT_EQ(Written(1.0 / 3), "0.333333");
  EXPECT_EQ(Written(0.000123456789), "0.000123457");
  EXPECT_EQ(Written(0.0000123), "1.23e-05");
  EXPECT_EQ(Written(123456789.0), "123457000.0");
  EXPECT_EQ(Written(1e15), "1e+15");
  EXPECT_EQ(Written(0.9999999), "1.0");
  EXPECT_EQ(Written(std::numeric_limits<double>::infinity()), "1e+300");
  EXPECT_EQ(Written(std::numeric_limits<double>::quiet_NaN()), "0.0");
  for (const double value : {0.38152199999999997, 2e-7, 4.0025e13, -7.000015, 1.5e120}) {
    char rounded[32];
    std::snprintf(rounded, sizeof rounded, "%.6g", value);
    EXPECT_EQ(std::strtod(Written(value).c_str(), nullptr), std::strtod(rounded, nullptr)) << value;
  }
}

TEST(JsonWriterTest, ARoundedNumberIsWrittenTheSame) {
  for (const double value : {0.0, 1.0 / 3, -2.0412345678, 0.99955312345, 1.23456789e-9, 1e15 / 7, 5e301}) {
    const double rounded = JsonWriter::Rounded(value);
    EXPECT_EQ(std::strtod(Written(value).c_str(), nullptr), rounded);
    EXPECT_EQ(Written(rounded), Written(value));
  }
}

TEST(JsonWriterTest, RoundsAsPrintfDoes) {
  std::mt19937_64 random(20);
  const auto check = [](double value) {
    char rounded[32];
    std::snprintf(rounded, sizeof rounded, "%.6g", value);
    EXPECT_EQ(std::strtod(Written(value).c_str(), nullptr), std::strtod(rounded, nullptr)) << rounded;
  };
  for (int exponent = -20; exponent <= 20; ++exponent) {
    const double power = std::pow(10.0, exponent);
    for (const double near : {std::nextafter(power, 0), power, std::nextafter(power, 1e300)}) check(near);
    for (int i = 0; i < 500; ++i) {
      // Seven digits that end in five lie between two numbers of six, as close as a double comes; half of them exactly.
      const double middle = static_cast<double>(random() % 9'000'000 / 10 * 10 + 1'000'005);
      for (const double value : {middle * power, middle / 64 * power, static_cast<double>(random()) * power}) {
        check(value);
        check(-value);
      }
    }
  }
}

TEST(JsonWriterTest, EscapesEveryByteAtEveryPosition) {
  for (int c = 0; c < 256; ++c) {
    for (const size_t size : {1u, 7u, 8u, 9u, 16u, 21u}) {
      for (size_t at = 0; at < size; ++at) {
        std::string text(size, 'a');
        text[at] = static_cast<char>(c);
        JsonWriter json;
        json.Text(text);
        EXPECT_EQ(json.Take(), Json(text).dump(-1, ' ', false, Json::error_handler_t::replace)) << c << " at " << at;
      }
    }
  }
}

TEST(JsonWriterTest, ReplacesBrokenUtf8AsNlohmannDoes) {
  // Lead and continuation bytes at the borders of what UTF-8 allows, and ASCII that needs escapes.
  const unsigned char bytes[] = {'a',  '"',  '\\', '\n', 0x00, 0x1f, 0x7f, 0x80, 0x8f, 0x90,
                                 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed,
                                 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xf7, 0xf8, 0xfe, 0xff};
  std::mt19937_64 random(7);
  for (int i = 0; i < 200'000; ++i) {
    std::string text(1 + random() % 8, '\0');
    for (char& c : text) c = static_cast<char>(bytes[random() % std::size(bytes)]);
    JsonWriter json;
    json.Text(text);
    ASSERT_EQ(json.Take(), Json(text).dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

TEST(JsonWriterTest, EscapesWhatEndsALineForAnyReader) {
  JsonWriter json;
  json.BeginArray();
  json.Text("a\u2028b\u2029c\u0085d\u2027e\v");
  json.Copied("{\"\u2028\":\"\u0085 \u00e9\"}");
  json.EndArray();
  EXPECT_EQ(json.Take(), R"(["a\u2028b\u2029c\u0085d)"
                         "\u2027"
                         R"(e\u000b",{"\u2028":"\u0085 )"
                         "\u00e9\"}]");
}

TEST(JsonWriterTest, EscapesAndSeparates) {
  JsonWriter json;
  json.BeginObject();
  json.Field("a", std::string("\"\n\x01 é \xff"));
  json.Key("list");
  json.BeginArray();
  json.Number(1u);
  json.BeginArray();
  json.EndArray();
  json.Text("plain");
  json.EndArray();
  json.FieldUnlessEmpty("none", "");
  json.EndObject();
  EXPECT_EQ(json.Take(), "{\"a\":\"\\\"\\n\\u0001 é \uFFFD\",\"list\":[1,[],\"plain\"]}");
}

TEST(RenderJsonTest, SaysWhatSpansCountAndInWhat) {
  EXPECT_EQ(Parsed(Example())["unspin"]["spans"].dump(), R"({"of":"record","unit":"byte"})");
  EXPECT_EQ(Parsed(Example(), {.offsets = OffsetUnit::kUtf16})["unspin"]["spans"].dump(),
            R"({"of":"record","unit":"utf16"})");
  EXPECT_EQ(Parsed(Example(), {.offsets = OffsetUnit::kText})["unspin"]["spans"].dump(),
            R"({"of":"text","unit":"byte"})");
}

TEST(RenderJsonTest, HasTheHashOfTheFileWhereItIsKnown) {
  Report report = Example();
  EXPECT_FALSE(Parsed(report)["suspect"].contains("file_sha256"));
  report.suspect.file_sha256 = "bb";
  EXPECT_EQ(Parsed(report)["suspect"]["file_sha256"], "bb");
}

TEST(RenderJsonTest, WritesTheDocumentedFieldsInOrder) {
  const Json json = Parsed(Example());
  EXPECT_EQ(Keys(json),
            (std::vector<std::string>{"unspin", "id", "suspect", "summary", "alerts", "notices", "findings"}));
  EXPECT_EQ(Keys(json["unspin"]), (std::vector<std::string>{"version", "report_format", "model", "archive", "spans"}));
  EXPECT_EQ(Keys(json["summary"]), (std::vector<std::string>{"verdict", "extent", "manner", "probability", "coverage",
                                                             "rewrite", "originals"}));
  EXPECT_EQ(Keys(json["findings"][0]),
            (std::vector<std::string>{"original", "verdict", "extent", "manner", "direction", "probability", "evidence",
                                      "rewrite", "distance", "coverage", "words", "order_kept", "longest_verbatim_run",
                                      "passages", "substitutions", "facts", "because", "shared", "credit"}));
  EXPECT_EQ(Keys(json["findings"][0]["words"]),
            (std::vector<std::string>{"kept", "inflected", "synonym", "replaced", "inserted", "deleted", "moved"}));
  EXPECT_EQ(json["findings"][0]["substitutions"][0].dump(),
            R"({"original":"closed","suspect":"shut","count":2,"evidence":"thesaurus"})");
}

TEST(RenderJsonTest, OptionsAreSaidOutsideOfWhatTheIdIsAHashOf) {
  const Json plain = Parsed(Example()), said = Parsed(Example(), {true, OffsetUnit::kByte, R"({"prior":0.01})"});
  EXPECT_FALSE(plain["unspin"].contains("options"));
  EXPECT_EQ(said["unspin"]["options"], Json::parse(R"({"prior":0.01})"));
  EXPECT_EQ(plain["id"], said["id"]);
}

TEST(RenderJsonTest, ReasonsListTheirSpansInTheUnitOfTheReader) {
  Report report = Example();
  EXPECT_FALSE(Parsed(report)["findings"][0]["because"][0].contains("spans"));
  report.findings[0].because[0].spans = {{{15, 19}, {0, 5}}, {{5, 11}}};
  const auto spans = [&](OffsetUnit unit) {
    JsonOptions options;
    options.offsets = unit;
    return Parsed(report, options)["findings"][0]["because"][0]["spans"].dump();
  };
  EXPECT_EQ(spans(OffsetUnit::kByte), R"({"suspect":[[15,19],[0,5]],"original":[[5,11]]})");
  EXPECT_EQ(spans(OffsetUnit::kCodepoint), R"({"suspect":[[9,13],[0,4]],"original":[[5,11]]})");
}

TEST(RenderJsonTest, SaysWhatWasSetAsideAndWhatIsNotKnownOnlyWhereThereIsAny) {
  Report report = Example();
  EXPECT_FALSE(Parsed(report).contains("set_aside"));
  EXPECT_FALSE(Parsed(report)["unspin"]["archive"].contains("standing_text"));
  report.set_aside = {"s"};
  report.archive->standing_text = false;
  EXPECT_EQ(Parsed(report)["set_aside"], Json::parse(R"([{"id": "s", "why": "the suspect's own record"}])"));
  EXPECT_EQ(Parsed(report)["unspin"]["archive"]["standing_text"], Json(false));
}

TEST(RenderJsonTest, IsOneLine) {
  Report report = Example();
  report.suspect.title = "two\nlines";
  EXPECT_EQ(RenderJson(report, {}).find('\n'), std::string::npos);
}

TEST(RenderJsonTest, GivesTheSameBytesForTheSameReport) {
  EXPECT_EQ(RenderJson(Example(), {}), RenderJson(Example(), {}));
}

TEST(RenderJsonTest, IdDependsOnTheFieldsAfterIt) {
  Report changed = Example();
  changed.findings[0].because[0].text = "why not";
  EXPECT_NE(ReportId(changed, {}), ReportId(Example(), {}));
}

TEST(RenderJsonTest, IdDoesNotDependOnTheProgramsVersion) {
  Report changed = Example();
  changed.version = "9.9.9";
  EXPECT_EQ(ReportId(changed, {}), ReportId(Example(), {}));
}

TEST(RenderJsonTest, IdIsTheHashOfWhatFollowsIt) {
  const std::string line = RenderJson(Example(), {});
  const std::string body = "{" + line.substr(line.find("\"suspect\":"));
  const XXH128_hash_t hash = XXH3_128bits(body.data(), body.size());
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, hash);
  std::string hex;
  for (const unsigned char byte : canonical.digest) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  EXPECT_EQ(Json::parse(line)["id"], hex);
}

TEST(RenderJsonTest, OmitsUnknownFields) {
  const Json json = Parsed(Example());
  EXPECT_FALSE(json["suspect"].contains("title"));
  EXPECT_FALSE(json["suspect"].contains("source"));
  EXPECT_FALSE(json.contains("error"));
}

TEST(RenderJsonTest, WritesEmptyListsWithoutFindings) {
  Report report = Example();
  report.findings.clear();
  report.alerts.clear();
  const Json json = Parsed(report);
  EXPECT_EQ(json["findings"], Json::array());
  EXPECT_EQ(json["alerts"], Json::array());
}

TEST(RenderJsonTest, WritesNullWhereNothingWasFound) {
  Report report = Example();
  report.findings.clear();
  const Json nothing = Parsed(report)["summary"];
  for (const char* name : {"extent", "manner", "coverage", "rewrite"}) EXPECT_TRUE(nothing[name].is_null()) << name;
  report.summary.extent = Extent::kWhole;
  report.summary.manner = Manner::kSpun;
  report.summary.coverage = 0.5;
  report.summary.rewrite = 0.25;
  const Json found = Parsed(report)["summary"];
  EXPECT_EQ(found.dump(), R"({"verdict":"unrelated","extent":"whole","manner":"spun","probability":0.0,"coverage":0.5,)"
                          R"("rewrite":0.25,"originals":0})");
}

TEST(RenderJsonTest, WritesSharedWordsOfBothSidesByKind) {
  Report report = Example();
  report.findings[0].shared = {{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}};
  EXPECT_EQ(Parsed(report)["findings"][0]["shared"].dump(),
            R"({"original":{"narration":1,"quotation":2,"document":3,"standing_text":4,"names_and_numbers":5},)"
            R"("suspect":{"narration":6,"quotation":7,"document":8,"standing_text":9,"names_and_numbers":10}})");
}

TEST(RenderJsonTest, CountsACreditsSpanInTheUnitAskedFor) {
  Report report = Example();
  report.findings[0].credit.push_back({"named", "shut", {15, 19}});
  EXPECT_EQ(Parsed(report)["findings"][0]["credit"].dump(), R"([{"kind":"named","text":"shut","span":[15,19]}])");
  EXPECT_EQ(Parsed(report, {.offsets = OffsetUnit::kCodepoint})["findings"][0]["credit"][0]["span"].dump(), "[9,13]");
  EXPECT_EQ(Parsed(report, {.offsets = OffsetUnit::kUtf16})["findings"][0]["credit"][0]["span"].dump(), "[10,14]");
}

TEST(RenderJsonTest, WritesTheLicenceOnlyWhereRulesWereGiven) {
  Report report = Example();
  EXPECT_FALSE(Parsed(report)["findings"][0].contains("licence"));
  report.findings[0].licence =
      Licence{"licensed", "a may use b", {{"credit", "broken", "the credit was removed"}}, "licensed, but …"};
  EXPECT_EQ(Parsed(report)["findings"][0]["licence"].dump(),
            R"({"state":"licensed","text":"licensed, but …","rule":"a may use b","terms":[{"name":"credit",)"
            R"("state":"broken","text":"the credit was removed"}]})");
}

TEST(RenderJsonTest, ListsLinksOnlyWhereTheyNameAnOriginal) {
  Report report = Example();
  report.suspect.marks = {{"link", "https://a.example"}};
  EXPECT_FALSE(Parsed(report)["suspect"].contains("marks"));
  report.suspect.marks = {{"link", "https://a.example"}, {"link", "https://b.example", "o"}, {"license", "x"}};
  EXPECT_EQ(Parsed(report)["suspect"]["marks"].dump(),
            R"([{"kind":"link","value":"https://b.example","original":"o"},{"kind":"license","value":"x"}])");
}

TEST(RenderJsonTest, BriefFormEmptiesOnlyPassagesAndSubstitutions) {
  const Json json = Parsed(Example(), {.full = false});
  EXPECT_EQ(json["findings"][0]["passages"], Json::array());
  EXPECT_EQ(json["findings"][0]["substitutions"], Json::array());
  EXPECT_EQ(json["findings"][0]["facts"].size(), 1u);
}

TEST(RenderJsonTest, WritesFiniteNumbersForAnyInput) {
  Report report = Example();
  report.findings[0].log10_likelihood_ratio = std::numeric_limits<double>::infinity();
  report.findings[0].rewrite = std::nan("");
  report.findings[0].distance = -0.0;
  const Json finding = Parsed(report)["findings"][0];
  EXPECT_GT(finding["evidence"].get<double>(), 1e200);
  EXPECT_EQ(finding["rewrite"].get<double>(), 0);
  EXPECT_FALSE(std::signbit(finding["distance"].get<double>()));
}

TEST(RenderJsonTest, WritesSixSignificantDigits) {
  const std::string line = RenderJson(Example(), {});
  EXPECT_NE(line.find("\"probability\":0.333333,"), std::string::npos);
  EXPECT_NE(line.find("\"evidence\":2.04123,"), std::string::npos);
}

TEST(RenderJsonTest, ReplacesBrokenUtf8) {
  Report report = Example();
  report.suspect.id = "bad\xff";
  EXPECT_EQ(Parsed(report)["suspect"]["id"], "bad\xef\xbf\xbd");
}

TEST(RenderJsonTest, CopiesKeptFieldsAsJson) {
  Report report = Example();
  report.kept = {{"label", "\"spun\""}, {"batch", "[1, 2]"}, {"odd", "{not json"}};
  const Json kept = Parsed(report)["suspect"]["kept"];
  EXPECT_EQ(kept.dump(), R"({"label":"spun","batch":[1,2],"odd":"{not json"})");
}

TEST(RenderJsonTest, WritesKeptFieldsAsNlohmannDoes) {
  Report report = Example();
  std::string all_bytes = "\"";
  for (int c = 1; c < 0x80; ++c) {
    char escape[8];
    std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
    all_bytes += escape;
  }
  const std::vector<std::string> values = {all_bytes + '"',
                                           R"("\u00e9 \ud83d\ude00 \/")",
                                           "-0",
                                           "-0.0",
                                           "1.50",
                                           "1E5",
                                           "1e-400",
                                           "1e400",
                                           "18446744073709551615",
                                           "18446744073709551616",
                                           "-9223372036854775809",
                                           "0.1",
                                           "1e15",
                                           "5e-324",
                                           "[ ]",
                                           "{ }",
                                           "[1, {\"a\" : [null, true]}]",
                                           "nul",
                                           "\"\xff\"",
                                           "01",
                                           "",
                                           "[1,]",
                                           "1 2"};
  Json wanted = Json::object();
  for (const std::string& value : values) {
    const std::string name = "name \"" + value + '"';
    report.kept.emplace_back(name, value);
    report.kept.emplace_back(name, value);  // asked for twice
    const Json parsed = Json::parse(value, nullptr, /*allow_exceptions=*/false);
    wanted[name] = parsed.is_discarded() ? Json(value) : parsed;
  }
  EXPECT_NE(RenderJson(report, {}).find("\"kept\":" + wanted.dump(-1, ' ', false, Json::error_handler_t::replace)),
            std::string::npos);
}

TEST(RenderJsonTest, WritesKeptNumbersAsNlohmannDoes) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20'000; ++i) {
    Report report;
    char number[40];
    std::snprintf(number, sizeof number, "%.*g", 1 + static_cast<int>(random() % 17),
                  std::ldexp(static_cast<double>(random()), static_cast<int>(random() % 200) - 130));
    report.kept = {{"n", number}};
    ASSERT_NE(RenderJson(report, {}).find("{\"n\":" + Json::parse(number).dump() + "}"), std::string::npos) << number;
  }
}

TEST(RenderJsonTest, WritesTheErrorOfAFailedComparison) {
  Report report;
  report.summary.verdict = Verdict::kInsufficient;
  report.error = "no text";
  const Json json = Parsed(report);
  EXPECT_EQ(json["error"], "no text");
  EXPECT_EQ(json["summary"]["verdict"], "insufficient");
}

struct UnitCase {
  OffsetUnit unit;
  std::pair<int, int> passage;
};

TEST(RenderJsonTest, CountsPositionsInTheRequestedUnit) {
  const UnitCase cases[] = {
      {OffsetUnit::kByte, {15, 23}}, {OffsetUnit::kCodepoint, {9, 17}}, {OffsetUnit::kUtf16, {10, 18}}};
  for (const auto& [unit, passage] : cases) {
    const Json json = Parsed(Example(), {.offsets = unit});
    EXPECT_EQ(json["findings"][0]["passages"][0]["suspect"], Json::array({passage.first, passage.second}));
    EXPECT_EQ(json["findings"][0]["passages"][0]["original"], Json::array({5, 15}));
    EXPECT_EQ(json["alerts"][0]["spans"][0][0], passage.first);
    EXPECT_EQ(json["notices"][0]["span"][0], passage.first);
  }
}

TEST(OffsetMapTest, MapsTextToRecord) {
  // The record is "<p>Héllo</p><p>world</p>", the text what an extraction leaves of it.
  ArticleCard card;
  card.text = "H\xc3\xa9llo\nworld";
  card.steps = {{0, 3, 3, 3}, {6, 13, 12, 12}, {7, 16, 15, 15}};
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({7, 12}), (RecordSpan{16, 21}));
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({7, 12}), (RecordSpan{15, 20}));
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({3, 6}), (RecordSpan{5, 8}));
}

TEST(OffsetMapTest, EndsBeforeTheMarkupThatFollows) {
  ArticleCard card;
  card.text = "Hello\nworld";
  card.steps = {{0, 3, 3, 3}, {5, 12, 12, 12}};
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({0, 5}), (RecordSpan{3, 8}));
}

TEST(OffsetMapTest, AgreesWithCountingFromTheStart) {
  // Long enough for many blocks, with characters of every length across their borders and some broken ones.
  ArticleCard card;
  std::vector<uint64_t> utf16(1, 0);
  const std::string characters[] = {"a", "\xc3\xa9", "\xe2\x80\x94", "\xf0\x9f\x98\x80", "\xff", "\xe2\x80"};
  std::vector<uint32_t> starts;
  for (uint32_t i = 0; i < 3000; ++i) {
    const std::string& character = characters[(i * 7 + i / 11) % 6];
    starts.push_back(static_cast<uint32_t>(card.text.size()));
    card.text += character;
    utf16.push_back(utf16.back() + (character.size() == 4 ? 2 : 1));
    if (character == "\xe2\x80") card.text += "x", utf16.back() += 1;  // so that the broken sequence ends here
  }
  const OffsetMap map(card, OffsetUnit::kUtf16);
  for (size_t i = 0; i < starts.size(); ++i) {
    ASSERT_EQ(map.Convert({starts[i], starts[i]})->begin, utf16[i]) << i;
  }
}

TEST(OffsetMapTest, GivesNothingWithoutTheTextToCountIn) {
  ArticleCard card;
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({1, 2}), std::nullopt);
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({1, 2}), (RecordSpan{1, 2}));
}

}  // namespace
}  // namespace unspin
