#include "server/sessions.h"

#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace unspin::server {
namespace {

constexpr size_t kValueBytes = 32;  // nobody guesses 256 random bits

struct Session {
  std::string key;  // hash of the cookie's value, so that a dump of this memory opens no session
  Identity who;
  std::string token_hash;
  Sessions::Clock::time_point used;
};

}  // namespace

struct Sessions::State {
  std::function<Clock::time_point()> now;
  mutable std::mutex mutex;
  std::list<Session> sessions;  // last used first
  std::unordered_map<std::string, std::list<Session>::iterator> by_key;

  void Erase(std::list<Session>::iterator session) {
    by_key.erase(session->key);
    sessions.erase(session);
  }
  void EraseUnused(Clock::time_point time) {
    while (!sessions.empty() && (time - sessions.back().used > kUnusedLimit || sessions.size() > kLimit)) {
      Erase(std::prev(sessions.end()));
    }
  }
};

Sessions::Sessions(std::function<Clock::time_point()> now) : state_(std::make_unique<State>()) {
  state_->now = std::move(now);
}
Sessions::~Sessions() = default;

std::string Sessions::Open(const Identity& who, std::string token_hash) {
  std::string value = RandomHex(kValueBytes);
  const std::lock_guard lock(state_->mutex);
  const Clock::time_point time = state_->now();
  state_->sessions.push_front({.key = Sha256(value), .who = who, .token_hash = std::move(token_hash), .used = time});
  state_->by_key[state_->sessions.front().key] = state_->sessions.begin();
  state_->EraseUnused(time);
  return value;
}

std::optional<Identity> Sessions::Find(std::string_view value, std::string* token_hash) {
  const std::string key = Sha256(value);
  const std::lock_guard lock(state_->mutex);
  const Clock::time_point time = state_->now();
  state_->EraseUnused(time);
  const auto found = state_->by_key.find(key);
  if (found == state_->by_key.end()) return std::nullopt;
  found->second->used = time;
  state_->sessions.splice(state_->sessions.begin(), state_->sessions, found->second);
  if (token_hash != nullptr) *token_hash = found->second->token_hash;
  return found->second->who;
}

void Sessions::Close(std::string_view value) {
  const std::string key = Sha256(value);
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->by_key.find(key);
  if (found != state_->by_key.end()) state_->Erase(found->second);
}

void Sessions::CloseUnless(const std::function<bool(const std::string& token_hash)>& keep) {
  const std::lock_guard lock(state_->mutex);
  for (auto session = state_->sessions.begin(); session != state_->sessions.end();) {
    const auto next = std::next(session);
    if (!keep(session->token_hash)) state_->Erase(session);
    session = next;
  }
}

size_t Sessions::size() const {
  const std::lock_guard lock(state_->mutex);
  return state_->sessions.size();
}

std::string Sessions::SetCookie(std::string_view value, bool secure) {
  return std::string(kCookie) + "=" + std::string(value) + "; HttpOnly; SameSite=Strict; Path=/" +
         (secure ? "; Secure" : "");
}

std::string Sessions::ClearCookie(bool secure) { return SetCookie("", secure) + "; Max-Age=0"; }

}  // namespace unspin::server
