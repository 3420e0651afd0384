// An answer as bytes, for connections that get one outside of the usual way and are closed then.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http_message.h"

namespace unspin::server {

// What every answer has unless it says otherwise.
const std::vector<std::pair<std::string, std::string>>& CommonHeaders();

// With `Connection: close`. REQUIRES: no stream.
std::string RawResponse(const Response& response);

// Puts the request's id into a Problem that has none.
void FillInRequest(std::string_view id, Response& response);

}  // namespace unspin::server
