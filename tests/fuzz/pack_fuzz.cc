// Any bytes as an evidence pack, and the files of a right one with a part replaced: nothing crashes, no file has a name
// that leaves its folder, and no other pack is equal.
//
// The first byte chooses: bytes of a zip as they are; or a file of the right pack, in which the rest of the input,
// behind two bytes of offset, takes the place of as many bytes, with the manifest as it was or made to fit.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/pack_layout.h"
#include "evidence/pack_manifest.h"
#include "evidence/pack_verifier.h"
#include "evidence/pack_writer.h"
#include "evidence/timestamp.h"
#include "evidence/zip_reader.h"
#include "evidence/zip_writer.h"
#include "fuzz/require.h"
#include "support/made_evidence.h"
#include "unspin/base/sha256.h"

using namespace unspin::evidence;
using unspin::fuzz::Require;

namespace {

constexpr ZipLimits kLimits = {
    .zip_bytes = 1 << 20, .files = 100, .total_bytes = 1 << 22, .file_bytes = 1 << 21, .ratio = 100};

void ReadAsZip(std::string_view bytes) {
  const auto read = ReadZip(bytes, kLimits);
  if (!read.ok()) return;
  uint64_t total = 0;
  for (const UnpackedFile& file : read->files) {
    Require(IsPlainZipPath(file.path), "a file has a plain name");
    total += file.bytes.size();
  }
  Require(total <= kLimits.total_bytes, "files stay within the limit");
  Require(!VerifyPack(bytes, {}).equal() || bytes.size() > 1000, "a few bytes are no pack");
}

void FitManifest(std::map<std::string, std::string>& files) {
  auto manifest = ParseManifest(files["manifest.json"]);
  if (!manifest.ok()) return;
  for (ManifestFile& file : manifest->files) {
    file.bytes = files[file.path].size();
    file.sha256 = unspin::Sha256Hex(files[file.path]);
  }
  files["manifest.json"] = RenderManifest(*manifest);
  files["manifest.tsq"] = TimestampRequest(files["manifest.json"]);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string pack = *WritePack(std::vector<Evidence>{unspin::testing::MadeEvidence()}, "");
  static const std::vector<UnpackedFile> right = ReadZip(pack, kPackLimits)->files;
  if (size < 3) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] == 0) {
    ReadAsZip(rest);
    return 0;
  }
  std::map<std::string, std::string> files;
  for (const UnpackedFile& file : right) files[file.path] = file.bytes;
  const std::string& path = right[data[0] / 2 % right.size()].path;
  std::string& bytes = files[path];
  const size_t at = (static_cast<size_t>(data[1]) << 8 | data[2]) % (bytes.size() + 1);
  bytes.replace(at, rest.size() - 2, rest.substr(2));
  if (data[0] % 2 == 1) FitManifest(files);
  std::vector<ZipFile> zipped;
  for (const auto& [path, content] : files) zipped.push_back({path, content});
  const std::string changed = WriteZip(zipped);
  const PackCheck check = VerifyPack(changed, {});
  // Sources that all else follows from, a manifest that was made to fit among it, are another right pack.
  const bool may_be_right = changed == pack || (data[0] % 2 == 1 && IsSource(path));
  Require(may_be_right || !check.equal(), "no other pack is equal");
  return 0;
}
