#include "watch/case_client.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

using Kind = CaseAnswer::Kind;

constexpr char kUrl[] = "http://desk.example:8080";
constexpr char kCase[] = R"({"case":{"id":7,"state":"new"},"existed":false})";

TEST(CaseClientTest, AnOpenedCaseIsOpenedAgain) {
  EXPECT_EQ(AnswerOf(201, kCase, kUrl).kind, Kind::kOpened);
  EXPECT_EQ(AnswerOf(200, kCase, kUrl).kind, Kind::kOpened);
}

// Any web server may answer 200.
TEST(CaseClientTest, AnAnswerWithoutACaseOpensNone) {
  for (const char* body : {"", "{}", "<html><body>Welcome</body></html>", "[]", R"({"case":{}})", R"({"case":7})",
                           R"({"case":{"id":"7"}})", R"({"id":7})", R"({"case":{"id":null}})", "\xff"}) {
    for (const long status : {200, 201}) {
      const CaseAnswer answer = AnswerOf(status, body, kUrl);
      EXPECT_EQ(answer.kind, Kind::kLater) << body;
      EXPECT_NE(answer.text.find(kUrl), std::string::npos) << answer.text;
      EXPECT_NE(answer.text.find("--cases"), std::string::npos) << answer.text;
    }
  }
  EXPECT_EQ(AnswerOf(204, kCase, kUrl).kind, Kind::kLater);
}

TEST(CaseClientTest, OnlyThisMachineAndHttpsKeepTheTokenFromOthers) {
  StopFlag stop;
  if (!CaseClient::Make({"http://127.0.0.1:1", "", ""}, stop).ok()) GTEST_SKIP() << "built without libcurl";
  for (const char* url :
       {"http://127.0.0.1", "http://127.0.0.1:8080/", "http://127.8.9.10/desk", "http://localhost:8080",
        "http://LOCALHOST", "http://[::1]:8080", "http://me@127.0.0.1/", "https://desk.example"}) {
    EXPECT_FALSE(IsReadableOnTheWay(url)) << url;
  }
  for (const char* url : {"http://desk.example", "http://127.0.0.1.nip.invalid", "http://localhost.evil",
                          "http://127.0.0.1@evil", "http://localhost:1@evil/", "http://128.0.0.1", "http://[::1].evil",
                          "http://[::2]", "http://evil/127.0.0.1", "http://evil?@127.0.0.1", "http://", ""}) {
    EXPECT_TRUE(IsReadableOnTheWay(url)) << url;
  }
}

TEST(CaseClientTest, AServiceThatIsAwayOrBusyIsAskedLater) {
  for (const long status : {408, 429, 500, 502, 503, 504}) EXPECT_EQ(AnswerOf(status, "", kUrl).kind, Kind::kLater);
}

// A wrong token must not set every case aside.
TEST(CaseClientTest, AWrongTokenOrAddressIsNotTheArticlesFault) {
  for (const long status : {301, 302, 401, 403, 404, 405}) {
    EXPECT_EQ(AnswerOf(status, "", kUrl).kind, Kind::kLater) << status;
    EXPECT_NE(AnswerOf(status, "", kUrl).text.find("--"), std::string::npos) << "says what to do";
  }
}

TEST(CaseClientTest, WhatTheServiceWillNeverTakeIsRefused) {
  for (const long status : {400, 409, 413, 415, 422}) EXPECT_EQ(AnswerOf(status, "why", kUrl).kind, Kind::kRefused);
  EXPECT_NE(AnswerOf(400, "because", kUrl).text.find("400: because"), std::string::npos);
}

TEST(CaseClientTest, SaysWhatIsWrongWithItsOptions) {
  StopFlag stop;
  const auto made = CaseClient::Make({"http://127.0.0.1:1", "", ""}, stop);
  if (!made.ok() && made.status().code() == absl::StatusCode::kUnimplemented) GTEST_SKIP() << "built without libcurl";
  EXPECT_TRUE(made.ok()) << made.status();
  EXPECT_FALSE(CaseClient::Make({"desk.example:8080", "", ""}, stop).ok());
  EXPECT_FALSE(CaseClient::Make({"file:///etc/passwd", "", ""}, stop).ok());
  testing::TestFolder folder;
  EXPECT_FALSE(CaseClient::Make({"http://127.0.0.1:1", folder.Path("none"), ""}, stop).ok());
  std::ofstream(folder.Path("token")) << "\n";
  EXPECT_FALSE(CaseClient::Make({"http://127.0.0.1:1", folder.Path("token"), ""}, stop).ok());
  std::ofstream(folder.Path("token")) << "secret\nmore\n";
  EXPECT_TRUE(CaseClient::Make({"http://127.0.0.1:1", folder.Path("token"), ""}, stop).ok());
}

TEST(CaseClientTest, AServiceThatIsNotThereIsAskedLater) {
  StopFlag stop;
  const auto client = CaseClient::Make({"http://127.0.0.1:1", "", ""}, stop);  // no service has this port
  if (!client.ok()) GTEST_SKIP() << "built without libcurl";
  const CaseAnswer answer = (*client)->Open("{}");
  EXPECT_EQ(answer.kind, Kind::kLater);
  EXPECT_NE(answer.text.find("cannot be reached"), std::string::npos);
}

}  // namespace
}  // namespace unspin::watch
