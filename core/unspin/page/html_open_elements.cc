#include "unspin/page/html_open_elements.h"

#include <cassert>

namespace unspin {
namespace {

// An end tag of an element outside of these does not reach inside.
constexpr TagSet kScopes = {HtmlTag::kCaption, HtmlTag::kHtml,     HtmlTag::kObject, HtmlTag::kTable,
                            HtmlTag::kTd,      HtmlTag::kTemplate, HtmlTag::kTh};

// Elements whose end tag reaches them from everywhere.
constexpr TagSet kReached = {HtmlTag::kCaption, HtmlTag::kMath,  HtmlTag::kNoscript, HtmlTag::kSvg,
                             HtmlTag::kTable,   HtmlTag::kTbody, HtmlTag::kTd,       HtmlTag::kTemplate,
                             HtmlTag::kTfoot,   HtmlTag::kTh,    HtmlTag::kThead,    HtmlTag::kTr};

// Elements without a line of their own whose end tag nevertheless closes the blocks within.
constexpr TagSet kClosesBlocks = {HtmlTag::kButton, HtmlTag::kObject, HtmlTag::kSelect};

// Elements of <svg> and <math> whose content is HTML again.
constexpr TagSet kHoldsHtml = {HtmlTag::kAnnotationXml,
                               HtmlTag::kDesc,
                               HtmlTag::kForeignObject,
                               HtmlTag::kMi,
                               HtmlTag::kMn,
                               HtmlTag::kMo,
                               HtmlTag::kMs,
                               HtmlTag::kMtext,
                               HtmlTag::kTitle};

// Whether elements of this kind outside of `tag` are out of scope inside of it.
bool EndsScope(HtmlTag tag, ElementKind kind) {
  switch (kind) {
    case ElementKind::kParagraph:
      return kScopes.Has(tag) || tag == HtmlTag::kButton;
    case ElementKind::kItem:
      return kScopes.Has(tag) || tag == HtmlTag::kUl || tag == HtmlTag::kOl || tag == HtmlTag::kMenu;
    case ElementKind::kDefinition:
      return kScopes.Has(tag) || tag == HtmlTag::kDl;
    case ElementKind::kCell:
    case ElementKind::kRow:
    case ElementKind::kRowGroup:
      return tag == HtmlTag::kTable || tag == HtmlTag::kTemplate;
    case ElementKind::kOption:
      return tag == HtmlTag::kSelect || tag == HtmlTag::kDatalist;
    case ElementKind::kLink:
      return kScopes.Has(tag);
    case ElementKind::kForeign:
      return kHoldsHtml.Has(tag);
    case ElementKind::kBlock:
    case ElementKind::kScope:
    case ElementKind::kCount:
      break;
  }
  return false;
}

}  // namespace

bool IsOfKind(HtmlTag tag, ElementKind kind) {
  switch (kind) {
    case ElementKind::kParagraph:
      return tag == HtmlTag::kP;
    case ElementKind::kItem:
      return tag == HtmlTag::kLi;
    case ElementKind::kDefinition:
      return tag == HtmlTag::kDd || tag == HtmlTag::kDt;
    case ElementKind::kCell:
      return tag == HtmlTag::kTd || tag == HtmlTag::kTh;
    case ElementKind::kRow:
      return tag == HtmlTag::kTr;
    case ElementKind::kRowGroup:
      return tag == HtmlTag::kThead || tag == HtmlTag::kTbody || tag == HtmlTag::kTfoot;
    case ElementKind::kOption:
      return tag == HtmlTag::kOption;
    case ElementKind::kLink:
      return tag == HtmlTag::kA;
    case ElementKind::kForeign:
      return tag == HtmlTag::kSvg || tag == HtmlTag::kMath;
    case ElementKind::kBlock:
      if (kScopes.Has(tag) || kClosesBlocks.Has(tag) || tag == HtmlTag::kNoscript) return true;
      return IsBlock(tag) && tag != HtmlTag::kOption && tag != HtmlTag::kLegend;
    case ElementKind::kScope:
      return kScopes.Has(tag);
    case ElementKind::kCount:
      break;
  }
  return false;
}

namespace {

constexpr size_t kKinds = static_cast<size_t>(ElementKind::kCount);

// What an element is to each kind, as bits. A page is parsed 1.07 times faster than by asking IsOfKind and EndsScope.
struct KindsOfTag {
  uint32_t is = 0;
  uint32_t ends = 0;  // the scope of
};
static_assert(kKinds <= 32);

KindsOfTag KindsOf(HtmlTag tag) {
  static const auto kTable = [] {
    std::array<KindsOfTag, kNamedTags> table = {};
    for (uint32_t row = 0; row < kNamedTags; ++row) {
      for (size_t i = 0; i < kKinds; ++i) {
        const auto kind = static_cast<ElementKind>(i);
        const uint32_t bit = uint32_t{1} << i;
        if (IsOfKind(static_cast<HtmlTag>(row), kind)) table[row].is |= bit;
        if (EndsScope(static_cast<HtmlTag>(row), kind)) table[row].ends |= bit;
      }
    }
    return table;
  }();
  return tag < HtmlTag::kFirstUnnamed ? kTable[Index(tag)] : KindsOfTag();
}

}  // namespace

OpenElements::OpenElements(std::vector<HtmlNode>& nodes) : nodes_(nodes), open_by_tag_(kNamedTags) {}

HtmlTag OpenElements::innermost() const {
  assert(!empty());
  return open_.back().tag;
}

bool OpenElements::IsOpen(HtmlTag tag) const { return !open_by_tag_[Index(tag)].empty(); }

HtmlTag OpenElements::AddTag() {
  open_by_tag_.emplace_back();
  return static_cast<HtmlTag>(open_by_tag_.size() - 1);
}

int32_t OpenElements::Nearest(ElementKind kind) const {
  return open_.empty() ? kNone : open_.back().nearest[static_cast<size_t>(kind)];
}

void OpenElements::Push(HtmlTag tag) {
  Open open;
  open.node = static_cast<uint32_t>(nodes_.size()) - 1;
  open.tag = tag;
  const auto index = static_cast<int32_t>(open_.size());
  const KindsOfTag kinds = KindsOf(tag);
  if (open_.empty()) {
    open.nearest.fill(kNone);
  } else {
    open.nearest = open_.back().nearest;
  }
  if ((kinds.is | kinds.ends) != 0) {
    for (size_t i = 0; i < kKinds; ++i) {
      if ((kinds.ends >> i & 1) != 0) open.nearest[i] = kNone;
      if ((kinds.is >> i & 1) != 0) open.nearest[i] = index;
    }
  }
  open_.push_back(open);
  open_by_tag_[Index(tag)].push_back(index);
}

void OpenElements::Close(HtmlTag tag) {
  assert(IsOpen(tag));
  PopTo(static_cast<size_t>(open_by_tag_[Index(tag)].back()));
}

void OpenElements::CloseNearest(ElementKind kind) {
  if (HasInScope(kind)) PopTo(static_cast<size_t>(Nearest(kind)));
}

bool OpenElements::ReachesEndTag(HtmlTag tag) const {
  assert(IsOpen(tag));
  if (kReached.Has(tag)) return true;
  const bool closes_blocks = IsBlock(tag) || kClosesBlocks.Has(tag);
  return open_by_tag_[Index(tag)].back() >= Nearest(closes_blocks ? ElementKind::kScope : ElementKind::kBlock);
}

void OpenElements::PopTo(size_t size) {
  while (open_.size() > size) {
    nodes_[open_.back().node].subtree_end = static_cast<uint32_t>(nodes_.size());
    open_by_tag_[Index(open_.back().tag)].pop_back();
    open_.pop_back();
  }
}

}  // namespace unspin
