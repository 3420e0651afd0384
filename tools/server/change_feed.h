// Listeners to what was committed.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>

#include "server/desk_records.h"

namespace unspin::server {

// All functions may be called from many threads at once; the listeners are called by one at a time.
class ChangeFeed {
 public:
  using Listener = std::function<void(const Change&)>;

  // Ends with its destructor: afterwards the listener is not called, and no call of it runs.
  class Subscription {
   public:
    ~Subscription();
    Subscription(const Subscription&) = delete;
    Subscription& operator=(const Subscription&) = delete;

   private:
    friend class ChangeFeed;
    struct State;
    Subscription(std::shared_ptr<State> state, int number) : state_(std::move(state)), number_(number) {}
    std::shared_ptr<State> state_;  // outlives the feed as long as somebody listens
    int number_;
  };

  ChangeFeed();
  std::unique_ptr<Subscription> Subscribe(Listener listener);
  void Publish(std::span<const Change> changes);

 private:
  std::shared_ptr<Subscription::State> state_;
};

}  // namespace unspin::server
