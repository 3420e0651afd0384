// A report → the draft of a notice: facts of the report in the words of tools/evidence/forms. Oath and signature stay
// with a person.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "unspin/report/report.h"

namespace unspin::evidence {

enum class NoticeForm { kDmca, kDsa, kGoogle, kCloudflare, kLetter };
inline constexpr std::array kNoticeForms = {"dmca", "dsa", "google", "cloudflare", "letter"};  // in that order
inline constexpr std::array kNoticeLanguages = {"en", "de", "fr", "es"};

// A field of a web form has fewer characters, except where it is an address.
inline constexpr size_t kMaxFieldCharacters = 500;

// Why no notice should be drafted.
struct NoticeRefusal {
  // "no-finding", which cannot be overridden; "below-excerpt", "common-source", "direction", "licensed"; and of a case
  // "decision"
  std::string rule;
  std::string text;  // one sentence without a full stop
};

// Empty: nothing speaks against a notice about this finding. `finding`: from 0.
std::vector<NoticeRefusal> RefusalsOf(const Report& report, size_t finding);

struct NoticeOptions {
  NoticeForm form = NoticeForm::kDmca;
  std::string language = "en";                   // of kNoticeLanguages
  size_t finding = 0;                            // from 0
  std::string override_reason;                   // why it is drafted although rules refuse it; empty: it is not
  std::vector<NoticeRefusal> also_refused = {};  // what speaks against it besides the report: a case's decision
};

// The remarks for the person, and below them the text to be sent. Deterministic. FailedPrecondition names every refusal
// where there is no reason to override them; InvalidArgument: another language, or a report without its texts.
absl::StatusOr<std::string> DraftNotice(const Report& report, const NoticeOptions& options);

}  // namespace unspin::evidence
