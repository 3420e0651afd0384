#include "server/raw_response.h"

#include <cassert>

namespace unspin::server {

const std::vector<std::pair<std::string, std::string>>& CommonHeaders() {
  static const std::vector<std::pair<std::string, std::string>> headers = {
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Cache-Control", "no-store"},
  };
  return headers;
}

std::string RawResponse(const Response& response) {
  assert(!response.stream);
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + " " + ReasonPhrase(response.status) + "\r\n";
  const auto add = [&](const std::string& name, const std::string& value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  add("Connection", "close");
  add("Content-Length", std::to_string(response.body.size()));
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  for (const auto& [name, value] : CommonHeaders()) add(name, value);
  for (const auto& [name, value] : response.headers) add(name, value);
  return text + "\r\n" + response.body;
}

void FillInRequest(std::string_view id, Response& response) {
  constexpr std::string_view kEmpty = "\"request\":\"\"";
  if (response.content_type != "application/problem+json") return;
  // Quotes in the message are escaped, so that only the field itself looks like this.
  const size_t found = response.body.rfind(kEmpty);
  if (found != std::string::npos) response.body.insert(found + kEmpty.size() - 1, id);
}

}  // namespace unspin::server
