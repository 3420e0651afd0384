// A word → its Snowball stem.
#pragma once

#include <memory>
#include <string_view>

struct sb_stemmer;

namespace unspin {

struct Language;

// It keeps a buffer: one per thread.
class Stemmer {
 public:
  explicit Stemmer(const Language& language);
  // Valid until the next call. A word that cannot be stemmed is its own stem.
  std::string_view Stem(std::string_view word);

 private:
  struct Deleter {
    void operator()(sb_stemmer* stemmer) const;
  };
  std::unique_ptr<sb_stemmer, Deleter> stemmer_;
};

}  // namespace unspin
