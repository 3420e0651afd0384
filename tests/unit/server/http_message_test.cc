#include "server/http_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace unspin::server {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;
using ::testing::Pair;

TEST(HttpMessageTest, PercentsAreDecoded) {
  EXPECT_THAT(PercentDecode("a%20b%C3%a9+c"), Optional(std::string("a b\xc3\xa9+c")));
  EXPECT_THAT(PercentDecode("a+b", true), Optional(std::string("a b")));
  EXPECT_THAT(PercentDecode("%2541"), Optional(std::string("%41")));
}

TEST(HttpMessageTest, BrokenEscapesAreRefused) {
  for (const char* const text : {"%", "%4", "a%zz", "%4g", "%%41", "%00", "a%00b"}) {
    EXPECT_EQ(PercentDecode(text), std::nullopt) << text;
  }
  EXPECT_EQ(PercentDecode(std::string_view("a\0b", 3)), std::nullopt);
}

TEST(HttpMessageTest, QueriesKeepOrderAndRepeats) {
  EXPECT_THAT(*ParseQuery("a=1&b&a=%26x&=y&&c=d=e"),
              ElementsAre(Pair("a", "1"), Pair("b", ""), Pair("a", "&x"), Pair("", "y"), Pair("c", "d=e")));
  EXPECT_THAT(*ParseQuery(""), ElementsAre());
  EXPECT_EQ(ParseQuery("a=%"), std::nullopt);
}

TEST(HttpMessageTest, CookiesAreFoundAmongOthers) {
  Request request;
  request.headers = {{"cookie", "a=1; unspin_session=x=y ;b"}, {"cookie", "late=2"}};
  EXPECT_THAT(request.Cookie("unspin_session"), Optional(std::string("x=y")));
  EXPECT_THAT(request.Cookie("late"), Optional(std::string("2")));
  EXPECT_EQ(request.Cookie("session"), std::nullopt);
  EXPECT_EQ(request.Cookie("b"), std::nullopt);
}

TEST(HttpMessageTest, AcceptMeansTheTypeItself) {
  Request request;
  request.accept = "text/html, text/csv;q=0.5, */*";
  EXPECT_TRUE(request.Accepts("text/csv"));
  EXPECT_FALSE(request.Accepts("application/json"));
}

TEST(HttpMessageTest, ProblemsAreJsonWhateverTheMessage) {
  const Response response = Problem(412, "revision", "\"Somebody\" was\n faster \xff.", "id1");
  const nlohmann::json json = nlohmann::json::parse(response.body);
  EXPECT_EQ(json["error"]["code"], "revision");
  EXPECT_EQ(json["title"], "Precondition Failed");
  EXPECT_EQ(json["status"], 412);
  EXPECT_EQ(json["request"], "id1");
  EXPECT_EQ(response.content_type, "application/problem+json");
}

}  // namespace
}  // namespace unspin::server
