"""The program at a terminal: width, colours, characters, the line of progress; and what it says when a reader has gone."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
import unicodedata
import unittest

import support
from support import DONE, FAILED, FERRY, FERRY_SPUN, READER_GONE, jsonl

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")
UTF8 = {"LANG": "C.UTF-8", "TERM": "xterm"}


def width(line):
    """Columns of a line without escape sequences."""
    return sum((unicodedata.east_asian_width(c) in "WF") + 1 for c in line if not unicodedata.combining(c))


def environment(**changes):
    clean = {name: value for name, value in os.environ.items()
             if name not in ("COLUMNS", "NO_COLOR", "TERM", "LANG", "LC_ALL", "LC_CTYPE")}
    return {**clean, **changes}


class Screen:
    """What a terminal shows: carriage returns, line feeds, and the sequence that wipes the rest of a line."""

    def __init__(self, columns):
        self.columns, self.lines, self.column = columns, [""], 0

    def write(self, text):
        for part in re.findall(r"\r|\n|\x1b\[K|\x1b\[[0-9;]*m|[^\r\n\x1b]", text):
            line = self.lines[-1]
            if part == "\r":
                self.column = 0
            elif part == "\n":
                self.lines.append("")
                self.column = 0
            elif part == "\x1b[K":
                self.lines[-1] = line[:self.column]
            elif not part.startswith("\x1b"):
                if self.column == self.columns:  # wraps
                    self.lines.append("")
                    self.column, line = 0, ""
                self.lines[-1] = line[:self.column] + part + line[self.column + 1:]
                self.column += 1
        return self


class TerminalTest(support.ProgramTest):
    def at_terminal(self, *arguments, columns=80, feed=None, status=DONE, **changes):
        """Runs the program with standard output and standard error on one terminal; returns all it wrote there."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        run = subprocess.Popen([str(support.PROGRAM), *map(str, arguments)], cwd=self.folder, stdout=theirs, stderr=theirs,
                               stdin=subprocess.PIPE if feed else subprocess.DEVNULL, env=environment(**{**UTF8, **changes}))
        os.close(theirs)
        shown = b""
        try:
            while True:
                if feed and not feed(run, shown):
                    run.stdin.close()
                    feed = None
                if not select.select([ours], [], [], 0.02 if feed else 60)[0]:
                    continue
                try:
                    part = os.read(ours, 1 << 16)
                except OSError:  # the program has ended
                    break
                if not part:
                    break
                shown += part
            self.assertEqual(status, run.wait(timeout=60), shown)
        finally:
            run.kill()
            run.wait()
            os.close(ours)
        return shown.decode("utf-8").replace("\r\n", "\n")


class Width(TerminalTest):
    def setUp(self):
        super().setUp()
        self.write("original.txt", FERRY)
        self.write("suspect.txt", FERRY_SPUN)

    def report(self, **options):
        return self.at_terminal("compare", "original.txt", "suspect.txt", **options)

    def widest(self, text):
        return max(width(line) for line in ESCAPE.sub("", text).splitlines())

    def test_a_report_is_as_wide_as_the_terminal_from_40_columns_to_96(self):
        for columns, expected in ((40, 40), (50, 50), (72, 72), (96, 96), (200, 96)):
            self.assertEqual(expected, self.widest(self.report(columns=columns)), columns)
        self.assertEqual(40, self.widest(self.report(columns=20)))

    def test_columns_of_the_environment_win(self):
        self.assertEqual(60, self.widest(self.report(columns=90, COLUMNS="60")))
        for wrong in ("0", "wide", "-3", ""):
            self.assertEqual(90, self.widest(self.report(columns=90, COLUMNS=wrong)), wrong)

    def test_help_is_as_wide_as_the_terminal(self):
        for columns in (40, 60, 80, 100, 200):
            for line in ESCAPE.sub("", self.at_terminal("audit", "--help", columns=columns)).splitlines():
                # A backslash that joins two lines of an example, and words that cannot be broken, may stand out.
                self.assertTrue(width(line) <= min(columns, 100) or line.startswith("    "), line)

    def test_every_report_has_the_same_words(self):
        def words(text):
            return "".join(c for c in ESCAPE.sub("", text) if c.isalnum())
        wide, narrow = self.report(columns=96), self.report(columns=60)
        self.assertEqual(words(wide), words(narrow))


class Colours(TerminalTest):
    def setUp(self):
        super().setUp()
        self.write("original.txt", FERRY)
        self.write("suspect.txt", FERRY_SPUN)
        self.arguments = ("compare", "original.txt", "suspect.txt")

    def test_a_terminal_gets_colours_unless_it_wants_none(self):
        coloured = self.at_terminal(*self.arguments)
        self.assertIn("\x1b[", coloured)
        plain = ESCAPE.sub("", coloured)
        for changes in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
            self.assertEqual(plain, self.at_terminal(*self.arguments, **changes), changes)
        self.assertIn("\x1b[", self.at_terminal(*self.arguments, NO_COLOR=""), "an empty NO_COLOR is none")

    def test_a_pipe_gets_none(self):
        self.assertNotIn("\x1b", self.run_program(*self.arguments, env=environment(**UTF8)).out)

    def test_a_stretch_of_one_colour_has_one_pair_of_escape_sequences(self):
        first = self.at_terminal(*self.arguments).splitlines()[0]
        self.assertRegex(first, r"^\x1b\[1;31mSPUN\x1b\[0m \x1b\[1mSpun from [^\x1b]+\x1b\[0m$")

    def test_no_colour_goes_on_into_the_next_line(self):
        for line in self.at_terminal(*self.arguments, columns=40).splitlines():
            self.assertEqual(line.count("\x1b[0m"), len(ESCAPE.findall(line)) - line.count("\x1b[0m"), line)

    def test_help_has_bold_headings(self):
        self.assertIn("\x1b[1mExamples:\x1b[0m\n", self.at_terminal("check", "--help"))


class Characters(TerminalTest):
    def test_a_terminal_without_utf8_gets_ascii(self):
        self.write("original.txt", FERRY.replace("Orrevik", "Örrevík"))
        self.write("suspect.txt", FERRY_SPUN.replace("Orrevik", "Örrevík") + "\nПлата 東京 🙂\n")
        arguments = ("compare", "original.txt", "suspect.txt")
        for locale in ({"LANG": "", "LC_ALL": "C"}, {"LANG": "de_DE.ISO-8859-1"}, {"LANG": ""}, {"LC_ALL": "POSIX"}):
            for columns in (40, 96):
                shown = self.at_terminal(*arguments, columns=columns, **locale)
                self.assertTrue(shown.isascii(), [c for c in shown if not c.isascii()])
                self.assertIn("Orrevik", shown)
                self.assertIn("->", shown)
                self.assertLessEqual(max(width(line) for line in ESCAPE.sub("", shown).splitlines()), columns)
            self.assertTrue(self.at_terminal("audit", "--help", **locale).isascii())
            said = self.at_terminal("check", "no “such” file", "--archive", "none", status=FAILED, **locale)
            self.assertTrue(said.isascii() and said, said)

    def test_one_with_utf8_does_not(self):
        self.write("a.txt", FERRY)
        for locale in ({"LANG": "en_GB.UTF-8"}, {"LC_ALL": "C.utf8"}, {"LANG": "C", "LC_CTYPE": "de_DE.utf-8"}):
            self.assertIn("─", self.at_terminal("compare", "a.txt", "a.txt", **{"LANG": "", **locale}))

    def test_files_and_pipes_do_not_depend_on_the_locale(self):
        self.write("a.txt", FERRY)
        outputs = {self.run_program("compare", "a.txt", "a.txt", env=environment(LC_ALL=locale)).out
                   for locale in ("C", "C.UTF-8", "de_DE.ISO-8859-1")}
        self.assertEqual(1, len(outputs))
        self.assertIn("─", outputs.pop())


class Progress(TerminalTest):
    """The line of progress is gone when something else is printed, also where it is as long as the terminal is wide."""

    def feeder(self, suffix=""):
        written = 0

        def feed(run, shown):
            nonlocal written
            # Progress appears after a second; some more records follow it.
            if b"/s" in shown:
                run.stdin.write(suffix.encode())
                return False
            for _ in range(10):
                run.stdin.write(jsonl([{"id": written, "text": f"{written} {FERRY}"}]).encode())
                written += 1
            run.stdin.flush()
            return True
        return feed

    def test_nothing_of_it_stays(self):
        self.make_archive()
        for columns in (40, 80):
            for number, arguments in enumerate((("index", "-", "--archive", f"new{columns}"),
                                                ("dedup", "-", "--out", "-"), ("sketch", "-", "--out", "k"),
                                                ("audit", "-", "--archive", "archive", "--out", f"r{columns}"))):
                with self.subTest(columns=columns, command=arguments[0]):
                    shown = self.at_terminal(*arguments, columns=columns, feed=self.feeder())
                    self.assertIn("/s", shown)
                    final = Screen(columns).write(shown).lines
                    for line in final:
                        self.assertNotRegex(line, r"^(indexing|reading|sketching|auditing|clustering|writing) \d")

    def test_a_message_has_a_line_of_its_own(self):
        self.make_archive()
        shown = self.at_terminal("audit", "-", "--archive", "archive", "--out", "r", feed=self.feeder('{"id": "bad"}\n'),
                                 status=3)
        self.assertTrue(any(line.startswith("unspin: -:") for line in Screen(80).write(shown).lines), shown)

    def test_a_dumb_terminal_has_none(self):
        start = time.monotonic()
        def feed(run, shown):
            run.stdin.write(jsonl([{"id": str(time.monotonic()), "text": FERRY}]).encode())
            run.stdin.flush()
            return time.monotonic() - start < 2
        self.assertNotIn("\x1b", self.at_terminal("index", "-", "--archive", "a", feed=feed, TERM="dumb"))


class Help(support.ProgramTest):
    def commands(self):
        """All commands as `unspin help --json` lists them, by their words."""
        found = []

        def walk(command):
            found.append((command["name"].split()[1:], command))
            for below in command["commands"]:
                walk(below)
        walk(json.loads(self.run_program("help", "--json").out))
        return found

    def test_every_help_fits_80_columns_and_has_nothing_of_the_parser(self):
        for words, command in self.commands():
            with self.subTest(" ".join(words)):
                shown = self.run_program(*words, "--help", env=environment()).out
                self.assertEqual(shown, self.run_program("help", *words, env=environment()).out)
                for line in shown.splitlines():
                    self.assertLessEqual(width(line), 80, line)
                self.assertNotRegex(shown, r"[{}]->|ENUM|TEXT|UINT|FLOAT|REQUIRED|Excludes|Needs|SUBCOMMAND| in \[|"
                                           r"Print this help message")
                self.assertRegex(shown, r"(?m)^Exit status:\n  0 ")
                self.assertEqual(command["examples"], [re.sub(" +", " ", line).strip() for line in support.examples(shown)])

    def test_help_and_list_name_the_same_options(self):
        for words, command in self.commands():
            shown = self.run_program(*words, "--help").out
            for option in command["options"]:
                self.assertTrue(option["help"] and option["group"], option)
                for name in option["names"]:
                    self.assertRegex(shown, rf"(?m)^  .*{name}\b", words)
            for argument in command["arguments"]:
                self.assertIn(f"  {argument['value']}", shown)

    def test_the_list_says_which_words_an_option_takes(self):
        for words, command in self.commands():
            for option in command["options"] + command["arguments"]:
                self.assertNotIn(option.get("value"), ("TEXT", "UINT", "FLOAT"))
                for word in option.get("words", []):
                    self.assertRegex(word, "^[a-z0-9-]+$")
                if option.get("default") and option.get("words"):
                    self.assertTrue(option["default"] in option["words"] or " " in option["default"], option)

    def test_every_command_takes_quiet(self):
        for words, command in self.commands():
            if words and not command["commands"]:
                self.assertIn(["--quiet"], [option["names"] for option in command["options"]], words)

    def test_a_number_that_is_none_is_refused_in_plain_words(self):
        for words, command in self.commands():
            for option in command["options"]:
                if option.get("value") in ("N", "NUMBER"):
                    self.assertTrue(option["range"], option)
                    for wrong in ("x", "", "1e", "nan", "-1"):
                        err = self.refused(*words, option["names"][-1], wrong).err
                        self.assertRegex(err, rf"^unspin: {option['names'][-1]}: {wrong}: write a (whole )?number from ")

    def test_the_bounds_of_a_range_are_in_it(self):
        for words, command in self.commands():
            for option in command["options"]:
                for bound in option["range"].split(" to ") if "range" in option else []:
                    err = self.refused(*words, option["names"][-1], bound).err  # because of what else is missing
                    self.assertNotIn("write a", err)

    def test_exit_statuses_are_listed(self):
        listed = json.loads(self.run_program("help", "--json").out)["exit_statuses"]
        self.assertEqual([0, 1, 2, 3, READER_GONE], [entry["status"] for entry in listed])

    def test_version_has_a_short_name(self):
        self.assertEqual(self.run_program("--version").out, self.run_program("-V").out)


class DidYouMean(support.ProgramTest):
    def test_near_words_are_suggested(self):
        for arguments, meant in ((["chek"], "check"), (["help", "aduit"], "audit"), (["stage", "jion"], "join"),
                                 (["comp"], "compare"), (["check", "x", "--archve", "a"], "--archive"),
                                 (["check", "x", "-archive", "a"], "--archive"),
                                 (["dedup", "x", "--out", "o", "--treshold", "1"], "--threshold"),
                                 (["audit", "x", "--text_field", "body"], "--text-field"),
                                 (["check", "x", "--archive", "a", "--fail-on", "Spun"], "spun"),
                                 (["dedup", "x", "--out", "o", "--measure", "jacard"], "jaccard"),
                                 (["read", "x", "--format", "json"], "jsonl")):
            with self.subTest(" ".join(arguments)):
                self.refused(*arguments, names=f"did you mean {meant}?")

    def test_others_are_not(self):
        for arguments in (["nonsense"], ["kitchen"], ["x"], ["check", "x", "--archive", "a", "--bogus"],
                          ["dedup", "x", "--out", "o", "--measure", "cosine"]):
            self.assertNotIn("did you mean", self.refused(*arguments).err)

    def test_every_error_begins_with_the_program_and_says_what_to_do(self):
        self.write("x", FERRY)
        for arguments in ([], ["chek"], ["stage"], ["index"], ["check", "x"], ["check", "x", "--json=maybe"],
                          ["check", "x", "--archive"], ["check", "x", "--limit", "1", "--limit", "2"], ["info", "a", "b"],
                          ["info", "a", "--archive", "b"], ["audit", "--sample", "5"], ["spins", "--compare", "a"],
                          ["audit", "x", "--brief", "--sample", "5", "--sample-out", "y"], ["align"], ["show"],
                          ["help", "--jsno"], ["help", "check", "--json"]):
            with self.subTest(" ".join(arguments)):
                err = self.refused(*arguments).err
                self.assertRegex(err, r"^unspin: [^\n]+ `unspin( \w+)* --help` (says more|lists them)\n$")
                self.assertNotRegex(err, "required|SUBCOMMAND|subcommand|TEXT|UINT|FLOAT|Could not|expected")


    def test_two_dashes_are_no_option(self):
        self.refused("check", "--", "-x", names="--archive FOLDER is missing")

    def test_help_reads_no_further_than_the_command(self):
        self.assertEqual(self.run_program("help", "check").out, self.run_program("help", "check", "x.txt").out)


class OneWayToNameAnArchive(support.ProgramTest):
    """As an argument and as --archive, for every command that takes one."""

    def test_both_ways_give_the_same(self):
        self.make_archive()
        self.write("s.txt", FERRY_SPUN)
        for before, after in ((["info"], []), (["verify"], []), (["list"], []), (["spins"], []), (["merge"], []),
                              (["show", "ferry"], []), (["check", "s.txt"], []), (["check", "s.txt"], ["--json"]),
                              (["audit", "s.txt"], ["--out", "-"]), (["index", "s.txt"], []),
                              (["remove", "orchard"], ["--quiet"])):
            with self.subTest(before[0]):
                outputs = []
                for archive in (["archive"], ["--archive", "archive"], ["--archive=archive"]):
                    if before[0] in ("index", "remove"):
                        self.make_archive(name := "again" + str(len(outputs)))
                        archive = [part.replace("archive", name) if not part.startswith("-") else
                                   part.replace("=archive", "=" + name) for part in archive]
                    out = self.run_program(*before, *archive, *after).out
                    outputs.append(re.sub(r"again\d|[\d.]+ s: [\d.]+ MB/s|\d+ (before|now|rewritten)", "", out))
                self.assertEqual([outputs[0]] * 3, outputs)

    def test_it_is_asked_for_by_both_names(self):
        self.refused("info", names="ARCHIVE")
        for arguments in (["check", "s.txt"], ["check", "archive"], ["index", "s.txt"], ["remove", "x"]):
            self.refused(*arguments, names="--archive FOLDER")
        self.make_archive()
        self.refused("check", "archive", names="--archive FOLDER")

    def test_info_and_verify_print_json(self):
        self.make_archive()
        facts = json.loads(self.run_program("info", "archive", "--json").out)
        self.assertEqual((3, 1, True), (facts["articles"], len(facts["segments"]), facts["standing_text"]))
        verified = json.loads(self.run_program("verify", "archive", "--json").out)
        self.assertEqual({"archive": "archive", "articles": 3, "segments": 1, "problems": []}, verified)
        segment = self.folder / "archive" / facts["segments"][0]
        content = bytearray(segment.read_bytes())
        content[len(content) // 2] ^= 1
        segment.write_bytes(content)
        damaged = self.run_program("verify", "archive", "--json", status=FAILED)
        self.assertTrue(json.loads(damaged.out)["problems"])
        absent = self.run_program("verify", "absent", "--json", status=FAILED)
        self.assertEqual((None, 1), (json.loads(absent.out)["articles"], len(json.loads(absent.out)["problems"])))
        self.assertIn("unspin: ", damaged.err)

    def test_quiet_commands_print_nothing(self):
        self.make_archive()
        for arguments in (["verify"], ["remove", "ferry"]):
            result = self.run_program(*arguments, "archive", "--quiet")
            self.assertEqual(("", ""), (result.out, result.err))


class ReadersThatGo(support.ProgramTest):
    """`unspin … | head`: every command ends without a word, with the status that shells give to a broken pipe."""

    def setUp(self):
        super().setUp()
        self.make_archive()
        self.write("s.jsonl", jsonl([{"id": f"s{i}", "text": f"{FERRY_SPUN} {i}"} for i in range(60)]))
        self.write("p.jsonl", jsonl([{"original": FERRY, "suspect": FERRY_SPUN}] * 60))
        self.write("a.txt", FERRY)
        self.run_program("stage", "sketch", "s.jsonl", "--out", "k")
        self.run_program("stage", "join", "k", "--out", "j")
        self.run_program("stage", "verify", "k", "j", "--out", "v")
        self.write("r.json", self.run_program("compare", "a.txt", "a.txt", "--json").out_bytes)

    COMMANDS = (["--help"], ["audit", "--help"], ["help", "--json"], ["--version"], ["info", "archive"],
                ["verify", "archive"], ["list", "archive"], ["show", "ferry", "archive"],
                ["spins", "archive", "--format", "csv"], ["read", "s.jsonl"], ["read", "s.jsonl", "--json"],
                ["check", "s.jsonl", "archive"], ["check", "s.jsonl", "archive", "--json"],
                ["check", "a.txt", "archive", "--html", "-"], ["compare", "a.txt", "a.txt"],
                ["compare", "--pairs", "p.jsonl"], ["audit", "s.jsonl", "archive", "--out", "-"],
                ["audit", "s.jsonl", "archive", "--out", "r.jsonl", "--force", "--summary", "-", "--quiet"],
                ["dedup", "s.jsonl", "--out", "-"], ["dedup", "s.jsonl", "--out", "c", "--edges", "-"],
                ["stage", "cluster", "k", "v", "--out", "-"], ["sketch", "s.jsonl", "--out", "-"],
                ["notice", "r.json", "--form", "dmca", "--override", "no dates", "--log", "l.jsonl", "--quiet"],
                ["index", "a.txt", "archive"], ["remove", "orchard", "archive"], ["merge", "archive"])

    def test_a_reader_that_has_gone_ends_the_run_silently(self):
        for arguments in self.COMMANDS:
            with self.subTest(" ".join(arguments)):
                reading, writing = os.pipe()
                os.close(reading)
                try:
                    result = self.run_program(*arguments, status=None, stdout=writing)
                finally:
                    os.close(writing)
                said = [line for line in result.err.splitlines() if "nothing learnt yet" not in line]
                self.assertEqual((READER_GONE, []), (result.status, said))
        self.assertFalse([path.name for path in self.folder.iterdir() if "tmp" in path.name or "scratch" in path.name])

    def test_the_shell_sees_head_succeed(self):
        done = subprocess.run(["bash", "-c", f"set -o pipefail; {support.PROGRAM} audit s.jsonl archive --out - --quiet"
                                             " | head -n 1; echo ${PIPESTATUS[0]}"],
                              cwd=self.folder, capture_output=True, text=True)
        self.assertEqual("", done.stderr)
        self.assertIn(done.stdout.splitlines()[-1], ("0", str(READER_GONE)))

    def test_a_full_disk_is_still_said(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full")
        for arguments in self.COMMANDS:
            with self.subTest(" ".join(arguments)), open("/dev/full", "wb") as full:
                result = self.run_program(*arguments, status=FAILED, stdout=full)
                self.assertRegex(result.err, r"(?m)^unspin: .*(disk|space)")

    def test_a_program_that_failed_for_another_reason_says_so(self):
        reading, writing = os.pipe()
        os.close(reading)
        try:
            self.refused("check", "absent.txt", "archive", stdout=writing, names="absent.txt")
        finally:
            os.close(writing)


if __name__ == "__main__":
    unittest.main()
