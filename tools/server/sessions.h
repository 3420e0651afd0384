// Sessions of the page: a random cookie stands for a person until it is closed or unused for long.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/access.h"

namespace unspin::server {

// In memory only: a restart ends all sessions. Safe to share between threads.
class Sessions {
 public:
  using Clock = std::chrono::steady_clock;

  static constexpr const char* kCookie = "unspin_session";
  // A working day. Each request by the cookie begins it anew.
  static constexpr std::chrono::hours kUnusedLimit{12};
  // Open sessions at most; the one that was unused for longest makes room.
  static constexpr size_t kLimit = 10'000;

  explicit Sessions(std::function<Clock::time_point()> now = Clock::now);
  ~Sessions();

  // The value for the cookie. `token_hash` is the hash of the token that opened it, empty for local.
  std::string Open(const Identity& who, std::string token_hash = {});
  // `token_hash`: gets that of the token that opened it, if it is not null.
  std::optional<Identity> Find(std::string_view value, std::string* token_hash = nullptr);
  void Close(std::string_view value);
  // Closes those whose token hash `keep` says no to.
  void CloseUnless(const std::function<bool(const std::string& token_hash)>& keep);
  size_t size() const;

  // The whole of `Set-Cookie`. `secure`: the browser came by https.
  static std::string SetCookie(std::string_view value, bool secure);
  static std::string ClearCookie(bool secure);

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace unspin::server
