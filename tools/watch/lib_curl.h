// libcurl, loaded when it is first needed: if it were linked, it and the libraries behind it (TLS, Kerberos, LDAP …)
// would make every command start 3 ms later, 20 instead of 17.
#pragma once

#include <curl/curl.h>

#include "absl/status/statusor.h"

namespace unspin::watch {

// Its functions that are used here, under their own names without "curl_".
struct LibCurl {
  decltype(&curl_global_init) global_init = nullptr;
  decltype(&curl_easy_init) easy_init = nullptr;
  decltype(&curl_easy_setopt) easy_setopt = nullptr;
  decltype(&curl_easy_perform) easy_perform = nullptr;
  decltype(&curl_easy_getinfo) easy_getinfo = nullptr;
  decltype(&curl_easy_strerror) easy_strerror = nullptr;
  decltype(&curl_easy_cleanup) easy_cleanup = nullptr;
  decltype(&curl_slist_append) slist_append = nullptr;
  decltype(&curl_slist_free_all) slist_free_all = nullptr;
  decltype(&curl_url) url = nullptr;
  decltype(&curl_url_get) url_get = nullptr;
  decltype(&curl_url_set) url_set = nullptr;
  decltype(&curl_url_cleanup) url_cleanup = nullptr;
  decltype(&curl_free) free = nullptr;
};

// Loaded and initialised once for the process, and never unloaded. Unavailable where it is not installed.
absl::StatusOr<const LibCurl*> LoadLibCurl();

}  // namespace unspin::watch
