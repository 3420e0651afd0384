"""html5lib's tokenizer tests, run over the page reader.

tools/dev/setup brings them (build/html5lib-tests); UNSPIN_HTML5LIB_TESTS names another folder of them. Every test passes,
or is listed in known-deviations.tsv with its reason; a listed one that passes is an error too.

Compared are start tags with their decoded attributes, end tags, text, and where comments and doctypes stand, whose
content the page reader does not keep. U+0000 of text is dropped on both sides: the standard leaves that to the
construction of the tree. Carriage returns are made line feeds by print_tokens.cc, and U+0000 in names is replaced here;
no reader of the tree needs either. xmlViolation.test is left out: it is about what XML can hold.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(os.environ["UNSPIN_SOURCE"])
FOLDER = pathlib.Path(os.environ.get("UNSPIN_HTML5LIB_TESTS") or SOURCE / "build" / "html5lib-tests")
DEVIATIONS = pathlib.Path(__file__).resolve().parent / "known-deviations.tsv"
MIN_TESTS = 6000  # html5lib 1.1 has 6,808; fewer are an incomplete copy
SKIPPED = 77      # what ctest takes for "not run"


def unescaped(value):
    if isinstance(value, str):
        return re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), value)
    if isinstance(value, list):
        return [unescaped(item) for item in value]
    if isinstance(value, dict):
        return {unescaped(key): unescaped(item) for key, item in value.items()}
    return value


def name_of(text):
    return text.replace("\0", "\ufffd")


def expected(token):
    """A token of a test, without what the page reader does not keep."""
    return token[:1] if token[0] in ("Comment", "DOCTYPE") else token


def found(token):
    """A token of the page reader, with what is done later than in a tokenizer."""
    if token[0] == "StartTag":
        return ["StartTag", name_of(token[1]), {name_of(name): value for name, value in token[2].items()}, *token[3:]]
    return ["EndTag", name_of(token[1])] if token[0] == "EndTag" else token


def joined(tokens):
    """Adjacent runs of text become one, without U+0000."""
    out = []
    for token in tokens:
        if token[0] == "Character":
            text = token[1].replace("\0", "")
            if not text:
                continue
            if out and out[-1][0] == "Character":
                out[-1] = ["Character", out[-1][1] + text]
                continue
            token = ["Character", text]
        out.append(token)
    return out


class Case:
    def __init__(self, file, test, state):
        double = test.get("doubleEscaped", False)
        self.name = f"{file} | {state} | {test['description']}"
        self.input = unescaped(test["input"]) if double else test["input"]
        self.output = unescaped(test["output"]) if double else test["output"]
        self.state = state
        self.last_start_tag = test.get("lastStartTag", "")

    def request(self):
        return json.dumps({"input": self.input, "state": self.state, "last_start_tag": self.last_start_tag})

    def is_text(self):
        """Whether UTF-8 can hold the input."""
        return not re.search("[\ud800-\udfff]", self.input)


def cases():
    for path in sorted((FOLDER / "tokenizer").glob("*.test")):
        for test in json.loads(path.read_text(encoding="utf-8")).get("tests", []):
            for state in test.get("initialStates", ["Data state"]):
                yield Case(path.stem, test, state)


def deviations():
    rows = [line.split("\t") for line in DEVIATIONS.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {name: reason for name, reason in rows}


class TokenizerTest(unittest.TestCase):
    maxDiff = None

    def test_every_token_is_as_the_standard_says(self):
        tests = list(cases())
        self.assertGreater(len(tests), MIN_TESTS)
        requests = "".join(case.request() + "\n" for case in tests if case.is_text())
        done = subprocess.run([os.environ["UNSPIN_PRINT_TOKENS"]], input=requests, capture_output=True, text=True, check=True)
        answers = iter(done.stdout.splitlines())
        known, failed = deviations(), {}
        for case in tests:
            wanted = joined(map(expected, case.output))
            got = joined(map(found, json.loads(next(answers)))) if case.is_text() else "no text in UTF-8"
            if got != wanted:
                failed[case.name] = (case.input, wanted, got)
        unlisted = {name: facts for name, facts in failed.items() if name not in known}
        report = "\n".join(f"{name}\n  input    {facts[0]!r}\n  wanted   {facts[1]}\n  found    {facts[2]}"
                           for name, facts in list(unlisted.items())[:40])
        self.assertFalse(unlisted, f"{len(unlisted)} of {len(tests)} tests fail and are not in {DEVIATIONS.name}:\n{report}")
        self.assertEqual([], sorted(known.keys() - failed.keys()), "these pass, or are no tests: take them off the list")
        print(f"{len(tests)} tests of html5lib, {len(failed)} known deviations")


if __name__ == "__main__":
    if not (FOLDER / "tokenizer").is_dir():
        print("SKIPPED: html5lib's tokenizer tests are not here. `tools/dev/setup` brings them to build/html5lib-tests, "
              "with pip; or set UNSPIN_HTML5LIB_TESTS.")
        sys.exit(SKIPPED)
    unittest.main()
