#include "unspin/inputs/content_coding.h"

#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

namespace unspin {
namespace {

using End = UnpackedContent::End;

std::string Deflated(const std::string& text, int window) {
  z_stream state{};
  deflateInit2(&state, 6, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&state, text.size()) + 64, '\0');
  state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  state.avail_in = static_cast<uInt>(text.size());
  state.next_out = reinterpret_cast<Bytef*>(out.data());
  state.avail_out = static_cast<uInt>(out.size());
  deflate(&state, Z_FINISH);
  out.resize(state.total_out);
  deflateEnd(&state);
  return out;
}

std::string Zstandard(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// "<p>Brotli</p>" in one meta-block that is not compressed (RFC 7932, 9.2).
const std::string kBrotli("\x0b\x06\x80<p>Brotli</p>\x03", 17);

std::string Sample() {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "word " + std::to_string(i * i);
  return text;
}

constexpr size_t kEnough = 1 << 24;

TEST(ContentCodingTest, EveryCodingGivesBackTheBytes) {
  const std::string text = Sample();
  EXPECT_EQ(UnpackContent(ContentCoding::kGzip, Deflated(text, 31), kEnough).bytes, text);
  EXPECT_EQ(UnpackContent(ContentCoding::kDeflate, Deflated(text, 15), kEnough).bytes, text);
  EXPECT_EQ(UnpackContent(ContentCoding::kDeflate, Deflated(text, -15), kEnough).bytes, text);
  EXPECT_EQ(UnpackContent(ContentCoding::kZstandard, Zstandard(text), kEnough).bytes, text);
  const UnpackedContent brotli = UnpackContent(ContentCoding::kBrotli, kBrotli, kEnough);
  EXPECT_EQ(brotli.bytes, "<p>Brotli</p>");
  EXPECT_EQ(brotli.end, End::kWhole);
}

TEST(ContentCodingTest, SeveralMembersAreOneContent) {
  EXPECT_EQ(UnpackContent(ContentCoding::kGzip, Deflated("a", 31) + Deflated("b", 31) + "rest", kEnough).bytes, "ab");
  EXPECT_EQ(UnpackContent(ContentCoding::kZstandard, Zstandard("a") + Zstandard("b") + "rest", kEnough).bytes, "ab");
}

TEST(ContentCodingTest, BytesBeforeACutAreKept) {
  const std::string text = Sample();
  for (const auto& [coding, packed] :
       {std::pair(ContentCoding::kGzip, Deflated(text, 31)), std::pair(ContentCoding::kDeflate, Deflated(text, 15)),
        std::pair(ContentCoding::kZstandard, Zstandard(text))}) {
    const UnpackedContent cut = UnpackContent(coding, packed.substr(0, packed.size() - 5), kEnough);
    EXPECT_EQ(cut.end, End::kCutOff);
    EXPECT_TRUE(text.starts_with(cut.bytes));
  }
  EXPECT_EQ(UnpackContent(ContentCoding::kBrotli, kBrotli.substr(0, 9), kEnough).end, End::kCutOff);
}

TEST(ContentCodingTest, OutputIsBounded) {
  const std::string zeros(1 << 20, '\0');
  for (const auto& [coding, packed] :
       {std::pair(ContentCoding::kGzip, Deflated(zeros, 31)), std::pair(ContentCoding::kDeflate, Deflated(zeros, -15)),
        std::pair(ContentCoding::kZstandard, Zstandard(zeros))}) {
    const UnpackedContent bomb = UnpackContent(coding, packed, 100000);
    EXPECT_EQ(bomb.end, End::kTooLarge);
    EXPECT_EQ(bomb.bytes.size(), 100000u);
  }
}

TEST(ContentCodingTest, DamageIsSeen) {
  std::string packed = Deflated(Sample(), 31);
  packed[packed.size() - 6] ^= 1;
  EXPECT_EQ(UnpackContent(ContentCoding::kGzip, packed, kEnough).end, End::kDamaged);
  EXPECT_EQ(UnpackContent(ContentCoding::kBrotli, "<html>", kEnough).end, End::kDamaged);
}

TEST(ContentCodingTest, NamesAreThoseOfTheHeader) {
  EXPECT_EQ(ContentCodingNamed("x-gzip"), ContentCoding::kGzip);
  EXPECT_EQ(ContentCodingNamed("br"), ContentCoding::kBrotli);
  EXPECT_EQ(ContentCodingNamed("identity"), std::nullopt);
  EXPECT_EQ(ContentCodingOf(Zstandard("a")), ContentCoding::kZstandard);
  EXPECT_EQ(ContentCodingOf("<html>"), std::nullopt);
}

}  // namespace
}  // namespace unspin
