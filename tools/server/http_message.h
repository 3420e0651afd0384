// What handlers get and give back: a request that is complete and in memory, and its answer.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/access.h"

namespace unspin::server {

struct Request {
  std::string method;        // as it came; the route of a HEAD request is that of GET
  std::string path;          // decoded: no NUL, no "." or ".." between slashes
  std::string query_string;  // as it came
  std::string body;
  std::string id;              // of the request, as in `Unspin-Request-Id`
  std::string remote_address;  // without the port
  std::string content_type;    // lower case, without parameters; empty if there was none
  std::string accept;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::vector<std::pair<std::string, std::string>> query;    // decoded
  std::vector<std::string> parameters;                       // of the route's pattern, decoded
  Identity who;
  std::chrono::steady_clock::time_point deadline;  // the client has its answer by then, whatever it is

  // The first header of that name; empty if there is none. REQUIRES: `name` is in lower case.
  std::string Header(std::string_view name) const;
  // The first value of that name.
  std::optional<std::string> Query(std::string_view name) const;
  std::optional<std::string> Cookie(std::string_view name) const;
  // Whether `Accept` names this type itself (not by *).
  bool Accepts(std::string_view type) const;
};

// Wakes a stream that waits. Copies wake the same one; safe from any thread, also after the stream has ended.
class Waker {
 public:
  Waker() = default;
  explicit Waker(std::function<void()> wake) : wake_(std::move(wake)) {}
  void Wake() const {
    if (wake_) wake_();
  }

 private:
  std::function<void()> wake_;
};

// The body of an answer that is made while it is sent. All functions are called by the thread that sends, one after the
// other: they must return within a millisecond or so, and never wait. Destroyed when the answer has ended or the client
// has gone.
class BodyStream {
 public:
  enum class State {
    kMore,  // `out` got bytes; ask again when they are sent
    kWait,  // nothing more now (`out` may have got bytes); ask again after Wake()
    kEnd    // the last bytes, if any, are in `out`
  };

  virtual ~BodyStream() = default;
  // Before the first Read.
  virtual void Open(const Waker& waker) { (void)waker; }
  // Appends to `out`, some 64 KiB at most.
  virtual State Read(std::string& out) = 0;
  // Sent when nothing else was for kHeartBeat. Empty: nothing.
  virtual std::string_view HeartBeat() const { return {}; }
  // The server stops: the next Read should end. Until then the server waits, but not longer than it does for requests.
  virtual void Finish() {}
};

struct Response {
  int status = 200;
  std::string content_type = {};
  std::string body = {};
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::unique_ptr<BodyStream> stream = nullptr;  // instead of `body`
};

// {"error":{"code","message"},"type","title","status","request"} as application/problem+json. The server fills in the
// request's id where `request` is empty. `message` is a whole sentence: what is wrong, where, what to do.
Response Problem(int status, std::string_view code, std::string_view message, std::string_view request = {});
// `body` is JSON.
Response Json(std::string body, int status = 200);
// "Not Found"; "Status" for what has no name.
const char* ReasonPhrase(int status);

// Percent-decodes; nothing where an escape is broken, or where the result holds a NUL. `plus`: + is a space.
std::optional<std::string> PercentDecode(std::string_view text, bool plus = false);
// a=1&b → {a,1} {b,}. Nothing where a part cannot be decoded.
std::optional<std::vector<std::pair<std::string, std::string>>> ParseQuery(std::string_view text);

}  // namespace unspin::server
