#include "server/framing.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace unspin::server {
namespace {

using std::string_literals::operator""s;

Framing Check(const Headers& headers, std::string_view version = "HTTP/1.1") {
  Headers all = headers;
  all.emplace_back("host", "localhost");
  return CheckFraming("POST", "/", version, all);
}

TEST(FramingTest, LengthsAndChunksAreBodies) {
  EXPECT_FALSE(Check({}).HasBody());
  EXPECT_FALSE(Check({{"content-length", "0"}}).HasBody());
  EXPECT_EQ(Check({{"content-length", "007"}}).content_length, 7u);
  EXPECT_TRUE(Check({{"transfer-encoding", "Chunked"}}).HasBody());
}

TEST(FramingTest, TwoWaysToSayWhereTheBodyEndsAreRefused) {
  EXPECT_TRUE(Check({{"content-length", "1"}, {"transfer-encoding", "chunked"}}).refusal);
  EXPECT_TRUE(Check({{"content-length", "1"}, {"content-length", "1"}}).refusal);
  EXPECT_TRUE(Check({{"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}}).refusal);
  EXPECT_TRUE(Check({{"transfer-encoding", "chunked"}}, "HTTP/1.0").refusal);
}

TEST(FramingTest, OddLengthsAreRefused) {
  for (const char* const value : {"", "-1", "+1", "0x1", "1 ", "1,1", "99999999999999999999"}) {
    EXPECT_TRUE(Check({{"content-length", value}}).refusal) << value;
  }
}

TEST(FramingTest, OddNamesAndValuesAreRefused) {
  EXPECT_TRUE(Check({{"content-length ", "1"}}).refusal);
  EXPECT_TRUE(Check({{"", "1"}}).refusal);
  EXPECT_TRUE(Check({{"x", "a\rb"}}).refusal);
  EXPECT_TRUE(Check({{"x", "a\x7f"}}).refusal);
  EXPECT_FALSE(Check({{"x", "a\t\xc3\xa9"}}).refusal);
  EXPECT_TRUE(CheckFraming("G T", "/", "HTTP/1.1", {{"host", "a"}}).refusal);
  EXPECT_TRUE(CheckFraming("GET", "/a b", "HTTP/1.1", {{"host", "a"}}).refusal);
}

TEST(FramingTest, ThereIsOneHost) {
  EXPECT_TRUE(CheckFraming("GET", "/", "HTTP/1.1", {}).refusal);
  EXPECT_FALSE(CheckFraming("GET", "/", "HTTP/1.0", {}).refusal);
  EXPECT_TRUE(CheckFraming("GET", "/", "HTTP/1.1", {{"host", "a"}, {"host", "b"}}).refusal);
}

// As libmicrohttpd leaves a header in its memory: separators are NULs.
bool Contiguous(std::string header) {
  const size_t size = header.size();
  const auto cut = [&](size_t at, size_t count) { header.replace(at, count, count, '\0'); };
  const size_t space = header.find(' ');
  const size_t second = header.find(' ', space + 1);
  const size_t line = header.find("\r\n");
  cut(space, 1);
  cut(second, 1);
  cut(line, 2);
  std::vector<RawHeader> headers;
  for (size_t begin = line + 2; begin + 2 < size;) {
    const size_t end = header.find('\n', begin);
    const size_t colon = header.find(':', begin);
    const size_t value = header.find_first_not_of(" \t", colon + 1);
    const size_t crlf = header[end - 1] == '\r' ? end - 1 : end;
    cut(colon, 1);
    cut(crlf, end + 1 - crlf);
    headers.push_back({.name = header.data() + begin, .value = header.data() + value});
    begin = end + 1;
  }
  cut(size - 2, 2);
  const char* const data = header.data();
  return IsContiguous(data, data + space + 1, strlen(data + space + 1), data + second + 1, headers, size);
}

TEST(FramingTest, WholeHeadersAreContiguous) {
  EXPECT_TRUE(Contiguous("GET / HTTP/1.1\r\nHost: a\r\nX:b\r\n\r\n"));
  EXPECT_TRUE(Contiguous("GET / HTTP/1.1\r\nHost: \t a\r\n\r\n"));
}

TEST(FramingTest, BytesThatNobodyReadAreSeen) {
  EXPECT_FALSE(Contiguous("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"));
  EXPECT_FALSE(Contiguous("GET / HTTP/1.1\r\nHost: a\0b\r\nX: b\r\n\r\n"s));
  EXPECT_FALSE(Contiguous("GET /\0a HTTP/1.1\r\nHost: a\r\n\r\n"s));
}

}  // namespace
}  // namespace unspin::server
