#include "server/change_feed.h"

#include <utility>

namespace unspin::server {

struct ChangeFeed::Subscription::State {
  std::mutex mutex;
  std::map<int, Listener> listeners;
  int next = 0;
};

ChangeFeed::Subscription::~Subscription() {
  const std::lock_guard lock(state_->mutex);
  state_->listeners.erase(number_);
}

ChangeFeed::ChangeFeed() : state_(std::make_shared<Subscription::State>()) {}

std::unique_ptr<ChangeFeed::Subscription> ChangeFeed::Subscribe(Listener listener) {
  const std::lock_guard lock(state_->mutex);
  const int number = state_->next++;
  state_->listeners.emplace(number, std::move(listener));
  return std::unique_ptr<Subscription>(new Subscription(state_, number));
}

void ChangeFeed::Publish(std::span<const Change> changes) {
  const std::lock_guard lock(state_->mutex);
  for (const Change& change : changes) {
    for (const auto& [number, listener] : state_->listeners) listener(change);
  }
}

}  // namespace unspin::server
