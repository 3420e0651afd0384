#include "unspin/page/html_tag.h"

#include <cassert>
#include <cstddef>
#include <iterator>

namespace unspin {
namespace {

struct NamedTag {
  HtmlTag tag;
  std::string_view name;
};

constexpr NamedTag kNames[] = {{HtmlTag::kText, "#text"},
                               {HtmlTag::kA, "a"},
                               {HtmlTag::kAddress, "address"},
                               {HtmlTag::kAnnotationXml, "annotation-xml"},
                               {HtmlTag::kArea, "area"},
                               {HtmlTag::kArticle, "article"},
                               {HtmlTag::kAside, "aside"},
                               {HtmlTag::kAudio, "audio"},
                               {HtmlTag::kB, "b"},
                               {HtmlTag::kBase, "base"},
                               {HtmlTag::kBig, "big"},
                               {HtmlTag::kBlockquote, "blockquote"},
                               {HtmlTag::kBody, "body"},
                               {HtmlTag::kBr, "br"},
                               {HtmlTag::kButton, "button"},
                               {HtmlTag::kCanvas, "canvas"},
                               {HtmlTag::kCaption, "caption"},
                               {HtmlTag::kCenter, "center"},
                               {HtmlTag::kCode, "code"},
                               {HtmlTag::kCol, "col"},
                               {HtmlTag::kDatalist, "datalist"},
                               {HtmlTag::kDd, "dd"},
                               {HtmlTag::kDesc, "desc"},
                               {HtmlTag::kDetails, "details"},
                               {HtmlTag::kDialog, "dialog"},
                               {HtmlTag::kDir, "dir"},
                               {HtmlTag::kDiv, "div"},
                               {HtmlTag::kDl, "dl"},
                               {HtmlTag::kDt, "dt"},
                               {HtmlTag::kEm, "em"},
                               {HtmlTag::kEmbed, "embed"},
                               {HtmlTag::kFieldset, "fieldset"},
                               {HtmlTag::kFigcaption, "figcaption"},
                               {HtmlTag::kFigure, "figure"},
                               {HtmlTag::kFooter, "footer"},
                               {HtmlTag::kForeignObject, "foreignobject"},
                               {HtmlTag::kForm, "form"},
                               {HtmlTag::kH1, "h1"},
                               {HtmlTag::kH2, "h2"},
                               {HtmlTag::kH3, "h3"},
                               {HtmlTag::kH4, "h4"},
                               {HtmlTag::kH5, "h5"},
                               {HtmlTag::kH6, "h6"},
                               {HtmlTag::kHead, "head"},
                               {HtmlTag::kHeader, "header"},
                               {HtmlTag::kHgroup, "hgroup"},
                               {HtmlTag::kHr, "hr"},
                               {HtmlTag::kHtml, "html"},
                               {HtmlTag::kI, "i"},
                               {HtmlTag::kIframe, "iframe"},
                               {HtmlTag::kImg, "img"},
                               {HtmlTag::kInput, "input"},
                               {HtmlTag::kLegend, "legend"},
                               {HtmlTag::kLi, "li"},
                               {HtmlTag::kLink, "link"},
                               {HtmlTag::kListing, "listing"},
                               {HtmlTag::kMain, "main"},
                               {HtmlTag::kMath, "math"},
                               {HtmlTag::kMenu, "menu"},
                               {HtmlTag::kMeta, "meta"},
                               {HtmlTag::kMi, "mi"},
                               {HtmlTag::kMn, "mn"},
                               {HtmlTag::kMo, "mo"},
                               {HtmlTag::kMs, "ms"},
                               {HtmlTag::kMtext, "mtext"},
                               {HtmlTag::kNav, "nav"},
                               {HtmlTag::kNobr, "nobr"},
                               {HtmlTag::kNoembed, "noembed"},
                               {HtmlTag::kNoframes, "noframes"},
                               {HtmlTag::kNoscript, "noscript"},
                               {HtmlTag::kObject, "object"},
                               {HtmlTag::kOl, "ol"},
                               {HtmlTag::kOptgroup, "optgroup"},
                               {HtmlTag::kOption, "option"},
                               {HtmlTag::kP, "p"},
                               {HtmlTag::kParam, "param"},
                               {HtmlTag::kPlaintext, "plaintext"},
                               {HtmlTag::kPre, "pre"},
                               {HtmlTag::kQ, "q"},
                               {HtmlTag::kRuby, "ruby"},
                               {HtmlTag::kS, "s"},
                               {HtmlTag::kScript, "script"},
                               {HtmlTag::kSearch, "search"},
                               {HtmlTag::kSection, "section"},
                               {HtmlTag::kSelect, "select"},
                               {HtmlTag::kSmall, "small"},
                               {HtmlTag::kSource, "source"},
                               {HtmlTag::kSpan, "span"},
                               {HtmlTag::kStrike, "strike"},
                               {HtmlTag::kStrong, "strong"},
                               {HtmlTag::kStyle, "style"},
                               {HtmlTag::kSub, "sub"},
                               {HtmlTag::kSummary, "summary"},
                               {HtmlTag::kSup, "sup"},
                               {HtmlTag::kSvg, "svg"},
                               {HtmlTag::kTable, "table"},
                               {HtmlTag::kTbody, "tbody"},
                               {HtmlTag::kTd, "td"},
                               {HtmlTag::kTemplate, "template"},
                               {HtmlTag::kTextarea, "textarea"},
                               {HtmlTag::kTfoot, "tfoot"},
                               {HtmlTag::kTh, "th"},
                               {HtmlTag::kThead, "thead"},
                               {HtmlTag::kTime, "time"},
                               {HtmlTag::kTitle, "title"},
                               {HtmlTag::kTr, "tr"},
                               {HtmlTag::kTrack, "track"},
                               {HtmlTag::kTt, "tt"},
                               {HtmlTag::kU, "u"},
                               {HtmlTag::kUl, "ul"},
                               {HtmlTag::kVar, "var"},
                               {HtmlTag::kVideo, "video"},
                               {HtmlTag::kWbr, "wbr"},
                               {HtmlTag::kXmp, "xmp"}};

constexpr bool IsOrderedByTag() {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (Index(kNames[i].tag) != i) return false;
  }
  return std::size(kNames) == kNamedTags;
}
static_assert(IsOrderedByTag());

constexpr TagSet kBlocks = {
    HtmlTag::kAddress,    HtmlTag::kArticle, HtmlTag::kAside,   HtmlTag::kBlockquote, HtmlTag::kBody,
    HtmlTag::kCaption,    HtmlTag::kCenter,  HtmlTag::kDd,      HtmlTag::kDetails,    HtmlTag::kDialog,
    HtmlTag::kDir,        HtmlTag::kDiv,     HtmlTag::kDl,      HtmlTag::kDt,         HtmlTag::kFieldset,
    HtmlTag::kFigcaption, HtmlTag::kFigure,  HtmlTag::kFooter,  HtmlTag::kForm,       HtmlTag::kH1,
    HtmlTag::kH2,         HtmlTag::kH3,      HtmlTag::kH4,      HtmlTag::kH5,         HtmlTag::kH6,
    HtmlTag::kHeader,     HtmlTag::kHgroup,  HtmlTag::kHr,      HtmlTag::kHtml,       HtmlTag::kLegend,
    HtmlTag::kLi,         HtmlTag::kListing, HtmlTag::kMain,    HtmlTag::kMenu,       HtmlTag::kNav,
    HtmlTag::kOl,         HtmlTag::kOption,  HtmlTag::kP,       HtmlTag::kPlaintext,  HtmlTag::kPre,
    HtmlTag::kSearch,     HtmlTag::kSection, HtmlTag::kSummary, HtmlTag::kTable,      HtmlTag::kTbody,
    HtmlTag::kTd,         HtmlTag::kTfoot,   HtmlTag::kTh,      HtmlTag::kThead,      HtmlTag::kTr,
    HtmlTag::kUl,         HtmlTag::kXmp};

}  // namespace

std::string_view NameOf(HtmlTag tag) {
  assert(tag < HtmlTag::kFirstUnnamed);
  return kNames[Index(tag)].name;
}

bool IsBlock(HtmlTag tag) { return kBlocks.Has(tag); }

}  // namespace unspin
