// One row of a table of licences: who may use which of our articles, when, and on what terms.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace unspin {

struct LicenceRule {
  std::string site = {};  // of the suspect: a domain with its subdomains, or a domain and the beginning of a path
  std::string original =
      {};  // a section or feed of ours: likewise by the original's address, or its `site`; empty: all
  std::string from = {}, to = {};  // days, YYYY-MM-DD, both included; empty: open
  std::string state = "licensed";  // or "own-site", "fair-dealing"
  bool may_alter = true;
  bool credit = false;    // is required
  bool link = false;      // to the original is required
  int embargo_hours = 0;  // behind the original's publication
  std::string note = {}, source = {};
  friend bool operator==(const LicenceRule&, const LicenceRule&) = default;
};

inline constexpr int kMaxEmbargoHours = 10 * 366 * 24;            // ten years
inline constexpr size_t kMaxLicenceFieldBytes = size_t{4} << 10;  // of each text of a rule

// A value in quotes for a message, cut off where it is long.
std::string QuotedForMessage(std::string_view value);

// Brings a rule into the form in which rules are compared: an address that was pasted as `site` or `original` loses its
// scheme and "www.", domains become lower case, and an empty state becomes "licensed". Fails with what is wrong in the
// first wrong field; the rule is unspecified then.
absl::Status CleanLicenceRule(LicenceRule& rule);

// The rule as a sentence for people: "partner.example may use news.example/sport/, from 2026-01-01 on; credit
// required".
std::string InWords(const LicenceRule& rule);

}  // namespace unspin
