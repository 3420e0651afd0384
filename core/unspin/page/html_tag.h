// The elements of HTML, by name.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace unspin {

// The elements that some rule names. Elements of other names get values from kFirstUnnamed on, one per name of a page.
enum class HtmlTag : uint32_t {
  kText,  // not an element: a run of text
  kA,
  kAddress,
  kAnnotationXml,
  kArea,
  kArticle,
  kAside,
  kAudio,
  kB,
  kBase,
  kBig,
  kBlockquote,
  kBody,
  kBr,
  kButton,
  kCanvas,
  kCaption,
  kCenter,
  kCode,
  kCol,
  kDatalist,
  kDd,
  kDesc,
  kDetails,
  kDialog,
  kDir,
  kDiv,
  kDl,
  kDt,
  kEm,
  kEmbed,
  kFieldset,
  kFigcaption,
  kFigure,
  kFooter,
  kForeignObject,
  kForm,
  kH1,
  kH2,
  kH3,
  kH4,
  kH5,
  kH6,
  kHead,
  kHeader,
  kHgroup,
  kHr,
  kHtml,
  kI,
  kIframe,
  kImg,
  kInput,
  kLegend,
  kLi,
  kLink,
  kListing,
  kMain,
  kMath,
  kMenu,
  kMeta,
  kMi,
  kMn,
  kMo,
  kMs,
  kMtext,
  kNav,
  kNobr,
  kNoembed,
  kNoframes,
  kNoscript,
  kObject,
  kOl,
  kOptgroup,
  kOption,
  kP,
  kParam,
  kPlaintext,
  kPre,
  kQ,
  kRuby,
  kS,
  kScript,
  kSearch,
  kSection,
  kSelect,
  kSmall,
  kSource,
  kSpan,
  kStrike,
  kStrong,
  kStyle,
  kSub,
  kSummary,
  kSup,
  kSvg,
  kTable,
  kTbody,
  kTd,
  kTemplate,
  kTextarea,
  kTfoot,
  kTh,
  kThead,
  kTime,
  kTitle,
  kTr,
  kTrack,
  kTt,
  kU,
  kUl,
  kVar,
  kVideo,
  kWbr,
  kXmp,
  kFirstUnnamed
};

constexpr uint32_t Index(HtmlTag tag) { return static_cast<uint32_t>(tag); }

inline constexpr uint32_t kNamedTags = Index(HtmlTag::kFirstUnnamed);

// A set of named elements.
class TagSet {
 public:
  constexpr TagSet(std::initializer_list<HtmlTag> tags) : has_() {
    for (const HtmlTag tag : tags) has_[Index(tag)] = true;
  }
  constexpr bool Has(HtmlTag tag) const { return Index(tag) < kNamedTags && has_[Index(tag)]; }

 private:
  std::array<bool, kNamedTags> has_;
};

// The name of a named element, in lower case. REQUIRES: tag < HtmlTag::kFirstUnnamed.
std::string_view NameOf(HtmlTag tag);

// Whether an element starts and ends a line of its own.
bool IsBlock(HtmlTag tag);

// <h1> to <h6>.
constexpr bool IsHeading(HtmlTag tag) { return tag >= HtmlTag::kH1 && tag <= HtmlTag::kH6; }

}  // namespace unspin
