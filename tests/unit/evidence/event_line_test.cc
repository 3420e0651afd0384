#include "evidence/event_line.h"

#include <gtest/gtest.h>

#include <string>

#include "unspin/base/sha256.h"

namespace unspin::evidence {
namespace {

Event Sample(int64_t seq, const std::string& previous, const std::string& subject = "") {
  Event event;
  event.seq = seq;
  event.time = "2026-11-30T09:20:01.123Z";
  event.person = "Ana \"the\" Reader\n";
  event.action = "noticed";
  event.subject = subject;
  event.subject_id = subject.empty() ? 0 : 3;
  event.details = R"({"form":"dmca","overridden":["direction"]})";
  event.previous = previous;
  event.hash = HashOfEvent(event);
  return event;
}

TEST(EventLineTest, HashIsThatOfTheLineWithoutIt) {
  const Event event = Sample(1, "");
  const std::string line = EventLine(event), tail = ",\"hash\":\"" + event.hash + "\"}";
  ASSERT_TRUE(line.ends_with(tail));
  EXPECT_EQ(Sha256Hex(line.substr(0, line.size() - tail.size()) + "}"), event.hash);
}

TEST(EventLineTest, ReadsBackWhatItWrote) {
  for (const std::string subject : {"", "case", "audit", "licence"}) {
    const Event event = Sample(7, "ab12", subject);
    const auto read = ReadEventLine(EventLine(event));
    ASSERT_TRUE(read) << subject;
    EXPECT_EQ(read->person, event.person);
    EXPECT_EQ(read->subject, subject);
    EXPECT_EQ(read->subject_id, event.subject_id);
    EXPECT_EQ(EventLine(*read), EventLine(event));
  }
}

TEST(EventLineTest, AnEventWithoutSubjectNamesNone) {
  EXPECT_NE(EventLine(Sample(1, "")).find("\"case\":null,\"details\""), std::string::npos);
}

TEST(EventLineTest, EveryChangedByteIsSeen) {
  const std::string line = EventLine(Sample(1, ""));
  for (size_t at = 0; at < line.size(); ++at) {
    for (const char other : {'x', '0', '"', '}', '\\', '\0', '\n'}) {
      if (line[at] == other) continue;
      std::string changed = line;
      changed[at] = other;
      const auto read = ReadEventLine(changed);
      EXPECT_TRUE(!read || !ProblemOf(*read, {}).empty()) << changed;
    }
  }
}

TEST(EventLineTest, BytesThatAreNoEventAreNone) {
  for (const std::string line :
       {"", "{", "{}", "[1]", "null", "{\"seq\":\"1\"}", "\xff\xfe", "{\"seq\":1,\"details\":3}"}) {
    EXPECT_FALSE(ReadEventLine(line)) << line;
  }
  const std::string line = EventLine(Sample(1, ""));
  for (size_t size = 0; size < line.size(); ++size) EXPECT_FALSE(ReadEventLine(line.substr(0, size)));
  EXPECT_FALSE(ReadEventLine(line + " "));
}

TEST(EventLineTest, ProblemNamesTheMissingEvent) {
  const Event first = Sample(1, ""), third = Sample(3, first.hash);
  EXPECT_EQ(ProblemOf(first, {}), "");
  EXPECT_NE(ProblemOf(third, {1, first.hash}).find("event 2 is missing"), std::string::npos);
}

TEST(EventLineTest, ProblemNamesTheExchangedEvent) {
  EXPECT_NE(ProblemOf(Sample(2, "another"), {1, Sample(1, "").hash}).find("exchanged"), std::string::npos);
}

}  // namespace
}  // namespace unspin::evidence
