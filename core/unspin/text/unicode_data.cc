#include "unspin/text/unicode_data.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include <memory>

namespace unspin {
namespace {

void LoadCaseFolding(UErrorCode& status) { icu::Normalizer2::getNFKCCasefoldInstance(status); }

void LoadDecomposition(UErrorCode& status) { icu::Normalizer2::getNFKDInstance(status); }

void LoadConfusables(UErrorCode& status) {
  const std::unique_ptr<USpoofChecker, void (*)(USpoofChecker*)> checker(uspoof_open(&status), &uspoof_close);
}

// ICU says "no" of every character where it lacks the item.
void LoadEmoji(UErrorCode& status) {
  constexpr UChar32 kSmilingFace = 0x263a;  // an emoji in every version of Unicode that knows them
  if (!u_hasBinaryProperty(kSmilingFace, UCHAR_EMOJI)) status = U_MISSING_RESOURCE_ERROR;
}

void LoadNames(UErrorCode& status) {
  constexpr UChar32 kZeroWidthSpace = 0x200b;
  char name[64];
  u_charName(kZeroWidthSpace, U_UNICODE_CHAR_NAME, name, sizeof name, &status);
}

struct Item {
  const char* name;  // ICU's
  const char* purpose;
  void (*load)(UErrorCode&);
};
constexpr Item kItems[] = {
    {"nfkc_cf.nrm", "which folds letters", LoadCaseFolding},
    {"nfkc.nrm", "which takes letters apart from their accents", LoadDecomposition},
    {"confusables.cfu", "which knows letters that look alike", LoadConfusables},
    {"uemoji.icu", "which tells emoji from letters", LoadEmoji},
    {"unames.icu", "which names hidden characters", LoadNames},
};

}  // namespace

std::string MissingUnicodeData() {
  for (const Item& item : kItems) {
    UErrorCode status = U_ZERO_ERROR;
    item.load(status);
    if (U_FAILURE(status)) return std::string(item.name) + ", " + item.purpose + " (" + u_errorName(status) + ")";
  }
  return "";
}

}  // namespace unspin
