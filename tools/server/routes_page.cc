// GET / and /page/…: the page in the browser, and the files that it is made of.
#include <zlib.h>

#include <cassert>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "server/answers.h"
#include "server/page_files.h"
#include "server/routes.h"

namespace unspin::server {
namespace {

std::string_view TypeOf(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".html")) return "text/html; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/plain; charset=utf-8";
}

bool HasSeen(const Request& request, const std::string& tag) {
  return request.Header("if-none-match").find(tag) != std::string::npos;
}

Response Unchanged(const std::string& tag) {
  Response answer;
  answer.status = 304;
  answer.headers.emplace_back("ETag", tag);
  return answer;
}

// The best that gzip does: the files are packed once, and sent for as long as the server runs.
constexpr int kGzipLevel = 9;
// Window of 32 KiB; 16 more ask zlib for gzip's frame.
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kGzipMemoryLevel = 9;

// Empty where zlib has no memory.
std::string Gzip(std::string_view text) {
  z_stream stream = {};
  if (deflateInit2(&stream, kGzipLevel, Z_DEFLATED, kGzipWindowBits, kGzipMemoryLevel, Z_DEFAULT_STRATEGY) != Z_OK)
    return "";
  std::string packed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int end = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return end == Z_STREAM_END ? packed : "";
}

// Of a file of the page, which lives as long as the program.
const std::string& Packed(const PageFile& file) {
  static std::mutex mutex;
  static std::map<const PageFile*, std::string> packed;
  const std::lock_guard lock(mutex);
  const auto [place, added] = packed.try_emplace(&file);
  if (added) place->second = Gzip(file.content);
  return place->second;
}

Response ShowPage(const Request& request) {
  const std::string tag = "\"" + PageVersion() + "\"";
  if (HasSeen(request, tag)) return Unchanged(tag);
  Response answer = PageAnswer(PageIndex());
  answer.headers.emplace_back("ETag", tag);
  answer.headers.emplace_back("Cache-Control", "no-cache");  // asks each time, and mostly hears that nothing changed
  return answer;
}

// "VERSION/app.js", which a browser keeps for a year, or "app.js", which it asks for again.
Response ShowFile(const Request& request) {
  const std::string& rest = request.parameters.at(0);
  const size_t slash = rest.find('/');
  const bool versioned = slash != std::string::npos && rest.substr(0, slash) == PageVersion();
  const std::string_view name = std::string_view(rest).substr(versioned ? slash + 1 : 0);
  const PageFile* const file = FindPageFile(name);
  if (file == nullptr)
    return Problem(404, "not_found",
                   "the page has no file " + rest + "; load the page again, it may be of another version");
  const std::string tag = "\"" + PageVersion() + "\"";
  if (HasSeen(request, tag)) return Unchanged(tag);
  Response answer;
  answer.content_type = TypeOf(name);
  answer.headers.emplace_back("Vary", "Accept-Encoding");
  const std::string* const packed =
      request.Header("accept-encoding").find("gzip") == std::string::npos ? nullptr : &Packed(*file);
  if (packed != nullptr && !packed->empty()) {
    answer.headers.emplace_back("Content-Encoding", "gzip");
    answer.body = *packed;
  } else {
    answer.body = file->content;
  }
  answer.headers.emplace_back("ETag", tag);
  answer.headers.emplace_back("Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
  return answer;
}

}  // namespace

void AddPageRoutes(Router& router) {
  router.Add({"GET", "/", Scope::kPublic, nullptr, "page", ShowPage});
  router.Add({"GET", "/page/{file...}", Scope::kPublic, nullptr, "page-file", ShowFile});
}

}  // namespace unspin::server
