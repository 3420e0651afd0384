"""Reads and rewrites evidence packs in Python, by the description in docs/evidence.md alone."""

import hashlib
import io
import json
import shutil
import subprocess
import zipfile

import support

MANIFEST, REQUEST, REPLY = "manifest.json", "manifest.tsq", "manifest.tsr"


def files_of(pack):
    """{path: bytes}, as Python's own reader finds them."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def entry(path, **changes):
    """The header of an entry as packs have it."""
    info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    info.create_system, info.create_version, info.extract_version = 3, 10, 10
    info.external_attr = 0o100644 << 16
    info.compress_type = zipfile.ZIP_STORED
    for name, value in changes.items():
        setattr(info, name, value)
    return info


def zipped(entries):
    """[(entry or path, bytes)] → a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for info, content in entries:
            archive.writestr(info if isinstance(info, zipfile.ZipInfo) else entry(info), content)
    return out.getvalue()


def packed(files):
    """{path: bytes} → the zip as `unspin pack` writes it."""
    return zipped(sorted(files.items()))


def request_for(manifest, like):
    """The timestamp request of another manifest: only the hash in it is another."""
    begin = len(like) - 3 - 32  # behind it only `certReq`, a boolean of three bytes
    return like[:begin] + hashlib.sha256(manifest).digest() + like[begin + 32:]


def with_right_manifest(files):
    """The files with a manifest and a request that fit them, as somebody would forge them."""
    files = dict(files)
    manifest = json.loads(files[MANIFEST])
    known = {one["path"]: one for one in manifest["files"]}
    listed = []
    for path in sorted(files):
        if path in (MANIFEST, REQUEST, REPLY):
            continue
        one = dict(known.get(path, {"path": path, "bytes": 0, "sha256": "", "role": "received",
                                    "media_type": "application/octet-stream"}))
        one["bytes"], one["sha256"] = len(files[path]), hashlib.sha256(files[path]).hexdigest()
        listed.append(one)

    def lines(items):
        return ",".join("\n" + json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in items)

    files[MANIFEST] = ('{"unspin_pack":%d,"program":%s,\n"reports":[%s],\n"files":[%s]}\n' % (
        manifest["unspin_pack"], json.dumps(manifest["program"]), lines(manifest["reports"]), lines(listed))).encode()
    files[REQUEST] = request_for(files[MANIFEST], files[REQUEST])
    return files


class PackTest(support.ProgramTest):
    """Packs of the articles that support.py has."""

    def pack(self, reports, *options, out="pack.zip", **others):
        self.run_program("pack", reports, "--out", out, *options, **others)
        return (self.folder / out).read_bytes()

    def verify(self, *packs, status=None):
        """What `unspin verify --json` says of each pack."""
        result = self.run_program("verify", *packs, "--json", status=status)
        checks = [json.loads(line) for line in result.out.splitlines()]
        self.assertEqual(len(packs), len(checks), result.err)
        return checks

    def assert_equal(self, *packs):
        for check in self.verify(*packs, status=support.DONE):
            self.assertEqual((True, []), (check["equal"], check["differences"]))

    def check_to(self, out, *arguments):
        result = self.run_program("check", *arguments, "--archive", "archive", "--json")
        (self.folder / out).write_bytes(result.out_bytes)
        return out


class Authority:
    """A time-stamping authority of openssl(1), in a folder."""

    CONFIG = """
[req]
distinguished_name = name
prompt = no
[name]
CN = {name}
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[signer]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature
[tsa]
default_tsa = stamps
[stamps]
serial = serial
signer_cert = signer.pem
certs = root.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

    def __init__(self, folder, name):
        if not shutil.which("openssl"):
            raise support.unittest.SkipTest("no openssl here; tools/dev/setup installs it")
        self.folder = folder
        folder.mkdir()
        (folder / "serial").write_text("01\n")
        self.configure("Root of " + name)
        self.openssl("req", "-x509", "-config", "tsa.conf", "-extensions", "root", "-newkey", "rsa:2048", "-nodes",
                     "-keyout", "root.key", "-out", "root.pem", "-days", "30")
        self.configure(name)
        self.openssl("req", "-new", "-config", "tsa.conf", "-newkey", "rsa:2048", "-nodes", "-keyout", "signer.key",
                     "-out", "signer.csr")
        self.openssl("x509", "-req", "-in", "signer.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "2",
                     "-days", "30", "-extfile", "tsa.conf", "-extensions", "signer", "-out", "signer.pem")

    def configure(self, name):
        (self.folder / "tsa.conf").write_text(self.CONFIG.format(name=name))

    def openssl(self, *arguments):
        return subprocess.run(["openssl", *arguments], cwd=self.folder, check=True, capture_output=True).stdout

    def reply(self, request):
        (self.folder / "request.tsq").write_bytes(request)
        self.openssl("ts", "-reply", "-config", "tsa.conf", "-queryfile", "request.tsq", "-out", "reply.tsr")
        return (self.folder / "reply.tsr").read_bytes()
