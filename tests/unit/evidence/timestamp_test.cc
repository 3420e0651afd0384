#include "evidence/timestamp.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/timestamp_authority.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using unspin::testing::TimestampAuthority;

constexpr std::string_view kBytes = "{\"unspin_pack\":1}\n";
constexpr long kTime = 1'790'000'000;  // 21 September 2026
constexpr long kBeforeCertificate = 1'500'000'000;

const TimestampAuthority& Authority() {
  static const TimestampAuthority authority;  // keys take a second to make
  return authority;
}

std::string Reply() { return Authority().Reply(TimestampRequest(kBytes), kTime); }

std::string MessageOf(std::string_view reply, std::string_view bytes = kBytes, std::string_view authorities = "") {
  const auto stamp = CheckTimestamp(reply, bytes, authorities);
  return stamp.ok() ? "" : std::string(stamp.status().message());
}

TEST(TimestampTest, EqualBytesGiveAnEqualRequest) {
  EXPECT_EQ(TimestampRequest(kBytes), TimestampRequest(kBytes));
  EXPECT_NE(TimestampRequest(kBytes), TimestampRequest("other"));
}

TEST(TimestampTest, ARightReplyNamesTimeAndSigner) {
  const auto stamp = CheckTimestamp(Reply(), kBytes, "");
  ASSERT_TRUE(stamp.ok()) << stamp.status();
  EXPECT_EQ(stamp->time, "2026-09-21T14:13:20Z");
  EXPECT_EQ(stamp->signer, "CN=Test Stamps");
  EXPECT_FALSE(stamp->is_trusted);
}

TEST(TimestampTest, ASignerThatAGivenAuthorityCertifiesIsTrusted) {
  const auto stamp = CheckTimestamp(Reply(), kBytes, Authority().Pem());
  ASSERT_TRUE(stamp.ok()) << stamp.status();
  EXPECT_TRUE(stamp->is_trusted);
}

TEST(TimestampTest, ASignerOfAnotherAuthorityIsAnError) {
  const TimestampAuthority other;
  EXPECT_THAT(MessageOf(Reply(), kBytes, other.Pem()), HasSubstr("not certified by the trusted authorities"));
}

TEST(TimestampTest, TrustedCertificatesThatAreNoneAreAnError) {
  EXPECT_THAT(MessageOf(Reply(), kBytes, "no certificate"), HasSubstr("no PEM certificates"));
  EXPECT_THAT(
      MessageOf(Reply(), kBytes, Authority().Pem() + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"),
      HasSubstr("no PEM certificates"));
}

TEST(TimestampTest, AReplyToOtherBytesIsNamed) {
  EXPECT_THAT(MessageOf(Reply(), "other"), HasSubstr("stamps other bytes"));
}

TEST(TimestampTest, AStampOfBeforeItsCertificateIsNamed) {
  EXPECT_THAT(MessageOf(Authority().Reply(TimestampRequest(kBytes), kBeforeCertificate)), HasSubstr("is not right"));
}

TEST(TimestampTest, ACertificateForAnotherPurposeIsNamed) {
  // libcrypto refuses to stamp with it, hence there is no token.
  const TimestampAuthority other("serverAuth");
  EXPECT_FALSE(MessageOf(other.Reply(TimestampRequest(kBytes), kTime)).empty());
}

TEST(TimestampTest, ARefusalIsNamed) {
  EXPECT_THAT(MessageOf(Authority().Reply("no request", kTime)), HasSubstr("refused"));
}

TEST(TimestampTest, WhatIsNoReplyIsNamed) {
  EXPECT_THAT(MessageOf(""), HasSubstr("no reply"));
  EXPECT_THAT(MessageOf("hello"), HasSubstr("no reply"));
  EXPECT_THAT(MessageOf(Reply() + "x"), HasSubstr("no reply"));
  EXPECT_THAT(MessageOf(std::string(kMaxTimestampBytes + 1, 'x')), HasSubstr("at most"));
}

TEST(TimestampTest, AChangedSignatureIsNamed) {
  std::string reply = Reply();
  reply[reply.size() - 10] ^= 1;
  EXPECT_FALSE(MessageOf(reply).empty());
}

TEST(TimestampTest, EveryCutIsSurvived) {
  const std::string reply = Reply();
  for (size_t size = 0; size < reply.size(); size += 7) EXPECT_FALSE(MessageOf(reply.substr(0, size)).empty()) << size;
}

TEST(TimestampTest, EveryChangedByteIsSurvived) {
  const std::string reply = Reply();
  for (size_t at = 0; at < reply.size(); at += 3) {
    std::string changed = reply;
    changed[at] = static_cast<char>(changed[at] ^ 0x41);
    const auto stamp = CheckTimestamp(changed, kBytes, "");
    if (stamp.ok()) {
      EXPECT_EQ(stamp->time, "2026-09-21T14:13:20Z") << at;
    }
  }
}

}  // namespace
}  // namespace unspin::evidence
