#include "server/job_queue.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <vector>

#include "support/desk_folder.h"

namespace unspin::server {
namespace {

using std::chrono::milliseconds;
using unspin::testing::DeskTestBase;
using unspin::testing::kAna;

constexpr milliseconds kLease{60'000};

class JobQueueTest : public DeskTestBase {
 protected:
  int64_t Add(const char* name = "audit.jsonl") {
    absl::StatusOr<AuditJob> job = desk_->AddJob({name, "uploads/1", "{\"limit\":10}", 1000}, kAna);
    EXPECT_TRUE(job.ok()) << job.status();
    return job->id;
  }
  AuditJob Take() {
    absl::StatusOr<std::optional<AuditJob>> job = desk_->TakeJob(kLease);
    EXPECT_TRUE(job.ok() && *job) << job.status();
    return job.ok() && *job ? **job : AuditJob{};
  }
  bool NothingWaits() { return !*desk_->TakeJob(kLease); }
};

TEST_F(JobQueueTest, JobsAreTakenInTheirOrder) {
  const int64_t first = Add();
  const int64_t second = Add();
  EXPECT_EQ(Take().id, first);
  EXPECT_EQ(Take().id, second);
  EXPECT_TRUE(NothingWaits());
}

TEST_F(JobQueueTest, ProgressIsKept) {
  const int64_t id = Add();
  const AuditJob taken = Take();
  const AuditProgress progress{
      12, 340, 1000, {{"spun", 3}, {"unrelated", 9}}, 2, {"a.jsonl:3: no \"text\"", "a.jsonl:7: größer"}};
  EXPECT_FALSE(*desk_->SaveProgress(id, taken.attempts, progress, kLease));
  const AuditJob job = *desk_->GetJob(id);
  EXPECT_EQ(job.state, "running");
  EXPECT_EQ(job.progress.by_verdict.at("unrelated"), 9);
  EXPECT_EQ(job.progress.bad, 2);
  EXPECT_EQ(job.progress.bad_examples, progress.bad_examples);
  EXPECT_EQ(job.what.options, "{\"limit\":10}");
  ASSERT_TRUE(desk_->FinishJob(id, taken.attempts, progress, "").ok());
  EXPECT_EQ(desk_->GetJob(id)->state, "done");
  EXPECT_NE(desk_->GetJob(id)->ended, "");
  EXPECT_EQ(Problem(), "");
}

TEST_F(JobQueueTest, JobWhoseLeaseRanOutIsTakenAgain) {
  const int64_t id = Add();
  const AuditJob first = Take();
  now_ += kLease.count() / 2;
  EXPECT_TRUE(desk_->RenewLease(id, first.attempts, kLease).ok());
  now_ += kLease.count() / 2 + 1;
  EXPECT_TRUE(NothingWaits());  // it was renewed
  now_ += kLease.count();
  const AuditJob second = Take();
  EXPECT_EQ(second.id, id);
  EXPECT_EQ(second.attempts, 2);
  EXPECT_EQ(desk_->RenewLease(id, first.attempts, kLease).status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(desk_->FinishJob(id, first.attempts, {}, "").code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(desk_->GetJob(id)->state, "running");
}

TEST_F(JobQueueTest, JobFailsAfterItsAttempts) {
  const int64_t id = Add();
  for (int i = 0; i < 3; ++i) {
    Take();
    now_ += kLease.count() + 1;
  }
  EXPECT_TRUE(NothingWaits());
  EXPECT_EQ(desk_->GetJob(id)->state, "failed");
  EXPECT_EQ(desk_->GetJob(id)->error, "given up after 3 attempts that did not end");
}

TEST_F(JobQueueTest, JobIsTakenAgainAtOnceAfterARestart) {
  const int64_t id = Add();
  const AuditJob first = Take();
  ASSERT_TRUE(desk_->SaveProgress(id, first.attempts, {5, 50, 1000, {}, 1, {"record 5"}}, kLease).ok());
  desk_.reset();
  OpenDesk();
  const AuditJob second = Take();
  EXPECT_EQ(second.id, id);
  EXPECT_EQ(second.progress.bad_examples, std::vector<std::string>{"record 5"});
}

TEST_F(JobQueueTest, AttemptThatIsGivenBackDoesNotCount) {
  const int64_t id = Add();
  for (int i = 0; i < 5; ++i) {
    const AuditJob job = Take();
    EXPECT_EQ(job.attempts, 1);
    ASSERT_TRUE(desk_->GiveJobBack(id, job.attempts, {i, i, 1000, {}, i, {}}).ok());
    EXPECT_EQ(desk_->GetJob(id)->state, "queued");
  }
  EXPECT_EQ(desk_->GetJob(id)->progress.suspects, 4);
}

TEST_F(JobQueueTest, WaitingJobIsCancelledAtOnce) {
  const int64_t id = Add();
  ASSERT_TRUE(desk_->CancelJob(id, kAna).ok());
  EXPECT_EQ(desk_->GetJob(id)->state, "cancelled");
  EXPECT_TRUE(NothingWaits());
  EXPECT_EQ(desk_->CancelJob(id, kAna).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(desk_->CancelJob(99, kAna).code(), absl::StatusCode::kNotFound);
}

TEST_F(JobQueueTest, EndedJobIsRemovedOnceAndStaysInTheLog) {
  const int64_t id = Add();
  EXPECT_EQ(desk_->RemoveJob(id, kAna).code(), absl::StatusCode::kFailedPrecondition);
  ASSERT_TRUE(desk_->CancelJob(id, kAna).ok());
  EXPECT_TRUE(*desk_->JobNeeds("uploads/1"));
  ASSERT_TRUE(desk_->RemoveJob(id, kAna).ok());
  ASSERT_TRUE(desk_->RemoveJob(id, kAna).ok());
  EXPECT_FALSE(*desk_->JobNeeds("uploads/1"));
  EXPECT_EQ(desk_->GetJob(id)->state, "removed");
  EXPECT_TRUE(desk_->ListJobs(10)->empty());
  EXPECT_NE(Add(), id);
  const std::string log = *desk_->LogLines(0, 100);
  EXPECT_NE(log.find("audit-removed"), std::string::npos);
  EXPECT_EQ(log.find("audit-removed"), log.rfind("audit-removed"));
  EXPECT_EQ(Problem(), "");
}

TEST_F(JobQueueTest, RunnerHearsThatItsJobIsCancelled) {
  const int64_t id = Add();
  const AuditJob job = Take();
  ASSERT_TRUE(desk_->CancelJob(id, kAna).ok());
  EXPECT_EQ(desk_->GetJob(id)->state, "running");
  EXPECT_TRUE(*desk_->SaveProgress(id, job.attempts, {}, kLease));
  ASSERT_TRUE(desk_->FinishJob(id, job.attempts, {}, "").ok());
  EXPECT_EQ(desk_->GetJob(id)->state, "cancelled");
}

TEST_F(JobQueueTest, CancelledJobWithoutRunnerEnds) {
  const int64_t id = Add();
  Take();
  ASSERT_TRUE(desk_->CancelJob(id, kAna).ok());
  now_ += kLease.count() + 1;
  EXPECT_TRUE(NothingWaits());
  EXPECT_EQ(desk_->GetJob(id)->state, "cancelled");
}

TEST_F(JobQueueTest, ListenerHearsProgress) {
  std::vector<std::string> heard;
  const auto subscription = desk_->Subscribe([&](const Change& change) { heard.push_back(change.action); });
  const int64_t id = Add();
  ASSERT_TRUE(desk_->FinishJob(id, Take().attempts, {}, "The file is gone.").ok());
  desk_.reset();
  EXPECT_EQ(heard, (std::vector<std::string>{"audit-added", "progress", "progress", "audit-ended"}));
}

}  // namespace
}  // namespace unspin::server
