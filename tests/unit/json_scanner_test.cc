#include "unspin/json/json_scanner.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace unspin {
namespace {

using State = JsonScanner::State;

// Scans in chunks of `step` bytes. Returns the end, or "broken at N: why", or "unfinished".
std::string Scan(std::string_view json, size_t step) {
  JsonScanner scanner;
  scanner.Begin();
  size_t at = 0;
  for (size_t size = step;; size += step) {
    const std::string_view held = json.substr(0, size);
    const State state = scanner.Scan(held, at);
    if (state == State::kEnd) return std::to_string(at);
    if (state == State::kBroken) return "broken at " + std::to_string(at) + ": " + std::string(scanner.problem());
    if (size >= json.size()) return scanner.MayEndHere() ? std::to_string(at) : "unfinished";
  }
}

std::string ScanWhole(std::string_view json) { return Scan(json, json.size() + 1); }

TEST(JsonScannerTest, ValuesEndBehindTheirLastByte) {
  EXPECT_EQ(ScanWhole(R"({"a": [1, {"b": "}]"}], "c": null} x)"), "34");
  EXPECT_EQ(ScanWhole(R"("a \" b\\" x)"), "10");
  EXPECT_EQ(ScanWhole("-1.5e+7,"), "7");
  EXPECT_EQ(ScanWhole("true"), "4");
  EXPECT_EQ(ScanWhole("[] []"), "2");
}

TEST(JsonScannerTest, ValuesThatGoOnAreUnfinished) {
  for (const std::string_view json : {"", "  ", "{", R"({"a)", R"({"a": )", R"({"a": "b\)", R"({"a": "b")", "[[[]"}) {
    EXPECT_EQ(ScanWhole(json), "unfinished") << json;
  }
}

TEST(JsonScannerTest, ABreakIsNamedWhereItIs) {
  EXPECT_EQ(ScanWhole("{\"a\": \"b\n\"}"), "broken at 8: a string goes over the end of its line");
  EXPECT_EQ(ScanWhole(R"({"a": [1, 2})"), "broken at 11: a bracket closes what is not open");
  EXPECT_EQ(ScanWhole(R"({"a": 1, {"b": 2}})"), "broken at 9: a value has no name");
  EXPECT_EQ(ScanWhole(R"({"a" 1})"), "broken at 5: no colon follows a name");
  EXPECT_EQ(ScanWhole(R"({"a"})"), "broken at 4: a name has no value");
  EXPECT_EQ(ScanWhole(R"({"a": "b "quoted" c"})"), "broken at 10: a value has no name");
  EXPECT_EQ(ScanWhole("[1, // one\n2]"), "broken at 4: a comment begins, which JSON does not have");
  EXPECT_EQ(ScanWhole("[1: 2]"), "broken at 2: a colon follows what is no name");
  EXPECT_EQ(ScanWhole("[\x01]"), "broken at 1: a byte is no JSON");
}

TEST(JsonScannerTest, WrongCommasAndWordsKeepTheEndInSight) {
  EXPECT_EQ(ScanWhole(R"({"a": , "b" : NaN,} x)"), "19");
  EXPECT_EQ(ScanWhole("[1,,2 3,] x"), "9");
}

TEST(JsonScannerTest, ChunksOfAnySizeGiveTheSame) {
  for (const std::string_view json : {R"({"a\\\"b": "c\\", "d": [{}, "\\\\", 12.5, true]}rest)", "{\"a\": \"\\\\\n\"}",
                                      R"({"a": [1, 2}, 3)", R"("\\\\\\\"" x)", R"({"a": tru)"}) {
    for (size_t step = 1; step < json.size(); ++step) EXPECT_EQ(Scan(json, step), ScanWhole(json)) << json << step;
  }
}

TEST(JsonScannerTest, DeepNestingIsABreakAndNoCrash) {
  const std::string deep(2'000'000, '[');
  EXPECT_EQ(ScanWhole(deep), "broken at 1000000: brackets are nested deeper than a million levels");
}

}  // namespace
}  // namespace unspin
