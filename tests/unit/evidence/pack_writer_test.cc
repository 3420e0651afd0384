#include "evidence/pack_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "evidence/pack_layout.h"
#include "evidence/pack_manifest.h"
#include "evidence/timestamp.h"
#include "evidence/zip_reader.h"
#include "support/made_evidence.h"
#include "support/timestamp_authority.h"
#include "unspin/base/sha256.h"

namespace unspin::evidence {
namespace {

using ::testing::HasSubstr;
using unspin::testing::MadeEvidence;

const std::string& Pack() {
  static const std::string pack = *WritePack(std::vector<Evidence>{MadeEvidence()}, "");
  return pack;
}

std::string FileIn(const std::string& pack, std::string_view path) {
  const UnpackedZip zip = *ReadZip(pack, kPackLimits);
  for (const UnpackedFile& file : zip.files) {
    if (file.path == path) return file.bytes;
  }
  return "";
}

TEST(PackWriterTest, EqualEvidenceGivesEqualBytes) {
  EXPECT_EQ(*WritePack(std::vector<Evidence>{MadeEvidence()}, ""), Pack());
}

TEST(PackWriterTest, OtherEvidenceGivesOtherBytes) {
  EXPECT_NE(*WritePack(std::vector<Evidence>{MadeEvidence("Another story about ferries.\n")}, ""), Pack());
}

TEST(PackWriterTest, NothingIsNoPack) { EXPECT_FALSE(WritePack({}, "").ok()); }

TEST(PackWriterTest, TheManifestHasTheHashOfEveryFile) {
  const auto manifest = ParseManifest(FileIn(Pack(), kManifestPath));
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->files.size() + 2, ReadZip(Pack(), kPackLimits)->files.size());
  for (const ManifestFile& file : manifest->files) EXPECT_EQ(file.sha256, Sha256Hex(FileIn(Pack(), file.path)));
}

TEST(PackWriterTest, TheRequestIsForTheManifest) {
  EXPECT_EQ(FileIn(Pack(), kRequestPath), TimestampRequest(FileIn(Pack(), kManifestPath)));
}

TEST(PackWriterTest, ARightReplyIsAddedAndNothingElseChanges) {
  const unspin::testing::TimestampAuthority authority;
  const std::string reply = authority.Reply(FileIn(Pack(), kRequestPath), 1'790'000'000);
  const auto stamped = WritePack(std::vector<Evidence>{MadeEvidence()}, reply);
  ASSERT_TRUE(stamped.ok()) << stamped.status();
  EXPECT_EQ(FileIn(*stamped, kReplyPath), reply);
  EXPECT_EQ(FileIn(*stamped, kManifestPath), FileIn(Pack(), kManifestPath));
}

TEST(PackWriterTest, AWrongReplyIsRefused) {
  const auto stamped = WritePack(std::vector<Evidence>{MadeEvidence()}, "no reply");
  ASSERT_FALSE(stamped.ok());
  EXPECT_THAT(std::string(stamped.status().message()), HasSubstr("the timestamp reply is no reply"));
}

TEST(PackWriterTest, WhatNoReaderTakesIsNotWritten) {
  std::vector<Evidence> evidence = {MadeEvidence()};
  evidence[0].suspect_file.is_whole = false;
  evidence[0].suspect_file.bytes.resize(kPackLimits.file_bytes + 1);
  const auto pack = WritePack(evidence, "");
  ASSERT_FALSE(pack.ok());
  EXPECT_THAT(std::string(pack.status().message()), HasSubstr("record.json"));
}

TEST(PackWriterTest, ALogThatNoReaderTakesIsNotWritten) {
  std::vector<Evidence> evidence = {MadeEvidence()};
  evidence[0].log.resize(kReadLimits.lines + 1);
  EXPECT_TRUE(absl::IsResourceExhausted(WritePack(evidence, "").status()));
}

TEST(PackWriterTest, AnArticleThatNoReaderTakesIsNotWritten) {
  Evidence long_text = MadeEvidence();
  long_text.suspect.text.resize(kReadLimits.article_bytes + 1, 'x');
  EXPECT_TRUE(absl::IsResourceExhausted(WritePack(std::vector{long_text}, "").status()));
  // Its text is short, and its page is not.
  Evidence long_page = MadeEvidence();
  long_page.suspect_file.bytes =
      "<html><body><p>" + long_page.suspect.text + "<!--" + std::string(kReadLimits.article_bytes, 'x') + "-->";
  const auto pack = WritePack(std::vector{long_page}, "");
  EXPECT_THAT(pack.status().message(), ::testing::HasSubstr("a reader takes articles of at most 8388608 bytes"));
}

}  // namespace
}  // namespace unspin::evidence
