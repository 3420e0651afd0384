#include "server/router.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "server/ascii_text.h"

namespace unspin::server {
namespace {

// "/v1/cases/" → v1, cases, "". REQUIRES: it begins with a slash.
std::vector<std::string_view> Parts(std::string_view path) {
  assert(!path.empty() && path.front() == '/');
  return Split(path.substr(1), '/');
}

bool IsParameter(std::string_view part) { return part.starts_with('{'); }
bool IsRest(std::string_view part) { return part.ends_with("...}"); }

// The decoded parameters; nothing where the pattern does not fit.
std::optional<std::vector<std::string>> Fit(const std::vector<std::string_view>& pattern,
                                            const std::vector<std::string_view>& path) {
  std::vector<std::string> parameters;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (i >= path.size()) return std::nullopt;
    if (IsRest(pattern[i])) {
      std::string rest;
      for (size_t j = i; j < path.size(); ++j) {
        if (j > i) rest += '/';
        rest += *PercentDecode(path[j]);
      }
      parameters.push_back(std::move(rest));
      return parameters;
    }
    std::string decoded = *PercentDecode(path[i]);
    if (IsParameter(pattern[i])) {
      if (decoded.empty()) return std::nullopt;
      parameters.push_back(std::move(decoded));
    } else if (decoded != pattern[i]) {
      return std::nullopt;
    }
  }
  if (path.size() != pattern.size()) return std::nullopt;
  return parameters;
}

// Whether `a` says more than `b` of the paths that it fits: at the first difference, fixed before {name} before
// {name...}.
bool MoreSpecific(std::string_view a, std::string_view b) {
  const std::vector<std::string_view> left = Parts(a);
  const std::vector<std::string_view> right = Parts(b);
  const auto rank = [](std::string_view part) { return IsRest(part) ? 2 : IsParameter(part) ? 1 : 0; };
  for (size_t i = 0; i < std::min(left.size(), right.size()); ++i) {
    if (rank(left[i]) != rank(right[i])) return rank(left[i]) < rank(right[i]);
  }
  return false;
}

// A link of a path to another folder, after decoding.
bool IsDots(std::string_view part) { return part == "." || part == ".."; }

std::string AllowOf(const std::vector<std::string_view>& methods) {
  std::string allow;
  for (const std::string_view method : methods) {
    allow.append(allow.empty() ? "" : ", ").append(method);
    if (method == "GET") allow += ", HEAD";
  }
  return allow + ", OPTIONS";
}

}  // namespace

std::optional<std::string> DecodePath(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::string decoded;
  for (const std::string_view part : Parts(path)) {
    const std::optional<std::string> text = PercentDecode(part);
    // An encoded slash may hide such a part: a%2f..%2fb.
    if (!text) return std::nullopt;
    for (const std::string_view inner : Split(*text, '/')) {
      if (IsDots(inner)) return std::nullopt;
    }
    decoded += '/' + *text;
  }
  return decoded;
}

void Router::Add(Route route) {
  assert(std::none_of(routes_.begin(), routes_.end(), [&](const Route& other) {
    return std::string_view(other.method) == route.method && std::string_view(other.pattern) == route.pattern;
  }));
  routes_.push_back(std::move(route));
}

Router::Match Router::Find(std::string_view method, std::string_view path) const {
  Match match;
  if (!DecodePath(path)) {
    match.refusal = Problem(400, "bad_path", "The path of the address is not valid: see its percent signs and dots.");
    return match;
  }
  const std::vector<std::string_view> parts = Parts(path);
  std::vector<std::string_view> methods;  // of all patterns that fit
  const std::string_view wanted = method == "HEAD" ? std::string_view("GET") : method;
  for (const Route& route : routes_) {
    std::optional<std::vector<std::string>> parameters = Fit(Parts(route.pattern), parts);
    if (!parameters) continue;
    if (std::find(methods.begin(), methods.end(), route.method) == methods.end()) methods.push_back(route.method);
    if (route.method == wanted && (!match.route || MoreSpecific(route.pattern, match.route->pattern))) {
      match.route = &route;
      match.parameters = std::move(*parameters);
    }
  }
  if (match.route) return match;
  if (methods.empty()) {
    match.refusal =
        Problem(404, "no_such_address", "There is nothing at this address; /openapi.json lists what there is.");
  } else if (method == "OPTIONS") {
    match.refusal = {.status = 204, .headers = {{"Allow", AllowOf(methods)}}};
  } else {
    match.refusal = Problem(405, "method_not_allowed", "This address takes " + AllowOf(methods) + ".");
    match.refusal.headers.emplace_back("Allow", AllowOf(methods));
  }
  return match;
}

}  // namespace unspin::server
