#include "unspin/report/site_of.h"

#include "unspin/base/strings.h"

namespace unspin {

std::string HostOf(std::string_view url) {
  constexpr std::string_view kWww = "www.", kScheme = "://";
  const size_t scheme = url.find(kScheme);
  std::string_view rest;
  if (scheme != std::string_view::npos && url.find_first_of("/?#") > scheme) {
    rest = url.substr(scheme + kScheme.size());
  } else if (url.starts_with("//")) {
    rest = url.substr(2);
  } else if (url.starts_with(kWww)) {  // without a scheme, anything else may be a path
    rest = url;
  }
  rest = rest.substr(0, rest.find_first_of("/?#\\"));
  rest.remove_prefix(rest.rfind('@') + 1);  // npos + 1 is 0
  const size_t port = rest.find(':', rest.starts_with('[') ? rest.find(']') : 0);
  rest = rest.substr(0, port);
  while (rest.ends_with('.')) rest.remove_suffix(1);
  std::string host;
  for (const char c : rest) host += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return host.starts_with(kWww) ? host.substr(kWww.size()) : host;
}

std::string SiteOf(const ArticleCard& card) { return IsWhiteSpace(card.site) ? HostOf(card.url) : card.site; }

}  // namespace unspin
