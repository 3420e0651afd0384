#include "server/framing.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "server/ascii_text.h"

namespace unspin::server {
namespace {

// Characters of methods and of names of headers (RFC 9110, 5.6.2).
bool IsToken(std::string_view text) {
  const auto is_token = [](char c) {
    return (c >= '0' && c <= '9') || (Lower(c) >= 'a' && Lower(c) <= 'z') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token);
}

bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return (c < ' ' && c != '\t') || c == 0x7f; });
}

Framing Refuse(std::string_view message) {
  Framing framing;
  framing.refusal = Problem(400, "bad_request", message);
  return framing;
}

}  // namespace

Framing CheckFraming(std::string_view method, std::string_view target, std::string_view version,
                     const Headers& headers) {
  if (!IsToken(method)) return Refuse("The method has characters that no method has.");
  if (target.find(' ') != std::string_view::npos || HasControls(target)) {
    return Refuse("The address has spaces or control characters.");
  }
  Framing framing;
  int hosts = 0;
  int lengths = 0;
  int codings = 0;
  for (const auto& [name, value] : headers) {
    if (!IsToken(name)) return Refuse("The name of a header has characters that no name has.");
    if (HasControls(value)) return Refuse("The value of a header has control characters.");
    hosts += name == "host";
    if (name == "content-length") {
      ++lengths;
      const char* const end = value.data() + value.size();
      const auto [rest, error] = std::from_chars(value.data(), end, framing.content_length);
      if (error != std::errc() || rest != end) return Refuse("`Content-Length` is no number of bytes.");
    }
    if (name == "transfer-encoding") {
      ++codings;
      framing.chunked = true;
      if (Lower(value) != "chunked") return Refuse("`Transfer-Encoding` can only be chunked.");
    }
  }
  if (hosts > 1 || (hosts == 0 && version != "HTTP/1.0")) return Refuse("A request has one `Host`.");
  if (lengths > 1) return Refuse("A request has one `Content-Length`.");
  if (codings > 1) return Refuse("A request has one `Transfer-Encoding`.");
  if (codings > 0 && lengths > 0) return Refuse("A request has `Content-Length` or `Transfer-Encoding`, not both.");
  if (codings > 0 && version == "HTTP/1.0") return Refuse("HTTP/1.0 has no `Transfer-Encoding`.");
  return framing;
}

bool IsContiguous(const char* method, const char* target, size_t target_size, const char* version,
                  const std::vector<RawHeader>& headers, size_t size) {
  constexpr size_t kLineEnd = 2;  // CR LF
  if (target != method + strlen(method) + 1 || version != target + target_size + 1) return false;
  const char* next = version + strlen(version) + kLineEnd;
  for (const RawHeader& header : headers) {
    if (header.name.data() != next) return false;
    const char* blank = header.name.data() + header.name.size() + 1;  // behind the colon
    while (blank < header.value.data() && (*blank == ' ' || *blank == '\t')) ++blank;
    if (blank != header.value.data()) return false;
    next = header.value.data() + header.value.size() + kLineEnd;
  }
  return next + kLineEnd == method + size;
}

}  // namespace unspin::server
