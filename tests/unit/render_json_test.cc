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
  finding.evidence = 2.0412345678;
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

TEST(JsonWriter, WritesSixSignificantDigits) {
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

TEST(JsonWriter, RoundsEveryNumberAsPrintfDoes) {
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

TEST(JsonWriter, FindsWhatToEscapeWhereverItStands) {
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

TEST(JsonWriter, EscapesAndSeparates) {
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

TEST(RenderJson, GivesTheFieldsOfTheContractInItsOrder) {
  const Json json = Parsed(Example());
  EXPECT_EQ(Keys(json),
            (std::vector<std::string>{"unspin", "id", "suspect", "summary", "alerts", "notices", "findings"}));
  EXPECT_EQ(Keys(json["unspin"]), (std::vector<std::string>{"version", "report_format", "model", "archive"}));
  EXPECT_EQ(Keys(json["summary"]), (std::vector<std::string>{"verdict", "extent", "manner", "probability", "coverage",
                                                             "rewrite", "originals"}));
  EXPECT_EQ(Keys(json["findings"][0]),
            (std::vector<std::string>{"original", "verdict", "extent", "manner", "direction", "probability", "evidence",
                                      "rewrite", "distance", "coverage", "words", "order_kept", "longest_verbatim_run",
                                      "passages", "substitutions", "facts", "because"}));
  EXPECT_EQ(Keys(json["findings"][0]["words"]),
            (std::vector<std::string>{"kept", "inflected", "synonym", "replaced", "inserted", "deleted", "moved"}));
  EXPECT_EQ(json["findings"][0]["substitutions"][0].dump(),
            R"({"original":"closed","suspect":"shut","count":2,"evidence":"thesaurus"})");
}

TEST(RenderJson, IsOneLine) {
  Report report = Example();
  report.suspect.title = "two\nlines";
  EXPECT_EQ(RenderJson(report, {}).find('\n'), std::string::npos);
}

TEST(RenderJson, GivesTheSameBytesForTheSameReport) { EXPECT_EQ(RenderJson(Example(), {}), RenderJson(Example(), {})); }

TEST(RenderJson, IdFollowsEveryFieldBelowIt) {
  Report changed = Example();
  changed.findings[0].because[0].text = "why not";
  EXPECT_NE(ReportId(changed, {}), ReportId(Example(), {}));
}

TEST(RenderJson, IdIsFreeOfTheProgramsVersion) {
  Report changed = Example();
  changed.version = "9.9.9";
  EXPECT_EQ(ReportId(changed, {}), ReportId(Example(), {}));
}

TEST(RenderJson, IdIsTheHashOfWhatFollowsIt) {
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

TEST(RenderJson, LeavesOutWhatIsUnknown) {
  const Json json = Parsed(Example());
  EXPECT_FALSE(json["suspect"].contains("title"));
  EXPECT_FALSE(json["suspect"].contains("source"));
  EXPECT_FALSE(json.contains("error"));
}

TEST(RenderJson, ListsStayWhereNothingWasFound) {
  Report report = Example();
  report.findings.clear();
  report.alerts.clear();
  const Json json = Parsed(report);
  EXPECT_EQ(json["findings"], Json::array());
  EXPECT_EQ(json["alerts"], Json::array());
}

TEST(RenderJson, ShortFormEmptiesPassagesAndSubstitutionsOnly) {
  const Json json = Parsed(Example(), {.full = false});
  EXPECT_EQ(json["findings"][0]["passages"], Json::array());
  EXPECT_EQ(json["findings"][0]["substitutions"], Json::array());
  EXPECT_EQ(json["findings"][0]["facts"].size(), 1u);
}

TEST(RenderJson, NumbersAreFiniteWhateverTheyWere) {
  Report report = Example();
  report.findings[0].evidence = std::numeric_limits<double>::infinity();
  report.findings[0].rewrite = std::nan("");
  report.findings[0].distance = -0.0;
  const Json finding = Parsed(report)["findings"][0];
  EXPECT_GT(finding["evidence"].get<double>(), 1e200);
  EXPECT_EQ(finding["rewrite"].get<double>(), 0);
  EXPECT_FALSE(std::signbit(finding["distance"].get<double>()));
}

TEST(RenderJson, NumbersKeepSixSignificantDigits) {
  const std::string line = RenderJson(Example(), {});
  EXPECT_NE(line.find("\"probability\":0.333333,"), std::string::npos);
  EXPECT_NE(line.find("\"evidence\":2.04123,"), std::string::npos);
}

TEST(RenderJson, ReplacesBrokenUtf8) {
  Report report = Example();
  report.suspect.id = "bad\xff";
  EXPECT_EQ(Parsed(report)["suspect"]["id"], "bad\xef\xbf\xbd");
}

TEST(RenderJson, CopiesKeptFieldsAsTheJsonTheyWere) {
  Report report = Example();
  report.kept = {{"label", "\"spun\""}, {"batch", "[1, 2]"}, {"odd", "{not json"}};
  const Json kept = Parsed(report)["suspect"]["kept"];
  EXPECT_EQ(kept.dump(), R"({"label":"spun","batch":[1,2],"odd":"{not json"})");
}

TEST(RenderJson, SaysWhyThereIsNoJudgement) {
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

TEST(RenderJson, CountsPositionsInTheUnitAskedFor) {
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

TEST(OffsetMap, FollowsTheStepsIntoTheRecord) {
  // The record is "<p>Héllo</p><p>world</p>", the text what an extraction leaves of it.
  ArticleCard card;
  card.text = "H\xc3\xa9llo\nworld";
  card.steps = {{0, 3, 3, 3}, {6, 13, 12, 12}, {7, 16, 15, 15}};
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({7, 12}), (RecordSpan{16, 21}));
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({7, 12}), (RecordSpan{15, 20}));
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({3, 6}), (RecordSpan{5, 8}));
}

TEST(OffsetMap, EndsBeforeTheMarkupThatFollows) {
  ArticleCard card;
  card.text = "Hello\nworld";
  card.steps = {{0, 3, 3, 3}, {5, 12, 12, 12}};
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({0, 5}), (RecordSpan{3, 8}));
}

TEST(OffsetMap, AgreesWithCountingFromTheStart) {
  // Long enough for many blocks, with characters of every length across their borders and some broken ones.
  ArticleCard card;
  std::vector<uint64_t> utf16(1, 0);
  const std::string pieces[] = {"a", "\xc3\xa9", "\xe2\x80\x94", "\xf0\x9f\x98\x80", "\xff", "\xe2\x80"};
  std::vector<uint32_t> starts;
  for (uint32_t i = 0; i < 3000; ++i) {
    const std::string& piece = pieces[(i * 7 + i / 11) % 6];
    starts.push_back(static_cast<uint32_t>(card.text.size()));
    card.text += piece;
    utf16.push_back(utf16.back() + (piece.size() == 4 ? 2 : 1));
    if (piece == "\xe2\x80") card.text += "x", utf16.back() += 1;  // so that the broken sequence ends here
  }
  const OffsetMap map(card, OffsetUnit::kUtf16);
  for (size_t i = 0; i < starts.size(); ++i) {
    ASSERT_EQ(map.Convert({starts[i], starts[i]})->begin, utf16[i]) << i;
  }
}

TEST(OffsetMap, HasNoAnswerWithoutTheTextToCountIn) {
  ArticleCard card;
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kCodepoint).Convert({1, 2}), std::nullopt);
  EXPECT_EQ(OffsetMap(card, OffsetUnit::kByte).Convert({1, 2}), (RecordSpan{1, 2}));
}

TEST(OffsetUnitNamed, KnowsItsThreeNames) {
  EXPECT_EQ(OffsetUnitNamed("byte"), OffsetUnit::kByte);
  EXPECT_EQ(OffsetUnitNamed("codepoint"), OffsetUnit::kCodepoint);
  EXPECT_EQ(OffsetUnitNamed("utf16"), OffsetUnit::kUtf16);
  EXPECT_EQ(OffsetUnitNamed("bytes"), std::nullopt);
}

}  // namespace
}  // namespace unspin
