// A desk in a folder of its own, with a clock that a test sets.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "server/desk.h"
#include "support/desk_cases.h"
#include "support/test_folder.h"

namespace unspin::testing {

inline const server::Who kAna{"Ana Reader"};
inline const server::Who kBen{"Ben Writer"};

class DeskTestBase : public ::testing::Test {
 protected:
  void SetUp() override { OpenDesk(); }

  void OpenDesk() {
    server::DeskOptions options;
    options.now = [this] { return now_.load(); };
    absl::StatusOr<std::unique_ptr<server::Desk>> desk = server::Desk::Open(data(), std::move(options));
    ASSERT_TRUE(desk.ok()) << desk.status();
    desk_ = *std::move(desk);
  }

  std::string data() const { return folder_.Path("desk"); }

  int64_t Open(const server::NewCase& made) {
    absl::StatusOr<server::OpenedCase> opened = desk_->OpenCase(made, kAna);
    EXPECT_TRUE(opened.ok()) << opened.status();
    return opened.ok() ? opened->row.id : 0;
  }
  server::Case Get(int64_t id) {
    absl::StatusOr<server::Case> got = desk_->GetCase(id);
    EXPECT_TRUE(got.ok()) << got.status();
    return got.ok() ? *std::move(got) : server::Case{};
  }
  std::string Problem() {
    absl::StatusOr<server::LogCheck> check = desk_->VerifyLog();
    EXPECT_TRUE(check.ok()) << check.status();
    return check.ok() ? check->problem : "";
  }

  std::atomic<int64_t> now_{1'780'000'000'000};  // in 2026
  TestFolder folder_;
  std::unique_ptr<server::Desk> desk_;
};

}  // namespace unspin::testing
