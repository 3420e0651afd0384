#include "watch/case_client.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "support/test_folder.h"

namespace unspin::watch {
namespace {

using Kind = CaseAnswer::Kind;

TEST(CaseClientTest, AnOpenedCaseIsOpenedAgain) {
  EXPECT_EQ(AnswerOfStatus(201, "").kind, Kind::kOpened);
  EXPECT_EQ(AnswerOfStatus(200, "").kind, Kind::kOpened);
}

TEST(CaseClientTest, AServiceThatIsAwayOrBusyIsAskedLater) {
  for (const long status : {408, 429, 500, 502, 503, 504}) EXPECT_EQ(AnswerOfStatus(status, "").kind, Kind::kLater);
}

// A wrong token must not set every case aside.
TEST(CaseClientTest, AWrongTokenOrAddressIsNotTheArticlesFault) {
  for (const long status : {301, 302, 401, 403, 404, 405}) {
    EXPECT_EQ(AnswerOfStatus(status, "").kind, Kind::kLater) << status;
    EXPECT_NE(AnswerOfStatus(status, "").text.find("--"), std::string::npos) << "says what to do";
  }
}

TEST(CaseClientTest, WhatTheServiceWillNeverTakeIsRefused) {
  for (const long status : {400, 409, 413, 415, 422}) EXPECT_EQ(AnswerOfStatus(status, "why").kind, Kind::kRefused);
  EXPECT_NE(AnswerOfStatus(400, "because").text.find("400: because"), std::string::npos);
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
