"""One part of a stage in a worker: runs the program, and records the part as finished once its file is complete.

A part has a file and beside it a record, FILE.done, written after the file: a part without a record, or whose file
has another size than the record says, is not finished. The program writes to a name that no other attempt has,
because Spark may run two attempts of a task at once, and the finished file is renamed.
"""

import collections
import ctypes
import itertools
import json
import os
import re
import resource
import signal
import subprocess
import uuid
from dataclasses import asdict, dataclass, field
from pathlib import Path

DONE, FAILED, SKIPPED = 0, 2, 3  # exit statuses of the program
_KEPT_LINES = 20  # of the program's messages, from the beginning and from the end
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
_prctl = ctypes.CDLL(None).prctl  # looked up here, because a forked child of a process with threads must not load
_COUNTS = re.compile(r"^(\d+) articles, (\d+) bad records in ", re.M)  # the summary of `unspin stage sketch`
_MORE = re.compile(r"^unspin: the same in (\d+) more: ")
_ATTEMPT = ".attempt-"


class PartFailed(Exception):
    """The program did not make its part; the message holds what it wrote on standard error."""


@dataclass(frozen=True)
class Part:
    """A run of the program. Names of files but those of articles are relative to the folder of the work."""

    name: str  # its file, such as "sketch/00001.shingles"
    arguments: tuple  # of the program, without --out and
    files: tuple  # what it reads; the parts of a stage that read the same files share one tuple
    second: str = ""  # another file that it makes,
    second_option: str = ""  # and the option for it
    folder: str = ""  # where the program runs; empty: in the folder of the work
    reading: tuple = ()  # options for how articles are read, as pairs of name and value
    weight: int = 0  # the larger, the earlier it should begin


@dataclass
class Done:
    """The record of a finished part."""

    name: str
    bytes: int  # of the file; -1: no article was in the input, and there is no file
    second_bytes: int = 0
    articles: int = 0  # of the stage `sketch`
    bad: int = 0
    said: list = field(default_factory=list)  # what the program wrote on standard error
    seconds: float = 0  # of processor time that the program took


def program_path(given):
    """The program: `given`, else $UNSPIN_PROGRAM of the worker, else the one inside the package."""
    from .. import program

    path = given or os.environ.get("UNSPIN_PROGRAM") or str(program.path())
    if not os.access(path, os.X_OK):
        raise PartFailed(
            f"{path}: no program there; install the wheel of unspin in the Python of the workers, or name a program "
            f"by program= or UNSPIN_PROGRAM"
        )
    return path


def read_done(workdir, part):
    """The record of the part if it is finished, else None."""
    folder = Path(workdir)
    try:
        done = Done(**json.loads((folder / f"{part.name}.done").read_text(encoding="utf-8")))
        if done.bytes >= 0 and os.stat(folder / part.name).st_size != done.bytes:
            return None
        if part.second and done.bytes >= 0 and os.stat(folder / part.second).st_size != done.second_bytes:
            return None
    except (OSError, ValueError, TypeError):
        return None
    return done


def run_part(workdir, part, program):
    """Makes the part if it is not finished. Returns its record. Raises PartFailed."""
    done = read_done(workdir, part)
    if done is None:
        done = _make(Path(workdir), part, program_path(program))
        _write_atomically(Path(workdir) / f"{part.name}.done", json.dumps(asdict(done)))
    return done


def _make(workdir, part, program):
    attempt = f"{_ATTEMPT}{uuid.uuid4().hex}"
    made = [(workdir / name, workdir / f"{name}{attempt}") for name in (part.name, part.second) if name]
    options = ["--out", str(made[0][1])] + ([part.second_option, str(made[1][1])] if part.second else [])
    try:
        begin = _processor_seconds()
        status, said = _run([program, *part.arguments, *options, "--", *part.files], part.folder or workdir)
        seconds = _processor_seconds() - begin
        counts = _COUNTS.search("\n".join(said))
        articles, bad = map(int, counts.groups()) if counts else (0, 0)
        if status == FAILED and part.name.startswith("sketch/"):
            bad = _bad_if_no_article(program, part, said)
            return Done(part.name, -1, bad=bad, said=said, seconds=seconds)
        if status not in (DONE, SKIPPED):
            raise PartFailed(_failure(part, status, said))
        sizes = [os.stat(temporary).st_size for _, temporary in made] + [0]
        for final, temporary in made:
            os.replace(temporary, final)
        return Done(part.name, sizes[0], sizes[1], articles, bad, said, seconds)
    finally:
        for _, temporary in made:
            for left in temporary.parent.glob(f"{temporary.name}*"):
                left.unlink(missing_ok=True)


def _bad_if_no_article(program, part, said):
    """The number of bad records if the part failed only because no article is in its input. Raises PartFailed
    otherwise.

    Such an input is an error when it is read alone, and none among others: `unspin read` tells whether an article is
    in it.
    """
    missing = [path for path in part.files if not os.access(os.path.join(part.folder, path), os.R_OK)]
    if missing or "--strict" in part.arguments or _has_article(program, part):
        raise PartFailed(_failure(part, FAILED, said))
    return sum(int(more[1]) if (more := _MORE.match(line)) else 1 for line in said)


def _has_article(program, part):
    options = [argument for name, argument in part.reading for argument in (name, argument) if argument]
    command = [program, "read", "--json", "--quiet", *options, "--", *part.files]
    with subprocess.Popen(
        command,
        cwd=part.folder or None,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,
    ) as process:
        found = process.stdout.read(1) != b""
        process.kill()
    return found


def _run(command, folder):
    """Runs the program; it ends when this process does. Returns its status and the first and last lines of its
    messages."""
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
            preexec_fn=_die_with_parent,
        )
    except OSError as problem:
        raise PartFailed(
            f"{command[0]}: {problem.strerror}, with {len(command)} arguments in the folder {folder}; a folder that is "
            f"missing must be shared with the workers, a list that is too long needs larger parts (part_bytes=)"
        )
    with process:
        first = [line.rstrip("\n") for line in itertools.islice(process.stderr, _KEPT_LINES)]
        last = collections.deque((line.rstrip("\n") for line in process.stderr), maxlen=_KEPT_LINES)
    return process.returncode, first + list(last)


def _processor_seconds():
    """Of the programs that this worker ran; it runs one at a time."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _die_with_parent():
    _prctl(_SET_DEATH_SIGNAL, signal.SIGTERM)


def _failure(part, status, said):
    command = " ".join(["unspin", *part.arguments[:2]])
    ended = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
    return f"{part.name}: `{command}` {ended}\n" + "\n".join(line for line in said if line.strip())


def _write_atomically(path, text):
    temporary = path.with_name(f"{path.name}{_ATTEMPT}{uuid.uuid4().hex}")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


def remove_attempts(workdir):
    """Removes what attempts left that were killed. REQUIRES: no attempt is running."""
    for path in Path(workdir).glob(f"*/*{_ATTEMPT}*"):
        path.unlink(missing_ok=True)
