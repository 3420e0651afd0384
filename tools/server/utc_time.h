// Times as the desk writes them: ISO 8601 in UTC with milliseconds, so that later ones sort behind earlier ones.
#pragma once

#include <cstdint>
#include <string>

namespace unspin::server {

// "2026-11-30T09:20:01.123Z". REQUIRES: a time between the years 0 and 9999.
std::string UtcTime(int64_t milliseconds_since_1970);

// Of the system's clock.
int64_t MillisecondsNow();

}  // namespace unspin::server
