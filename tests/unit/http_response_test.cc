#include "unspin/inputs/http_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/warc_records.h"

namespace unspin {
namespace {

using testing::HttpAnswer;

constexpr size_t kEnough = 1 << 24;

HttpBody Decoded(const std::string& body, const std::string& fields, bool is_cut = false) {
  const std::string answer = HttpAnswer(body, fields);
  const auto response = ParseHttpResponse(answer);
  return response ? DecodeBody(*response, kEnough, is_cut) : HttpBody{"", false, "no answer"};
}

TEST(HttpResponseTest, TheStatusLineIsReadInEveryVersion) {
  for (const std::string version : {"HTTP/1.0", "HTTP/1.1", "HTTP/2", "http/1.1"}) {
    const std::string answer = version + " 404 Not Found\r\nA: b\r\n\r\nbody";
    const auto response = ParseHttpResponse(answer);
    ASSERT_TRUE(response) << version;
    EXPECT_EQ(response->status, 404);
    EXPECT_EQ(response->body, "body");
  }
  EXPECT_EQ(ParseHttpResponse("HTTP/1.1 200\n\nx")->body, "x");
  EXPECT_FALSE(ParseHttpResponse("<html>"));
  EXPECT_FALSE(ParseHttpResponse("HTTP/1.1 OK\r\n\r\n"));
  EXPECT_FALSE(ParseHttpResponse("GET / HTTP/1.1\r\n\r\n"));
}

TEST(HttpResponseTest, InterimAnswersArePassedOver) {
  const auto response = ParseHttpResponse("HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody");
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->body, "body");
}

TEST(HttpResponseTest, TheLastMediaTypeCounts) {
  const std::string answer =
      HttpAnswer("", "Content-Type: text/plain; charset=\"ISO-8859-2\"\r\ncontent-type: TEXT/HTML\r\n");
  const auto response = ParseHttpResponse(answer);
  EXPECT_EQ(response->media_type.name, "text/html");
  ASSERT_NE(response->media_type.charset, nullptr);
  EXPECT_EQ(response->media_type.charset->name, "iso-8859-2");
}

TEST(HttpResponseTest, ChunksAreJoined) {
  const std::string fields = "Transfer-Encoding: chunked\r\n";
  EXPECT_EQ(Decoded("3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\n", fields).bytes, "abcd");
  EXPECT_EQ(Decoded("3\nabc\n0\n\n", fields).bytes, "abc");
  EXPECT_EQ(Decoded("3  \r\nabc\r\n0\r\n\r\n", fields).bytes, "abc");
}

TEST(HttpResponseTest, ABodyWithoutChunksIsTakenAsItIs) {
  const std::string fields = "Transfer-Encoding: chunked\r\n";
  for (const std::string body :
       {"<html>", "abc", "2026\r\nA year of drought", "4\r\nabcdefgh\r\n", "", "Add\r\nsalt."}) {
    EXPECT_EQ(Decoded(body, fields).bytes, body);
    EXPECT_EQ(Decoded(body, fields).problem, "");
  }
  EXPECT_EQ(Decoded("3\r\nabc\r\n0\r\n\r\n", "").bytes, "3\r\nabc\r\n0\r\n\r\n");
}

TEST(HttpResponseTest, ChunksThatBreakOffAreCutOff) {
  const std::string fields = "Transfer-Encoding: chunked\r\n";
  for (const std::string body : {"3\r\nabc\r\n", "3\r\nabc\r\n9\r\nd", "3\r\nabc\r\n9", "f\r\n<p>abc"}) {
    const HttpBody decoded = Decoded(body, fields);
    EXPECT_TRUE(decoded.cut_off) << body;
    EXPECT_NE(decoded.bytes.find("abc"), std::string::npos) << body;
    EXPECT_EQ(decoded.problem, "") << body;
  }
  EXPECT_NE(Decoded("3\r\nabc\r\nno size\r\n", fields).problem, "");
}

TEST(HttpResponseTest, ACodingThatTheBytesDenyIsNotUndone) {
  for (const std::string coding : {"gzip", "deflate", "br", "zstd", "gzip, br", "unknown"}) {
    const HttpBody body = Decoded("<html><p>Text", "Content-Encoding: " + coding + "\r\n");
    EXPECT_EQ(body.bytes, "<html><p>Text") << coding;
    EXPECT_EQ(body.problem, "") << coding;
    EXPECT_FALSE(body.cut_off) << coding;
  }
}

TEST(HttpResponseTest, CompressedBytesThatAreDamagedAreAProblem) {
  EXPECT_NE(Decoded("\x1f\x8b\x08 no gzip at all", "Content-Encoding: gzip\r\n").problem, "");
}

TEST(HttpResponseTest, MediaTypesAreReadWithTheirParameters) {
  EXPECT_EQ(ParseMediaType("Text/HTML ; Charset = 'koi8-r'").name, "text/html");
  EXPECT_EQ(ParseMediaType("Text/HTML ; Charset = 'koi8-r'").charset->name, "koi8-r");
  EXPECT_EQ(ParseMediaType("text/html; charset=nonsense").charset, nullptr);
  EXPECT_EQ(ParseMediaType("html").name, "");
}

}  // namespace
}  // namespace unspin
