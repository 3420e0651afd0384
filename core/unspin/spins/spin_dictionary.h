// Which phrases a spinner puts for which, learnt from confirmed findings: its fingerprint.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "unspin/lexicon/spun_forms.h"
#include "unspin/report/report.h"

namespace unspin {

struct SpinEntry {
  std::string original, suspect;  // lower-case words joined by single spaces
  uint32_t uses = 0;
  uint32_t pairs = 0;  // of articles in which it was seen
  friend bool operator==(const SpinEntry&, const SpinEntry&) = default;
};

// Not safe to change from several threads; reading is.
class SpinDictionary {
 public:
  // What is seen in fewer pairs of articles may be chance, and serves nothing.
  static constexpr uint32_t kMinPairs = 2;

  // Takes the substitutions of the first finding when it leaves no doubt: named, spun as a whole, evidence of
  // kSureEvidence. A pair of texts that was learnt before changes nothing. Says whether it learnt. What is learnt
  // serves `forms` and `Unspin` once the dictionary was saved and loaded: within one run, order must not matter.
  bool Learn(const Report& report);
  static constexpr double kSureEvidence = 2.0;

  // By falling number of pairs, then uses, then alphabet; those seen in at least so many pairs.
  std::vector<SpinEntry> Entries(uint32_t least_pairs = kMinPairs) const;
  bool empty() const { return entries_.empty(); }
  size_t pairs() const { return seen_.size(); }  // of articles learnt from
  friend bool operator==(const SpinDictionary& a, const SpinDictionary& b) {
    return a.entries_ == b.entries_ && a.seen_ == b.seen_;
  }

  const SpunForms& forms() const { return forms_; }

  // The words of the suspect with known spun phrases put back, longest first; `changed` says whether any was.
  std::string Unspin(const std::vector<std::string_view>& words, bool& changed) const;

  // The file SPINS of an archive. Absent: an empty dictionary. Equal contents, equal bytes.
  static absl::StatusOr<SpinDictionary> Load(const std::string& path);
  absl::Status Save(const std::string& path) const;

 private:
  struct Uses {
    uint32_t uses = 0, pairs = 0;
    friend bool operator==(const Uses&, const Uses&) = default;
  };
  void Index();

  std::map<std::pair<std::string, std::string>, Uses> entries_;  // (original, suspect)
  std::set<uint64_t> seen_;                                      // hashes of pairs of texts
  SpunForms forms_;
  std::map<std::string, std::string, std::less<>> originals_;  // suspect phrase → its commonest original
};

// How far two suspects chose the same replacements for the same words: the share of phrases replaced in both that got
// the same one, smoothed; about .8 for one spinner's texts, .2 or less for two spinners'.
struct SpinnerLikeness {
  uint32_t common = 0;  // phrases of originals that both replaced
  uint32_t equal = 0;   // by the same
  double likeness = 0;
  std::vector<SpinEntry> shared;  // uses: in both together
};
SpinnerLikeness CompareSpinners(const std::vector<Substitution>& a, const std::vector<Substitution>& b);

}  // namespace unspin
