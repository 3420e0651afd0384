// The languages that articles may be in.
#pragma once

#include <string_view>
#include <vector>

namespace unspin {

struct Language;

// Each is built at the first call and lasts as long as the program. Safe to call from any thread.
const Language& English();

// All of them. A new language is one source file beside english.cc, and one line in languages.cc.
std::vector<const Language*> Languages();

// The language of an ISO 639-1 code ("en"), or null.
const Language* FindLanguage(std::string_view code);

}  // namespace unspin
