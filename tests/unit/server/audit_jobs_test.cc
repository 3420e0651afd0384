#include "server/audit_jobs.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "audit_folder.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNSPIN_NO_THREADS_AFTER_FORK  // this sanitizer does not start threads in a forked process
#endif
#endif

namespace unspin::server {
namespace {

using std::chrono::milliseconds;

const Who kAnna{"Anna"};

class AuditJobsTest : public ::testing::Test {
 protected:
  std::unique_ptr<Desk> OpenDesk() {
    auto desk = Desk::Open(folder_.Path("data"));
    EXPECT_TRUE(desk.ok()) << desk.status();
    return *std::move(desk);
  }
  AuditJobsOptions Options() const {
    AuditJobsOptions options;
    options.folders = {folder_.Path("data"), folder_.Path("inputs")};
    options.threads = 3;
    options.lease = milliseconds(60);
    return options;
  }
  std::unique_ptr<AuditJobs> Start(Desk& desk) {
    return std::make_unique<AuditJobs>(desk, folder_.engine(), [this] { return folder_.archive(); }, Options());
  }
  int64_t Add(Desk& desk, AuditJobs& jobs, const std::string& path) {
    const auto job = jobs.FromPath(path, "");
    EXPECT_TRUE(job.ok()) << job.status();
    const auto added = desk.AddJob(*job, kAnna);
    EXPECT_TRUE(added.ok()) << added.status();
    jobs.Wake();
    return added->id;
  }
  // Until the job is no longer queued or running.
  static AuditJob WaitForEnd(Desk& desk, int64_t id) {
    while (true) {
      const auto job = desk.GetJob(id);
      EXPECT_TRUE(job.ok()) << job.status();
      if (!job.ok() || (job->state != "queued" && job->state != "running")) return job.ok() ? *job : AuditJob();
      std::this_thread::sleep_for(milliseconds(1));
    }
  }
  std::string Reports(int64_t id) const {
    return AuditFolder::ReadFile(folder_.Path("data/audits/" + std::to_string(id) + ".jsonl"));
  }
  // Until a job has written a report.
  void WaitForReports(int64_t id, size_t bytes = 1) const {
    while (Reports(id).size() < bytes) std::this_thread::sleep_for(milliseconds(1));
  }

  const AuditFolder folder_;
};

TEST_F(AuditJobsTest, AJobWritesTheReportsOfTheProgram) {
  folder_.WriteSuspects("s.jsonl", 30);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const int64_t id = Add(*desk, *jobs, "s.jsonl");
  const AuditJob job = WaitForEnd(*desk, id);
  EXPECT_EQ(job.state, "done") << job.error;
  EXPECT_EQ(Reports(id), folder_.ExpectedReports("s.jsonl"));
  EXPECT_EQ(job.progress.suspects, 30);
  EXPECT_EQ(job.progress.bytes_done, job.progress.bytes_total);
  EXPECT_EQ(job.what.bytes_total, job.progress.bytes_total);
  int64_t counted = 0;
  for (const auto& [verdict, suspects] : job.progress.by_verdict) counted += suspects;
  EXPECT_EQ(counted, 30);
  const auto histogram = jobs->Histogram(id);
  ASSERT_TRUE(histogram.ok());
  EXPECT_EQ(histogram->suspects(), 30u);
  auto pages = jobs->OpenReports(id, 10);
  ASSERT_TRUE(pages.ok()) << pages.status();
  const auto page = pages->Read(10, 100);
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->next, 30u);
}

TEST_F(AuditJobsTest, TextsOfOldJobsAreRemovedUnlessALaterOneNeedsThem) {
  folder_.WriteSuspects("s.jsonl", 5);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const auto job = jobs->FromUpload(AuditFolder::ReadFile(folder_.Path("inputs/s.jsonl")), "s.jsonl", "");
  ASSERT_TRUE(job.ok()) << job.status();
  const auto audit = [&] {
    const int64_t id = desk->AddJob(*job, kAnna)->id;
    jobs->Wake();
    return WaitForEnd(*desk, id);
  };
  const auto has_upload = [&] { return FindAuditInput(Options().folders, job->path).ok(); };
  const AuditJob first = audit();
  AuditJob second = audit();
  while (second.ended == first.ended) second = audit();  // times have milliseconds
  jobs->RemoveEndedBefore(first.ended, kAnna);
  EXPECT_NE(Reports(first.id), "");
  jobs->RemoveEndedBefore(second.ended, kAnna);
  EXPECT_EQ(Reports(first.id), "");
  EXPECT_NE(Reports(second.id), "");
  EXPECT_TRUE(has_upload());
  jobs->RemoveEndedBefore("9999", kAnna);
  EXPECT_EQ(Reports(second.id), "");
  EXPECT_FALSE(has_upload());
  EXPECT_EQ(desk->GetJob(second.id)->progress.suspects, 5);
  EXPECT_EQ(desk->GetJob(second.id)->state, "removed");  // and so the log has it
  EXPECT_EQ(jobs->Histogram(second.id)->suspects(), 0u);
}

TEST_F(AuditJobsTest, AnUploadIsAudited) {
  folder_.WriteSuspects("s.jsonl", 5);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const auto job = jobs->FromUpload(AuditFolder::ReadFile(folder_.Path("inputs/s.jsonl")), "s.jsonl", "");
  ASSERT_TRUE(job.ok()) << job.status();
  EXPECT_EQ(job->name, "s.jsonl");
  const int64_t id = desk->AddJob(*job, kAnna)->id;
  jobs->Wake();
  EXPECT_EQ(WaitForEnd(*desk, id).state, "done");
  EXPECT_EQ(Reports(id), folder_.ExpectedReports("s.jsonl"));
}

TEST_F(AuditJobsTest, AnUploadIsRemovedWithTheLastJobThatHasIt) {
  folder_.WriteSuspects("s.jsonl", 5);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const std::string bytes = AuditFolder::ReadFile(folder_.Path("inputs/s.jsonl"));
  const auto first = jobs->AddUpload(bytes, "s.jsonl", "", kAnna);
  const auto second = jobs->AddUpload(bytes, "s.jsonl", "", kAnna);
  ASSERT_TRUE(first.ok() && second.ok());
  jobs->Wake();
  WaitForEnd(*desk, first->id);
  const AuditJob last = WaitForEnd(*desk, second->id);
  ASSERT_TRUE(jobs->Remove(*first, kAnna).ok());
  EXPECT_EQ(Reports(first->id), "");
  EXPECT_NE(Reports(second->id), "");
  EXPECT_TRUE(FindAuditInput(Options().folders, last.what.path).ok());
  ASSERT_TRUE(jobs->Remove(last, kAnna).ok());
  ASSERT_TRUE(jobs->Remove(last, kAnna).ok());
  EXPECT_EQ(Reports(second->id), "");
  EXPECT_FALSE(FindAuditInput(Options().folders, last.what.path).ok());
  EXPECT_TRUE(std::filesystem::is_empty(folder_.Path("data/uploads")));
}

TEST_F(AuditJobsTest, AnInputIsNotRemovedWithItsJob) {
  folder_.WriteSuspects("s.jsonl", 5);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const AuditJob job = WaitForEnd(*desk, Add(*desk, *jobs, "s.jsonl"));
  ASSERT_TRUE(jobs->Remove(job, kAnna).ok());
  EXPECT_TRUE(std::filesystem::exists(folder_.Path("inputs/s.jsonl")));
}

TEST_F(AuditJobsTest, AJobThatCannotBeDoneFailsInWords) {
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  std::ofstream(folder_.Path("inputs/s.jsonl")) << "{broken\n";
  const AuditJob job = WaitForEnd(*desk, Add(*desk, *jobs, "s.jsonl"));
  EXPECT_EQ(job.state, "failed");
  EXPECT_NE(job.error.find("there is no article"), std::string::npos) << job.error;
  EXPECT_FALSE(jobs->FromPath("none.jsonl", "").ok());
  EXPECT_FALSE(jobs->FromPath("s.jsonl", "{\"limit\":0}").ok());
}

TEST_F(AuditJobsTest, ACancelledJobEnds) {
  folder_.WriteSuspects("s.jsonl", 5000);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const int64_t first = Add(*desk, *jobs, "s.jsonl"), second = Add(*desk, *jobs, "s.jsonl");
  WaitForReports(first);
  for (const int64_t id : {second, first}) {
    ASSERT_EQ(desk->CancelJob(id, kAnna), absl::OkStatus());
    jobs->Wake();
    EXPECT_EQ(WaitForEnd(*desk, id).state, "cancelled");
  }
  EXPECT_LT(WaitForEnd(*desk, first).progress.suspects, 5000);
}

TEST_F(AuditJobsTest, AStoppedJobGoesOnAtTheNextStart) {
  folder_.WriteSuspects("s.jsonl", 400);
  int64_t id = 0;
  {
    const auto desk = OpenDesk();
    const auto jobs = Start(*desk);
    id = Add(*desk, *jobs, "s.jsonl");
    WaitForReports(id);
    jobs->Stop();
    const AuditJob job = *desk->GetJob(id);
    EXPECT_EQ(job.state, "queued");
    EXPECT_LT(job.progress.suspects, 400);
    EXPECT_GT(job.progress.suspects, 0);
  }
  const std::string before = Reports(id);
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  EXPECT_EQ(WaitForEnd(*desk, id).state, "done");
  EXPECT_TRUE(Reports(id).starts_with(before.substr(0, before.rfind('\n') + 1)));
  EXPECT_EQ(Reports(id), folder_.ExpectedReports("s.jsonl"));
}

#ifndef UNSPIN_NO_THREADS_AFTER_FORK
// The process that audits is killed twice; a third one ends the job.
TEST_F(AuditJobsTest, AKilledJobHasTheBytesOfOneInOneGo) {
  folder_.WriteSuspects("s.jsonl", 600);
  int64_t id = 0;
  {
    const auto desk = OpenDesk();
    const auto added = desk->AddJob(
        {"s.jsonl", *NameAuditInput({folder_.Path("data"), folder_.Path("inputs")}, "s.jsonl"), "", 0}, kAnna);
    ASSERT_TRUE(added.ok()) << added.status();
    id = added->id;
  }
  const std::string whole = folder_.ExpectedReports("s.jsonl");
  size_t before = 0;
  for (int kill_number = 1; kill_number <= 2; ++kill_number) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto desk = OpenDesk();
      const auto jobs = Start(*desk);
      pause();
      _exit(1);
    }
    WaitForReports(id, std::max(before + 1, whole.size() / 4 * static_cast<size_t>(kill_number)));
    ASSERT_EQ(kill(child, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    before = Reports(id).size();
    EXPECT_LT(before, whole.size());
    EXPECT_TRUE(whole.starts_with(Reports(id)));
  }
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  const AuditJob job = WaitForEnd(*desk, id);
  EXPECT_EQ(job.state, "done") << job.error;
  EXPECT_EQ(job.progress.suspects, 600);
  EXPECT_EQ(Reports(id), whole);
}
#endif

TEST_F(AuditJobsTest, ThreadsOfAnAuditHaveALowPriority) {
  folder_.WriteSuspects("s.jsonl", 2);
  const auto desk = OpenDesk();
  std::atomic<int> nice = 0;
  AuditJobs jobs(
      *desk, folder_.engine(),
      [&] {
        nice = getpriority(PRIO_PROCESS, 0);
        return folder_.archive();
      },
      Options());
  WaitForEnd(*desk, Add(*desk, jobs, "s.jsonl"));
  EXPECT_GT(nice, getpriority(PRIO_PROCESS, 0));
}

TEST_F(AuditJobsTest, StoppingTwiceIsHarmless) {
  const auto desk = OpenDesk();
  const auto jobs = Start(*desk);
  jobs->Stop();
  jobs->Stop();
  jobs->Wake();
}

}  // namespace
}  // namespace unspin::server
