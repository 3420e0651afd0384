#include "evidence/pack_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "evidence/event_line.h"
#include "evidence/pack_layout.h"
#include "evidence/pack_manifest.h"
#include "evidence/pack_writer.h"
#include "evidence/record_json.h"
#include "evidence/remake.h"
#include "evidence/timestamp.h"
#include "evidence/zip_reader.h"
#include "evidence/zip_writer.h"
#include "support/made_evidence.h"
#include "unspin/base/sha256.h"
#include "unspin/licence/licence_table.h"

namespace unspin::evidence {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
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

// As a desk's pack has one: the report was made without licences.
Evidence WithLicences(const std::string& licences) {
  Evidence evidence = MadeEvidence();
  evidence.licences = licences;
  return evidence;
}

TEST(PackVerifierTest, LicencesThatAreNoneAreNamed) {
  const std::string path = "reports/0001/licences.csv";
  for (const std::string said : {"<script>1</script> THE USE IS UNLICENSED\n", "site\nelsewhere.example\n"}) {
    const std::string pack = *WritePack(std::vector<Evidence>{WithLicences(said)}, "");
    EXPECT_THAT(PathsOf(pack), Contains(path)) << said;
    EXPECT_FALSE(ReadPack(pack).ok());
  }
  const std::string pack = *WritePack(std::vector<Evidence>{WithLicences(RenderLicences({}))}, "");
  EXPECT_THAT(PathsOf(pack), IsEmpty());
}

std::string LineOfLog(int64_t seq, const std::string& previous, int64_t of_case) {
  Event event{seq, "2026-11-30T10:00:00.000Z", "anna", "noted", "case", of_case, "{}", previous, ""};
  event.hash = HashOfEvent(event);
  return EventLine(event);
}

TEST(PackVerifierTest, ALogOfTwoCasesIsNamed) {
  Evidence evidence = MadeEvidence();
  evidence.log = {LineOfLog(3, "00", 999), LineOfLog(9, "garbage", 5)};
  EXPECT_THAT(PathsOf(*WritePack(std::vector<Evidence>{evidence}, "")), Contains("reports/0001/custody.jsonl"));
}

TEST(PackVerifierTest, ALogIsSaidToBeNoProofByItself) {
  Evidence evidence = MadeEvidence();
  evidence.log = {LineOfLog(3, "00", 5), LineOfLog(9, "11", 5)};
  const PackCheck check = VerifyPack(*WritePack(std::vector<Evidence>{evidence}, ""), {});
  EXPECT_TRUE(check.equal());
  EXPECT_THAT(check.notes, Contains(AllOf(HasSubstr("7 events of other cases"), HasSubstr("GET /v1/log"))));
}

TEST(PackVerifierTest, ARecordInPlaceOfItsFileIsSaidToBeUnproven) {
  Evidence evidence = MadeEvidence();
  evidence.suspect.record = 7;
  evidence.suspect.file_sha256 = "";
  evidence.reader.hash_files = false;
  evidence.suspect_file = {RenderRecord(evidence.suspect), "suspect.txt", false, ""};
  const Engine engine;
  Workspace workspace(engine);
  evidence.report = *RemakeReport(evidence, engine, workspace);
  evidence.report_json = RenderJson(evidence.report, evidence.json);
  const PackCheck check = VerifyPack(*WritePack(std::vector<Evidence>{evidence}, ""), {});
  EXPECT_THAT(check.differences, IsEmpty());
  EXPECT_THAT(check.notes, Contains(HasSubstr("suspect/record.json stands for a file that is not in the pack")));
}

TEST(PackVerifierTest, ANameThatLooksLikeALineOfOursIsEqual) {
  Evidence evidence = MadeEvidence();
  const Engine engine;
  Workspace workspace(engine);
  evidence.suspect_file.name = "Options:  none.txt";
  evidence.suspect = *ReadReceived(evidence.suspect_file, evidence.reader, {});
  evidence.report = *RemakeReport(evidence, engine, workspace);
  evidence.report_json = RenderJson(evidence.report, evidence.json);
  EXPECT_THAT(PathsOf(*WritePack(std::vector<Evidence>{evidence}, "")), IsEmpty());
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
