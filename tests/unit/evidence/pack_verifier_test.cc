#include "evidence/pack_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "evidence/pack_layout.h"
#include "evidence/pack_manifest.h"
#include "evidence/pack_writer.h"
#include "evidence/timestamp.h"
#include "evidence/zip_reader.h"
#include "evidence/zip_writer.h"
#include "support/made_evidence.h"
#include "unspin/base/sha256.h"

namespace unspin::evidence {
namespace {

using ::testing::Contains;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using unspin::testing::MadeEvidence;
using Files = std::map<std::string, std::string>;

const std::string& Pack() {
  static const std::string pack = *WritePack(std::vector<Evidence>{MadeEvidence()}, "");
  return pack;
}

std::vector<UnpackedFile> FilesInPack() { return ReadZip(Pack(), kPackLimits)->files; }

// The pack after `change`.
std::string Changed(const std::function<void(Files&)>& change) {
  Files files;
  for (const UnpackedFile& file : FilesInPack()) files[file.path] = file.bytes;
  change(files);
  std::vector<ZipFile> zipped;
  for (const auto& [path, bytes] : files) zipped.push_back({path, bytes});
  return WriteZip(zipped);
}

// Makes the manifest fit again, as somebody would who wants to hide a change.
void Hide(Files& files) {
  Manifest manifest = *ParseManifest(files["manifest.json"]);
  for (ManifestFile& file : manifest.files) {
    file.bytes = files[file.path].size();
    file.sha256 = Sha256Hex(files[file.path]);
  }
  files["manifest.json"] = RenderManifest(manifest);
  files["manifest.tsq"] = TimestampRequest(files["manifest.json"]);
}

void Replace(std::string& text, std::string_view from, std::string_view to) {
  const size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
}

std::vector<std::string> PathsOf(const std::string& pack) {
  std::vector<std::string> paths;
  for (const PackDifference& difference : VerifyPack(pack, {}).differences) paths.push_back(difference.path);
  return paths;
}

TEST(PackVerifierTest, AnUntouchedPackIsEqual) {
  const PackCheck check = VerifyPack(Pack(), {});
  EXPECT_TRUE(check.readable.ok()) << check.readable;
  EXPECT_THAT(check.differences, IsEmpty());
  ASSERT_THAT(check.reports, SizeIs(1));
  EXPECT_EQ(check.reports[0].suspect, "suspect.txt");
}

TEST(PackVerifierTest, AnEqualPackIsReadAsItWasWritten) {
  const auto evidence = ReadPack(Pack());
  ASSERT_TRUE(evidence.ok()) << evidence.status();
  EXPECT_EQ(*WritePack(*evidence, ""), Pack());
}

TEST(PackVerifierTest, APackThatDiffersIsNotRead) {
  EXPECT_FALSE(ReadPack(Changed([](Files& files) { files["README.txt"] += "x"; })).ok());
  EXPECT_FALSE(ReadPack("no zip").ok());
}

TEST(PackVerifierTest, AChangedSourceIsTheOnlyFileThatIsNamed) {
  const std::string pack = Changed([](Files& files) { files["reports/0001/suspect/received.bin"] += "More."; });
  EXPECT_THAT(PathsOf(pack), Each("reports/0001/suspect/received.bin"));
}

TEST(PackVerifierTest, AChangedManifestIsNamed) {
  const std::string pack = Changed([](Files& files) {
    Manifest manifest = *ParseManifest(files["manifest.json"]);
    for (ManifestFile& file : manifest.files) {
      if (file.role == "received") file.sha256[0] = file.sha256[0] == '0' ? '1' : '0';
    }
    files["manifest.json"] = RenderManifest(manifest);
    files["manifest.tsq"] = TimestampRequest(files["manifest.json"]);
  });
  EXPECT_THAT(PathsOf(pack), Contains("manifest.json"));
}

TEST(PackVerifierTest, AHiddenChangeOfANumberIsNamed) {
  const std::string pack = Changed([](Files& files) {
    Replace(files["reports/0001/report.json"], "\"originals\":1", "\"originals\":2");
    Hide(files);
  });
  const PackCheck check = VerifyPack(pack, {});
  EXPECT_THAT(PathsOf(pack), Contains("reports/0001/report.json"));
  ASSERT_FALSE(check.differences.empty());
  EXPECT_EQ(check.differences[0].text, "summary.originals: the pack has 2, made again 1");
}

TEST(PackVerifierTest, AHiddenChangeOfOptionsIsNamedInBothFilesThatSayThem) {
  const std::string pack = Changed([](Files& files) {
    Replace(files["reports/0001/report.json"], "\"report_format\":1,",
            "\"report_format\":1,\"options\":{\"prior\":0.5},");
    Hide(files);
  });
  EXPECT_THAT(PathsOf(pack), Contains("reports/0001/report.json"));
}

TEST(PackVerifierTest, AHiddenFileIsNamed) {
  const std::string pack = Changed([](Files& files) {
    files["reports/0001/more.txt"] = "more";
    Manifest manifest = *ParseManifest(files["manifest.json"]);
    manifest.files.push_back({"reports/0001/more.txt", 4, "", "text", "text/plain", ""});
    files["manifest.json"] = RenderManifest(manifest);
    Hide(files);
  });
  EXPECT_THAT(PathsOf(pack), Contains("reports/0001/more.txt"));
}

TEST(PackVerifierTest, EveryMissingFileIsNamed) {
  for (const UnpackedFile& file : FilesInPack()) {
    const std::string pack = Changed([&](Files& files) { files.erase(file.path); });
    EXPECT_THAT(PathsOf(pack), Contains(file.path));
  }
}

TEST(PackVerifierTest, EveryEmptiedFileIsNamed) {
  for (const UnpackedFile& file : FilesInPack()) {
    const std::string pack = Changed([&](Files& files) { files[file.path].clear(); });
    EXPECT_THAT(PathsOf(pack), Contains(file.path));
  }
}

TEST(PackVerifierTest, WhatIsNoPackIsNotReadable) {
  EXPECT_FALSE(VerifyPack("", {}).readable.ok());
  EXPECT_FALSE(VerifyPack("hello", {}).readable.ok());
  EXPECT_FALSE(VerifyPack("hello", {}).equal());
}

TEST(PackVerifierTest, AnEmptyZipDiffers) {
  const PackCheck check = VerifyPack(WriteZip({}), {});
  EXPECT_TRUE(check.readable.ok());
  EXPECT_FALSE(check.equal());
}

}  // namespace
}  // namespace unspin::evidence
