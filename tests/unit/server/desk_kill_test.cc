// A desk whose process is killed under load: what it acknowledged must be there.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "server/desk.h"
#include "support/desk_cases.h"
#include "support/test_folder.h"

#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNSPIN_NO_THREADS_AFTER_FORK  // this sanitizer does not start threads in a forked process
#endif
#endif

namespace unspin::server {
namespace {

using unspin::testing::NumberedCase;
using unspin::testing::TestFolder;

constexpr int kRounds = 100;
constexpr int kWriters = 4;
constexpr int kMaxAcknowledged = 150;  // before a kill; fewer in most rounds

// What a writer tells after the desk has acknowledged it. Smaller than PIPE_BUF, so that a write is never cut.
struct Acknowledged {
  enum class What : int64_t { kOpened, kNoted, kDecided, kAssigned } what;
  int64_t case_id;
  int64_t number;  // of the case, or of the text
};

std::string TextOf(const Acknowledged& one) { return "text " + std::to_string(one.number) + " end"; }

// Changes cases until the process is killed; ends it where a change fails.
void Write(Desk& desk, int64_t first_number, int output) {
  const Who who{"writer " + std::to_string(first_number)};
  const auto tell = [&](Acknowledged one) {
    if (::write(output, &one, sizeof one) != sizeof one) ::_exit(3);
  };
  for (int64_t number = first_number;; number += 4) {
    using What = Acknowledged::What;
    const absl::StatusOr<OpenedCase> opened = desk.OpenCase(NumberedCase(static_cast<int>(number)), who);
    if (!opened.ok()) ::_exit(4);
    const int64_t id = opened->row.id;
    tell({What::kOpened, id, number});
    const Acknowledged note{What::kNoted, id, number + 1};
    if (!desk.AddNote(id, kAnyRevision, TextOf(note), who).ok()) ::_exit(5);
    tell(note);
    const Acknowledged decision{What::kDecided, id, number + 2};
    if (!desk.Decide(id, kAnyRevision, "pursue", TextOf(decision), "", who).ok()) ::_exit(6);
    tell(decision);
    const Acknowledged assignee{What::kAssigned, id, number + 3};
    if (!desk.Assign(id, kAnyRevision, TextOf(assignee), who).ok()) ::_exit(7);
    tell(assignee);
  }
}

[[noreturn]] void RunChild(const std::string& folder, int round, int output) {
  absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder);
  if (!desk.ok()) ::_exit(2);
  std::vector<std::thread> writers;
  for (int64_t writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] { Write(**desk, (round * kWriters + writer) * 1'000'000, output); });
  }
  for (std::thread& writer : writers) writer.join();
  ::_exit(0);
}

// Kills a process that works on `folder` once it has acknowledged `count` changes; returns all that it acknowledged.
std::vector<Acknowledged> KillAfter(const std::string& folder, int round, int count) {
  int ends[2];
  EXPECT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const pid_t child = ::fork();
  if (child == 0) RunChild(folder, round, ends[1]);
  ::close(ends[1]);
  std::vector<Acknowledged> acknowledged;
  Acknowledged one{};
  while (::read(ends[0], &one, sizeof one) == sizeof one) {
    acknowledged.push_back(one);
    if (static_cast<int>(acknowledged.size()) == count) ::kill(child, SIGKILL);
  }
  ::close(ends[0]);
  int status = 0;
  EXPECT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "it ended by itself, " << WEXITSTATUS(status);
  return acknowledged;
}

void ExpectThere(const Case& found, const Acknowledged& one) {
  const std::string text = "\"" + TextOf(one) + "\"";
  switch (one.what) {
    case Acknowledged::What::kOpened:
      EXPECT_EQ(found.suspect.bytes, NumberedCase(static_cast<int>(one.number)).bytes);
      return;
    case Acknowledged::What::kNoted:
      EXPECT_NE(found.history.at(1).details.find(text), std::string::npos);
      return;
    case Acknowledged::What::kDecided:
      EXPECT_EQ(found.row.reason, TextOf(one));
      return;
    case Acknowledged::What::kAssigned:
      EXPECT_EQ(found.row.assignee, TextOf(one));
      return;
  }
}

TEST(DeskKillTest, EveryAcknowledgedChangeIsThereAfterHundredKills) {
#ifdef UNSPIN_NO_THREADS_AFTER_FORK
  GTEST_SKIP() << "the thread sanitizer starts no threads in a forked process";
#endif
  const TestFolder folder;
  std::mt19937 random(24);
  std::vector<Acknowledged> all;
  LogHead head;  // noted outside after each round
  for (int round = 0; round < kRounds; ++round) {
    const int count = 1 + static_cast<int>(random() % kMaxAcknowledged);
    const std::vector<Acknowledged> acknowledged = KillAfter(folder.Path("desk"), round, count);
    ASSERT_GE(static_cast<int>(acknowledged.size()), count);
    all.insert(all.end(), acknowledged.begin(), acknowledged.end());
    absl::StatusOr<std::unique_ptr<Desk>> desk = Desk::Open(folder.Path("desk"));
    ASSERT_TRUE(desk.ok()) << round << desk.status();
    const absl::StatusOr<LogCheck> check = (*desk)->VerifyLog(head);
    ASSERT_TRUE(check.ok()) << check.status();
    ASSERT_TRUE(check->whole) << check->problem;
    ASSERT_GE(check->events, static_cast<int64_t>(all.size()));
    head = check->head;
    for (const Acknowledged& one : round + 1 == kRounds ? all : acknowledged) {
      const absl::StatusOr<Case> found = (*desk)->GetCase(one.case_id);
      ASSERT_TRUE(found.ok()) << found.status();
      ExpectThere(*found, one);
    }
  }
  RecordProperty("acknowledged", static_cast<int>(all.size()));
  std::printf("%d kills, %zu acknowledged changes, %lld events\n", kRounds, all.size(),
              static_cast<long long>(head.seq));
}

}  // namespace
}  // namespace unspin::server
