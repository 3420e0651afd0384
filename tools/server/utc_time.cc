#include "server/utc_time.h"

#include <cassert>
#include <chrono>
#include <cstdio>

namespace unspin::server {

std::string UtcTime(int64_t milliseconds_since_1970) {
  using std::chrono::floor;
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds{milliseconds_since_1970}};
  const auto day = floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  assert(int{date.year()} >= 0 && int{date.year()} <= 9999);
  const std::chrono::hh_mm_ss<std::chrono::milliseconds> clock{time - day};
  char text[64];
  const int size = std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", int{date.year()},
                                 unsigned{date.month()}, unsigned{date.day()}, static_cast<int>(clock.hours().count()),
                                 static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
                                 static_cast<int>(clock.subseconds().count()));
  return std::string(text, size);
}

int64_t MillisecondsNow() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

}  // namespace unspin::server
