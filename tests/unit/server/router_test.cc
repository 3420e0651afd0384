#include "server/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace unspin::server {
namespace {

using ::testing::ElementsAre;

Router Routes() {
  Router router;
  const auto add = [&](const char* method, const char* pattern, const char* name) {
    router.Add({.method = method, .pattern = pattern, .scope = kRead, .handler = nullptr, .name = name});
  };
  add("GET", "/", "page");
  add("GET", "/v1/cases", "cases");
  add("POST", "/v1/cases", "open");
  add("GET", "/v1/cases/{id}", "case");
  add("GET", "/v1/cases/new", "new");
  add("DELETE", "/v1/cases/{id}/exclusions/{n}", "undo");
  add("GET", "/page/{path...}", "asset");
  return router;
}

std::string NameOf(const Router::Match& match) { return match.route ? match.route->name : ""; }

TEST(RouterTest, ParametersAreDecoded) {
  const Router router = Routes();
  const Router::Match match = router.Find("DELETE", "/v1/cases/a%20b/exclusions/%2f");
  EXPECT_EQ(NameOf(match), "undo");
  EXPECT_THAT(match.parameters, ElementsAre("a b", "/"));
}

TEST(RouterTest, FixedPartsGoBeforeParameters) {
  const Router router = Routes();
  EXPECT_EQ(NameOf(router.Find("GET", "/v1/cases/new")), "new");
  EXPECT_EQ(NameOf(router.Find("GET", "/v1/cases/7")), "case");
  EXPECT_EQ(NameOf(router.Find("GET", "/")), "page");
}

TEST(RouterTest, TheRestOfAPathIsOneParameter) {
  const Router router = Routes();
  EXPECT_THAT(router.Find("GET", "/page/a/b%20c.js").parameters, ElementsAre("a/b c.js"));
  EXPECT_THAT(router.Find("GET", "/page/").parameters, ElementsAre(""));
  EXPECT_EQ(router.Find("GET", "/page").refusal.status, 404);
}

TEST(RouterTest, EmptyParametersFitNothing) {
  const Router router = Routes();
  EXPECT_EQ(router.Find("GET", "/v1/cases/").refusal.status, 404);
  EXPECT_EQ(router.Find("DELETE", "/v1/cases//exclusions/1").refusal.status, 404);
}

TEST(RouterTest, HeadIsAnsweredByGet) {
  const Router router = Routes();
  EXPECT_EQ(NameOf(router.Find("HEAD", "/v1/cases")), "cases");
}

TEST(RouterTest, OtherMethodsAreNamed) {
  const Router router = Routes();
  const Router::Match refused = router.Find("PATCH", "/v1/cases");
  EXPECT_EQ(refused.refusal.status, 405);
  EXPECT_THAT(refused.refusal.headers, ElementsAre(testing::Pair("Allow", "GET, HEAD, POST, OPTIONS")));
  EXPECT_EQ(router.Find("OPTIONS", "/v1/cases/7").refusal.status, 204);
  EXPECT_EQ(router.Find("OPTIONS", "/nothing").refusal.status, 404);
}

TEST(RouterTest, NoPathLeavesItsFolder) {
  for (const char* const path : {"/page/../x", "/page/%2e%2e/x", "/page/.", "/page/a%2f..%2f..%2fb", "/page/%",
                                 "/page/%00", "page", "", "*", "/page/..", "/.%2E"}) {
    EXPECT_EQ(DecodePath(path), std::nullopt) << path;
    EXPECT_EQ(Routes().Find("GET", path).refusal.status, 400) << path;
  }
  EXPECT_EQ(DecodePath("/a%20b/...").value(), "/a b/...");
}

}  // namespace
}  // namespace unspin::server
