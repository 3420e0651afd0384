#ifdef UNSPIN_CASES

#include "watch/lib_curl.h"

#include <dlfcn.h>

#include <string>

#include "unspin/base/strings.h"

namespace unspin::watch {
namespace {

// All versions of libcurl since 2006 have this name.
constexpr const char* kLibrary = "libcurl.so.4";

struct Loaded {
  LibCurl curl;
  std::string problem;
};

template <typename Function>
void Find(void* library, const char* name, Function& function, std::string& problem) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  if (function == nullptr) problem = std::string(kLibrary) + " has no function " + name;
}

Loaded Load() {
  Loaded loaded;
  void* const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* const error = ::dlerror();
    loaded.problem = error != nullptr ? error : kLibrary;
    return loaded;
  }
  LibCurl& curl = loaded.curl;
  Find(library, "curl_global_init", curl.global_init, loaded.problem);
  Find(library, "curl_easy_init", curl.easy_init, loaded.problem);
  Find(library, "curl_easy_setopt", curl.easy_setopt, loaded.problem);
  Find(library, "curl_easy_perform", curl.easy_perform, loaded.problem);
  Find(library, "curl_easy_getinfo", curl.easy_getinfo, loaded.problem);
  Find(library, "curl_easy_strerror", curl.easy_strerror, loaded.problem);
  Find(library, "curl_easy_cleanup", curl.easy_cleanup, loaded.problem);
  Find(library, "curl_slist_append", curl.slist_append, loaded.problem);
  Find(library, "curl_slist_free_all", curl.slist_free_all, loaded.problem);
  Find(library, "curl_url", curl.url, loaded.problem);
  Find(library, "curl_url_get", curl.url_get, loaded.problem);
  Find(library, "curl_url_set", curl.url_set, loaded.problem);
  Find(library, "curl_url_cleanup", curl.url_cleanup, loaded.problem);
  Find(library, "curl_free", curl.free, loaded.problem);
  if (loaded.problem.empty() && curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    loaded.problem = std::string(kLibrary) + " cannot be initialised";
  return loaded;
}

}  // namespace

absl::StatusOr<const LibCurl*> LoadLibCurl() {
  static const Loaded& loaded = *new Loaded(Load());  // threads may be in it at the end of the process
  if (loaded.problem.empty()) return &loaded.curl;
  const std::string message = "--cases needs libcurl, and it cannot be loaded (" + loaded.problem +
                              "); install it (Debian, Ubuntu: apt-get install libcurl4)";
  return absl::UnavailableError(AbslView(message));
}

}  // namespace unspin::watch

#endif  // UNSPIN_CASES
