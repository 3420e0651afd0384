#include "unspin/report/same_address.h"

#include <algorithm>
#include <string>

#include "unspin/article/ascii.h"

namespace unspin {
namespace {

std::string Comparable(std::string_view url) {
  constexpr std::string_view kWww = "www.", kCounting = "utm_";
  if (const size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    url.remove_prefix(scheme + 3);
  } else if (url.starts_with("//")) {
    url.remove_prefix(2);
  }
  url = url.substr(0, url.find('#'));
  const size_t query = std::min(url.find('?'), url.size());
  std::string_view place = url.substr(0, query);
  while (place.ends_with('/')) place.remove_suffix(1);
  const size_t host_end = std::min(place.find('/'), place.size());
  std::string host = AsciiLower(place.substr(0, host_end));
  if (host.starts_with(kWww)) host.erase(0, kWww.size());
  std::string comparable = host + std::string(place.substr(host_end));
  std::string_view parameters = url.substr(std::min(query + 1, url.size()));
  char sign = '?';
  while (!parameters.empty()) {
    const size_t end = std::min(parameters.find('&'), parameters.size());
    if (!parameters.starts_with(kCounting)) {
      (comparable += sign).append(parameters.substr(0, end));
      sign = '&';
    }
    parameters.remove_prefix(std::min(end + 1, parameters.size()));
  }
  return comparable;
}

}  // namespace

bool IsSameAddress(std::string_view a, std::string_view b) { return !a.empty() && Comparable(a) == Comparable(b); }

}  // namespace unspin
