// Writes one line of JSON for each request.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace unspin::server {

struct RequestLine {
  std::string request;  // id
  std::string method, path, route, person, address;
  int status = 0;
  uint64_t bytes_in = 0, bytes_out = 0;
  double seconds = 0;  // from its header to the end of its answer
  double waited = 0;   // in the queue
  std::string ended;   // empty: the answer went out whole; else why not
};

// Lines are written by a thread of its own, so that a reader that stands still does not hold up requests: what then
// does not fit into the queue is left out, and the next line says how many. Safe to share between threads.
class RequestLog {
 public:
  // Lines that wait at most, about 300 bytes each.
  static constexpr size_t kWaiting = 10'000;

  // `write` gets whole lines with their line end. Standard error where it is empty.
  explicit RequestLog(std::function<void(std::string_view)> write = {});
  ~RequestLog();  // writes what waits

  void Add(const RequestLine& line);
  // Another event of the service: {"time":…,"event":`event`,…the fields}.
  void AddEvent(std::string_view event, const std::vector<std::pair<std::string, std::string>>& fields = {});

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace unspin::server
