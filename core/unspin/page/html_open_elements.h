// The stack of open elements while a page is parsed, as the HTML standard calls it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "unspin/page/html.h"

namespace unspin {

// Kinds of elements that another tag may close implicitly.
enum class ElementKind {
  kParagraph,
  kItem,
  kDefinition,
  kCell,
  kRow,
  kRowGroup,
  kOption,
  kLink,
  kForeign,  // <svg> and <math>: whose content is not HTML
  kBlock,
  kScope,
  kCount
};

bool IsOfKind(HtmlTag tag, ElementKind kind);

// Each open element remembers the nearest open element of each kind in its scope, so that no search walks the stack:
// the time of every call is bounded, whatever the nesting.
class OpenElements {
 public:
  // Sets subtree_end of the nodes that it closes. Borrows them.
  explicit OpenElements(std::vector<HtmlNode>& nodes);

  bool empty() const { return open_.empty(); }
  // The innermost open element's tag. REQUIRES: not empty().
  HtmlTag innermost() const;
  bool IsOpen(HtmlTag tag) const;

  // Opens the last node, an element of this tag.
  void Push(HtmlTag tag);
  void CloseAll() { PopTo(0); }
  // Closes the innermost element of this tag, and all within it. REQUIRES: IsOpen(tag).
  void Close(HtmlTag tag);
  // Whether an element of this kind is open, and in scope.
  bool HasInScope(ElementKind kind) const { return Nearest(kind) != kNone; }
  // Closes the nearest element of this kind in scope, and all within it, if there is one.
  void CloseNearest(ElementKind kind);
  // Whether an end tag closes the innermost element of its tag: whether no scope, or, for inline elements, no block,
  // was opened since. REQUIRES: IsOpen(tag).
  bool ReachesEndTag(HtmlTag tag) const;

  // A number for a tag that is not a named one.
  HtmlTag AddTag();

 private:
  struct Open {
    uint32_t node;
    HtmlTag tag;
    // By ElementKind: the index in open_ of the nearest element, itself included; kNone if there is none in scope.
    std::array<int32_t, static_cast<size_t>(ElementKind::kCount)> nearest;
  };
  static constexpr int32_t kNone = -1;

  int32_t Nearest(ElementKind kind) const;
  // Closes all open elements from the `size`th on.
  void PopTo(size_t size);

  std::vector<HtmlNode>& nodes_;
  std::vector<Open> open_;
  std::vector<std::vector<int32_t>> open_by_tag_;  // by tag: indices in open_, ascending
};

}  // namespace unspin
