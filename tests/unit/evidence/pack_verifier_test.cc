#include "evidence/pack_verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
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
  const auto contents = ReadPack(Pack());
  ASSERT_TRUE(contents.ok()) << contents.status();
  EXPECT_EQ(*WritePack(contents->evidence, contents->timestamp_reply), Pack());
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
  EXPECT_THAT(check.notes,
              Contains(AllOf(HasSubstr("missing before or between its lines: 7 numbers"), HasSubstr("GET /v1/log"))));
}

// Of a suspect that is a record of a larger file, which is not in the pack.
Evidence EvidenceByRecord(uint64_t number) {
  Evidence evidence = MadeEvidence();
  evidence.suspect.record = number;
  evidence.suspect.file_sha256 = "";
  evidence.reader.hash_files = false;
  evidence.suspect_file = {RenderRecord(evidence.suspect), "suspect.txt", false, ""};
  const Engine engine;
  Workspace workspace(engine);
  evidence.report = *RemakeReport(evidence, engine, workspace);
  evidence.report_json = RenderJson(evidence.report, evidence.json);
  return evidence;
}

TEST(PackVerifierTest, ARecordInPlaceOfItsFileIsSaidToBeUnproven) {
  const PackCheck check = VerifyPack(*WritePack(std::vector<Evidence>{EvidenceByRecord(7)}, ""), {});
  EXPECT_THAT(check.differences, IsEmpty());
  EXPECT_THAT(check.notes, Contains(HasSubstr("suspect/record.json stands for a file that is not in the pack")));
}

TEST(PackVerifierTest, WhatIsTrueOfManyReportsIsNotedOnce) {
  std::vector<Evidence> records;
  for (uint64_t number = 1; number <= 5; ++number) records.push_back(EvidenceByRecord(number));
  const PackCheck check = VerifyPack(*WritePack(records, ""), {});
  EXPECT_TRUE(check.equal());
  EXPECT_EQ(std::count_if(check.notes.begin(), check.notes.end(),
                          [](const std::string& note) { return note.find("record.json") != std::string::npos; }),
            1);
  EXPECT_THAT(check.notes,
              Contains(HasSubstr("reports/0001, reports/0002, reports/0003 and 2 more: suspect/record.json stands")));
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

// The pack after `change`, read within `limits`.
std::vector<std::string> TextsWithin(const ReadLimits& limits, const std::function<void(Files&)>& change) {
  std::vector<std::string> texts;
  const PackCheck check = VerifyPack(Changed(change), {.timestamp_ca = "", .limits = limits});
  texts.emplace_back(check.readable.message());
  for (const PackDifference& difference : check.differences) texts.push_back(difference.text);
  return texts;
}

TEST(PackVerifierTest, ALogOfLineFeedsIsNotSplit) {
  const auto texts = TextsWithin(kReadLimits, [](Files& files) {
    files["reports/0001/custody.jsonl"] = std::string(kReadLimits.lines + 1, '\n');
    Manifest manifest = *ParseManifest(files["manifest.json"]);
    manifest.files.push_back({"reports/0001/custody.jsonl", 0, "", "log", "application/x-ndjson", ""});
    files["manifest.json"] = RenderManifest(manifest);
    Hide(files);
  });
  EXPECT_THAT(texts, Contains(HasSubstr("100001 lines; at most 100000")));
  EXPECT_LT(texts.size(), 20);
}

TEST(PackVerifierTest, AManifestOfMoreFilesThanAPackMayHoldIsRefused) {
  const auto texts = TextsWithin(kReadLimits, [](Files& files) {
    std::string list;
    for (size_t i = 0; i <= kPackLimits.files; ++i) list += std::string(i == 0 ? "" : ",") + "{\"bytes\":0}";
    files["manifest.json"] = R"({"unspin_pack":1,"program":"x","reports":[],"files":[)" + list + "]}";
  });
  EXPECT_THAT(texts, Contains(HasSubstr("lists more files than a pack may hold")));
  EXPECT_LT(texts.size(), 100);
}

TEST(PackVerifierTest, DifferencesBeyondTheLimitAreCounted) {
  const PackCheck check = VerifyPack(Changed([](Files& files) {
                                       for (size_t i = 0; i < 2 * kMaxPackDifferences; ++i)
                                         files["added/" + std::to_string(i)] = "x";
                                     }),
                                     {});
  ASSERT_THAT(check.differences, SizeIs(kMaxPackDifferences + 1));
  EXPECT_THAT(check.differences.back().text, ::testing::MatchesRegex("… and [0-9]+ more differences"));
}

TEST(PackVerifierTest, MoreReportsThanTheLimitAreNotRead) {
  ReadLimits limits = kReadLimits;
  limits.reports = 2;
  const auto texts = TextsWithin(limits, [](Files& files) {
    files["reports/0002/report.json"] = "{}";
    files["reports/0003/report.json"] = "{}";
  });
  EXPECT_THAT(texts, ::testing::ElementsAre("holds 3 reports; at most 2 are read"));
}

TEST(PackVerifierTest, OriginalsBeyondTheLimitsAreNamed) {
  ReadLimits few = kReadLimits, little = kReadLimits;
  few.originals = 0;
  little.original_bytes = 10;
  EXPECT_THAT(TextsWithin(few, [](Files&) {}), Contains(HasSubstr("more than 0 originals")));
  EXPECT_THAT(TextsWithin(little, [](Files&) {}), Contains(HasSubstr("more than 10 bytes")));
}

TEST(PackVerifierTest, AnArticleBeyondTheLimitIsNamed) {
  ReadLimits limits = kReadLimits;
  limits.article_bytes = 100;
  EXPECT_THAT(TextsWithin(limits, [](Files&) {}), Contains(HasSubstr("is larger than 100 bytes")));
  const std::string& suspect = MadeEvidence().suspect.text;
  limits.article_bytes = suspect.size();
  const auto texts = TextsWithin(limits, [&](Files& files) {
    for (auto& [path, bytes] : files) {
      if (path.ends_with("originals/01/text.txt")) bytes = std::string(2 * suspect.size(), 'x');
    }
    Hide(files);
  });
  EXPECT_THAT(texts, Contains(HasSubstr("has an article of more than")));
}

TEST(PackVerifierTest, RecordsBeyondTheLimitAreNamed) {
  ReadLimits limits = kReadLimits;
  limits.records = 100;
  const auto texts = TextsWithin(limits, [](Files& files) {
    std::string lines;
    for (int i = 0; i < 1000; ++i) lines += "{}\n";
    files["reports/0001/suspect/received.bin"] = lines;
    Replace(files["reports/0001/report.json"], R"("source":{"path":"suspect.txt")",
            R"("source":{"path":"suspect.jsonl","record":999)");
    Hide(files);
  });
  EXPECT_THAT(texts, Contains(HasSubstr("the received files hold more records")));
}

TEST(PackVerifierTest, LimitsOfAServiceFollowItsBody) {
  const ReadLimits limits = LimitsForBody(uint64_t{16} << 20);
  EXPECT_EQ(limits.zip.file_bytes, uint64_t{16} << 20);
  EXPECT_EQ(limits.zip.total_bytes, uint64_t{64} << 20);
  EXPECT_EQ(limits.unpacked_bytes, uint64_t{64} << 20);
  EXPECT_EQ(limits.article_bytes, uint64_t{4} << 20);
  EXPECT_LT(limits.original_bytes, uint64_t{16} << 20);
  const ReadLimits most = LimitsForBody(~uint64_t{0});
  EXPECT_EQ(most.zip.total_bytes, kPackLimits.total_bytes);
  EXPECT_EQ(most.records, kReadLimits.records);
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
