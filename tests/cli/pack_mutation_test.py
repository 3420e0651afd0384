"""1,000 packs, each with one byte, one file, one name or one number changed: verify names every change, in the right file,
and writes, follows and runs nothing.

The packs are the same in every run: each change has its seed.
"""

import io
import json
import os
import pathlib
import random
import re
import shutil
import struct
import subprocess
import unittest
import unittest.mock
import zipfile

import pack_support
import support
from pack_support import MANIFEST, REQUEST, entry, files_of, packed, request_for, with_right_manifest, zipped
from support import FAILED, FERRY, FERRY_SPUN, FOUND, LIBRARY, ORCHARD

BYTES, FILES, VALUES, NAMES = 400, 200, 300, 60  # packs of each kind of change; the rest is hostile entries
TOTAL = 1000
BATCH = 250  # packs of one run of the program
LOCAL, CENTRAL = 30, 46  # bytes of the headers of an entry, without its name

PAGE = ("<html><head><title>Ferry</title></head><body><article><h1>Ferry to Halmsund</h1>"
        + "".join(f"<p>{part}</p>" for part in FERRY_SPUN.split("\n\n")) + "</article></body></html>")


def changed_byte(data, at, chance):
    return data[:at] + bytes([data[at] ^ chance.randint(1, 255)]) + data[at + 1:]


class Change:
    """A changed pack, and the paths of which verify must name one; none: the archive as a whole."""

    def __init__(self, kind, pack, paths):
        self.kind, self.pack, self.paths = kind, pack, set(paths)


class Changes:
    def __init__(self, packs):
        self.packs = packs  # bytes
        self.made = []

    def add(self, kind, pack, *paths):
        self.made.append(Change(kind, pack, paths))

    def place(self, pack, at):
        """The path that the byte belongs to; none behind the table of contents."""
        with zipfile.ZipFile(io.BytesIO(pack)) as archive:
            infos = archive.infolist()
            central = archive.start_dir
        for info in infos:
            if info.header_offset <= at < info.header_offset + LOCAL + len(info.filename) + info.file_size:
                return [info.filename]
        for info in infos:
            size = CENTRAL + len(info.filename)
            if central <= at < central + size:
                return [info.filename]
            central += size
        return []

    def bytes_anywhere(self, count):
        for number in range(count):
            chance = random.Random(f"byte {number}")
            pack = chance.choice(self.packs)
            if number % 2 == 0:  # in proportion to the bytes, else in proportion to the files
                at = chance.randrange(len(pack))
            else:
                with zipfile.ZipFile(io.BytesIO(pack)) as archive:
                    info = chance.choice(archive.infolist())
                at = info.header_offset + chance.randrange(LOCAL + len(info.filename) + min(info.file_size, 200))
            self.add(f"byte {at}", changed_byte(pack, at, chance), *self.place(pack, at))

    def whole_files(self, count):
        for number in range(count):
            chance = random.Random(f"file {number}")
            files = files_of(chance.choice(self.packs))
            path = chance.choice(sorted(files))
            right = number % 2 == 1  # the manifest is made right again
            kind = chance.choice(("removed", "added", "renamed", "swapped", "emptied"))
            named = [path]
            if kind == "removed":
                del files[path]
            elif kind == "added":
                named = [chance.choice(("notes.txt", "reports/0001/more.json", "reports/0001/suspect/extra.bin",
                                        "reports/0001/originals/07/text.txt", "reports/9999/report.json"))]
                files[named[0]] = b"more"
            elif kind == "renamed":
                other = path[:-1] + ("x" if path[-1] != "x" else "y")
                files[other] = files.pop(path)
                named.append(other)
            elif kind == "swapped":
                other = chance.choice([one for one in sorted(files) if files[one] != files[path]])
                files[path], files[other] = files[other], files[path]
                named.append(other)
            else:
                files[path] = b""
            if right and MANIFEST in files and REQUEST in files and len(files[REQUEST]) > 60 \
                    and not {MANIFEST, REQUEST} & set(named):
                files = with_right_manifest(files)
                # A report follows from its sources: what contradicts them is named.
                folder = "/".join(path.split("/")[:2])
                named += [one for one in files if one.startswith(folder + "/")] if "/" in path else []
            self.add(f"{kind} {'and listed' if right else ''} {path}", packed(files), *named)

    def values(self, count):
        """A number or a name in one file, whose hash is then made right everywhere."""
        kinds = ("report.json", "passages.csv", "report.html", "method.txt", "suspect/text.txt", "suspect/article.json",
                 "README.txt", MANIFEST)
        for number in range(count):
            chance = random.Random(f"value {number}")
            files = files_of(chance.choice(self.packs))
            kind = "report.json" if number % 3 == 0 else kinds[number % len(kinds)]
            path = chance.choice([one for one in sorted(files) if one.endswith(kind)])
            text = files[path].decode("utf-8")
            places = [match.span() for match in re.finditer(r"\d+", text)]
            if number % 4 == 0:
                places = [match.span() for match in re.finditer(r"[A-Za-z]{4,}", text)]
            begin, end = chance.choice(places)
            old = text[begin:end]
            new = str(int(old) + chance.randint(1, 9)) if old.isdigit() else old[::-1] if old != old[::-1] else old + "s"
            files[path] = (text[:begin] + new + text[end:]).encode()
            if path == MANIFEST:
                files[REQUEST] = request_for(files[MANIFEST], files[REQUEST])
            else:
                files = with_right_manifest(files)
            self.add(f"{old} → {new} in {path}", packed(files), path)

    def names(self, count):
        """A name in the headers of an entry: in the one before the content, in the table of contents, or both."""
        for number in range(count):
            chance = random.Random(f"name {number}")
            pack = chance.choice(self.packs)
            with zipfile.ZipFile(io.BytesIO(pack)) as archive:
                info = chance.choice(archive.infolist())
            path = info.filename.encode()
            new = bytearray(path)
            new[chance.randrange(len(new))] = chance.choice(b"abc019-_.")
            if bytes(new) == path:
                new[-1] ^= 1
            first, last = info.header_offset + LOCAL, pack.rfind(path)
            places = [(first,), (last,), (first, last)][number % 3]
            for at in places:
                pack = pack[:at] + bytes(new) + pack[at + len(new):]
            self.add(f"name {path} → {bytes(new)}", pack, path.decode(), bytes(new).decode("latin-1"))

    def hostile_entries(self, count):
        """Entries that would leave the folder, follow a link, fill the memory or mislead."""
        for number in range(count):
            chance = random.Random(f"hostile {number}")
            files = sorted(files_of(chance.choice(self.packs)).items())
            victim = chance.choice(sorted(dict(files)))
            kind = HOSTILE[number % len(HOSTILE)]
            kind(self, files, victim, chance)

    def added(self, kind, files, info, content):
        self.add(kind, zipped(files + [(info, content)]), info.filename)

    def outside(self, files, victim, chance):
        name = chance.choice(("../evil.txt", "/tmp/evil.txt", "reports/../../evil.txt", "C:/evil.txt", "a\\..\\evil.txt",
                              "//host/share/evil", "reports/0001/..", "~/.profile", "$HOME/evil", "evil\n.txt", "./evil",
                              "ü.txt", "x" * 300))
        info = entry("placeholder")
        info.filename = name
        self.added("outside", files, info, b"evil")

    def link(self, files, victim, chance):
        target = chance.choice((b"/etc/passwd", b"../../../etc/passwd", b"report.html", b"/dev/zero"))
        self.added("link", files, entry("reports/0001/zz-link", external_attr=0o120777 << 16), target)

    def replaced_by_link(self, files, victim, chance):
        entries = [(entry(path, external_attr=0o120777 << 16), b"/dev/zero") if path == victim else (path, content)
                   for path, content in files]
        self.add("replaced by link", zipped(entries), victim)

    def special(self, files, victim, chance):
        kind = chance.choice((0o020666, 0o060666, 0o010666, 0o140777, 0o040755))
        self.added("special", files, entry("reports/0001/zz-special", external_attr=kind << 16), b"")

    def folder(self, files, victim, chance):
        self.added("folder", files, entry("reports/0001/zz/", external_attr=0x10), b"")

    def twice(self, files, victim, chance):
        with unittest.mock.patch("warnings.warn"):
            self.add("twice", zipped(files + [(victim, b"other content")]), victim)

    def bomb(self, files, victim, chance):
        size = chance.choice((10_000_000, 60_000_000))
        info = entry("reports/0001/zz-bomb.txt", compress_type=zipfile.ZIP_DEFLATED)
        self.added("bomb", files, info, b"0" * size)

    def false_sizes(self, files, victim, chance):
        pack = bytearray(packed(dict(files)))
        at = pack.rfind(victim.encode()) - CENTRAL
        field = chance.choice((20, 24))  # compressed, uncompressed
        struct.pack_into("<I", pack, at + field, chance.choice((0xffffffff, 0xfffffffe, 1 << 30, 0)))
        self.add("false sizes", bytes(pack), victim)

    def overlapping(self, files, victim, chance):
        pack = bytearray(packed(dict(files)))
        at = pack.rfind(victim.encode()) - CENTRAL
        offset = struct.unpack_from("<I", pack, at + 42)[0]
        struct.pack_into("<I", pack, at + 42, chance.choice((0, 7, max(0, offset - 1), offset + 3)) if offset else 9)
        self.add("overlapping", bytes(pack), *dict(files))

    def encrypted(self, files, victim, chance):
        pack = bytearray(packed(dict(files)))
        at = pack.rfind(victim.encode()) - CENTRAL
        pack[at + 8] |= 1
        self.add("encrypted", bytes(pack), victim)

    def method(self, files, victim, chance):
        pack = bytearray(packed(dict(files)))
        at = pack.rfind(victim.encode()) - CENTRAL
        pack[at + 10] = chance.choice((1, 8, 9, 12, 14, 93, 99))
        self.add("method", bytes(pack), victim)

    def before_and_behind(self, files, victim, chance):
        pack = packed(dict(files))
        where = chance.choice(("before", "behind", "comment"))
        if where == "before":
            pack = b"#!/bin/sh\ntouch evil\n" + pack
        elif where == "behind":
            pack += b"more"
        else:
            pack = pack[:-2] + struct.pack("<H", 4) + b"more"
        self.add(where, pack)

    def many(self, files, victim, chance):
        pack = zipped([(f"f{number:05}", b"") for number in range(20_001)])
        self.add("many", pack)


HOSTILE = (Changes.outside, Changes.link, Changes.replaced_by_link, Changes.special, Changes.folder, Changes.twice,
           Changes.bomb, Changes.false_sizes, Changes.overlapping, Changes.encrypted, Changes.method,
           Changes.before_and_behind, Changes.many)


class ChangedPacks(pack_support.PackTest):
    def base_packs(self):
        self.make_archive()
        self.write("page.html", PAGE)
        self.write("mixed.txt", FERRY_SPUN + "\n" + ORCHARD)
        self.check_to("reports.jsonl", "page.html", "mixed.txt", "--offsets", "utf16")
        self.write("library.txt", LIBRARY)
        self.write("copy.txt", LIBRARY.replace("Builders", "Workers"))
        self.write("report.json", self.run_program("compare", "library.txt", "copy.txt", "--json", "--prior", "0.4").out)
        packs = [self.pack("reports.jsonl", "--archive", "archive", out="a.zip"), self.pack("report.json", out="b.zip")]
        self.assert_equal("a.zip", "b.zip")
        for pack in packs:
            self.assertEqual(pack, packed(with_right_manifest(files_of(pack))), "the forger of this test writes packs")
        return packs

    def assert_named(self, change, check):
        said = json.dumps(check, ensure_ascii=False)
        where = f"{change.kind}: expected one of {sorted(change.paths)} in {said[:1500]}"
        self.assertFalse(check["equal"], where)
        if "error" in check:
            self.assertTrue(not change.paths or any(path in check["error"] for path in change.paths), where)
            return
        self.assertTrue(check["differences"], where)
        named = {one["path"] for one in check["differences"]}
        self.assertTrue(not change.paths or named & change.paths, where)

    def test_every_change_is_named(self):
        packs = self.base_packs()
        changes = Changes(packs)
        changes.bytes_anywhere(BYTES)
        changes.whole_files(FILES)
        changes.values(VALUES)
        changes.names(NAMES)
        changes.hostile_entries(TOTAL - len(changes.made))
        self.assertEqual(TOTAL, len(changes.made))
        folder = self.folder / "changed"
        folder.mkdir()
        inside = self.folder / "inside"
        inside.mkdir()
        inside.chmod(0o555)
        for number, change in enumerate(changes.made):
            self.assertNotIn(change.pack, packs, change.kind)
            (folder / f"{number:04}.zip").write_bytes(change.pack)
        before = sorted(os.listdir(folder))
        statuses = set()
        for begin in range(0, TOTAL, BATCH):
            batch = changes.made[begin:begin + BATCH]
            paths = [str(folder / f"{number:04}.zip") for number in range(begin, begin + len(batch))]
            done = subprocess.run([support.PROGRAM, "verify", "--json", *paths], cwd=inside, capture_output=True,
                                  timeout=600, env={"TMPDIR": str(inside), "HOME": str(inside)})
            statuses.add(done.returncode)
            checks = done.stdout.decode("utf-8").splitlines()
            self.assertEqual(len(batch), len(checks), done.stderr[-1000:])
            for number, (change, check) in enumerate(zip(batch, checks), start=begin):
                with self.subTest(number):
                    self.assert_named(change, json.loads(check))
        self.assertLessEqual(statuses, {FOUND, FAILED}, "2 where one of them was not readable")
        self.assertEqual(before, sorted(os.listdir(folder)))
        self.assertEqual([], os.listdir(inside))
        self.assertFalse(pathlib.Path("/tmp/evil.txt").exists())

    @unittest.skipUnless(shutil.which("strace"), "no strace here; tools/dev/setup --packages installs it")
    def test_nothing_is_opened_but_the_pack_and_nothing_is_run(self):
        changes = Changes(self.base_packs())
        changes.hostile_entries(len(HOSTILE))
        paths = []
        for number, change in enumerate(changes.made):
            self.write(f"{number}.zip", change.pack)
            paths.append(f"{number}.zip")
        subprocess.run(["strace", "-f", "-o", "trace", "-e", "trace=%file,%network,%process", support.PROGRAM, "verify",
                        "--json", *paths], cwd=self.folder, capture_output=True, timeout=600)
        trace = (self.folder / "trace").read_text("utf-8", "replace")
        self.assertEqual(1, trace.count("execve("), "only the program itself is run")
        # Before the first pack is opened it was the linker and the runtime of a sanitizer.
        trace = trace[trace.index('openat(AT_FDCWD, "0.zip"'):]
        self.assertNotRegex(trace, r"\b(fork|vfork|socket|connect|mkdir|mkdirat|rename|renameat2?|symlink|symlinkat|link|"
                                   r"linkat|unlink|unlinkat|chmod|fchmodat|truncate)\(")
        self.assertNotRegex(trace, r"O_WRONLY|O_RDWR|O_CREAT")
        self.assertNotIn("evil", trace)
        self.assertNotRegex(trace, r'"/etc/passwd"|"/dev/zero"')


if __name__ == "__main__":
    unittest.main()
