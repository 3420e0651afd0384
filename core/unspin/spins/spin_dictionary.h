// A dictionary of the replacements that a spinner makes, learnt from confirmed findings.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
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
  uint32_t pairs = 0;  // pairs of articles with this replacement
  friend bool operator==(const SpinEntry&, const SpinEntry&) = default;
};

// Reading is safe from several threads, changing is not.
class SpinDictionary {
 public:
  // A replacement in fewer pairs of articles may be chance and is not used.
  static constexpr uint32_t kMinPairs = 2;
  static constexpr double kSureEvidence = 2.0;  // log10 of a likelihood ratio: 100 to 1

  // Learns the substitutions of the first finding if its verdict is kSpun, its evidence at least kSureEvidence, and the
  // direction not kToOriginal. A pair of texts that was learnt before changes nothing. Returns whether it learnt.
  // `forms` and `Unspin` know new replacements only after Save and Load, so that the order of suspects within one run
  // does not matter.
  bool Learn(const Report& report);

  // The replacements of at least `min_pairs` pairs, by descending pairs, then descending uses, then alphabetically.
  std::vector<SpinEntry> Entries(uint32_t min_pairs = kMinPairs) const;
  bool empty() const { return entries_.empty(); }
  size_t pairs() const { return learnt_pairs_.size(); }  // of articles learnt from
  friend bool operator==(const SpinDictionary& a, const SpinDictionary& b) {
    return a.entries_ == b.entries_ && a.learnt_pairs_ == b.learnt_pairs_;
  }

  const SpunForms& forms() const { return forms_; }

  // The suspect's words, joined by spaces, with learnt replacements undone, the longest phrase first. Sets `changed` to
  // whether there was one.
  std::string Unspin(const std::vector<std::string_view>& words, bool& changed) const;

  // The file SPINS of an archive. An absent file is an empty dictionary. Equal contents give equal bytes.
  static absl::StatusOr<SpinDictionary> Load(const std::string& path);
  absl::Status Save(const std::string& path) const;

 private:
  struct Uses {
    uint32_t uses = 0, pairs = 0;
    friend bool operator==(const Uses&, const Uses&) = default;
  };
  struct Match {
    size_t words = 0;
    std::string_view original;
  };
  // Fills forms_ and originals_ from entries_.
  void Index();
  // The longest learnt phrase at the front of `words`, or else one word that stays. REQUIRES: `words` is not empty.
  Match MatchLongest(std::span<const std::string_view> words, bool& changed) const;
  std::string EncodeEntries() const;
  bool DecodeEntries(std::string_view bytes);
  std::string EncodePairs() const;
  bool DecodePairs(std::string_view bytes);

  std::map<std::pair<std::string, std::string>, Uses> entries_;  // (original, suspect)
  std::set<uint64_t> learnt_pairs_;                              // hashes of pairs of texts
  SpunForms forms_;
  std::map<std::string, std::string, std::less<>> originals_;  // suspect phrase → its most frequent original
};

// Whether one spinner made two suspects: the smoothed share of the phrases replaced in both that have the same
// replacement. About 0.8 for texts of one spinner, 0.2 or less for texts of two.
struct SpinnerLikeness {
  uint32_t common = 0;  // phrases of originals that both replaced
  uint32_t equal = 0;   // of these, phrases with a common replacement
  double likeness = 0;
  std::vector<SpinEntry> shared;  // the common replacements, with the uses of both together
};
SpinnerLikeness CompareSpinners(const std::vector<Substitution>& a, const std::vector<Substitution>& b);

}  // namespace unspin
