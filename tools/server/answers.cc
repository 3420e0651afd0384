#include "server/answers.h"

#include <cassert>
#include <utility>

#include "unspin/base/strings.h"

namespace unspin::server {
namespace {

struct StatusAnswer {
  int status;
  const char* code;
};

StatusAnswer AnswerOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kNotFound:
      return {404, "not_found"};
    case absl::StatusCode::kFailedPrecondition:
      return {409, "conflict"};
    case absl::StatusCode::kAborted:
      return {412, "changed"};
    case absl::StatusCode::kInvalidArgument:
      return {400, "bad_argument"};
    case absl::StatusCode::kAlreadyExists:
      return {409, "exists"};
    case absl::StatusCode::kPermissionDenied:
      return {403, "forbidden"};
    case absl::StatusCode::kUnavailable:
      return {503, "busy"};
    case absl::StatusCode::kResourceExhausted:
      return {507, "storage_full"};
    default:
      return {500, "internal"};
  }
}

}  // namespace

Response ErrorAnswer(const absl::Status& status) {
  assert(!status.ok());
  const auto [number, code] = AnswerOf(status.code());
  Response answer = Problem(number, code, StdView(status.message()));
  constexpr const char* kRetrySeconds = "1";  // another process holds a lock for about as long
  if (number == 503) answer.headers.emplace_back("Retry-After", kRetrySeconds);
  return answer;
}

Response FragmentAnswer(std::string html) {
  Response answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = std::move(html);
  // Opened by itself, in a tab, it runs and loads nothing.
  answer.headers.emplace_back("Content-Security-Policy", "default-src 'none'; sandbox");
  return answer;
}

Response PageAnswer(std::string html) {
  Response answer;
  answer.content_type = "text/html; charset=utf-8";
  answer.body = std::move(html);
  answer.headers.emplace_back("Content-Security-Policy",
                              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                              "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'");
  return answer;
}

Response NothingToSay() {
  Response answer;
  answer.status = 204;
  return answer;
}

bool Wants(const Request& request, std::string_view type, std::string_view name) {
  if (const auto format = request.Query("format")) return *format == name;
  return request.Accepts(type);
}

}  // namespace unspin::server
