"""The README tells the truth: its programs print what it shows, its figures are those of the results, its example is built.

Each ```console block is run in a copy of the samples, and prints what the block shows.

A line that is only `…` stands for any lines, `…` within a line for anything in that line. After a change that should
show, UNSPIN_UPDATE_GOLDEN=1 python3 tests/repo/readme_test.py writes the new output into the README, cut as before:
a part behind `…` begins at the line that it began with, numbers aside, and holds as many paragraphs and lines.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(os.environ.get("UNSPIN_SOURCE") or pathlib.Path(__file__).resolve().parents[2])
README = ROOT / "README.md"
PROGRAM = pathlib.Path(os.environ.get("UNSPIN") or ROOT / "build" / "release" / "unspin")
UPDATE = os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1"
FULL_LEXICON = "wordnet 3.0 + mythes-en-us"

CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"^<!-- example: (\S+) -->\n```cpp\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Tables of figures, and the documents that say how each figure was taken.
FIGURES = re.compile(r"<!-- (?:figures|peers) -->\n(.*?)<!-- /(?:figures|peers) -->", re.DOTALL)
SOURCES = ("bench/RESULTS.md", "docs/scale.md")
CELL = re.compile(r"\d[\d,]*(?:\.\d+)?")
NUMBER = re.compile(r"(?<![\w.])(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?![\w])")
PROMPT = "$ "
ANYTHING = "…"


def commands(block):
    """A console block → [(command, lines shown)]. A command goes on behind a backslash at its line's end."""
    found = []
    goes_on = False
    for line in block.splitlines():
        if goes_on:
            found[-1][0].append(line)
        elif line.startswith(PROMPT):
            found.append(([line], []))
        elif found:
            found[-1][1].append(line)
        else:
            raise ValueError(f"a console block begins with a command, not with {line!r}")
        goes_on = line.endswith("\\") and (goes_on or line.startswith(PROMPT))
    return [("\n".join(command), shown) for command, shown in found]


def figures(text):
    """The numbers in the cells of the tables in `text`; raises ValueError where a cell holds two."""
    found = []
    for line in text.splitlines():
        if not line.startswith("|") or line.startswith(("|--", "|:-")):
            continue
        for cell in line.strip("|").split("|")[1:]:
            cell = cell.strip()
            if CELL.fullmatch(cell):
                found.append(cell)
            elif len(NUMBER.findall(cell)) > 1:
                raise ValueError(f"two numbers in one cell: {cell!r}")
    return found


def numbers(text):
    """All numbers in `text`, with a zero before the point: .26 is 0.26."""
    return {"0" + number if number.startswith(".") else number for number in (n.rstrip(",") for n in NUMBER.findall(text))}


def line_matches(shown, printed):
    return re.fullmatch(".*".join(re.escape(part) for part in shown.split(ANYTHING)), printed) is not None


def parts(shown):
    """The lines between lines of `…`: [[lines], …], with an empty list where `…` stands first or last."""
    split = [[]]
    for line in shown:
        if line.strip() == ANYTHING:
            split.append([])
        else:
            split[-1].append(line)
    return split


def mismatch(shown, printed):
    """None where `shown` is what was printed; else a sentence that says where they differ."""
    at = 0
    split = parts(shown)
    for number, part in enumerate(split):
        first, last = number == 0, number == len(split) - 1
        if not part:
            at = len(printed) if last and not first else at
            continue
        places = [at] if first else range(at, len(printed) - len(part) + 1)
        if last and not first:
            places = [place for place in places if place + len(part) == len(printed)]
        for place in places:
            here = printed[place:place + len(part)]
            if len(here) == len(part) and all(map(line_matches, part, here)):
                at = place + len(part)
                break
        else:
            if first:
                for a, b in zip(part, printed + ["(nothing)"] * len(part)):
                    if not line_matches(a, b):
                        return f"shown: {a!r}\n  printed: {b!r}"
            return f"not printed, or not there: the part that begins with {part[0]!r}"
    return None if at == len(printed) else f"more was printed than is shown, from {printed[at]!r}"


def shape(line):
    """A line without its numbers."""
    return re.sub(r"\d[\d.,]*", "0", line).strip()


def same_cut(part, printed, begin):
    """Where a part like `part` ends that begins at `begin`: as many paragraphs, then as many lines of the one cut short."""
    end = begin
    paragraphs = [i for i, line in enumerate(part) if not line.strip()]
    for _ in paragraphs:
        end = next((i + 1 for i in range(end, len(printed)) if not printed[i].strip()), len(printed))
    for _ in range(len(part) - (paragraphs[-1] + 1 if paragraphs else 0)):
        if end < len(printed) and printed[end].strip():
            end += 1
    return end


def renewed(shown, printed):
    """`printed`, cut the way `shown` was. Raises ValueError where a part cannot be found again."""
    out = []
    at = 0
    split = parts(shown)
    for number, part in enumerate(split):
        if number > 0:
            out.append(ANYTHING)
            if part:
                wanted = shape(part[0])
                place = next((i for i in range(at, len(printed)) if shape(printed[i]) == wanted), None)
                if place is None:
                    raise ValueError(f"nothing printed begins like {part[0]!r}: cut this block anew by hand")
                at = place
        if number == len(split) - 1:
            end = len(printed) if part or number == 0 else at
        else:
            end = same_cut(part, printed, at)
        for place in range(at, end):
            old = part[place - at] if place - at < len(part) else None
            keeps = (old is not None and ANYTHING in old and ANYTHING not in printed[place]
                     and line_matches(old, printed[place]))
            out.append(old if keeps else printed[place])
        at = end
    return out


class Shell:
    """A folder with the samples in it and the program on the path."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        shutil.copytree(ROOT / "datasets" / "samples", self.folder / "datasets" / "samples")
        programs = self.folder / ".programs"
        programs.mkdir()
        (programs / "unspin").symlink_to(PROGRAM.resolve())
        self.environment = {**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1",
                            "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        self.environment.pop("COLUMNS", None)

    def run(self, command):
        """→ (exit status, lines of standard output and error as a terminal would mix them)."""
        done = subprocess.run(["bash", "-c", command], cwd=self.folder, env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300)
        return done.returncode, done.stdout.decode("utf-8").splitlines()


def lexicon_of(shell):
    """The sources of the program's synonyms: without them the same pairs get other numbers."""
    status, lines = shell.run("unspin index datasets/samples/vent-field/original.txt --archive .tiny --quiet > /dev/null && unspin info .tiny")
    if status != 0:
        raise RuntimeError(f"{PROGRAM} does not work here: {lines}")
    return next((line.split(None, 1)[1] for line in lines if line.startswith("lexicon ")), "unknown")


class ReadmeTest(unittest.TestCase):
    def setUp(self):
        self.text = README.read_text(encoding="utf-8")

    def test_console_blocks_print_what_they_show(self):
        blocks = CONSOLE.findall(self.text)
        self.assertTrue(blocks, "no console block: the README shows no verdict")
        self.assertTrue(PROGRAM.is_file(), f"no program at {PROGRAM}: build it, or set UNSPIN")
        with tempfile.TemporaryDirectory() as folder:
            shell = Shell(folder)
            lexicon = lexicon_of(shell)
            if lexicon != FULL_LEXICON:
                self.skipTest(f"the README shows figures made with {FULL_LEXICON}; this program was built with {lexicon}")
            text = self.text
            for block in blocks:
                new = []
                for command, shown in commands(block):
                    status, printed = shell.run(command[len(PROMPT):])
                    self.assertEqual(0, status, f"{command}\n" + "\n".join(printed))
                    if UPDATE:
                        shown = renewed(shown, printed)
                    problem = mismatch(shown, printed)
                    self.assertIsNone(problem, f"{command}\n  {problem}\n  UNSPIN_UPDATE_GOLDEN=1 renews the README, if this is right")
                    new += [command] + shown
                text = text.replace(block, "\n".join(new) + "\n")
        if text != self.text:
            README.write_text(text, encoding="utf-8")

    def test_examples_are_the_files_that_are_built(self):
        examples = EXAMPLE.findall(self.text)
        self.assertTrue(examples, "the README shows no C++: <!-- example: FILE --> and a cpp block")
        text = self.text
        for name, shown in examples:
            source = (ROOT / name).read_text(encoding="utf-8")
            if UPDATE:
                text = text.replace(shown, source)
                continue
            self.assertEqual(source, shown, f"UNSPIN_UPDATE_GOLDEN=1 copies {name} into the README")
        if text != self.text:
            README.write_text(text, encoding="utf-8")

    def test_figures_are_in_the_results(self):
        known = set().union(*(numbers((ROOT / name).read_text(encoding="utf-8")) for name in SOURCES))
        blocks = FIGURES.findall(self.text)
        self.assertEqual(2, len(blocks), "<!-- figures --> and <!-- peers -->, each with its end")
        for block in blocks:
            self.assertEqual([], [figure for figure in figures(block) if figure not in known])

    def test_shell_blocks_name_programs_of_ours(self):
        named = [line.split()[0] for block in SHELL.findall(self.text) for line in block.splitlines() if line and line[0] != "#"]
        self.assertIn("tools/dev/demo", named)
        self.assertIn("tools/dev/test", named)
        for name in named:
            if "/" in name:
                self.assertTrue(os.access(ROOT / name, os.X_OK), f"{name} cannot be run")

    def test_pictures_are_there(self):
        pictures = re.findall(r'!\[[^\]]*\]\(([^)\s]+)\)|<img[^>]* src="([^"]+)"', self.text)
        self.assertTrue(pictures, "the README shows no picture of the line")
        for picture in (a or b for a, b in pictures):
            self.assertTrue((ROOT / picture).is_file(), picture)


class MatchingTest(unittest.TestCase):
    PRINTED = ["SPUN", "", "words  300 kept", "", "WORDS REPLACED", "  fog → mist", "  ship → send", "end"]

    def test_equal_lines_match(self):
        self.assertIsNone(mismatch(self.PRINTED, self.PRINTED))

    def test_an_ellipsis_stands_for_any_lines(self):
        self.assertIsNone(mismatch(["SPUN", "…", "WORDS REPLACED", "  fog → mist", "…", "end"], self.PRINTED))
        self.assertIsNone(mismatch(["SPUN", "", "words  … kept", "…"], self.PRINTED))

    def test_other_lines_do_not_match(self):
        for shown in (["SPUN"], ["COPY", "…"], ["…", "WORDS REPLACED"], ["…", "  ship → send", "  fog → mist", "…"],
                      ["SPUN", "", "words  301 kept", "…"], self.PRINTED + ["more"], ["…", "  fog → mist", "…", "SPUN", "…"]):
            self.assertIsNotNone(mismatch(shown, self.PRINTED), shown)

    def test_renewing_cuts_as_before(self):
        shown = ["COPY", "", "words  1 kept", "", "…", "WORDS REPLACED", "  a → b", "…", "end"]
        self.assertEqual(["SPUN", "", "words  300 kept", "", "…", "WORDS REPLACED", "  fog → mist", "…", "end"],
                         renewed(shown, self.PRINTED))
        self.assertEqual(["SPUN", "…"], renewed(["COPY", "…"], self.PRINTED))
        self.assertEqual(["SPUN", "", "words  300 kept", "", "WORDS REPLACED", "  fog → mist", "…"],
                         renewed(["COPY", "of a page", "", "words", "", "WORDS REPLACED", "  x → y", "…"], self.PRINTED))
        self.assertEqual(["SPUN", "", "words  … kept", "…"], renewed(["X", "", "words  … kept", "…"], self.PRINTED))
        self.assertEqual(self.PRINTED, renewed(["anything"], self.PRINTED))
        with self.assertRaises(ValueError):
            renewed(["SPUN", "…", "NO SUCH PART", "…"], self.PRINTED)

    def test_figures_of_tables_are_read(self):
        table = "| a | 2020 |\n|---|--:|\n| x 7 | 1,095 |\n| y | 0.26 |\n"
        self.assertEqual(["2020", "1,095", "0.26"], figures(table))
        self.assertEqual({"0.26", "1,095", "3.8"}, numbers("within .26 ms, 1,095, all within 3.8."))
        with self.assertRaises(ValueError):
            figures("| a | 0.26; 3.8 |\n")

    def test_a_command_goes_on_behind_a_backslash(self):
        self.assertEqual([("$ one \\\n  two", ["out"]), ("$ three", [])], commands("$ one \\\n  two\nout\n$ three\n"))


if __name__ == "__main__":
    unittest.main()
