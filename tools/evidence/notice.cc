#include "evidence/notice.h"

#include <algorithm>

#include "absl/status/status.h"
#include "evidence/notice_facts.h"
#include "evidence/notice_forms.h"
#include "evidence/notice_template.h"
#include "render/visible.h"
#include "unspin/base/strings.h"

namespace unspin::evidence {
namespace {

// A field of a web form holds one pair of so many words: more would not fit into kMaxFieldCharacters.
constexpr ProofLimits kProofInField = {.words = 40, .pairs = 1};

constexpr const char* kNoFinding = "no-finding";

bool IsWebForm(NoticeForm form) { return form == NoticeForm::kGoogle || form == NoticeForm::kCloudflare; }

std::string LicenceRefusal(const Licence& licence) {
  std::string text = "the licence table says “" + licence.state + "”";
  if (!licence.rule.empty()) text += " by the rule “" + licence.rule + "”";
  if (!licence.text.empty() && licence.text != licence.state) text += ": " + licence.text;
  return text;
}

absl::Status Refused(const std::vector<NoticeRefusal>& refusals) {
  std::string text = "no notice is drafted:";
  for (const NoticeRefusal& refusal : refusals) text += " " + refusal.text + " (" + refusal.rule + ");";
  text.back() = '.';
  return absl::FailedPreconditionError(text);
}

// What stands on top of the draft of a notice that was refused.
std::string RemarkOn(const std::vector<NoticeRefusal>& refusals, const std::string& reason, const FieldValues& words) {
  const auto line = [&](const char* word, const char* field, const std::string& value) {
    std::string text = words.at(word);
    const size_t at = text.find(field);
    if (at != std::string::npos) text.replace(at, std::string_view(field).size(), value);
    return text + "\n";
  };
  std::string remark = words.at("overridden") + "\n";
  for (const NoticeRefusal& refusal : refusals) {
    remark += line("rule", "{rule}", refusal.rule + ": " + words.at("rule." + refusal.rule));
  }
  return remark + line("reason", "{reason}", Visible(reason)) + "\n";
}

}  // namespace

std::vector<NoticeRefusal> RefusalsOf(const Report& report, size_t finding) {
  if (report.error) return {{kNoFinding, "the report has no judgement: " + *report.error}};
  if (finding >= report.findings.size()) {
    return {{kNoFinding, report.findings.empty() ? "the report has no finding"
                                                 : "the report has no finding " + std::to_string(finding + 1)}};
  }
  const Finding& found = report.findings[finding];
  std::vector<NoticeRefusal> refusals;
  if (found.verdict == Verdict::kCommonSource) {
    refusals.push_back(
        {"common-source", "what the two texts share may come from a source of both (the verdict is common-source)"});
  } else if (found.verdict > Verdict::kExcerpt) {
    refusals.push_back({"below-excerpt", std::string("the verdict is ") + Name(found.verdict) +
                                             ", and a notice needs excerpt or stronger"});
  }
  if (found.direction == Direction::kToOriginal) {
    refusals.push_back({"direction", "by the dates the suspect is the earlier text, and the archive's the later one"});
  } else if (found.direction == Direction::kUnknown) {
    refusals.push_back({"direction", "the dates do not tell which of the two texts is the earlier one"});
  }
  if (found.licence && found.licence->state != "unlicensed" && found.licence->state != "unknown") {
    refusals.push_back({"licensed", LicenceRefusal(*found.licence)});
  }
  return refusals;
}

absl::StatusOr<std::string> DraftNotice(const Report& report, const NoticeOptions& options) {
  if (std::find(kNoticeLanguages.begin(), kNoticeLanguages.end(), options.language) == kNoticeLanguages.end())
    return absl::InvalidArgumentError("notices are written in en, de, fr and es, not in “" + options.language + "”");
  std::vector<NoticeRefusal> refusals = RefusalsOf(report, options.finding);
  refusals.insert(refusals.end(), options.also_refused.begin(), options.also_refused.end());
  const bool is_nothing = !refusals.empty() && refusals.front().rule == kNoFinding;
  if (is_nothing || (!refusals.empty() && IsWhiteSpace(options.override_reason))) return Refused(refusals);
  if (report.suspect.text.empty() || report.findings[options.finding].original.text.empty())
    return absl::InvalidArgumentError("the report has no texts: a notice quotes them, so make the report with them");

  const TemplateSections shared = SectionsOf(FormText("common", options.language));
  const TemplateSections form = SectionsOf(FormText(kNoticeForms[static_cast<size_t>(options.form)], options.language));
  const FieldValues words = WordsOf(shared.at("words"));
  const NoticeFields fields =
      NoticeFacts(report, options.finding, words, IsWebForm(options.form) ? kProofInField : ProofLimits());
  const absl::StatusOr<std::string> remarks = DrawSection(form, "remarks", shared, words, fields);
  if (!remarks.ok()) return remarks.status();
  const absl::StatusOr<std::string> notice = DrawSection(form, "notice", shared, words, fields);
  if (!notice.ok()) return notice.status();
  std::string draft = refusals.empty() ? "" : RemarkOn(refusals, options.override_reason, words);
  draft += words.at("heading") + "\n\n" + *remarks + "\n" + words.at("begin") + "\n\n" + *notice + "\n" +
           words.at("end") + "\n";
  return draft;
}

}  // namespace unspin::evidence
