// The files of tools/evidence/forms, compiled in.
#pragma once

#include <string_view>

namespace unspin::evidence {

// The file NAME.LANGUAGE.txt ("dmca", "en"); empty where there is none.
std::string_view FormText(std::string_view name, std::string_view language);

}  // namespace unspin::evidence
