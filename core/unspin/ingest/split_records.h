// A stream of JSON objects, one a line, or in an array or over several lines, → the bytes of one record each.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "unspin/io/decompress.h"

namespace unspin {

// Reads record by record, or block by block, in a buffer that holds little more than the longest one.
class RecordSplitter {
 public:
  enum class Layout { kLines, kValues };

  // Bytes behind a record that may be read, whatever they hold.
  static constexpr size_t kPadding = 64;

  struct Piece {
    std::string_view bytes;
    uint64_t number = 0;  // 1 for the first: the line in kLines, where blank ones count
    std::string problem;  // why the bytes are not to be parsed
  };
  // Pieces, and what they are in.
  struct Block {
    std::vector<Piece> pieces;
    std::unique_ptr<char[]> buffer;
    size_t capacity = 0;
  };

  RecordSplitter(std::unique_ptr<ByteStream> stream, Layout layout, uint64_t max_bytes);

  // The next piece, in memory of the splitter until something else is asked for. False at the end. A stream that fails
  // ends with a piece that says why.
  bool Next(Piece& piece);

  // The next ones, some hundred kilobytes or one, in memory of their own; that of `block` is used again. False at the
  // end. REQUIRES: the layout kLines.
  bool NextBlock(Block& block);

  Layout layout() const { return layout_; }
  uint64_t stored_bytes_read() const { return stream_->stored_bytes_read(); }

 private:
  std::string_view Held() const { return {buffer_.get() + begin_, end_ - begin_}; }
  void Reserve(size_t capacity);
  bool Fill();
  void SkipByteOrderMark();
  std::string TooLarge() const;
  bool TakeRest(Piece& piece);
  bool TakeHeldLine(Piece& piece);
  bool SkipLargeLine(Piece& piece);
  bool NextLine(Piece& piece);
  bool SkipToValue();
  bool NextValue(Piece& piece);

  std::unique_ptr<ByteStream> stream_;
  const Layout layout_;
  const uint64_t max_bytes_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
  size_t searched_ = 0;  // bytes of those held that no line ends in
  uint64_t number_ = 0;
  bool started_ = false;
  bool at_end_ = false;
  bool in_array_ = false;
  std::string failure_;  // what the stream said last
};

}  // namespace unspin
