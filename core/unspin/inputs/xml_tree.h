// XML → a tree, by libxml2, as a stranger's file may be read: no network, no files, no entities, bounded depth and
// number of elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct _xmlNode;

namespace unspin {

using XmlNode = _xmlNode;  // of libxml2, whose header stays out of this one

// The vocabularies that elements of news belong to. An element without a prefix, or with a prefix that nothing
// declares, is as its name says.
enum class XmlSpace : uint8_t { kPlain, kXhtml, kContent, kDublinCore, kTerms, kMedia, kAtom, kOther };

class XmlTree {
 public:
  struct Problem {
    std::string what;
    std::optional<size_t> at;  // the place in the document, where one is known
  };

  XmlTree();
  ~XmlTree();
  XmlTree(const XmlTree&) = delete;
  XmlTree& operator=(const XmlTree&) = delete;

  // Reads a document, in UTF-8 and without a declaration; its general entities are the five of XML. Returns what is
  // wrong, if anything. With `recover`, what comes before the first mistake is kept. The tree is valid until the next
  // call.
  std::optional<Problem> Parse(std::string_view document, bool recover = false);
  // The root's descendant by `depth` steps to the first element inside; null if there is none.
  const XmlNode* Node(size_t depth) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Elements only; null behind the last one.
const XmlNode* FirstChild(const XmlNode* node);
const XmlNode* NextSibling(const XmlNode* node);
// The next element of the subtree in the order of the document; null behind its last one.
const XmlNode* NextWithin(const XmlNode* subtree, const XmlNode* node);

// The name without its prefix.
std::string_view LocalName(const XmlNode* node);
XmlSpace SpaceOf(const XmlNode* node);
inline bool Is(const XmlNode* node, XmlSpace space, std::string_view name) {
  return LocalName(node) == name && SpaceOf(node) == space;
}

// The first child of this local name, and the first descendant, in any vocabulary; null if there is none.
const XmlNode* ChildNamed(const XmlNode* node, std::string_view name);
const XmlNode* DescendantNamed(const XmlNode* node, std::string_view name);

// The text within an element, as written and with white space collapsed; empty for null.
std::string TextOf(const XmlNode* node);
std::string LineOf(const XmlNode* node);
// An attribute by its local name, white space collapsed; empty if there is none.
std::string XmlAttributeOf(const XmlNode* node, std::string_view name);
// An address, resolved by the xml:base around it.
std::string AbsoluteUrl(const XmlNode* node, const std::string& url);

// The inside of an element as HTML, for ReadMarkup: names without prefixes; scripts, styles, heads and elements of the
// names in `skip` are left out.
std::string InnerHtml(const XmlNode* node, std::span<const std::string_view> skip = {});

}  // namespace unspin
