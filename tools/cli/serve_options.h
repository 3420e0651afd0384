// The options of `unspin serve`.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/options.h"

namespace unspin::cli {

struct ServeOptions {
  CommonOptions common;
  std::string archive, data, inputs;  // folders
  std::string address = "127.0.0.1";
  uint32_t port = 8080;
  std::string token_file;
  std::vector<std::string> hosts;
  std::string new_token;  // a person's name; not empty: print a token instead of serving
  std::string scopes = "read,check,write";
  uint64_t max_body = uint64_t{16} << 20;  // bytes
  uint32_t max_connections = 200;
  uint32_t max_queue = 64;  // requests
  double rate = 50;         // requests a second
  double burst = 200;       // requests
  uint32_t timeout = 30;    // seconds
  uint32_t keep_texts = 0;  // days; 0: for ever
};

void AddServeOptions(CLI::App& command, ServeOptions& options);

}  // namespace unspin::cli
