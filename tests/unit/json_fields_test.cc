#include "unspin/inputs/json_fields.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include <simdjson.h>

namespace unspin {
namespace {

const std::string kLong(300, 'x');

class JsonFieldsTest : public ::testing::Test {
 protected:
  simdjson::dom::element Parse(std::string_view json) {
    simdjson::dom::element value;
    EXPECT_EQ(parser_.parse(json.data(), json.size()).get(value), simdjson::SUCCESS) << json;
    return value;
  }

  std::string At(std::string_view json, std::string_view path) {
    const auto found = JsonFieldAt(Parse(json), path);
    return found ? simdjson::minify(*found) : "nothing";
  }

  std::string Hint(const std::string& json) { return HintAtJsonText(Parse(json)); }

  JsonFit Fit(const std::string& json, const std::string& text_field = "text") {
    ReaderOptions options;
    options.fields.text = text_field;
    return FitOfJsonRecord(Parse(json), options, false);
  }

 private:
  simdjson::dom::parser parser_;
};

TEST_F(JsonFieldsTest, PathsLeadIntoObjects) {
  EXPECT_EQ(At(R"({"a": {"b": {"c": 1}}})", "a.b.c"), "1");
  EXPECT_EQ(At(R"({"a": {"b": 1}, "a.b": 2})", "a.b"), "2");
  EXPECT_EQ(At(R"({"a": 1})", "a.b"), "nothing");
}

TEST_F(JsonFieldsTest, NumbersLeadIntoLists) {
  EXPECT_EQ(At(R"({"a": [{"b": 1}, {"b": 2}]})", "a.1.b"), "2");
  EXPECT_EQ(At(R"({"a": [1]})", "a.1"), "nothing");
  EXPECT_EQ(At(R"({"a": [1]})", "a.x"), "nothing");
  EXPECT_EQ(At(R"({"a": {"0": 5}})", "a.0"), "5");
  EXPECT_EQ(At(R"({"a": [1]})", "a.99999999999999999999999"), "nothing");
}

TEST_F(JsonFieldsTest, TheLastOfTwoFieldsCounts) { EXPECT_EQ(At(R"({"a": {"b": 1, "b": 2}})", "a.b"), "2"); }

TEST_F(JsonFieldsTest, SpellingsAreKept) {
  const std::string_view json = R"( {"a": [ {"b" : 1.50}, {"\u0062": 12345678901234567890123}], "c.d": "x\"]"})";
  EXPECT_EQ(RawJsonFieldAt(json, "a.0.b"), "1.50");
  EXPECT_EQ(RawJsonFieldAt(json, "a.1.b"), "12345678901234567890123");
  EXPECT_EQ(RawJsonFieldAt(json, "c.d"), R"("x\"]")");
  EXPECT_EQ(RawJsonFieldAt(json, "a.2.b"), std::nullopt);
  EXPECT_EQ(RawJsonFieldAt("[1,2", "5"), std::nullopt);
}

TEST_F(JsonFieldsTest, EnvelopesAreOpened) {
  const auto place = FindJsonText(Parse(R"({"_id": "1", "_source": {"text": "x"}})"), FieldNames(), false);
  EXPECT_TRUE(place.value);
  EXPECT_EQ(place.envelope, "_source");
  EXPECT_FALSE(FindJsonText(Parse(R"({"summary": {"text": "a teaser"}})"), FieldNames(), false).value);
}

TEST_F(JsonFieldsTest, ARecordFitsIfItHasAText) {
  EXPECT_EQ(Fit(R"({"text": "x"})"), JsonFit::kArticle);
  EXPECT_EQ(Fit(R"({"text": ["x", "y"]})"), JsonFit::kArticle);
  EXPECT_EQ(Fit(R"({"text": null})"), JsonFit::kField);
  EXPECT_EQ(Fit(R"({"text": ""})"), JsonFit::kField);
  EXPECT_EQ(Fit(R"({"story": "x"})"), JsonFit::kNone);
  EXPECT_EQ(Fit(R"({"story": {"body": "x"}})", "story.body"), JsonFit::kArticle);
  EXPECT_EQ(Fit("[1]"), JsonFit::kNone);
}

TEST_F(JsonFieldsTest, TheHintNamesTheLongestText) {
  const std::string text = "words " + kLong;
  EXPECT_EQ(Hint(R"({"id": 1, "story": ")" + text + R"("})"), "; the longest text is in \"story\": --text-field story");
  EXPECT_EQ(Hint(R"({"a": {"b": {"c": ")" + text + R"("}}, "d": "short one"})"),
            "; the longest text is nested, in \"a.b.c\": --text-field a.b.c");
  EXPECT_EQ(Hint(R"({"parts": ["some )" + kLong + R"(", "more )" + kLong + R"("]})"),
            "; the longest text is in \"parts\": --text-field parts");
  EXPECT_EQ(Hint(R"({"data": {"rows": [{"id": 1, "story": ")" + text + R"("}]}})"),
            "; the longest text is inside of its list \"data.rows\", in \"story\" of an element: --text-field story");
  EXPECT_EQ(Hint(R"({"my story": ")" + text + R"("})"),
            "; the longest text is in \"my story\": --text-field 'my story'");
}

TEST_F(JsonFieldsTest, ShortTextsGetNoHint) {
  EXPECT_EQ(Hint(R"({"id": 1, "title": "some words"})"), "");
  EXPECT_EQ(Hint(R"({"token": ")" + kLong + R"("})"), "") << "one word";
}

TEST_F(JsonFieldsTest, CutOffTextsAreNoAdvice) {
  EXPECT_EQ(Hint(R"({"content": "some )" + kLong + R"(… [+812 chars]"})"),
            "; its texts are cut off: get the whole articles");
}

TEST_F(JsonFieldsTest, ARecordThatHoldsManyIsNamedWithAConversion) {
  const auto describe = [&](const std::string& json) { return DescribeJsonOfMany(Parse(json)); };
  const std::string article = R"({"title": "t", "story": "words )" + kLong + R"("})";
  const std::string map = R"({"-Kx1": )" + article + R"(, "-Kx2": )" + article + "}";
  EXPECT_NE(describe(map).find("a map of records"), std::string::npos);
  EXPECT_NE(describe(map).find("jq -c '.[]'"), std::string::npos);
  EXPECT_NE(describe(R"({"users": {"u": {"name": "n"}}, "posts": )" + map + "}").find("jq -c '.posts[]'"),
            std::string::npos);
  EXPECT_NE(describe(R"({"columns": ["id", "text"], "index": [0], "data": [[1, "x"]]})").find("\"split\""),
            std::string::npos);
  EXPECT_NE(describe(R"({"id": {"0": 1, "1": 2}, "text": {"0": "x", "1": "y"}})").find("\"columns\""),
            std::string::npos);
}

TEST_F(JsonFieldsTest, ARecordOfPartsIsNoMap) {
  const std::string part = R"({"rendered": "words )" + kLong + R"("})";
  for (const std::string& json :
       {R"({"content": )" + part + R"(, "excerpt": )" + part + "}",
        R"({"only": {"title": "t", "story": "words )" + kLong + R"("}})", std::string(R"({"columns": 3, "data": "x"})"),
        std::string(R"({"en": {"name": "a"}, "de": {"name": "b"}})"), std::string("{}"), std::string("[]")}) {
    EXPECT_EQ(DescribeJsonOfMany(Parse(json)), "") << json;
  }
}

}  // namespace
}  // namespace unspin
