#include "server/raw_response.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace unspin::server {
namespace {

TEST(RawResponseTest, TheIdGoesIntoTheFieldOnly) {
  Response response = Problem(400, "bad", "Not \"request\":\"\" here.");
  FillInRequest("abc", response);
  const nlohmann::json json = nlohmann::json::parse(response.body);
  EXPECT_EQ(json["request"], "abc");
  EXPECT_EQ(json["error"]["message"], "Not \"request\":\"\" here.");
}

TEST(RawResponseTest, AnIdThatIsThereStays) {
  Response response = Problem(400, "bad", "It is.", "first");
  FillInRequest("second", response);
  EXPECT_EQ(nlohmann::json::parse(response.body)["request"], "first");
}

TEST(RawResponseTest, OtherBodiesStayAsTheyAre) {
  Response response = Json("{\"request\":\"\"}");
  FillInRequest("abc", response);
  EXPECT_EQ(response.body, "{\"request\":\"\"}");
}

TEST(RawResponseTest, TheConnectionIsClosed) {
  const std::string text = RawResponse(Problem(503, "full", "It is full."));
  EXPECT_TRUE(text.starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
  EXPECT_NE(text.find("\r\nConnection: close\r\n"), std::string::npos);
  const size_t end = text.find("\r\n\r\n");
  ASSERT_NE(end, std::string::npos);
  EXPECT_NE(text.find("\r\nContent-Length: " + std::to_string(text.size() - end - 4) + "\r\n"), std::string::npos);
}

}  // namespace
}  // namespace unspin::server
