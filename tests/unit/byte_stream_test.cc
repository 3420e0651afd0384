// Streams are decompressed by their content.
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "unspin/base/strings.h"
#include "unspin/io/byte_stream.h"
#include "unspin/io/unpack_within.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class ByteStreamTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-byte-stream-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }

  std::string folder_;
};

std::string Message(const absl::Status& status) { return std::string(StdView(status.message())); }

// Text that compresses, but not to nothing.
std::string SampleText(size_t size) {
  std::string text;
  uint32_t state = 1;
  while (text.size() < size) {
    state = state * 1664525 + 1013904223;
    text += "word" + std::to_string(state >> 20) + (state % 7 == 0 ? "\n" : " ");
  }
  text.resize(size);
  return text;
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string Zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  out.resize(ZSTD_compress2(context, out.data(), out.size(), text.data(), text.size()));
  ZSTD_freeCCtx(context);
  return out;
}

std::string WithLibarchive(const std::string& text, int (*add_filter)(archive*)) {
  std::string out(text.size() + 100000, '\0');
  size_t used = 0;
  archive* writer = archive_write_new();
  add_filter(writer);
  archive_write_set_format_raw(writer);
  archive_write_set_bytes_per_block(writer, 1);
  archive_write_open_memory(writer, out.data(), out.size(), &used);
  archive_entry* entry = archive_entry_new();
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_write_header(writer, entry);
  archive_write_data(writer, text.data(), text.size());
  archive_write_close(writer);
  archive_entry_free(entry);
  archive_write_free(writer);
  out.resize(used);
  return out;
}

struct Decoded {
  std::string bytes;
  absl::Status status;
};

Decoded Drain(ByteStream& stream) {
  Decoded decoded;
  char chunk[10007];
  for (;;) {
    const auto got = stream.Read(chunk);
    if (!got.ok()) {
      decoded.status = got.status();
      EXPECT_FALSE(stream.Read(chunk).ok()) << "an error must stay";
      return decoded;
    }
    if (*got == 0) return decoded;
    decoded.bytes.append(chunk, *got);
  }
}

Decoded Decode(const std::string& bytes) {
  auto stream = ByteStream::FromBytes(bytes, "sample");
  EXPECT_TRUE(stream.ok());
  return Drain(**stream);
}

TEST_F(ByteStreamTest, EveryCompressionGivesBackTheSameBytes) {
  const std::string text = SampleText(1500000);
  EXPECT_EQ(Decode(text).bytes, text);
  EXPECT_EQ(Decode(Gzip(text)).bytes, text);
  EXPECT_EQ(Decode(Zstd(text)).bytes, text);
  EXPECT_EQ(Decode(WithLibarchive(text, archive_write_add_filter_bzip2)).bytes, text);
  EXPECT_EQ(Decode(WithLibarchive(text, archive_write_add_filter_xz)).bytes, text);
}

TEST_F(ByteStreamTest, OneCompressionMayHoldAnother) {
  const std::string text = SampleText(300000);
  EXPECT_EQ(Decode(Gzip(Gzip(text))).bytes, text);
  EXPECT_EQ(Decode(Zstd(WithLibarchive(Gzip(text), archive_write_add_filter_xz))).bytes, text);
  EXPECT_EQ(Decode(WithLibarchive(text, archive_write_add_filter_lzma)).bytes, text);
  EXPECT_EQ(Decode(Gzip("")).bytes, "");
}

TEST_F(ByteStreamTest, TheDepthOfCompressionsIsBounded) {
  std::string bytes = "text";
  for (int i = 0; i < 10; ++i) bytes = Gzip(bytes);
  const Decoded decoded = Decode(bytes);
  EXPECT_TRUE(decoded.status.ok());
  EXPECT_EQ(CompressionOf(decoded.bytes), "gzip");
}

TEST_F(ByteStreamTest, AnInnerCompressionThatIsCutOffIsAnErrorBehindItsBytes) {
  const std::string text = SampleText(300000);
  const std::string inner = Gzip(text);
  const Decoded decoded = Decode(Gzip(inner.substr(0, inner.size() / 2)));
  EXPECT_FALSE(decoded.status.ok());
  EXPECT_FALSE(decoded.bytes.empty());
  EXPECT_TRUE(text.starts_with(decoded.bytes));
}

TEST_F(ByteStreamTest, StoredBytesAreThoseOfTheFile) {
  const std::string bytes = Gzip(Gzip(SampleText(300000)));
  auto stream = ByteStream::FromBytes(bytes, "sample");
  ASSERT_TRUE(stream.ok());
  Drain(**stream);
  EXPECT_EQ((*stream)->stored_bytes_read(), bytes.size());
}

TEST_F(ByteStreamTest, MembersFollowOneAnother) {
  EXPECT_EQ(Decode(Gzip("one ") + Gzip("") + Gzip("two")).bytes, "one two");
  EXPECT_EQ(Decode(Zstd("one ") + Zstd("two")).bytes, "one two");
  const std::string one = WithLibarchive("one ", archive_write_add_filter_bzip2);
  EXPECT_EQ(Decode(one + WithLibarchive("two", archive_write_add_filter_bzip2)).bytes, "one two");
}

TEST_F(ByteStreamTest, ZerosMayPadCompressedDataAndOtherBytesMayNot) {
  const Decoded padded = Decode(Gzip("one") + std::string(1000, '\0'));
  EXPECT_TRUE(padded.status.ok()) << Message(padded.status);
  EXPECT_EQ(padded.bytes, "one");
  const std::string mistake = "and something else that was appended by mistake";
  for (const std::string& compressed : {Gzip("one"), Zstd("one")}) {
    const Decoded followed = Decode(compressed + mistake);
    EXPECT_FALSE(followed.status.ok());
    EXPECT_EQ(followed.bytes, "one");
  }
  for (auto* filter : {archive_write_add_filter_bzip2, archive_write_add_filter_xz}) {
    EXPECT_FALSE(Decode(WithLibarchive("one", filter) + mistake).status.ok());
  }
}

TEST_F(ByteStreamTest, TruncatedDataIsAnErrorAfterTheBytesBeforeIt) {
  const std::string text = SampleText(400000);
  for (const std::string& whole : {Gzip(text), Zstd(text)}) {
    const Decoded decoded = Decode(whole.substr(0, whole.size() / 2));
    ASSERT_FALSE(decoded.status.ok());
    EXPECT_NE(Message(decoded.status).find("cut off"), std::string::npos) << Message(decoded.status);
    EXPECT_NE(Message(decoded.status).find("sample"), std::string::npos);
    EXPECT_NE(Message(decoded.status).find(std::to_string(whole.size() / 2)), std::string::npos)
        << Message(decoded.status);
    EXPECT_GT(decoded.bytes.size(), text.size() / 8);
    EXPECT_EQ(decoded.bytes, text.substr(0, decoded.bytes.size()));
  }
  for (auto* filter : {archive_write_add_filter_bzip2, archive_write_add_filter_xz}) {
    const std::string whole = WithLibarchive(text, filter);
    EXPECT_FALSE(Decode(whole.substr(0, whole.size() / 2)).status.ok());
  }
}

TEST_F(ByteStreamTest, DataTruncatedAtAnyByteIsAnError) {
  const std::string text = SampleText(300);
  const std::string forms[] = {Gzip(text), Zstd(text), WithLibarchive(text, archive_write_add_filter_bzip2),
                               WithLibarchive(text, archive_write_add_filter_xz)};
  for (const std::string& whole : forms) {
    for (size_t size = 16; size < whole.size(); ++size) {
      EXPECT_FALSE(Decode(whole.substr(0, size)).status.ok()) << size << " of " << whole.size();
    }
  }
}

TEST_F(ByteStreamTest, ChecksumsAreVerified) {
  const std::string text = SampleText(100000);
  std::string gzip = Gzip(text);
  gzip[gzip.size() - 6] ^= 1;  // in the CRC
  EXPECT_FALSE(Decode(gzip).status.ok());
  std::string zstd = Zstd(text);
  zstd[zstd.size() - 2] ^= 1;
  EXPECT_FALSE(Decode(zstd).status.ok());
}

TEST_F(ByteStreamTest, AnEmptyFileIsAnEmptyStream) {
  auto stream = ByteStream::Open(Write("empty", ""));
  ASSERT_TRUE(stream.ok());
  const Decoded decoded = Drain(**stream);
  EXPECT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.bytes, "");
  EXPECT_EQ(Decode(WithLibarchive("", archive_write_add_filter_xz)).bytes, "");
  EXPECT_EQ(Decode(Gzip("")).bytes, "");
}

TEST_F(ByteStreamTest, AStreamCountsTheBytesStoredInTheFile) {
  const std::string text = SampleText(1000000);
  const std::string gzip = Gzip(text);
  auto stream = ByteStream::Open(Write("a", gzip));
  ASSERT_TRUE(stream.ok());
  EXPECT_EQ(Drain(**stream).bytes, text);
  EXPECT_EQ((*stream)->stored_bytes_read(), gzip.size());
  auto plain = ByteStream::Open(Write("b", text));
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(Drain(**plain).bytes, text);
  EXPECT_EQ((*plain)->stored_bytes_read(), text.size());
}

TEST_F(ByteStreamTest, ErrorsOfOpeningNameTheFile) {
  const auto missing = ByteStream::Open(Path("none.gz"));
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(Message(missing.status()).find(Path("none.gz")), std::string::npos);
  EXPECT_FALSE(ByteStream::Open(folder_).ok());
}

// Reads on behind each damage; the bytes between are parted by "|".
std::string DrainRecovering(const std::string& bytes) {
  auto stream = ByteStream::FromBytes(bytes, "sample");
  EXPECT_TRUE(stream.ok());
  std::string out;
  char chunk[10007];
  for (;;) {
    const auto got = (*stream)->Read(chunk);
    if (got.ok() && *got == 0) return out;
    if (got.ok()) {
      out.append(chunk, *got);
    } else if ((*stream)->Recover("WARC/").found) {
      out += "|";
    } else {
      return out + "!";
    }
  }
}

TEST_F(ByteStreamTest, DamageCostsOneMember) {
  const std::string a = "WARC/1 " + SampleText(3000), b = "WARC/2 " + SampleText(90000), c = "WARC/3 " + SampleText(20);
  for (std::string (*pack)(const std::string&) : {&Gzip, &Zstd}) {
    const std::string first = pack(a), last = pack(c);
    const std::string whole = pack(b);
    for (size_t at = 12; at < whole.size(); at += 97) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x24);
      const std::string read = DrainRecovering(first + damaged + last);
      EXPECT_TRUE(read.starts_with(a)) << at;
      EXPECT_TRUE(read.ends_with("|" + c)) << at;
    }
    EXPECT_EQ(DrainRecovering(first + "garbage" + last), a + "|" + c);
    EXPECT_EQ(DrainRecovering(first + "garbage"), a + "!");
    EXPECT_TRUE(DrainRecovering(first + whole.substr(0, whole.size() / 2) + last).ends_with("|" + c));
    EXPECT_TRUE(DrainRecovering(first + whole.substr(0, whole.size() - 1)).ends_with("!"));
  }
}

TEST_F(ByteStreamTest, MembersOfOtherContentAreNotRecoveredTo) {
  EXPECT_EQ(DrainRecovering(Gzip("WARC/1") + "garbage" + Gzip("no record") + Gzip("WARC/2")), "WARC/1|WARC/2");
}

// Bytes that come out, or the message.
std::string Within(const std::string& bytes, const std::shared_ptr<UnpackBudget>& budget) {
  auto stream = UnpackWithin(bytes, "it", budget);
  if (!stream.ok()) return Message(stream.status());
  std::string out, chunk(1000, '\0');
  for (;;) {
    const auto got = (*stream)->Read(chunk);
    if (!got.ok()) return Message(got.status());
    if (*got == 0) return out;
    out += chunk.substr(0, *got);
  }
}

TEST_F(ByteStreamTest, ABudgetIsSharedByAllThatIsUnpackedWithinIt) {
  const std::string text = SampleText(10'000);
  const auto budget = std::make_shared<UnpackBudget>(UnpackBudget{25'000});
  EXPECT_EQ(Within(Gzip(text), budget), text);
  EXPECT_EQ(Within(text, budget), text);  // nothing is unpacked
  EXPECT_EQ(Within(Gzip(text), budget), text);
  EXPECT_EQ(budget->bytes_left, 5'000);
  EXPECT_NE(Within(Gzip(text), budget).find("more bytes than may be unpacked"), std::string::npos);
  EXPECT_TRUE(budget->is_exceeded);
}

TEST_F(ByteStreamTest, CompressionInCompressionCountsThoughNothingComesOutOfIt) {
  std::string members;
  for (int i = 0; i < 5'000; ++i) members += Gzip("");
  const auto budget = std::make_shared<UnpackBudget>(UnpackBudget{50'000});
  EXPECT_NE(Within(Gzip(members), budget).find("more bytes than may be unpacked"), std::string::npos);
}

}  // namespace
}  // namespace unspin
