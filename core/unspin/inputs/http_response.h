// An HTTP answer as a web archive keeps it → its status and its body, decoded only as far as the bytes bear it out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/charset/charset_table.h"

namespace unspin {

// The value of a Content-Type: "text/html; charset=utf-8".
struct MediaType {
  std::string name;                  // in lower case; empty: unknown
  const Charset* charset = nullptr;  // null: none that is known
};
MediaType ParseMediaType(std::string_view value);

struct HttpResponse {
  int status = 0;
  MediaType media_type;
  bool chunked = false;              // Transfer-Encoding
  std::vector<std::string> codings;  // Content-Encoding in lower case, in the order in which they were applied
  std::string_view body;             // as stored
};

// Nothing where the block does not begin with a status line and a header. Interim answers (status 1xx) in front of the
// answer are passed over. Borrows the block.
std::optional<HttpResponse> ParseHttpResponse(std::string_view block);

struct HttpBody {
  std::string bytes;
  bool cut_off = false;  // the page goes on behind its end
  std::string problem;   // why it cannot be decoded; empty: nothing
};

// Undoes chunks and codings, the last one first. Headers may lie: archives often keep those of the transport with a
// body that was decoded already. So chunks are undone only where the body begins with the size of one, and a coding
// only where the bytes are of it; a coding that the header does not tell is undone where a text is promised. Bodies
// that unpack to more than `max_bytes`, or to more than a page of their size does, are a problem. `is_cut`: the block
// is known to be only a beginning.
HttpBody DecodeBody(const HttpResponse& response, size_t max_bytes, bool is_cut);

}  // namespace unspin
