#include "evidence/notice_forms.h"

#include <string>

#include "evidence/notice_form_list.h"

namespace unspin::evidence {

std::string_view FormText(std::string_view name, std::string_view language) {
  const std::string file = std::string(name) + "." + std::string(language) + ".txt";
#define UNSPIN_FORM_FILE(text, path) \
  if (file == path) return text;
  UNSPIN_NOTICE_FORMS
#undef UNSPIN_FORM_FILE
  return {};
}

}  // namespace unspin::evidence
