#include "unspin/language/languages.h"

#include <algorithm>

#include "unspin/language/language.h"

namespace unspin {

std::vector<const Language*> Languages() {
#define UNSPIN_ADDRESS_OF_LANGUAGE(name) &name(),
  return {UNSPIN_LANGUAGES(UNSPIN_ADDRESS_OF_LANGUAGE)};
#undef UNSPIN_ADDRESS_OF_LANGUAGE
}

const Language* FindLanguage(std::string_view code) {
  const std::vector<const Language*> all = Languages();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Language* other) { return other->code == code; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace unspin
