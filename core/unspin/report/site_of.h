// An article → the site that it appeared on.
#pragma once

#include <string>
#include <string_view>

#include "unspin/report/report.h"

namespace unspin {

// The host of an address in small letters, without user, port and "www."; empty if the address names none.
std::string HostOf(std::string_view url);

// `site` as it was given, else the host of `url`; empty if neither says.
std::string SiteOf(const ArticleCard& card);

}  // namespace unspin
