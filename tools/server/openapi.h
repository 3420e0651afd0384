// The description of the service for programs: openapi.json, compiled in.
#pragma once

#include <string_view>

namespace unspin::server {

extern const std::string_view kOpenApi;

}  // namespace unspin::server
