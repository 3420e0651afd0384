#include "evidence/event_log_file.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "support/test_folder.h"

namespace unspin::evidence {
namespace {

using unspin::testing::TestFolder;

class EventLogFileTest : public ::testing::Test {
 protected:
  absl::StatusOr<Event> Append(const std::string& person) {
    Event event;
    event.time = "2026-11-30T09:20:01.123Z";
    event.person = person;
    event.action = "noticed";
    event.details = R"({"reason":"seen on paper"})";
    return AppendToLog(path_, event);
  }
  std::string Bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void Write(const std::string& bytes) const { std::ofstream(path_, std::ios::binary) << bytes; }

  TestFolder folder_;
  const std::string path_ = folder_.Path("log.jsonl");
};

TEST_F(EventLogFileTest, EventsFollowEachOther) {
  const auto first = Append("Ana"), second = Append("Ben");
  ASSERT_TRUE(first.ok() && second.ok()) << first.status() << second.status();
  EXPECT_EQ(first->seq, 1);
  EXPECT_EQ(second->previous, first->hash);
  EXPECT_EQ(Bytes(), EventLine(*first) + "\n" + EventLine(*second) + "\n");
  const auto head = CheckEventLines(Bytes());
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->hash, second->hash);
}

TEST_F(EventLogFileTest, ADamagedLogIsLeftAsItIs) {
  for (const char* person : {"Ana", "Ben", "Cem"}) ASSERT_TRUE(Append(person).ok());
  const std::string whole = Bytes();
  const size_t second = whole.find('\n') + 1, third = whole.find('\n', second) + 1;
  std::string changed = whole;
  changed[changed.find("Ben")] = 'Z';
  for (const std::string& damaged :
       {changed, whole.substr(second), whole.substr(0, second) + whole.substr(third), whole.substr(0, whole.size() - 1),
        whole.substr(0, whole.size() - 9), whole + "\n", std::string("not a log\n")}) {
    Write(damaged);
    const auto appended = Append("Eve");
    EXPECT_FALSE(appended.ok()) << damaged;
    EXPECT_NE(appended.status().message().find("log.jsonl: the log is damaged: line "), std::string::npos);
    EXPECT_EQ(Bytes(), damaged);
  }
}

TEST_F(EventLogFileTest, EveryChangedByteIsRefused) {
  ASSERT_TRUE(Append("Ana").ok() && Append("Ben").ok());
  const std::string whole = Bytes();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = changed[at] == 'x' ? 'y' : 'x';
    EXPECT_FALSE(CheckEventLines(changed).ok()) << at;
  }
}

TEST_F(EventLogFileTest, ProcessesWriteOneAfterTheOther) {
  constexpr int kProcesses = 4, kEvents = 10;
  for (int process = 0; process < kProcesses; ++process) {
    if (::fork() != 0) continue;
    int failed = 0;
    for (int event = 0; event < kEvents; ++event) failed += Append("P" + std::to_string(process)).ok() ? 0 : 1;
    ::_exit(failed);
  }
  for (int process = 0; process < kProcesses; ++process) {
    int status = -1;
    ::wait(&status);
    EXPECT_EQ(status, 0);
  }
  const auto head = CheckEventLines(Bytes());
  ASSERT_TRUE(head.ok()) << head.status();
  EXPECT_EQ(head->seq, kProcesses * kEvents);
}

TEST_F(EventLogFileTest, WhatIsNoFileIsRefused) {
  EXPECT_FALSE(AppendToLog(folder_.Path("missing/log.jsonl"), {}).ok());
  EXPECT_FALSE(AppendToLog(folder_.Path(""), {}).ok());
  EXPECT_FALSE(AppendToLog("/dev/null", {}).ok());
}

}  // namespace
}  // namespace unspin::evidence
