#include "server/audit_run.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "audit_folder.h"

namespace unspin::server {
namespace {

class AuditRunTest : public ::testing::Test {
 protected:
  AuditOrder Order(const std::string& name) const {
    AuditOrder order;
    order.input = {folder_.Path("inputs/" + name), name};
    order.reports = folder_.Path("reports.jsonl");
    order.threads = 2;
    return order;
  }
  absl::Status Run(const AuditOrder& order, AuditWatch& watch) const {
    return RunAudit(order, folder_.engine(), *folder_.archive(), watch);
  }
  absl::Status Run(const AuditOrder& order) const {
    AuditWatch watch;
    return Run(order, watch);
  }
  std::string Reports() const { return AuditFolder::ReadFile(folder_.Path("reports.jsonl")); }
  void WriteReports(const std::string& bytes) const {
    std::ofstream(folder_.Path("reports.jsonl"), std::ios::binary) << bytes;
  }

  const AuditFolder folder_;
};

TEST_F(AuditRunTest, ItWritesTheReportsOfTheProgram) {
  folder_.WriteSuspects("s.jsonl", 30);
  AuditOrder order = Order("s.jsonl");
  AuditWatch watch;
  ASSERT_EQ(Run(order, watch), absl::OkStatus());
  EXPECT_EQ(Reports(), folder_.ExpectedReports("s.jsonl"));
  const AuditState state = watch.Get();
  EXPECT_EQ(state.suspects, 30u);
  EXPECT_EQ(state.histogram.suspects(), 30u);
  EXPECT_EQ(state.bytes_done, state.bytes_total);
  EXPECT_EQ(state.bytes_total, std::filesystem::file_size(order.input.path));
  EXPECT_GT(state.by_verdict[static_cast<size_t>(Verdict::kCopy)], 0u);
}

TEST_F(AuditRunTest, OptionsAreNamedInTheReports) {
  folder_.WriteSuspects("s.jsonl", 4);
  AuditOrder order = Order("s.jsonl");
  order.options = *ReadAuditOptions(R"({"brief":true,"all":true})");
  ASSERT_EQ(Run(order), absl::OkStatus());
  CheckOptions check;
  check.all = true;
  check.details = false;
  EXPECT_EQ(Reports(),
            folder_.ExpectedReports("s.jsonl", check, {false, OffsetUnit::kByte, R"({"brief":true,"all":true})"}));
}

TEST_F(AuditRunTest, ItGoesOnBehindTheLastWholeReport) {
  folder_.WriteSuspects("s.jsonl", 20);
  const std::string whole = folder_.ExpectedReports("s.jsonl");
  for (const size_t bytes :
       {size_t{0}, size_t{1}, whole.size() / 3, whole.find('\n'), whole.find('\n') + 1, whole.size()}) {
    WriteReports(whole.substr(0, bytes));
    AuditWatch watch;
    ASSERT_EQ(Run(Order("s.jsonl"), watch), absl::OkStatus());
    EXPECT_EQ(Reports(), whole) << bytes;
    EXPECT_EQ(watch.Get().histogram.suspects(), 20u) << bytes;
  }
}

TEST_F(AuditRunTest, ReportsOfSomethingElseAreReplaced) {
  folder_.WriteSuspects("s.jsonl", 6);
  folder_.WriteSuspects("other.jsonl", 9);
  const std::string whole = folder_.ExpectedReports("s.jsonl");
  std::string other_archive = whole;
  other_archive.replace(other_archive.find("fingerprint") + 14, 4, "0000");
  for (const std::string& there : {std::string("no report\n"), std::string(500, '\0'),
                                   folder_.ExpectedReports("other.jsonl"), other_archive, whole + whole}) {
    WriteReports(there);
    AuditWatch watch;
    ASSERT_EQ(Run(Order("s.jsonl"), watch), absl::OkStatus());
    EXPECT_EQ(Reports(), whole);
    EXPECT_EQ(watch.Get().suspects, 6u);
  }
}

TEST_F(AuditRunTest, AStoppedRunIsWholeAfterTheNext) {
  folder_.WriteSuspects("s.jsonl", 40);
  AuditWatch stopped;
  stopped.Stop();
  ASSERT_EQ(Run(Order("s.jsonl"), stopped), absl::OkStatus());
  ASSERT_EQ(Run(Order("s.jsonl")), absl::OkStatus());
  EXPECT_EQ(Reports(), folder_.ExpectedReports("s.jsonl"));
}

TEST_F(AuditRunTest, BadRecordsAreCountedByTheirNames) {
  folder_.WriteSuspects("s.jsonl", 3);
  std::ofstream(folder_.Path("inputs/s.jsonl"), std::ios::app) << "{\"text\": 5}\n{broken\n";
  AuditWatch watch;
  ASSERT_EQ(Run(Order("s.jsonl"), watch), absl::OkStatus());
  EXPECT_EQ(watch.Get().bad_records, 2u);
  ASSERT_EQ(watch.Get().bad_examples.size(), 2u);
  EXPECT_TRUE(watch.Get().bad_examples[0].starts_with("s.jsonl:4: ")) << watch.Get().bad_examples[0];
  EXPECT_EQ(watch.Get().suspects, 3u);
}

TEST_F(AuditRunTest, AnInputWithoutArticlesFails) {
  std::ofstream(folder_.Path("inputs/s.jsonl")) << "{broken\n";
  const absl::Status status = Run(Order("s.jsonl"));
  EXPECT_TRUE(absl::IsInvalidArgument(status)) << status;
  EXPECT_EQ(std::string(status.message()).find(folder_.Path("")), std::string::npos) << status;
}

TEST_F(AuditRunTest, WhatCannotBeWrittenFails) {
  folder_.WriteSuspects("s.jsonl", 3);
  AuditOrder order = Order("s.jsonl");
  order.reports = "/dev/full";
  EXPECT_FALSE(Run(order).ok());
  order.reports = folder_.Path("none/reports.jsonl");
  EXPECT_FALSE(Run(order).ok());
}

TEST_F(AuditRunTest, AFolderIsNamedAsItIsBelowTheInputs) {
  std::filesystem::create_directories(folder_.Path("inputs/pages"));
  std::ofstream(folder_.Path("inputs/pages/a.txt")) << testing::ReadSample("rail-strike", "copy.txt");
  ASSERT_EQ(Run(Order("pages")), absl::OkStatus());
  const auto report = nlohmann::json::parse(Reports());
  EXPECT_EQ(report["suspect"]["id"], "pages/a.txt");
  EXPECT_EQ(report["suspect"]["source"]["path"], "pages/a.txt");
}

}  // namespace
}  // namespace unspin::server
