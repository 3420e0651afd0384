"""docs/python.md and docs/python.ipynb tell the truth: every line of code is run, and prints what is shown.

A `## ` section of the document is one guide. Its ```python blocks are run in order in one fresh process, in a scratch folder
with the samples, and a ```text block right behind shows what the block printed: a line that is only `…` stands for any lines,
`…` within a line for anything in it. In a ```text times block the seconds ("0.25 s") may be others. A block without one prints
nothing. ```sh blocks are commands of the same folder. After a change that should show,
UNSPIN_UPDATE_GOLDEN=1 python3 tests/python/guides_test.py writes the new output into the document.

The cells of the notebook are run in the same way, and by Jupyter's own client where it is installed.
"""

import ast
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import unittest

from answers import AnswersTest, SAMPLES, package, support

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "repo"))
from readme_test import FULL_LEXICON, Shell, lexicon_of, mismatch, renewed  # noqa: E402

DOCUMENT = support.SOURCE / "docs" / "python.md"
NOTEBOOK = support.SOURCE / "docs" / "python.ipynb"
UPDATE = os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1"
MAX_NOTEBOOK_BYTES = 20_000
GUIDE_SECONDS = 300
FENCE = re.compile(r"^```(.*)$")
TEXT, TIMES = "text", "text times"
SECONDS = re.compile(r"\d+\.\d+ s\b")
IMPORT = re.compile(r"^ *(?:import|from) (\w+)", re.MULTILINE)
INSTALLS = re.compile(r"^pip install ([\w., =\[\]-]+)$")  # the one kind of line that is not run

# Runs the blocks of standard input, a JSON list of [code, first line]; the last line of its output is a JSON list of what each
# printed. The value of a block that ends with an expression is shown as a notebook shows it, if argument 2 says so.
RUNNER = r'''
import ast, contextlib, io, json, sys, traceback
name, shows = sys.argv[1], sys.argv[2] == "notebook"
sys.argv = [""]
names, printed, failure = {"__name__": "__main__"}, [], None
def run(code, line):
    tree = ast.parse("\n" * (line - 1) + code, name)
    last = tree.body.pop() if shows and tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), names)
    if last is None: return
    value = eval(compile(ast.Expression(last.value), name, "eval"), names)
    if value is not None: print("HTML " + value._repr_html_() if hasattr(value, "_repr_html_") else repr(value))
for code, line in json.load(sys.stdin):
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try: run(code, line)
        except BaseException: failure = traceback.format_exc()
    printed.append(out.getvalue())
    if failure: break
print(json.dumps({"printed": printed, "failure": failure}))
'''


class Block:
    """A fenced block of a document: its kind, its first line (from 1), its lines."""

    def __init__(self, kind, line):
        self.kind, self.line, self.lines = kind, line, []

    @property
    def code(self):
        return "\n".join(self.lines) + "\n"


def sections(text):
    """→ [(title, [blocks])] of a document, by its `## ` headings."""
    found, block = [("", [])], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if block is not None:
            if fence:
                found[-1][1].append(block)
                block = None
            else:
                block.lines.append(line)
        elif fence:
            block = Block(fence.group(1), number + 1)
        elif line.startswith("## "):
            found.append((line[3:], []))
    if block is not None:
        raise ValueError(f"the block at line {block.line} has no end")
    return found


class GuidesTest(AnswersTest):
    def scratch(self):
        """A folder with the samples, and with the program on the path."""
        folder = self.folder / f"scratch-{len(list(self.folder.iterdir()))}"
        shutil.copytree(SAMPLES, folder / "datasets" / "samples")
        (folder / ".programs").mkdir()
        (folder / ".programs" / "unspin").symlink_to(support.PROGRAM)
        return folder

    def environment(self, folder):
        return {**os.environ, "PATH": f"{folder / '.programs'}{os.pathsep}{os.environ.get('PATH', '')}", "NO_COLOR": "1", "LC_ALL": "C.UTF-8",
                "COLUMNS": "100", "TQDM_DISABLE": "1"}

    def run_python(self, blocks, name, mode, folder):
        """→ what each block printed."""
        done = subprocess.run([sys.executable, "-X", "dev", "-W", "ignore::ResourceWarning", "-c", RUNNER, name, mode],
                              input=json.dumps([[block.code, block.line] for block in blocks]), capture_output=True, text=True,
                              cwd=folder, env=self.environment(folder), timeout=GUIDE_SECONDS)
        self.assertEqual(0, done.returncode, done.stdout[-2000:] + done.stderr[-3000:])
        result = json.loads(done.stdout.splitlines()[-1])
        self.assertIsNone(result["failure"], result["failure"])
        return result["printed"]

    def run_shell(self, block, folder):
        if all(INSTALLS.match(line) for line in block.lines):
            return ""
        done = subprocess.run(["bash", "-ec", block.code], cwd=folder, env=self.environment(folder), stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=GUIDE_SECONDS)
        self.assertEqual(0, done.returncode, block.code + done.stdout)
        return done.stdout


class Document(GuidesTest):
    def check_guide(self, title, blocks, text):
        """Runs a guide; → the text with its output renewed. Skips it where a package that it imports is missing."""
        for name in {name for block in blocks if block.kind == "python" for name in IMPORT.findall(block.code)}:
            package(name)
        folder = self.scratch()
        code = [block for block in blocks if block.kind == "python"]
        printed = iter(self.run_python(code, "docs/python.md", "script", folder))
        for number, block in enumerate(blocks):
            if block.kind in (TEXT, TIMES):
                continue
            out = (next(printed) if block.kind == "python" else self.run_shell(block, folder)).splitlines()
            follower = blocks[number + 1] if number + 1 < len(blocks) and blocks[number + 1].kind in (TEXT, TIMES) else None
            shown = follower.lines if follower else []
            if UPDATE and follower:
                new = renewed(shown, out) if shown else out
                begin = f"{block.code}```\n\n```{follower.kind}\n"
                text = text.replace(begin + "".join(line + "\n" for line in shown) + "```", begin + "".join(line + "\n" for line in new) + "```")
                shown = new
            if follower and follower.kind == TIMES:
                shown, out = ([SECONDS.sub("… s", line) for line in lines] for lines in (shown, out))
            problem = mismatch(shown, out)
            self.assertIsNone(problem, f"{title}, the block at line {block.line}\n  {problem}\nprinted:\n" + "\n".join(out)
                              + "\nUNSPIN_UPDATE_GOLDEN=1 renews the document, if this is right")
        return text

    def test_every_block_prints_what_is_shown(self):
        lexicon = lexicon_of(Shell(self.folder / "lexicon"))
        if lexicon != FULL_LEXICON:
            self.skipTest(f"the guides show figures made with {FULL_LEXICON}; this program was built with {lexicon}")
        text = DOCUMENT.read_text(encoding="utf-8")
        guides = [(title, blocks) for title, blocks in sections(text) if blocks]
        self.assertGreaterEqual(len(guides), 3)
        renewed_text = text
        for title, blocks in guides:
            with self.subTest(title):
                renewed_text = self.check_guide(title, blocks, renewed_text)
        if renewed_text != text:
            DOCUMENT.write_text(renewed_text, encoding="utf-8")

    def test_blocks_are_of_kinds_that_are_run(self):
        for title, blocks in sections(DOCUMENT.read_text(encoding="utf-8")):
            kinds = [block.kind for block in blocks]
            self.assertLessEqual(set(kinds), {"python", "sh", TEXT, TIMES}, title)
            for before, kind in zip([TEXT, *kinds], kinds):
                self.assertFalse({before, kind} <= {TEXT, TIMES}, f"{title}: an output without code")

    def test_a_guide_shows_what_it_prints(self):
        for title, blocks in sections(DOCUMENT.read_text(encoding="utf-8")):
            for block, follower in zip(blocks, [*blocks[1:], None]):
                if block.kind == "python" and re.search(r"^(?:for .*: )? *print\(", block.code, re.MULTILINE):
                    self.assertIsNotNone(follower, f"{title}: line {block.line}")
                    self.assertIn(follower.kind, (TEXT, TIMES), f"{title}: line {block.line}")

    def test_names_of_the_package_exist(self):
        import unspin
        for name in set(re.findall(r"`unspin\.(\w+)", DOCUMENT.read_text(encoding="utf-8"))):
            self.assertTrue(hasattr(unspin, name), name)


class Notebook(GuidesTest):
    def setUp(self):
        super().setUp()
        self.notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
        self.cells = ["".join(cell["source"]) for cell in self.notebook["cells"] if cell["cell_type"] == "code"]

    def test_it_is_small_and_has_no_outputs(self):
        self.assertLess(NOTEBOOK.stat().st_size, MAX_NOTEBOOK_BYTES)
        for cell in self.notebook["cells"]:
            if cell["cell_type"] == "code":
                self.assertEqual(([], None), (cell["outputs"], cell["execution_count"]))
        self.assertEqual({"nbformat": 4, "nbformat_minor": 5}, {name: self.notebook[name] for name in ("nbformat", "nbformat_minor")})

    def test_every_cell_runs_and_a_report_is_a_picture(self):
        for name in ("pyarrow", "polars"):
            package(name)
        blocks = []
        for source in self.cells:
            blocks.append(Block("python", 1))
            blocks[-1].lines = source.splitlines()
            ast.parse(source)  # no magic commands
        printed = self.run_python(blocks, "docs/python.ipynb", "notebook", self.scratch())
        pictures = [out for out in printed if out.startswith("HTML ")]
        self.assertGreaterEqual(len(pictures), 2, "no report and no table is shown")
        self.assertTrue(any("spun" in picture for picture in pictures))
        for picture in pictures:
            self.assertNotRegex(picture, r"""(?:src|href)=["']?(?:https?:)?//""", "a picture loads something from the network")

    def test_jupyter_runs_it(self):
        remedy = "pip install nbformat nbclient ipykernel: tools/dev/setup leaves Jupyter out, and the test above runs every cell"
        nbformat, nbclient, _ = (package(name, remedy) for name in ("nbformat", "nbclient", "ipykernel"))
        folder = self.scratch()
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        nbformat.validate(notebook)
        nbclient.NotebookClient(notebook, timeout=GUIDE_SECONDS, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()
        html = [output["data"]["text/html"] for cell in notebook.cells for output in cell.get("outputs", [])
                if "text/html" in output.get("data", {})]
        self.assertGreaterEqual(len(html), 2)


class Parsing(unittest.TestCase):
    def test_sections_and_blocks_are_found(self):
        text = "# a\n```sh\nx\n```\n## b\n```python\n1\n2\n```\n\n```text\n3\n```\n"
        found = sections(text)
        self.assertEqual(["", "b"], [title for title, _ in found])
        self.assertEqual([("python", 7, "1\n2\n"), ("text", 12, "3\n")], [(b.kind, b.line, b.code) for b in found[1][1]])

    def test_a_block_without_end_is_seen(self):
        with self.assertRaises(ValueError):
            sections("```python\n1\n")


if __name__ == "__main__":
    unittest.main()
