#include "server/access.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "server/http_message.h"
#include "server/sessions.h"

namespace unspin::server {
namespace {

const std::string kAda(64, 'a');

class AccessTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "unspin-access-" + std::to_string(getpid());
    ASSERT_TRUE(std::filesystem::create_directory(folder_));
    file_ = folder_ + "/tokens";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& text, mode_t mode = 0600) {
    std::ofstream(file_) << text;
    chmod(file_.c_str(), mode);
  }
  std::unique_ptr<Access> Open(std::vector<std::string> hosts = {}) {
    auto access = Access::Create({.token_file = file_, .hosts = std::move(hosts)}, sessions_);
    EXPECT_TRUE(access.ok()) << access.status();
    return access.ok() ? std::move(*access) : nullptr;
  }
  std::unique_ptr<Access> OpenLocal() { return std::move(*Access::Create({}, sessions_)); }

  static Request Ask(std::string method, std::vector<std::pair<std::string, std::string>> headers) {
    Request request;
    request.method = std::move(method);
    request.headers = std::move(headers);
    request.remote_address = "10.0.0.1";
    return request;
  }
  static int StatusOf(const std::optional<Response>& response) { return response ? response->status : 200; }
  // Of identifying and authorizing.
  static int Enter(const Access& access, const Request& request, Scope scope) {
    Identity who;
    if (const auto refusal = access.Identify(request, who)) return refusal->status;
    return StatusOf(access.Authorize(request, who, scope));
  }

  std::string folder_, file_;
  Sessions sessions_;
};

TEST_F(AccessTest, ScopesAreWords) {
  EXPECT_EQ(ParseScopes("read,admin"), kRead | kAdmin);
  EXPECT_EQ(ParseScopes("read,,check"), std::nullopt);
  EXPECT_EQ(ParseScopes("Read"), std::nullopt);
  EXPECT_EQ(ScopeWords(kAllScopes), "read,check,write,admin");
}

TEST_F(AccessTest, ANewTokenIsKnownByItsLine) {
  const auto [token, line] = NewToken("Ada Byron", kRead | kCheck);
  Write("# comment\n\n" + line + "\r\n");
  EXPECT_EQ(line.find(token), std::string::npos) << "the file holds hashes only";
  const auto access = Open();
  const std::optional<Identity> who = access->IdentityOf(token);
  ASSERT_TRUE(who);
  EXPECT_EQ(who->person, "Ada Byron");
  EXPECT_EQ(who->scopes, kRead | kCheck);
  EXPECT_FALSE(access->IdentityOf(token + "x"));
  EXPECT_FALSE(access->IdentityOf(""));
}

TEST_F(AccessTest, BadLinesAreNamed) {
  const std::vector<std::string> bad = {"abc read Ada", kAda + "  read", kAda + "  all  Ada", kAda,
                                        std::string(63, 'a') + "g read Ada"};
  for (const std::string& line : bad) {
    const auto tokens = ParseTokens("#\n" + line);
    ASSERT_FALSE(tokens.ok()) << line;
    EXPECT_NE(std::string(tokens.status().message()).find("line 2"), std::string::npos) << tokens.status();
  }
}

TEST_F(AccessTest, AFileThatOthersCanReadIsRefused) {
  for (const mode_t mode : {0604, 0602, 0601}) {
    Write(kAda + " read Ada\n", mode);
    EXPECT_FALSE(Access::Create({.token_file = file_, .hosts = {}}, sessions_).ok()) << mode;
  }
  Write(kAda + " read Ada\n", 0640);
  EXPECT_TRUE(Access::Create({.token_file = file_, .hosts = {}}, sessions_).ok());
  EXPECT_FALSE(Access::Create({.token_file = folder_, .hosts = {}}, sessions_).ok()) << "a folder";
  EXPECT_FALSE(Access::Create({.token_file = file_ + "x", .hosts = {}}, sessions_).ok());
}

TEST_F(AccessTest, ScopesDecideWhatATokenMayDo) {
  const auto [token, line] = NewToken("Ada", kRead);
  Write(line);
  const auto access = Open();
  const Request request = Ask("POST", {{"authorization", "Bearer " + token}});
  EXPECT_EQ(Enter(*access, request, kRead), 200);
  EXPECT_EQ(Enter(*access, request, kPublic), 200);
  EXPECT_EQ(Enter(*access, request, kWrite), 403);
  EXPECT_EQ(Enter(*access, Ask("GET", {}), kRead), 401);
  EXPECT_EQ(Enter(*access, Ask("GET", {}), kPublic), 200);
  EXPECT_EQ(Enter(*access, Ask("GET", {{"authorization", "Bearer x"}}), kPublic), 401);
  EXPECT_EQ(Enter(*access, Ask("GET", {{"authorization", "Basic " + token}}), kRead), 401);
  EXPECT_EQ(Enter(*access, Ask("GET", {{"authorization", "bEARER  " + token}}), kRead), 200);
  EXPECT_EQ(Enter(*access, Ask("GET", {{"unspin-person", "Ada"}}), kRead), 401) << "a name is no token";
}

TEST_F(AccessTest, AChangeByCookieNeedsThePagesHeader) {
  const auto [token, line] = NewToken("Ada", kAllScopes);
  Write(line);
  const auto access = Open();
  const std::string cookie = "unspin_session=" + sessions_.Open(*access->IdentityOf(token), Sha256(token));
  EXPECT_EQ(Enter(*access, Ask("GET", {{"cookie", cookie}}), kRead), 200);
  EXPECT_EQ(Enter(*access, Ask("POST", {{"cookie", cookie}}), kWrite), 403);
  EXPECT_EQ(Enter(*access, Ask("POST", {{"cookie", cookie}, {"unspin-request", "page"}}), kWrite), 200);
  EXPECT_EQ(Enter(*access, Ask("GET", {{"cookie", cookie + "0"}}), kRead), 401);
}

TEST_F(AccessTest, ReloadingEndsWhatATokenOpened) {
  const auto [token, line] = NewToken("Ada", kRead);
  Write(line);
  const auto access = Open();
  const std::string cookie = "unspin_session=" + sessions_.Open(*access->IdentityOf(token), Sha256(token));
  Write("nonsense");
  EXPECT_FALSE(access->Reload().ok());
  EXPECT_TRUE(access->IdentityOf(token)) << "a bad file changes nothing";
  Write("# nobody\n");
  EXPECT_TRUE(access->Reload().ok());
  EXPECT_FALSE(access->IdentityOf(token));
  EXPECT_EQ(Enter(*access, Ask("GET", {{"cookie", cookie}}), kRead), 401);
}

TEST_F(AccessTest, ASessionMayDoWhatItsTokenMayDoNow) {
  const auto [token, line] = NewToken("Ada", kAllScopes);
  Write(line);
  const auto access = Open();
  const std::string value = sessions_.Open(*access->IdentityOf(token), Sha256(token));
  const Request request = Ask("POST", {{"cookie", "unspin_session=" + value}, {"unspin-request", "page"}});
  EXPECT_EQ(Enter(*access, request, kAdmin), 200);
  Write(line.substr(0, line.find(' ')) + "  read  Ada");
  EXPECT_TRUE(access->Reload().ok());
  EXPECT_EQ(Enter(*access, request, kRead), 200);
  EXPECT_EQ(Enter(*access, request, kAdmin), 403);
}

TEST_F(AccessTest, ASessionThatWasOpenedWhileItsTokenWentIsNone) {
  const auto [token, line] = NewToken("Ada", kRead);
  Write(line);
  const auto access = Open();
  const std::optional<Identity> before = access->IdentityOf(token);
  Write("# nobody\n");
  EXPECT_TRUE(access->Reload().ok());
  const std::string value = sessions_.Open(*before, Sha256(token));
  EXPECT_EQ(Enter(*access, Ask("GET", {{"cookie", "unspin_session=" + value}}), kRead), 401);
}

TEST_F(AccessTest, WithoutAFileEverybodyHereMayDoAll) {
  const auto access = OpenLocal();
  Identity who;
  EXPECT_FALSE(access->Identify(Ask("POST", {}), who));
  EXPECT_TRUE(who.local);
  EXPECT_EQ(who.scopes, uint32_t{kAllScopes});
  EXPECT_EQ(who.person, "local");
  EXPECT_FALSE(access->Identify(Ask("POST", {{"unspin-person", "Ada"}}), who));
  EXPECT_EQ(who.person, "Ada");
  EXPECT_FALSE(access->Identify(Ask("POST", {{"unspin-person", std::string(300, 'x')}}), who));
  EXPECT_EQ(who.person, "local");
  Identity session;
  session.person = "Bob";
  EXPECT_FALSE(access->Identify(Ask("GET", {{"cookie", "unspin_session=" + sessions_.Open(session)}}), who));
  EXPECT_EQ(who.person, "Bob");
}

TEST_F(AccessTest, OnlyItsOwnNamesAreServed) {
  const auto access = Access::Create({.token_file = {}, .hosts = {"Desk.Example"}}, sessions_);
  for (const char* const host :
       {"localhost", "LOCALHOST:80", "127.0.0.1:8080", "[::1]", "[::1]:80", "desk.example", "desk.EXAMPLE:443"}) {
    EXPECT_EQ(StatusOf((*access)->CheckOrigin(Ask("GET", {{"host", host}}))), 200) << host;
  }
  for (const char* const host : {"", "evil.example", "localhost.evil.example", "127.0.0.1.evil", "127.0.0.2", "::1",
                                 "localhost:80:80", "a@localhost"}) {
    EXPECT_EQ(StatusOf((*access)->CheckOrigin(Ask("GET", {{"host", host}}))), 421) << host;
  }
}

TEST_F(AccessTest, AForeignPageChangesNothing) {
  const auto access = OpenLocal();
  const auto status = [&](const char* method, const char* name, const char* value) {
    return StatusOf(access->CheckOrigin(Ask(method, {{"host", "localhost:8080"}, {name, value}})));
  };
  EXPECT_EQ(status("POST", "origin", "http://localhost:8080"), 200);
  EXPECT_EQ(status("POST", "origin", "https://LOCALHOST:8080"), 200);
  EXPECT_EQ(status("POST", "origin", "http://localhost"), 403);
  EXPECT_EQ(status("POST", "origin", "http://localhost:8080.evil.example"), 403);
  EXPECT_EQ(status("DELETE", "origin", "null"), 403);
  EXPECT_EQ(status("POST", "sec-fetch-site", "cross-site"), 403);
  EXPECT_EQ(status("POST", "sec-fetch-site", "same-site"), 403);
  EXPECT_EQ(status("POST", "sec-fetch-site", "same-origin"), 200);
  EXPECT_EQ(status("POST", "sec-fetch-site", "none"), 200);
  EXPECT_EQ(status("GET", "origin", "http://evil.example"), 200) << "it cannot read the answer";
  EXPECT_EQ(StatusOf(access->CheckOrigin(Ask("POST", {{"host", "localhost"}, {"origin", "https://localhost:443"}}))),
            200);
}

TEST_F(AccessTest, RequestsCountForTheTokenElseForTheAddress) {
  const auto [token, line] = NewToken("Ada", kRead);
  Write(line);
  const auto access = Open();
  Identity who;
  access->Identify(Ask("GET", {{"authorization", "Bearer " + token}}), who);
  EXPECT_TRUE(who.key.starts_with("token "));
  access->Identify(Ask("GET", {{"authorization", "Bearer wrong"}}), who);
  EXPECT_EQ(who.key, "address 10.0.0.1");
}

}  // namespace
}  // namespace unspin::server
