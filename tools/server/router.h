// Finds the handler of a request by its method and path.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/access.h"
#include "server/http_message.h"
#include "unspin/engine/engine.h"

namespace unspin::server {

// What a worker thread has for itself.
struct Worker {
  explicit Worker(const Engine& engine) : workspace(engine) {}

  Workspace workspace;
};

// A log of a million events is checked in less.
inline constexpr std::chrono::minutes kSlowRouteTime{10};

struct Route {
  const char* method;   // GET, POST, DELETE, …; HEAD is answered by GET, OPTIONS by the router
  const char* pattern;  // /v1/cases/{id}; a last part {name...} takes the rest of the path, which may be empty
  Scope scope;
  std::function<Response(const Request&, Worker&)> handler;
  const char* name;  // for metrics and the log: "open-case"
  // Instead of `handler`, for what takes microseconds and must be answered when all workers are busy (/healthz).
  // Called by the thread that sends.
  std::function<Response(const Request&)> quick = nullptr;
  // For what reads all that is stored: it has kSlowRouteTime where that is longer than --timeout.
  bool slow = false;
};

class Router {
 public:
  // REQUIRES: no other route has the same method and pattern.
  void Add(Route route);

  struct Match {
    const Route* route = nullptr;         // null: see `refusal`
    std::vector<std::string> parameters;  // decoded
    Response refusal;                     // 404, 405 with `Allow`, or the answer to OPTIONS (204 with `Allow`)
  };
  // `path` as it came, still percent-encoded, so that an encoded slash stays in its part. A fixed part of a pattern
  // goes before {name}, and that before {name...}.
  Match Find(std::string_view method, std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

// A path as it came → decoded, for showing. Nothing where it does not begin with a slash, an escape is broken, a NUL is
// in it, or a part is "." or "..", encoded or not.
std::optional<std::string> DecodePath(std::string_view path);

}  // namespace unspin::server
