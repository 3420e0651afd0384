// Files mapped, replaced and locked, and streams decompressed.
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
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
#include "unspin/io/decompress.h"
#include "unspin/io/file.h"

namespace unspin {
namespace {

namespace fs = std::filesystem;

class IoTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "unspin-io-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  std::string Write(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    return Path(name);
  }
  static std::string Read(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
  }
  size_t FilesInFolder() const {
    return static_cast<size_t>(std::distance(fs::directory_iterator(folder_), fs::directory_iterator()));
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
    const auto got = stream.Read(chunk, sizeof chunk);
    if (!got.ok()) {
      decoded.status = got.status();
      EXPECT_FALSE(stream.Read(chunk, sizeof chunk).ok()) << "an error must stay";
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

TEST_F(IoTest, AFileIsReadAsItIs) {
  const auto bytes = ReadFile(Write("a", std::string("one\0two", 7)));
  ASSERT_TRUE(bytes.ok()) << bytes.status();
  EXPECT_EQ(*bytes, std::string("one\0two", 7));
  EXPECT_EQ(ReadFile(Write("empty", "")).value_or("?"), "");
  const std::string long_text = SampleText(300'000);
  EXPECT_EQ(ReadFile(Write("long", long_text)).value_or("?"), long_text);
  EXPECT_TRUE(absl::IsNotFound(ReadFile(Path("none")).status()));
  EXPECT_FALSE(ReadFile(folder_).ok());
}

TEST_F(IoTest, AFileIsWrittenInPlaceWhateverItHeld) {
  const std::string path = Path("a");
  ASSERT_TRUE(WriteFileInPlace(path, "first").ok());
  fs::create_hard_link(path, Path("b"));
  const std::string long_text = SampleText(100'000);
  for (const std::string& text : {std::string("longer than the first"), std::string("shorter"), std::string("as long"),
                                  long_text, long_text.substr(1), std::string(), std::string("last")}) {
    ASSERT_TRUE(WriteFileInPlace(path, text).ok());
    EXPECT_EQ(Read(path), text);
  }
  EXPECT_EQ(Read(Path("b")), "last") << "the file was replaced";
}

TEST_F(IoTest, WhatCannotBeWrittenInPlaceIsSaid) {
  EXPECT_TRUE(absl::IsNotFound(WriteFileInPlace(Path("none/a"), "")));
  fs::create_directory(Path("folder"));
  const absl::Status folder = WriteFileInPlace(Path("folder"), "text");
  EXPECT_FALSE(folder.ok());
  EXPECT_NE(folder.message().find("give the name of a file"), std::string::npos) << folder;
  EXPECT_TRUE(fs::is_directory(Path("folder")));
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  EXPECT_TRUE(absl::IsResourceExhausted(WriteFileInPlace("/dev/full", "text")));
}

TEST_F(IoTest, AMappedFileShowsItsBytes) {
  const auto file = MapFile(Write("a", std::string("one\0two", 7)));
  ASSERT_TRUE(file.ok());
  EXPECT_EQ(file->bytes(), std::string_view("one\0two", 7));
}

// Hints change when bytes come, never which.
TEST_F(IoTest, MapsTheSameBytesWhateverIsSaidOfReadingThem) {
  const std::string text = SampleText(100'000);
  const auto file = MapFile(Write("a", text));
  ASSERT_TRUE(file.ok()) << file.status();
  file->Apply(PagePolicy::kHugePages, file->bytes());
  file->Apply(PagePolicy::kRandom, file->bytes().substr(file->bytes().size() / 3));
  file->Apply(PagePolicy::kRandom, file->bytes());
  file->Prefetch(file->bytes().substr(50'001, 3));
  file->Prefetch(file->bytes().substr(99'999));
  file->Prefetch({});
  EXPECT_EQ(file->bytes(), text);
  file->Release();
  EXPECT_EQ(file->bytes(), text);
}

TEST_F(IoTest, AnEmptyFileIsMappedAsNothing) {
  const auto file = MapFile(Write("empty", ""));
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(file->bytes().empty());
}

TEST_F(IoTest, AMappingOutlivesAMoveAndTheFilesName) {
  auto file = MapFile(Write("a", "text"));
  ASSERT_TRUE(file.ok());
  MappedFile moved = *std::move(file);
  fs::remove(Path("a"));
  EXPECT_EQ(moved.bytes(), "text");
}

TEST_F(IoTest, MappingWhatIsMissingOrAFolderSaysSo) {
  const auto missing = MapFile(Path("none"));
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_NE(Message(missing.status()).find(Path("none")), std::string::npos);
  EXPECT_FALSE(MapFile(folder_).ok());
}

TEST_F(IoTest, AnAtomicWriteReplacesTheFileAndLeavesNothingElse) {
  Write("a", "old and longer");
  ASSERT_TRUE(WriteFileAtomically(Path("a"), "new").ok());
  EXPECT_EQ(Read(Path("a")), "new");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(IoTest, AnAtomicWriteIntoAMissingFolderSaysWhichFile) {
  const absl::Status status = WriteFileAtomically(Path("none/a"), "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_NE(Message(status).find(Path("none/a")), std::string::npos);
}

TEST_F(IoTest, AFullDiskIsNamedInTheSystemsWords) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const absl::Status status = WriteFileAtomically("/dev/full", "x");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_NE(Message(status).find("No space left on device"), std::string::npos) << Message(status);
}

TEST_F(IoTest, AWriteThatFailsKeepsTheOldFileAndRemovesTheTemporaryOne) {
  Write("a", "old");
  // In a process of its own: the limit on file sizes would hit other tests.
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const absl::Status status = WriteFileAtomically(Path("a"), std::string(100000, 'x'));
    const absl::Status fresh = WriteFileDurably(Path("b"), std::string(100000, 'x'));
    ::_exit(status.code() == absl::StatusCode::kResourceExhausted && !fresh.ok() ? 0 : 1);
  }
  int exit_status = 0;
  ASSERT_EQ(::waitpid(child, &exit_status, 0), child);
  EXPECT_EQ(exit_status, 0);
  EXPECT_EQ(Read(Path("a")), "old");
  EXPECT_EQ(FilesInFolder(), 1u);
}

TEST_F(IoTest, ADurableWriteRefusesAnExistingFile) {
  ASSERT_TRUE(WriteFileDurably(Path("a"), "first").ok());
  EXPECT_EQ(WriteFileDurably(Path("a"), "second").code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(Read(Path("a")), "first");
}

TEST_F(IoTest, ASecondLockIsRefusedAndNamesTheHolder) {
  {
    const auto first = LockFile(Path("LOCK"));
    ASSERT_TRUE(first.ok());
    const auto second = LockFile(Path("LOCK"));
    ASSERT_FALSE(second.ok());
    EXPECT_NE(Message(second.status()).find("process " + std::to_string(::getpid())), std::string::npos);
  }
  EXPECT_TRUE(LockFile(Path("LOCK")).ok());
}

TEST_F(IoTest, AMovedLockStillHolds) {
  auto first = LockFile(Path("LOCK"));
  ASSERT_TRUE(first.ok());
  {
    const FileLock moved = *std::move(first);
    EXPECT_FALSE(LockFile(Path("LOCK")).ok());
  }
  EXPECT_TRUE(LockFile(Path("LOCK")).ok());
}

TEST_F(IoTest, EveryCompressionGivesBackTheSameBytes) {
  const std::string text = SampleText(1500000);
  EXPECT_EQ(Decode(text).bytes, text);
  EXPECT_EQ(Decode(Gzip(text)).bytes, text);
  EXPECT_EQ(Decode(Zstd(text)).bytes, text);
  EXPECT_EQ(Decode(WithLibarchive(text, archive_write_add_filter_bzip2)).bytes, text);
  EXPECT_EQ(Decode(WithLibarchive(text, archive_write_add_filter_xz)).bytes, text);
}

TEST_F(IoTest, MembersFollowOneAnother) {
  EXPECT_EQ(Decode(Gzip("one ") + Gzip("") + Gzip("two")).bytes, "one two");
  EXPECT_EQ(Decode(Zstd("one ") + Zstd("two")).bytes, "one two");
  const std::string one = WithLibarchive("one ", archive_write_add_filter_bzip2);
  EXPECT_EQ(Decode(one + WithLibarchive("two", archive_write_add_filter_bzip2)).bytes, "one two");
}

TEST_F(IoTest, ZerosMayPadCompressedDataAndOtherBytesMayNot) {
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

TEST_F(IoTest, TruncatedDataIsAnErrorAfterTheBytesBeforeIt) {
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

TEST_F(IoTest, DataCutAtAnyByteIsNeverTakenForWhole) {
  const std::string text = SampleText(300);
  const std::string forms[] = {Gzip(text), Zstd(text), WithLibarchive(text, archive_write_add_filter_bzip2),
                               WithLibarchive(text, archive_write_add_filter_xz)};
  for (const std::string& whole : forms) {
    for (size_t size = 16; size < whole.size(); ++size) {
      EXPECT_FALSE(Decode(whole.substr(0, size)).status.ok()) << size << " of " << whole.size();
    }
  }
}

TEST_F(IoTest, ChecksumsAreVerified) {
  const std::string text = SampleText(100000);
  std::string gzip = Gzip(text);
  gzip[gzip.size() - 6] ^= 1;  // in the CRC
  EXPECT_FALSE(Decode(gzip).status.ok());
  std::string zstd = Zstd(text);
  zstd[zstd.size() - 2] ^= 1;
  EXPECT_FALSE(Decode(zstd).status.ok());
}

TEST_F(IoTest, AnEmptyFileIsAnEmptyStream) {
  auto stream = ByteStream::Open(Write("empty", ""));
  ASSERT_TRUE(stream.ok());
  const Decoded decoded = Drain(**stream);
  EXPECT_TRUE(decoded.status.ok());
  EXPECT_EQ(decoded.bytes, "");
  EXPECT_EQ(Decode(WithLibarchive("", archive_write_add_filter_xz)).bytes, "");
  EXPECT_EQ(Decode(Gzip("")).bytes, "");
}

TEST_F(IoTest, AStreamCountsTheBytesStoredInTheFile) {
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

TEST_F(IoTest, OpeningWhatCannotBeReadSaysWhich) {
  const auto missing = ByteStream::Open(Path("none.gz"));
  ASSERT_FALSE(missing.ok());
  EXPECT_NE(Message(missing.status()).find(Path("none.gz")), std::string::npos);
  EXPECT_FALSE(ByteStream::Open(folder_).ok());
}

}  // namespace
}  // namespace unspin
