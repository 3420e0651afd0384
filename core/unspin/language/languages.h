// The languages that articles may be in.
#pragma once

#include <string_view>
#include <vector>

namespace unspin {

struct Language;

// The list of languages: one line for each. To add one, write a source file beside english.cc that defines its
// function, and add the function's name here. A language that is not in this list does not exist.
#define UNSPIN_LANGUAGES(LANGUAGE) LANGUAGE(English)

// `const Language& English();` and so on. Each is built at the first call and lasts as long as the program. Safe to
// call from any thread.
#define UNSPIN_DECLARE_LANGUAGE(name) const Language& name();
UNSPIN_LANGUAGES(UNSPIN_DECLARE_LANGUAGE)
#undef UNSPIN_DECLARE_LANGUAGE

// All of them, in the order of the list.
std::vector<const Language*> Languages();

// The language of an ISO 639-1 code ("en"), or null.
const Language* FindLanguage(std::string_view code);

}  // namespace unspin
