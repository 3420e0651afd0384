"""Manual pages say what the program's help says, every formatter takes them, and completions work in the real shells."""

import fcntl
import json
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
import unittest

import support

PAGES = support.BUILD / "manual"


def commands_of(command):
    yield command
    for below in command["commands"]:
        yield from commands_of(below)


class ManualTest(support.ProgramTest):
    @classmethod
    def setUpClass(cls):
        listed = subprocess.run([support.PROGRAM, "help", "--json"], capture_output=True, check=True).stdout
        cls.commands = list(commands_of(json.loads(listed)))

    def pages(self):
        return sorted((PAGES / "man").glob("*.1"))

    def test_every_command_has_a_page_with_all_its_options(self):
        names = [command["name"].replace(" ", "-") for command in self.commands]
        self.assertEqual(sorted(name + ".1" for name in names), [page.name for page in self.pages()])
        self.assertIn("unspin-stage-join", names)
        for name, command in zip(names, self.commands):
            text = (PAGES / "man" / f"{name}.1").read_text("utf-8").replace("\\-", "-")
            for option in command["options"]:
                for spelling in option["names"]:
                    self.assertIn(f"\\fB{spelling}\\fP", text, name)
            for example in command["examples"]:
                self.assertIn(example.replace("\\", "\\e"), text, name)

    def test_man_formats_them_without_a_warning(self):
        if not shutil.which("man") or not shutil.which("groff"):
            self.skipTest("no man; tools/dev/setup installs it")
        for page in self.pages():
            done = subprocess.run(["man", "--warnings", "-E", "UTF-8", "-l", page], capture_output=True, text=True)
            self.assertEqual((0, ""), (done.returncode, done.stderr), page)
            self.assertIn("SYNOPSIS", done.stdout, page)

    def test_mandoc_finds_nothing_to_warn_of(self):
        if not shutil.which("mandoc"):
            self.skipTest("no mandoc; tools/dev/setup installs it")
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *self.pages()], capture_output=True, text=True)
        # A date would make other bytes of the same source.
        self.assertEqual([], [line for line in done.stdout.splitlines() if "missing date" not in line])

    def test_text_of_any_kind_becomes_a_page(self):
        sys.path.insert(0, str(support.SOURCE / "tools" / "packages"))
        import man_pages
        self.assertEqual("a\\-b\\eq \\[u2192] c", man_pages.escaped("a-b\\q → c"))
        self.assertEqual("\\&.start", man_pages.escaped(".start"))
        self.assertEqual("say \\fB\\-\\-json\\fP now", man_pages.prose("say `--json` now"))


class CompletionTest(support.ProgramTest):
    """Each shell is asked what it would offer. The folder has a folder and a file to be completed."""

    CASES = {  # line → (some of what must be offered, some of what must not)
        "unspin ": ({"check", "index", "stage"}, {"--archive", "page.html"}),
        "unspin ch": ({"check"}, {"index"}),
        "unspin stage ": ({"sketch", "join", "verify", "cluster"}, {"check"}),
        "unspin check --arch": ({"--archive"}, {"--json"}),
        "unspin stage join --p": ({"--part"}, {"--archive"}),
        "unspin check --fail-on sp": ({"spun"}, {"copy", "page.html"}),
        "unspin check --archive ": ({"folder/"}, {"page.html", "--json"}),
        "unspin check ": ({"page.html", "folder/"}, {"check"}),
        "unspin info ": ({"folder/"}, {"page.html"}),
    }

    def setUp(self):
        super().setUp()
        self.write("page.html", "<p>x</p>")
        (self.folder / "folder").mkdir()

    def offered(self, shell, script, line):
        if not shutil.which(shell):
            self.skipTest(f"no {shell}; tools/dev/setup installs it")
        path = self.folder.parent / f"{self.folder.name}-{shell}"
        path.write_text(script, encoding="utf-8")
        self.addCleanup(path.unlink, missing_ok=True)
        flags = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
        done = subprocess.run([shell, *flags, path, line], cwd=self.folder, capture_output=True, text=True, timeout=60,
                              stdin=subprocess.DEVNULL)
        self.assertEqual("", done.stderr, line)
        return {word.rstrip(" ") for word in done.stdout.replace("\r", "").splitlines() if word.strip()}

    def check(self, shell, script):
        for line, (must, must_not) in self.CASES.items():
            with self.subTest(shell=shell, line=line):
                found = self.offered(shell, script, line)
                self.assertLessEqual(must, found)
                self.assertEqual(set(), must_not & found)

    def test_bash(self):
        # What readline does behind a completion function: its own files or folders where the function asks for them.
        self.check("bash", f"""source {PAGES}/bash/unspin
        compopt() {{ asked=$2; }}
        COMP_WORDS=($1); [[ $1 == *' ' ]] && COMP_WORDS+=('')
        COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)) COMP_LINE=$1 COMP_POINT=${{#1}}
        _unspin
        printf '%s\\n' "${{COMPREPLY[@]}}"
        if [[ ${{#COMPREPLY[@]}} == 0 && -n $asked ]]; then
          case $asked in dirnames) compgen -d ;; default) compgen -f ;; esac |
            while read -r name; do [[ -d $name ]] && echo "$name/" || echo "$name"; done
        fi
        """)

    def test_bash_takes_a_value_behind_an_equals_sign(self):
        script = f"""source {PAGES}/bash/unspin
        COMP_WORDS=(unspin check --fail-on = sp) COMP_CWORD=4
        _unspin
        printf '%s\\n' "${{COMPREPLY[@]}}"
        """
        self.assertEqual({"spun"}, self.offered("bash", script, ""))

    def test_fish(self):
        self.check("fish", f"""source {PAGES}/fish/unspin.fish
        complete -C "$argv[1]" | string replace -r '\\t.*' ''
        """)

    def test_zsh(self):
        if not shutil.which("zsh"):
            self.skipTest("no zsh; tools/dev/setup installs it")
        with Terminal(self.folder, ["zsh", "-f", "-i"]) as zsh:
            # `zle -R` draws the list at once: zsh drops one that is still to be drawn when the next key comes.
            zsh.send(f"PS1= RPS1= LISTMAX=9999; unsetopt prompt_sp; fpath=({PAGES}/zsh $fpath); autoload -Uz compinit; "
                     "compinit -u -D; zstyle ':completion:*' verbose no; "
                     "list() { zle list-choices; zle -R; print -n LIS''TED }; zle -N list; bindkey '^I' list; print REA''DY\r")
            zsh.read_to("READY")
            for line, (must, must_not) in self.CASES.items():
                with self.subTest(shell="zsh", line=line):
                    zsh.send(line + "\t")
                    found = set(zsh.read_to("LISTED").replace(line.strip(), " ").split())
                    zsh.send("\x15print DO''NE\r")  # empties the line
                    zsh.read_to("DONE")
                    self.assertLessEqual(must, found)
                    self.assertEqual(set(), must_not & found)


class Terminal:
    """A program at a terminal of its own: zsh completes nowhere else."""

    COLUMNS = 400  # so that no line is broken
    SECONDS = 60   # until a program that says nothing has failed
    ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\r\x07\x08]")

    def __init__(self, folder, arguments):
        self.terminal, other = pty.openpty()
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 100, self.COLUMNS, 0, 0))
        environment = os.environ | {"TERM": "xterm", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
        self.program = subprocess.Popen(arguments, cwd=folder, env=environment, stdin=other, stdout=other, stderr=other,
                                        start_new_session=True)
        os.close(other)
        self.said = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.program.kill()
        self.program.wait()
        os.close(self.terminal)

    def send(self, text):
        os.write(self.terminal, text.encode())

    def read_to(self, mark):
        """What the program said before `mark`, without escape sequences."""
        end = time.monotonic() + self.SECONDS
        while mark not in self.ESCAPES.sub("", self.said):
            ready, _, _ = select.select([self.terminal], [], [], max(0, end - time.monotonic()))
            if not ready:
                raise AssertionError(f"no {mark} within {self.SECONDS} s: {self.said[-2000:]!r}")
            self.said += os.read(self.terminal, 1 << 16).decode("utf-8", "replace")
        before, _, self.said = self.ESCAPES.sub("", self.said).partition(mark)
        return before


if __name__ == "__main__":
    unittest.main()
