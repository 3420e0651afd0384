#include "unspin/inputs/json_value_splitter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/slow_stream.h"
#include "unspin/inputs/json_layout.h"
#include "unspin/io/byte_stream.h"

namespace unspin {
namespace {

using Records = std::vector<std::string>;

std::string Line(const RawRecord& raw) {
  return std::to_string(raw.number) + "@" + std::to_string(raw.offset) + " " +
         (raw.problem.empty() ? std::string(raw.bytes) : "bad: " + raw.problem);
}

constexpr uint64_t kNoLimit = 1 << 30;

Records Split(const std::string& json, const JsonRecordPath& path = {}, size_t step = 1 << 20,
              uint64_t max_bytes = kNoLimit) {
  JsonValueSplitter splitter(std::make_unique<testing::SlowStream>(json, step), max_bytes, path);
  Records records;
  for (RawRecord raw; splitter.Next(raw);) records.push_back(Line(raw));
  return records;
}

Records SplitInBlocks(const std::string& json, const JsonRecordPath& path, size_t step) {
  JsonValueSplitter splitter(std::make_unique<testing::SlowStream>(json, step), kNoLimit, path);
  Records records;
  for (RawRecords block; splitter.NextBlock(block);) {
    for (const RawRecord& raw : block.records) records.push_back(Line(raw));
  }
  return records;
}

JsonRecordPath Path(std::initializer_list<std::string_view> names) {
  JsonRecordPath path;
  for (const std::string_view name : names) path.push_back({name.empty(), std::string(name)});
  return path;
}

bool IsBad(const std::string& line) { return line.find(" bad: ") != std::string::npos; }

TEST(JsonValueSplitterTest, ValuesFollowEachOtherInAnyWay) {
  const Records expected = {R"(1@0 {"a":1})", R"(2@7 {"a":2})", R"(3@17 {"a":3})", R"(4@28 {"a":4})"};
  EXPECT_EQ(Split("{\"a\":1}{\"a\":2}\xef\xbb\xbf{\"a\":3}, \n\x1e{\"a\":4}\n"), expected);
  EXPECT_EQ(Split("\xef\xbb\xbf[{\"a\":1}]"), Records{R"(1@4 {"a":1})"});
}

TEST(JsonValueSplitterTest, AListIsItsElements) {
  EXPECT_EQ(Split("[1, {\"a\": [2]}, \"x\",\n null,]"),
            (Records{"1@1 1", "2@4 {\"a\": [2]}", "3@16 \"x\"", "4@22 null"}));
  EXPECT_EQ(Split("[{}] [{}]"), (Records{"1@1 {}", "2@6 {}"}));
}

TEST(JsonValueSplitterTest, AWrapperIsEntered) {
  const std::string json = R"({"n": [{"x": 1}], "d": {"k": "]", "items": [{"a": 1}, {"a": 2}], "z": 0}, "items": []})";
  EXPECT_EQ(Split(json, Path({"d", "items", ""})), (Records{R"(1@44 {"a": 1})", R"(2@54 {"a": 2})"}));
}

TEST(JsonValueSplitterTest, ListsWithinListsAreEntered) {
  const std::string json = R"({"s": [{"a": [1, 2]}, null, {"b": []}, {"a": [3]}]})";
  EXPECT_EQ(Split(json, Path({"s", "", "a", ""})), (Records{"1@14 1", "2@17 2", "3@46 3"}));
}

TEST(JsonValueSplitterTest, WrappersFollowEachOther) {
  const std::string json = "{\"a\":[1]}\n{\"a\":[]}\n[{\"a\":[2]}]";
  EXPECT_EQ(Split(json, Path({"a", ""})), (Records{"1@6 1", "2@26 2"}));
}

TEST(JsonValueSplitterTest, AWrapperWithoutTheListIsNamed) {
  const Records records = Split("{\"a\":[1]}\n{\"error\":\"late\"}\n{\"a\":[2]}", Path({"a", ""}));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_TRUE(IsBad(records[1]));
  EXPECT_EQ(records[2], "3@33 2");
}

TEST(JsonValueSplitterTest, ABrokenRecordDoesNotEndTheList) {
  for (const std::string_view broken :
       {R"({"id":2,"t":"x)", R"({"id":2,"t":"a "b" c"})", R"({"id":2,"t":[1})", R"({"id":2,"t":{"x":1})",
        R"({"id":2 "t" 1})", R"({"id":2]})", "{\"id\":2,\"t\":\"a\nb\"}", R"({"id":2,"t":1)"}) {
    for (const std::string_view separator : {",\n", ", ", ",\n    ", "\n,\n"}) {
      std::string json = "[";
      if (separator == ",\n    ") json += "\n    ";
      json += "{\"id\":1}";
      for (const std::string_view part : {broken, std::string_view("{\"id\":3}"), std::string_view("{\"id\":4}")}) {
        json.append(separator).append(part);
      }
      const Records records = Split(json + "]");
      ASSERT_EQ(records.size(), 4u) << json;
      EXPECT_TRUE(IsBad(records[1])) << json;
      EXPECT_TRUE(records[2].ends_with("{\"id\":3}")) << json;
      EXPECT_TRUE(records[3].ends_with("{\"id\":4}")) << json;
    }
  }
}

TEST(JsonValueSplitterTest, ABreakAroundTheRecordsIsPassed) {
  const Records records = Split("{\"a\":[{\"id\":1}], \"b\": ]}\n{\"a\" : [ {\"x\":2}], \"c\":0}", Path({"a", ""}));
  ASSERT_EQ(records.size(), 3u);
  EXPECT_TRUE(IsBad(records[1]));
  EXPECT_EQ(records[2], "3@34 {\"x\":2}");
}

TEST(JsonValueSplitterTest, ABreakBeforeTheFirstRecordIsTheEnd) {
  for (const std::string_view json : {"{\"x\": 1, \"n\nm\": 2, \"a\": [1]}", "{\"x\": [}, \"a\": [1]}", "{1}", "}"}) {
    for (const size_t step : {1u, 100u}) {
      const Records records = Split(std::string(json), Path({"a", ""}), step);
      ASSERT_EQ(records.size(), 1u) << json;
      EXPECT_NE(records[0].find("nothing behind it was read"), std::string::npos) << json;
    }
  }
}

TEST(JsonValueSplitterTest, ObjectsWithinABrokenRecordAreNoRecords) {
  const std::string json =
      "[\n  {\"id\": 1},\n  {\"id\": 2, \"tags\": [\n    {\"id\": 7},\n    {\"id\": 8}\n   }, \"x\": 1\n  },\n  "
      "{\"id\": 3}\n]";
  const Records records = Split(json);
  ASSERT_EQ(records.size(), 3u);
  EXPECT_TRUE(IsBad(records[1]));
  EXPECT_TRUE(records[2].ends_with("{\"id\": 3}"));
}

TEST(JsonValueSplitterTest, ACutOffFileSaysSo) {
  for (const std::string_view json : {R"([{"a": 1}, {"a": "b)", R"([{"a": 1},)", R"([{"a": 1})"}) {
    const Records records = Split(std::string(json));
    ASSERT_EQ(records.size(), 2u) << json;
    EXPECT_NE(records[1].find("cut off"), std::string::npos) << json;
  }
  const Records wrapped = Split(R"({"a": [{"b": 1}, )", Path({"a", ""}));
  ASSERT_EQ(wrapped.size(), 2u);
  EXPECT_NE(wrapped[1].find("cut off"), std::string::npos);
}

TEST(JsonValueSplitterTest, ARecordBeyondTheLimitIsPassed) {
  const std::string json = "[{\"a\":1},{\"a\":\"" + std::string(2000, 'x') + "\"},{\"a\":3}]";
  for (const size_t step : {100u, 100000u}) {
    const Records records = Split(json, {}, step, 1000);
    ASSERT_EQ(records.size(), 3u);
    EXPECT_NE(records[1].find("1000 bytes"), std::string::npos);
    EXPECT_TRUE(records[2].ends_with("{\"a\":3}"));
  }
}

TEST(JsonValueSplitterTest, ReadsOfAnySizeGiveTheSame) {
  const std::string json =
      "\xef\xbb\xbf[{\"id\":1,\"t\":\"\\\\\\\"\"},\n{\"id\":2,\"t\":\"x},\n{\"id\":3}, "
      "{\"id\":4,,\"t\":[1}},\n{\"id\":5}] "
      "{\"id\":6}\n\x1e{\"id\":7}";
  const Records expected = Split(json);
  for (size_t step = 1; step < json.size(); ++step) {
    EXPECT_EQ(Split(json, {}, step), expected) << step;
    EXPECT_EQ(SplitInBlocks(json, {}, step), expected) << step;
  }
}

TEST(JsonValueSplitterTest, BlocksHoldManyRecords) {
  std::string json = "{\"meta\":0,\"a\":[";
  for (int i = 0; i < 20000; ++i)
    json += (i > 0 ? "," : "") + ("{\"id\":" + std::to_string(i) + ",\"t\":\"some text\"}");
  json += "]}";
  EXPECT_EQ(SplitInBlocks(json, Path({"a", ""}), 1 << 20), Split(json, Path({"a", ""})));
}

TEST(JsonValueSplitterTest, AWrapperIsNotHeldInMemory) {
  std::string json = R"({"pad": ")" + std::string(3 << 20, 'x') + R"(", "a": [)";
  for (int i = 0; i < 100; ++i) json += (i > 0 ? "," : "") + ("\"" + std::string(100'000, 'y') + "\"");
  JsonValueSplitter splitter(std::make_unique<testing::SlowStream>(json + "]}", 1 << 20), kNoLimit, Path({"a", ""}));
  RawRecords block;
  size_t records = 0;
  for (; splitter.NextBlock(block); records += block.records.size()) EXPECT_LE(block.capacity, size_t{2} << 20);
  EXPECT_EQ(records, 100u);
}

TEST(JsonValueSplitterTest, HostileBytesTakeLinearTime) {
  std::string nested;  // each of the brackets looks like a record's beginning
  for (int i = 0; i < 200000; ++i) nested += "{\"a\":[0,";
  EXPECT_FALSE(Split("[{\"a\":1}," + nested).empty());
  std::string breaks = "[{\"a\":1}";
  for (int i = 0; i < 200000; ++i) breaks += ",{\"a\":[0}";
  EXPECT_FALSE(Split(breaks).empty());
}

class SeekTest : public ::testing::Test {
 protected:
  static Records Seek(const std::string& json, size_t step) {
    const auto find = [](std::string_view object) { return FindJsonLayout(object, false, false, {}).path; };
    JsonValueSplitter splitter(std::make_unique<testing::SlowStream>(json, step), kNoLimit, {}, find);
    Records records;
    for (RawRecord raw; splitter.Next(raw);) records.push_back(Line(raw));
    return records;
  }
};

TEST_F(SeekTest, RecordsAreFoundBehindLongLists) {
  std::string junk = "[";
  while (junk.size() < 10 << 20) junk += R"({"name": "a ] b", "n": [1, 2]},)";
  junk += "1]";
  const std::string list = R"([{"id": 1, "text": "a"}, {"id": 2, "text": "b"}])";
  const std::string flat = R"({"m": {"a": [1]}, "junk": )" + junk + R"(, "articles": )" + list + R"(, "z": 1})";
  const std::string deep = R"({"answer": {"junk": )" + junk + R"(, "docs": )" + list + R"(}, "z": {"y": [2]}})";
  for (const std::string& json : {flat, deep}) {
    const size_t first = json.rfind("[{\"id\"") + 1;
    const Records expected = {"1@" + std::to_string(first) + R"( {"id": 1, "text": "a"})",
                              "2@" + std::to_string(first + 24) + R"( {"id": 2, "text": "b"})"};
    EXPECT_EQ(Seek(json, 1 << 20), expected);
    EXPECT_EQ(Seek(json, 4099), expected);
  }
}

TEST_F(SeekTest, AnObjectWithoutRecordsIsNamed) {
  for (const char* json : {R"({"a": [1, 2], "b": {"c": [{"d": 1}]}})", "{}", R"({"text": "a"})"}) {
    const Records records = Seek(json, 3);
    ASSERT_EQ(records.size(), 1u) << json;
    EXPECT_TRUE(IsBad(records[0])) << records[0];
    EXPECT_NE(records[0].find("jq -c"), std::string::npos) << records[0];
  }
  EXPECT_EQ(Seek(R"({"a": [1]} {"id": 1, "text": "a"})", 3).back(), R"(2@11 {"id": 1, "text": "a"})");
}

}  // namespace
}  // namespace unspin
