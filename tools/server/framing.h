// Says whether everybody on the way agrees where a request ends: what is ambiguous is refused, not guessed.
//
// Request smuggling lives on such ambiguities (RFC 9112, 11.2): a proxy and this server would see different requests.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http_message.h"

namespace unspin::server {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Framing {
  std::optional<Response> refusal;  // then the rest is not to be trusted
  bool chunked = false;
  uint64_t content_length = 0;

  bool HasBody() const { return chunked || content_length > 0; }
};

// `headers` have their names in lower case. `version` is HTTP/1.0 or HTTP/1.1.
Framing CheckFraming(std::string_view method, std::string_view target, std::string_view version,
                     const Headers& headers);

// A header as it lies in the memory of libmicrohttpd, whose pieces end with a NUL.
struct RawHeader {
  std::string_view name, value;
};

// Whether the pieces of a request's header lie one behind the other with nothing but separators between them. Where
// they do not, there was a NUL, a line without its carriage return, or a folded line, which libmicrohttpd up to 0.9.75
// reads past. `size` bytes from the method on are the header, with its empty line.
bool IsContiguous(const char* method, const char* target, size_t target_size, const char* version,
                  const std::vector<RawHeader>& headers, size_t size);

}  // namespace unspin::server
