#include "server/sessions.h"

#include <gtest/gtest.h>

namespace unspin::server {
namespace {

Identity Person(std::string name) {
  Identity who;
  who.person = std::move(name);
  who.scopes = kRead;
  return who;
}

class SessionsTest : public testing::Test {
 protected:
  Sessions::Clock::time_point now_{};
  Sessions sessions_{[this] { return now_; }};
};

TEST_F(SessionsTest, ACookieStandsForItsPerson) {
  const std::string value = sessions_.Open(Person("Ada"));
  EXPECT_EQ(sessions_.Find(value)->person, "Ada");
  EXPECT_EQ(sessions_.Find(value + "0"), std::nullopt);
  EXPECT_EQ(sessions_.Find(""), std::nullopt);
}

TEST_F(SessionsTest, EveryCookieIsNew) {
  const std::string first = sessions_.Open(Person("Ada"));
  EXPECT_NE(first, sessions_.Open(Person("Ada")));
  EXPECT_GE(first.size(), 64u);
}

TEST_F(SessionsTest, AClosedSessionIsGone) {
  const std::string value = sessions_.Open(Person("Ada"));
  sessions_.Close(value);
  EXPECT_EQ(sessions_.Find(value), std::nullopt);
}

TEST_F(SessionsTest, AnUnusedSessionEnds) {
  const std::string used = sessions_.Open(Person("Ada"));
  const std::string unused = sessions_.Open(Person("Bob"));
  for (int i = 0; i < 3; ++i) {
    now_ += Sessions::kUnusedLimit - std::chrono::hours(5);
    EXPECT_TRUE(sessions_.Find(used));
  }
  EXPECT_EQ(sessions_.Find(unused), std::nullopt);
  EXPECT_EQ(sessions_.size(), 1u);
}

TEST_F(SessionsTest, SessionsOfATokenThatHasGoneEnd) {
  const std::string kept = sessions_.Open(Person("Ada"), "one");
  const std::string ended = sessions_.Open(Person("Bob"), "two");
  sessions_.CloseUnless([](const std::string& hash) { return hash == "one"; });
  EXPECT_TRUE(sessions_.Find(kept));
  EXPECT_FALSE(sessions_.Find(ended));
}

TEST_F(SessionsTest, TheOldestMakesRoom) {
  const std::string oldest = sessions_.Open(Person("Ada"));
  std::string last;
  for (size_t i = 0; i < Sessions::kLimit; ++i) last = sessions_.Open(Person("Bob"));
  EXPECT_EQ(sessions_.size(), Sessions::kLimit);
  EXPECT_FALSE(sessions_.Find(oldest));
  EXPECT_TRUE(sessions_.Find(last));
}

TEST_F(SessionsTest, ScriptsAndOtherSitesDoNotGetTheCookie) {
  EXPECT_EQ(Sessions::SetCookie("v", false), "unspin_session=v; HttpOnly; SameSite=Strict; Path=/");
  EXPECT_EQ(Sessions::SetCookie("v", true), "unspin_session=v; HttpOnly; SameSite=Strict; Path=/; Secure");
  EXPECT_EQ(Sessions::ClearCookie(false), "unspin_session=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0");
}

}  // namespace
}  // namespace unspin::server
