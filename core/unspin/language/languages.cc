#include "unspin/language/languages.h"

#include <algorithm>

#include "unspin/language/language.h"

namespace unspin {

std::vector<const Language*> Languages() {
  return {
      &English(),
  };
}

const Language* FindLanguage(std::string_view code) {
  const std::vector<const Language*> all = Languages();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Language* other) { return other->code == code; });
  return found == all.end() ? nullptr : *found;
}

}  // namespace unspin
