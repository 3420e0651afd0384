#include "unspin/report/report.h"

namespace unspin {

const char* Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kCopy:
      return "copy";
    case Verdict::kEdited:
      return "edited";
    case Verdict::kSpun:
      return "spun";
    case Verdict::kRewritten:
      return "rewritten";
    case Verdict::kExcerpt:
      return "excerpt";
    case Verdict::kCommonSource:
      return "common-source";
    case Verdict::kIndependent:
      return "independent";
    case Verdict::kUnrelated:
      return "unrelated";
    case Verdict::kInsufficient:
      return "insufficient";
  }
  return "insufficient";
}

const char* Name(Manner manner) {
  switch (manner) {
    case Manner::kCopy:
      return "copy";
    case Manner::kEdited:
      return "edited";
    case Manner::kSpun:
      return "spun";
    case Manner::kRewritten:
      return "rewritten";
  }
  return "rewritten";
}

const char* Name(Extent extent) { return extent == Extent::kWhole ? "whole" : "part"; }

const char* Name(Direction direction) {
  switch (direction) {
    case Direction::kFromOriginal:
      return "from-original";
    case Direction::kToOriginal:
      return "to-original";
    case Direction::kUnknown:
      return "unknown";
  }
  return "unknown";
}

const char* Name(WordChange change) {
  switch (change) {
    case WordChange::kKept:
      return "kept";
    case WordChange::kInflected:
      return "inflected";
    case WordChange::kSynonym:
      return "synonym";
    case WordChange::kReplaced:
      return "replaced";
    case WordChange::kInserted:
      return "inserted";
    case WordChange::kDeleted:
      return "deleted";
    case WordChange::kMoved:
      return "moved";
  }
  return "kept";
}

const char* Name(SubstitutionSource source) {
  switch (source) {
    case SubstitutionSource::kThesaurus:
      return "thesaurus";
    case SubstitutionSource::kWeakThesaurus:
      return "weak-thesaurus";
    case SubstitutionSource::kSpinDictionary:
      return "spin-dictionary";
    case SubstitutionSource::kNumber:
      return "number";
    case SubstitutionSource::kStem:
      return "stem";
    case SubstitutionSource::kContext:
      return "context";
  }
  return "context";
}

}  // namespace unspin
