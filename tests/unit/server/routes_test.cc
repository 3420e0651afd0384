#include "server/routes.h"

#include <cctype>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "server/openapi.h"
#include "support/test_folder.h"
#include "unspin/engine/archive_writer.h"

namespace unspin::server {
namespace {

// The routes of a service on an empty archive.
class RoutesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string archive = folder_.Path("archive");
    ASSERT_TRUE((*ArchiveWriter::Open(archive))->Finish().ok());
    ServiceOptions options;
    options.archive = archive;
    auto service = Service::Open(options);
    ASSERT_TRUE(service.ok()) << service.status();
    service_ = *std::move(service);
    access_ = *Access::Create({}, sessions_);
    router_ = AllRoutes(*service_, *access_, sessions_, metrics_);
  }

  testing::TestFolder folder_;
  Sessions sessions_;
  Metrics metrics_;
  std::unique_ptr<Service> service_;
  std::unique_ptr<Access> access_;
  Router router_;
};

// "GET /v1/cases/{id} show-case read" of each operation. OpenAPI knows no parameter of several parts.
std::set<std::string> Described() {
  std::set<std::string> operations;
  const auto description = nlohmann::json::parse(kOpenApi);
  for (const auto& [path, item] : description["paths"].items()) {
    for (const auto& [method, operation] : item.items()) {
      if (method == "parameters") continue;
      std::string upper = method;
      for (char& c : upper) c = static_cast<char>(std::toupper(c));
      operations.insert(upper + " " + path + " " + operation["operationId"].get<std::string>() + " " +
                        operation["x-unspin-scope"].get<std::string>());
    }
  }
  return operations;
}

std::set<std::string> Routed(const Router& router) {
  std::set<std::string> operations;
  for (const Route& route : router.routes()) {
    std::string pattern = route.pattern;
    if (const size_t dots = pattern.find("...}"); dots != std::string::npos) pattern.erase(dots, 3);
    operations.insert(std::string(route.method) + " " + pattern + " " + route.name + " " +
                      (route.scope == kPublic ? "public" : ScopeWords(route.scope)));
  }
  return operations;
}

TEST_F(RoutesTest, OpenApiDescribesEveryRouteAndNoOther) { EXPECT_EQ(Described(), Routed(router_)); }

TEST_F(RoutesTest, EveryChangingRouteNeedsMoreThanReading) {
  for (const Route& route : router_.routes()) {
    const std::string pattern = route.pattern;
    if (std::string(route.method) == "GET" || pattern == "/v1/session") continue;
    EXPECT_TRUE(route.scope != kPublic && route.scope != kRead) << pattern;
  }
}

}  // namespace
}  // namespace unspin::server
