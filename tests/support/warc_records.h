// Records of WARC files, as tests write them.
#pragma once

#include <string>
#include <string_view>

namespace unspin::testing {

// A record of version 1.1 whose header claims `length` bytes; empty: as many as the block has.
inline std::string WarcRecord(std::string_view type, std::string_view block,
                              std::string_view uri = "https://a.example/",
                              std::string_view content_type = "application/http", const std::string& length = "") {
  std::string record = "WARC/1.1\r\nWARC-Type: " + std::string(type) + "\r\nWARC-Record-ID: <urn:uuid:1>\r\n";
  record += "WARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: " + std::string(uri) + "\r\n";
  record += "Content-Type: " + std::string(content_type) + "\r\n";
  record += "Content-Length: " + (length.empty() ? std::to_string(block.size()) : length) + "\r\n\r\n";
  return record + std::string(block) + "\r\n\r\n";
}

inline std::string HttpAnswer(std::string_view body, std::string_view fields = "Content-Type: text/html\r\n",
                              std::string_view status = "200 OK") {
  return "HTTP/1.1 " + std::string(status) + "\r\n" + std::string(fields) + "\r\n" + std::string(body);
}

}  // namespace unspin::testing
