// Changes of the desk → streams of server-sent events, one for each client that listens.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "server/desk.h"
#include "server/http_message.h"

namespace unspin::server {

// Safe to share between threads.
class EventHub {
 public:
  // Events that wait for one client, at most, about 150 bytes each. A client that reads slower is sent the event
  // `reset` instead of them: it asks anew for what it shows.
  static constexpr size_t kWaiting = 1000;

  explicit EventHub(Desk& desk);
  ~EventHub();

  // The stream for one client, beginning behind event `after` of the log; 0: with what happens from now on.
  absl::StatusOr<std::unique_ptr<BodyStream>> Listen(int64_t after);

 private:
  class Stream;
  struct Listeners;

  Desk& desk_;
  const std::shared_ptr<Listeners> listeners_;  // shared with streams, which may live longer than the hub
  std::unique_ptr<Desk::Subscription> subscription_;
};

}  // namespace unspin::server
