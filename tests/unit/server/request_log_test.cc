#include "server/request_log.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>

namespace unspin::server {
namespace {

std::vector<nlohmann::json> Lines(const std::string& text) {
  std::vector<nlohmann::json> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(nlohmann::json::parse(line));
  return lines;
}

TEST(RequestLogTest, EveryRequestIsALineOfJson) {
  std::string text;
  {
    RequestLog log([&](std::string_view part) { text += part; });
    RequestLine line;
    line.request = "r1";
    line.method = "GET";
    line.path = "/a\n\"\xff\xe2\x80\xa8";
    line.status = 200;
    log.Add(line);
    log.AddEvent("stopped", {{"why", "a \"signal\""}});
  }
  const std::vector<nlohmann::json> lines = Lines(text);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["request"], "r1");
  EXPECT_EQ(lines[0]["path"], "/a\n\"\xef\xbf\xbd\xe2\x80\xa8");
  EXPECT_FALSE(lines[0].contains("person"));
  EXPECT_EQ(lines[1]["why"], "a \"signal\"");
}

TEST(RequestLogTest, AReaderThatStandsStillHoldsNobodyUp) {
  std::mutex mutex;
  std::condition_variable changed;
  bool open = false;
  bool writing = false;
  std::string text;
  {
    RequestLog log([&](std::string_view part) {
      std::unique_lock lock(mutex);
      writing = true;
      changed.notify_all();
      changed.wait(lock, [&] { return open; });
      text += part;
    });
    log.AddEvent("first");
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return writing; });
    lock.unlock();
    for (size_t i = 0; i < RequestLog::kWaiting + 7; ++i) log.AddEvent("more");
    lock.lock();
    open = true;
    changed.notify_all();
    writing = false;
    changed.wait(lock, [&] { return writing; });
    lock.unlock();
    log.AddEvent("last");
  }
  const std::vector<nlohmann::json> lines = Lines(text);
  ASSERT_EQ(lines.size(), RequestLog::kWaiting + 3);
  EXPECT_EQ(lines[lines.size() - 2]["event"], "log-left-out");
  EXPECT_EQ(lines[lines.size() - 2]["lines"], 7);
  EXPECT_EQ(lines.back()["event"], "last");
}

}  // namespace
}  // namespace unspin::server
