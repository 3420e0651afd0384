#include "server/event_chain.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <string>
#include <vector>

#include "support/test_folder.h"
#include "unspin/base/sha256.h"

namespace unspin::server {
namespace {

using unspin::testing::TestFolder;

// A log of four events, whose third has a note.
class EventChainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    absl::StatusOr<Database> opened = Database::Open(folder_.Path("log.sqlite"), Database::Mode::kWrite);
    ASSERT_TRUE(opened.ok());
    database_ = std::make_unique<Database>(*std::move(opened));
    ASSERT_TRUE(database_->RunScript(kEventTables).ok());
    Append("opened", EventDetails());
    Append("assigned", std::move(EventDetails().Add("assignee", "Ana \"the\" Reader\n")));
    Append("noted", std::move(EventDetails().AddErasable("note", "Call them.")));
    Append("state-set", std::move(EventDetails().Add("state", "closed").AddSpan("span", 3, 5)));
  }

  Event Append(const char* action, EventDetails details) {
    absl::StatusOr<Transaction> transaction = Transaction::Begin(*database_);
    Event event;
    event.time = "2026-11-30T09:20:01.123Z";
    event.person = "Ana";
    event.action = action;
    event.subject = "case";
    event.subject_id = 3;
    absl::StatusOr<Event> added = AppendEvent(*database_, event, std::move(details));
    EXPECT_TRUE(added.ok()) << added.status();
    EXPECT_TRUE(transaction->Commit().ok());
    return *added;
  }

  // As somebody who can write the file: without the triggers.
  void Tamper(const char* sql) {
    const absl::Status status = database_->RunScript(
        (std::string("DROP TRIGGER IF EXISTS event_is_not_changed; DROP TRIGGER IF EXISTS event_is_not_deleted;"
                     "DROP TRIGGER IF EXISTS event_follows_the_last; DROP TRIGGER IF EXISTS event_text_is_not_changed;"
                     "PRAGMA foreign_keys = OFF;") +
         sql)
            .c_str());
    ASSERT_TRUE(status.ok()) << status;
  }

  std::string Problem(const std::optional<LogHead>& noted = std::nullopt) {
    const absl::StatusOr<LogCheck> check = CheckChain(*database_, noted);
    EXPECT_TRUE(check.ok()) << check.status();
    EXPECT_EQ(check->whole, check->problem.empty());
    return check->problem;
  }

  TestFolder folder_;
  std::unique_ptr<Database> database_;
};

TEST_F(EventChainTest, VerifiesWhatItWrote) {
  const absl::StatusOr<LogCheck> check = CheckChain(*database_, std::nullopt);
  EXPECT_TRUE(check->whole) << check->problem;
  EXPECT_EQ(check->events, 4);
  EXPECT_EQ(check->head.seq, 4);
}

TEST_F(EventChainTest, HashIsThatOfTheLineWithoutIt) {
  std::string previous;
  ASSERT_TRUE(ReadEvents(*database_, 0, 100, [&](const Event& event) {
                const std::string line = EventLine(event);
                const std::string tail = ",\"hash\":\"" + event.hash + "\"}";
                ASSERT_TRUE(line.ends_with(tail));
                EXPECT_EQ(Sha256Hex(line.substr(0, line.size() - tail.size()) + "}"), event.hash);
                EXPECT_EQ(event.previous, previous);
                EXPECT_EQ(line.find('\n'), std::string::npos);
                previous = event.hash;
              }).ok());
}

TEST_F(EventChainTest, LineHoldsNoErasableText) {
  ASSERT_TRUE(ReadEvents(*database_, 2, 1, [&](const Event& event) {
                EXPECT_EQ(EventLine(event).find("Call"), std::string::npos);
                EXPECT_EQ(*DetailsWithTexts(*database_, event), "{\"note\":\"Call them.\"}");
              }).ok());
}

TEST_F(EventChainTest, EqualTextsHaveDifferentHashes) {
  const Event one = Append("noted", std::move(EventDetails().AddErasable("note", "yes")));
  const Event other = Append("noted", std::move(EventDetails().AddErasable("note", "yes")));
  EXPECT_NE(one.details, other.details);
}

TEST_F(EventChainTest, VerifiesAfterTextsWereErased) {
  ASSERT_TRUE(EraseEventTexts(*database_, "case", 3, "note").ok());
  EXPECT_EQ(Problem(), "");
  ASSERT_TRUE(ReadEvents(*database_, 2, 1, [&](const Event& event) {
                EXPECT_EQ(*DetailsWithTexts(*database_, event), "{\"note\":null}");
              }).ok());
}

TEST_F(EventChainTest, TriggersRefuseToChangeEvents) {
  for (const char* sql : {"UPDATE event SET person = 'Eve' WHERE seq = 2", "DELETE FROM event WHERE seq = 4",
                          "DELETE FROM event", "UPDATE event_text SET text = 'other'",
                          "INSERT OR REPLACE INTO event SELECT 2, time, 'Eve', action, subject, subject_id, details, "
                          "previous, hash FROM event WHERE seq = 2",
                          "INSERT INTO event SELECT 9, time, person, action, subject, subject_id, details, previous, "
                          "hash FROM event WHERE seq = 4"}) {
    EXPECT_FALSE(database_->RunScript(sql).ok()) << sql;
  }
  EXPECT_EQ(Problem(), "");
}

TEST_F(EventChainTest, TriggersHoldForOtherProgramsToo) {
  sqlite3* plain = nullptr;  // with the settings that the sqlite3 shell has
  ASSERT_EQ(sqlite3_open(folder_.Path("log.sqlite").c_str(), &plain), SQLITE_OK);
  EXPECT_NE(sqlite3_exec(plain,
                         "INSERT OR REPLACE INTO event SELECT 2, time, 'Eve', action, subject, subject_id, details, "
                         "previous, hash FROM event WHERE seq = 2",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  EXPECT_NE(sqlite3_exec(plain, "DELETE FROM event", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(plain);
  EXPECT_EQ(Problem(), "");
}

TEST_F(EventChainTest, SeesAChangedByteOfAnyColumn) {
  Tamper("CREATE TABLE kept AS SELECT * FROM event");
  for (const char* column : {"time", "person", "action", "subject", "details", "previous", "hash"}) {
    for (const char* seq : {"1", "2", "4"}) {
      const std::string change =
          std::string("UPDATE event SET ") + column + " = " + column + " || 'x' WHERE seq = " + seq;
      ASSERT_TRUE(database_->RunScript(change.c_str()).ok());
      EXPECT_NE(Problem(), "") << change;
      ASSERT_TRUE(database_->RunScript("DELETE FROM event; INSERT INTO event SELECT * FROM kept").ok());
    }
  }
  ASSERT_TRUE(database_->RunScript("UPDATE event SET subject_id = 4 WHERE seq = 1").ok());
  EXPECT_EQ(Problem(), "event 1 was changed: its hash does not fit");
}

TEST_F(EventChainTest, SeesARemovedEvent) {
  Tamper("DELETE FROM event_text; DELETE FROM event WHERE seq = 2");
  EXPECT_EQ(Problem(), "event 2 is missing");
}

TEST_F(EventChainTest, SeesARemovedFirstEvent) {
  Tamper("DELETE FROM event WHERE seq = 1");
  EXPECT_EQ(Problem(), "event 1 is missing");
}

TEST_F(EventChainTest, SeesARemovedEventWhenTheOthersAreRenumbered) {
  Tamper("DELETE FROM event_text; DELETE FROM event WHERE seq = 2; UPDATE event SET seq = seq - 1 WHERE seq > 2");
  EXPECT_NE(Problem(), "");
}

TEST_F(EventChainTest, SeesReorderedEvents) {
  Tamper(
      "DELETE FROM event_text; UPDATE event SET seq = 99 WHERE seq = 2; UPDATE event SET seq = 2 WHERE seq = 3;"
      "UPDATE event SET seq = 3 WHERE seq = 99");
  EXPECT_NE(Problem(), "");
}

TEST_F(EventChainTest, SeesAChangedNote) {
  Tamper("UPDATE event_text SET text = 'Do not call them.'");
  EXPECT_EQ(Problem(), "the note of event 3 was changed: its hash does not fit");
}

TEST_F(EventChainTest, SeesANoteOfAnotherEvent) {
  Tamper("UPDATE event_text SET seq = 4");
  EXPECT_NE(Problem(), "");
}

TEST_F(EventChainTest, DoesNotSeeATruncatedEndWithoutANotedHead) {
  Tamper("DELETE FROM event WHERE seq = 4");
  EXPECT_EQ(Problem(), "");
}

TEST_F(EventChainTest, SeesATruncatedEndByANotedHead) {
  const LogHead noted = *HeadOfChain(*database_);
  Tamper("DELETE FROM event WHERE seq = 4");
  EXPECT_EQ(Problem(noted), "events are missing at the end: event 4 was noted, and the log ends with event 3");
}

TEST_F(EventChainTest, SeesALogWrittenAnewByANotedHead) {
  const LogHead noted = *HeadOfChain(*database_);
  Tamper("DELETE FROM event WHERE seq = 4");
  Append("state-set", std::move(EventDetails().Add("state", "new")));
  EXPECT_EQ(Problem(), "");
  EXPECT_EQ(Problem(noted), "the log was written anew: event 4 is not the one that was noted");
}

TEST_F(EventChainTest, OlderNotedHeadStillFits) {
  const LogHead noted = *HeadOfChain(*database_);
  Append("noted", std::move(EventDetails().AddErasable("note", "more")));
  EXPECT_EQ(Problem(noted), "");
}

TEST_F(EventChainTest, SurvivesDetailsThatAreNoJson) {
  Tamper("UPDATE event SET details = '{\"note\":{\"sha256\":\"' WHERE seq = 3");
  EXPECT_EQ(Problem(), "event 3 was changed: its hash does not fit");
}

TEST(CheckChainTest, EmptyLogIsWhole) {
  const TestFolder folder;
  absl::StatusOr<Database> database = Database::Open(folder.Path("log.sqlite"), Database::Mode::kWrite);
  ASSERT_TRUE(database->RunScript(kEventTables).ok());
  EXPECT_TRUE(CheckChain(*database, std::nullopt)->whole);
  EXPECT_TRUE(CheckChain(*database, LogHead{})->whole);
}

}  // namespace
}  // namespace unspin::server
