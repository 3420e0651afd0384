// What the elements around a text say about it: <aside>, role="navigation", class="comment-list", id="sidebar".
//
// A sign is only evidence: the block model (block_model.h) weighs it against the text itself. The words of class names
// are English, as they are on pages of most languages; the lists began with those of Readability (Arc90 2010, Mozilla).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "unspin/page/html.h"

namespace unspin {

// The first ones are elements and roles, the others words in class names and ids.
enum class BlockSign : uint32_t {
  kArticleElement,  // <article>, itemprop="articleBody"
  kMainElement,     // <main>, role="main"
  kAsideElement,    // <aside>, role="complementary"
  kNavElement,      // <nav>, <menu>, <search>, role="navigation"
  kFooterElement,   // <footer>, role="contentinfo"
  kHeaderElement,   // <header>, role="banner"
  kFormElement,     // <form>, <fieldset>
  kFigureElement,   // <figure>, <figcaption>
  kTableElement,    // <table>
  kListElement,     // <ul>, <ol>, <dl>
  kAdvertisement,
  kArticle,
  kBody,
  kByline,
  kCaption,
  kComment,
  kConsent,
  kContents,
  kFooter,
  kHover,  // shown while the pointer is on a word
  kMenu,
  kRelated,
  kShare,
  kSidebar,
  kSubscribe,
  kTags,
  kTitle,
  kCount
};

inline constexpr size_t kBlockSigns = static_cast<size_t>(BlockSign::kCount);

// As in the signals of the block model: "comment".
std::string_view Name(BlockSign sign);

// A set of signs.
class BlockSignSet {
 public:
  bool empty() const { return bits_ == 0; }
  bool Has(BlockSign sign) const { return (bits_ >> static_cast<uint32_t>(sign) & 1) != 0; }
  void Add(BlockSign sign) { bits_ |= uint32_t{1} << static_cast<uint32_t>(sign); }
  void Add(BlockSignSet other) { bits_ |= other.bits_; }
  friend bool operator==(BlockSignSet, BlockSignSet) = default;

 private:
  uint32_t bits_ = 0;
};
static_assert(kBlockSigns <= 32);

// The signs in a value of the attribute class or id: "article__share-bar mainMenu". Each of the words in it counts
// ("article", "share", "bar", "main", "menu"), in lower or upper case. A name that says what an element has, or has
// not, or what its article is about, is no sign: "has-sidebar", "no-comments", "ad-free", "tag-cookies",
// "category-social".
BlockSignSet SignsInNames(std::string_view names);

// Whether an id may hint at the kind of its element. A longer id is a headline turned into an anchor:
// "sharing-with-multiple-developers" is no share button.
bool IsHint(std::string_view id);

// The signs of elements; remembers those of names, of which pages repeat a few. One per page.
class SignReader {
 public:
  // REQUIRES: `node` is an element of `page`, which is the same at all calls and outlives the reader.
  BlockSignSet SignsOf(const HtmlPage& page, const HtmlNode& node);

 private:
  BlockSignSet SignsOfNames(std::string_view names);

  absl::flat_hash_map<std::string_view, BlockSignSet> known_;  // names as written → their signs
};

}  // namespace unspin
