#include "unspin/text/unicode_data.h"

#include <unicode/normalizer2.h>
#include <unicode/uclean.h>
#include <unicode/ucnv.h>
#include <unicode/uspoof.h>

#include <memory>

namespace unspin {
namespace {

// What is wrong with an item that ICU could not load.
std::string Missing(const char* item, const char* purpose, UErrorCode status) {
  return std::string("ICU's data lack ") + item + ", " + purpose + " (" + u_errorName(status) +
         "); install the whole library of ICU's data (Debian: the package libicu72), or take this program as it was "
         "packed";
}

std::string FindProblem() {
  UErrorCode status = U_ZERO_ERROR;
  icu::Normalizer2::getNFKCCasefoldInstance(status);
  if (U_FAILURE(status)) return Missing("nfkc_cf.nrm", "which folds letters", status);
  status = U_ZERO_ERROR;
  icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status)) return Missing("nfkc.nrm", "which takes letters apart from their accents", status);
  status = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, void (*)(USpoofChecker*)> checker(uspoof_open(&status), &uspoof_close);
  if (U_FAILURE(status)) return Missing("confusables.cfu", "which knows letters that look alike", status);
  status = U_ZERO_ERROR;
  ucnv_countAliases("windows-1252", &status);
  if (U_FAILURE(status)) return Missing("cnvalias.icu", "which names the character sets", status);
  return "";
}

}  // namespace

const std::string& UnicodeDataProblem() {
  static const std::string problem = FindProblem();
  return problem;
}

}  // namespace unspin
