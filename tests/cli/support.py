"""Shared by the tests of the finished program: running it, a folder for each test, and articles written for the tests."""

import json
import os
import pathlib
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ.get("UNSPIN_SOURCE") or pathlib.Path(__file__).resolve().parents[2])
BUILD = pathlib.Path(os.environ.get("UNSPIN_BUILD") or SOURCE / "build" / "release")
PROGRAM = pathlib.Path(os.environ.get("UNSPIN") or BUILD / "unspin").resolve()
SAMPLES = SOURCE / "datasets" / "samples"

# Python with the packages of tests/oracles.txt, which tools/dev/setup installs.
ORACLE_PYTHON = SOURCE / "build" / "test-venv" / "bin" / "python"

DONE, FOUND, FAILED, SKIPPED = 0, 1, 2, 3
READER_GONE = 141

COMMANDS = ("index", "check", "compare", "align", "audit", "watch", "serve", "dedup", "stage", "sketch", "read", "list", "show",
            "remove", "merge", "spins", "info", "verify", "pack", "notice")
VERDICTS = ("copy", "edited", "spun", "rewritten", "excerpt", "common-source", "independent", "unrelated",
            "insufficient")

# Written for these tests.
FERRY = """Night ferry to Halmsund returns after ten years

The night ferry between Orrevik and Halmsund will sail again in May, ten years after the last crossing, the harbour \
board of Orrevik announced on Wednesday. A Danish owner has leased a ship with room for 640 passengers and 210 cars, \
and plans four departures a week until the end of September.

The board expects the line to bring 55,000 visitors in its first summer. Hotels along the coast, many of which closed \
their upper floors after the old ferry was sold, have begun to hire cooks and cleaners. Pernille Asgard, who runs a \
guest house beside the quay, said the telephone had not stopped ringing since the rumour began in January.

Not everyone is pleased. Fishermen fear that the large ship will stir up the shallow bay where young cod grow, and \
they have asked for a speed limit of six knots inside the islands. The harbour master replied that the captain will \
follow the deep channel, which was surveyed again last autumn, and that any damage to nets will be paid for.

A handle for one person without a cabin costs 38 euros. The first crossing, on 3 May, was sold out within two hours.
"""

ORCHARD = """Frost ruins half of the cherry harvest in the Velm valley

Three nights of frost in late April have destroyed about half of the cherry blossom in the Velm valley, according to \
growers who counted the damage over the weekend. On the lower slopes, where cold air gathers, some orchards lost nine \
flowers in ten; higher up the loss was closer to a quarter.

The growers lit 14,000 paraffin candles between the rows and flew two helicopters to push warmer air towards the \
ground. Isidor Kestrel, whose family has farmed there since 1921, called it the worst spring he could remember. He said \
the trees themselves would live, but that nobody in the valley would earn money from cherries this year.

The cooperative that sells the fruit has asked the state for loans without interest. Its chairwoman pointed out that \
insurance against frost has become so dear that fewer than one farm in eight still buys it. Officials promised an \
answer before the end of June and sent surveyors to photograph the blossom from the air.

Shops should not run short, traders believe, because the harvest in the south came early and was plentiful. Prices, \
however, may rise by a fifth until the imported fruit arrives in the middle of July.
"""

LIBRARY = """Library finds missing atlas behind a false wall

Builders repairing the old reading room in Castrel have found an atlas of 1587 that was thought to have burned in the \
fire of 1902. The volume stood in an iron box behind a wall of thin brick, together with eleven letters and a list of \
the books that the librarian of the day had meant to save.

The atlas holds 46 maps, coloured by hand, and lacks only its title page. Ottoline Brask, who looks after rare books, \
said that the box had kept out both smoke and damp. She turned the pages with a wooden blade while two colleagues took \
pictures, and they stopped when a thread of the binding began to part.

How the box came to be walled in is unclear. One letter, dated four days before the fire, complains about thieves and \
speaks of a safe place that no stranger would guess. The writer, a deputy librarian named Horace Tuttle, died in the \
flames and told nobody where that place was.

The town wants to show the atlas next winter, under glass and in weak light. A scholar from the university will first \
compare it with the only other copy, which belongs to a collector abroad.
"""

# FERRY again with some words replaced in place, as a spinner does.
FERRY_SPUN = """Night ferry to Halmsund returns after ten years

The overnight ferry between Orrevik and Halmsund will sail once more in May, ten years after the final crossing, the \
port board of Orrevik declared on Wednesday. A Danish proprietor has rented a vessel with space for 640 travellers and \
210 automobiles, and intends four departures a week until the close of September.

The board anticipates the line to bring 55,000 guests in its opening summer. Hotels along the shore, many of which shut \
their upper floors after the old ferry was sold, have started to employ cooks and cleaners. Pernille Asgard, who \
manages a guest house beside the wharf, stated the phone had not ceased ringing since the gossip began in January.

Not everybody is happy. Fishermen worry that the big ship will stir up the shallow bay where juvenile cod grow, and \
they have requested a speed restriction of six knots within the islands. The harbour master answered that the skipper \
will follow the deep channel, which was measured again last fall, and that any harm to nets will be compensated.

A handle for one individual without a cabin costs 38 euros. The initial crossing, on 3 May, was sold out inside two \
hours.
"""

# The same matter as FERRY in words and facts of its own.
FERRY_APART = """Orrevik counts on summer guests as ship service resumes

Shopkeepers painted their fronts this week and the town band practised twice: after a decade without a boat, people in \
Orrevik speak of little else. From spring onwards a leased vessel is to carry holidaymakers over the sound by night.

I walked the promenade with Viggo Lund, a retired engineer who served aboard the former steamer for twenty-six years. \
He is hopeful, but remembers how fuel prices and a toll bridge further north emptied the decks. Whether the Danes have \
better sums this time, he cannot tell.

Environmental groups want an independent study before any sailing takes place. Sea grass meadows near the approach are \
protected, their lawyer argues, and propellers would cut through them. Nobody at town hall would comment on that letter.
"""

ARTICLES = {"ferry": FERRY, "orchard": ORCHARD, "library": LIBRARY}

WORDS = """harbour council river market bridge school museum forest railway tower village factory theatre garden
station office border valley island castle minister farmer doctor teacher painter captain soldier writer engineer
lawyer baker sailor merchant opened closed carried promised refused counted painted repaired measured visited bought
sold found lost built delayed signed answered watched followed crossed reached old narrow quiet distant heavy
northern bright careful empty sudden wooden famous hidden public early modern private slowly nearly again together
before after behind beyond against without during between money water paper stone winter summer morning evening
weather bread timber cattle copper letter picture window engine contract handle journey harvest debate verdict
surplus deposit tunnel orchard lantern ladder compass barrel anchor kettle mirror carpet hammer saddle basket""".split()


def made_article(number, words=220):
    """An article of random words, the same for the same number: for tests where the wording does not matter."""
    chance = random.Random(number)
    sentences = []
    while words > 0:
        sentence = [chance.choice(WORDS) for _ in range(chance.randint(8, 18))]
        if chance.random() < 0.3:
            sentence.insert(4, str(chance.randint(3, 9999)))
        sentences.append(sentence)
        words -= len(sentence)
    return " ".join(" ".join(sentence).capitalize() + "." for sentence in sentences)


def jsonl(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def made_records(numbers, words=220):
    return [{"id": f"made-{number}", "text": made_article(number, words)} for number in numbers]


def zstd_frame(data):
    """A zstd frame of stored blocks, so that these tests need no compressor that Python lacks."""
    frame = b"\x28\xb5\x2f\xfd" + b"\xe0" + struct.pack("<Q", len(data))  # single segment, 8-byte content size
    block = 1 << 17
    starts = range(0, len(data), block) if data else [0]
    for start in starts:
        piece = data[start:start + block]
        last = start + block >= len(data)
        frame += struct.pack("<I", len(piece) << 3 | int(last))[:3] + piece
    return frame


def examples(help_text):
    """The command lines at the end of a help text; a line that ends with a backslash goes on in the next."""
    return help_text.split("Examples:\n")[1].strip().replace("\\\n", "").splitlines()


class Result:
    """Exit status and output of one run of the program."""

    def __init__(self, done):
        self.status = done.returncode
        self.out_bytes = done.stdout or b""
        self.out = self.out_bytes.decode("utf-8", "replace")
        self.err = (done.stderr or b"").decode("utf-8", "replace")

    @property
    def reports(self):
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def report(self):
        (report,) = self.reports
        return report


def oracle_python(package):
    """The Python to run an oracle's script with; skips the test where it has no such package."""
    for python in (ORACLE_PYTHON, sys.executable):
        if shutil.which(python) and subprocess.run([python, "-c", f"import {package}"], capture_output=True).returncode == 0:
            return str(python)
    raise unittest.SkipTest(f"no Python package {package}; tools/dev/setup installs it")


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own, in which the program runs."""

    maxDiff = 4000

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="unspin-cli-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            content = content.encode("utf-8")
        path.write_bytes(content)
        return name

    def run_program(self, *arguments, status=DONE, stdin=None, stdout=subprocess.PIPE, **options):
        """Runs the program; it must end with `status` (None: any), and may never crash."""
        feed = {"stdin": subprocess.DEVNULL} if stdin is None else {"input": stdin}
        if hasattr(stdin, "fileno"):
            feed = {"stdin": stdin}
        done = subprocess.run([str(PROGRAM), *map(str, arguments)], cwd=self.folder, stdout=stdout,
                              stderr=subprocess.PIPE, timeout=600, **feed, **options)
        result = Result(done)
        said = f"unspin {' '.join(map(str, arguments))}\nstatus {result.status}\n{result.err[-3000:]}"
        self.assertIn(result.status, (DONE, FOUND, FAILED, SKIPPED, READER_GONE), "ended like a crash: " + said)
        self.assertNotIn("Sanitizer", result.err, said)
        if status is not None:
            self.assertEqual(status, result.status, said)
        return result

    def refused(self, *arguments, names=(), **options):
        """The program must fail with a message that holds all of `names`."""
        result = self.run_program(*arguments, status=FAILED, **options)
        for name in [names] if isinstance(names, str) else names:
            self.assertIn(name, result.err)
        self.assertTrue(result.err.strip(), "failed without a word")
        return result

    def make_archive(self, name="archive", articles=None):
        records = [{"id": key, "text": text} for key, text in (articles or ARTICLES).items()]
        self.run_program("index", "-", "--archive", name, stdin=jsonl(records).encode())
        return name

    def info(self, archive):
        """`unspin info` as a dictionary; the names of the segments come as a list."""
        facts, segments = {}, []
        for line in self.run_program("info", archive).out.splitlines():
            if line.startswith(" "):
                segments.append(line.strip())
            else:
                key, value = line[:13].strip(), line[13:]
                facts[key] = value
        facts["files"] = segments
        return facts

    def assert_report(self, report):
        """The report holds all that docs/report.md promises, with the right types and ranges."""
        self.assertEqual(1, report["unspin"]["report_format"])
        self.assertIsInstance(report["unspin"]["version"], str)
        self.assertIsInstance(report["unspin"]["model"], str)
        self.assertTrue(report["id"])
        self.assertIsInstance(report["suspect"]["id"], str)
        summary = report["summary"]
        if report["findings"]:
            self.assert_judgement(summary)
            self.assert_fraction(summary["coverage"])
        else:
            self.assertIn(summary["verdict"], VERDICTS)
            self.assert_fraction(summary["probability"])
            self.assertEqual([None] * 4, [summary[name] for name in ("extent", "manner", "coverage", "rewrite")])
        self.assertIsInstance(summary["originals"], int)
        for name in ("alerts", "notices", "findings"):
            self.assertIsInstance(report[name], list)
        for finding in report["findings"]:
            self.assert_finding(finding, report["suspect"]["bytes"])
        ranks = [(-f["evidence"], -f["coverage"]["suspect"], f["original"]["id"]) for f in report["findings"]]
        self.assertEqual(sorted(ranks), ranks)

    def assert_fraction(self, value):
        self.assertIsInstance(value, (int, float))
        self.assertTrue(0 <= value <= 1, value)

    def assert_judgement(self, part):
        self.assertIn(part["verdict"], VERDICTS)
        self.assertIn(part["extent"], ("whole", "part"))
        self.assertIn(part["manner"], ("copy", "edited", "spun", "rewritten"))
        self.assert_fraction(part["probability"])
        self.assert_fraction(part["rewrite"])

    def assert_finding(self, finding, suspect_bytes):
        self.assertIsInstance(finding["original"]["id"], str)
        self.assertRegex(finding["original"]["sha256"], "^[0-9a-f]{64}$")
        self.assert_judgement(finding)
        self.assertIn(finding["direction"], ("from-original", "to-original", "unknown"))
        self.assertIsInstance(finding["evidence"], (int, float))
        self.assert_fraction(finding["distance"])
        for side in ("suspect", "original"):
            self.assert_fraction(finding["coverage"][side])
        self.assertAlmostEqual(1 - finding["coverage"]["suspect"] * (1 - finding["rewrite"]), finding["distance"],
                               places=4)
        self.assertEqual({"kept", "inflected", "synonym", "replaced", "inserted", "deleted", "moved"},
                         set(finding["words"]))
        self.assertTrue(all(isinstance(count, int) and count >= 0 for count in finding["words"].values()))
        self.assert_fraction(finding["order_kept"])
        self.assertIsInstance(finding["longest_verbatim_run"], int)
        for passage in finding["passages"]:
            begin, end = passage["suspect"]
            self.assertTrue(0 <= begin < end <= suspect_bytes, passage)
            self.assertLess(passage["original"][0], passage["original"][1])
            self.assertIn(passage["manner"], ("copy", "edited", "spun", "rewritten"))
            self.assert_fraction(passage["rewrite"])
        for substitution in finding["substitutions"]:
            self.assertTrue({"original", "suspect", "count", "evidence"} <= set(substitution))
        for fact in finding["facts"]:
            self.assertTrue({"kind", "original", "state"} <= set(fact))
        for reason in finding["because"]:
            self.assertTrue({"signal", "value", "weight", "text"} <= set(reason))
            for begin, end in reason.get("spans", {}).get("suspect", []):
                self.assertTrue(0 <= begin < end <= suspect_bytes, reason)
            self.assertIsInstance(reason["weight"], (int, float))
