"""The plan of a dedup in stages: which parts each stage has. It is kept in the folder of the work, so that a later
run goes on.

The folder holds plan.json, and one folder each for the parts of the stages: sketch, join, verify, clusters, edges.
"""

import glob
import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .run_part import Part

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]  # of files, folders and patterns

_LAYOUT = 1  # of plan.json and the folders
_STAGES = ("sketch", "join", "verify", "clusters", "edges")
# Parts of the stage `sketch`; sizes are bytes of files as stored. Small parts even out slow ones, but PySpark needs
# 0.1 s for each, in which the program reads 30 MB.
_MAX_ROUNDS = 4  # parts for each task that runs at once, unless they exceed _MAX_PART_BYTES
_WANTED_PART_BYTES = 512 << 20
_MIN_PART_BYTES = 64 << 20  # even if fewer tasks run than could
_MAX_PART_BYTES = 1 << 30  # a failed part is done again from its beginning
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):/")


@dataclass(frozen=True)
class Slots:
    """What the cluster offers."""

    tasks: int  # that run at once
    cores_per_task: int
    cores_per_executor: int


def list_files(paths: Paths) -> list[str]:
    """Paths, folders and patterns → the files with articles, in the order in which `unspin dedup` reads them.

    Raises FileNotFoundError for a name that does not exist, ValueError for one that the program cannot read.
    """
    from .._core import list_inputs

    given_files = []
    for given in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
        path = _local(os.fspath(given))
        matches = [path] if os.path.exists(path) else sorted(glob.glob(path))
        if not matches:
            raise FileNotFoundError(
                f"{path}: no such file or folder; name what the driver and all workers see under this path"
            )
        given_files += matches
    listed = list_inputs(given_files)
    problems = [f"{path}: {problem}" for path, problem in listed if problem]
    if problems:
        raise ValueError(problems[0])
    return [path for path, _ in listed]


def _local(path):
    scheme = _SCHEME.match(path)
    if scheme is None:
        return path
    if scheme[1].lower() == "file":
        return re.sub(r"^file:/+", "/", path, flags=re.I)
    raise ValueError(
        f"{path}: files are read by the program `unspin`, which knows paths only; mount {scheme[1]}:// in "
        "the file system of the driver and the workers, or copy the files to a folder that they share"
    )


def make_plan(files, options, version, slots, part_bytes=None, join_parts=None, verify_parts=None, cluster_parts=None):
    """A plan as plain data, ready for JSON."""
    about = [os.stat(path) for path in files]
    sizes = [status.st_size for status in about]
    count = -(-sum(sizes) // part_bytes) if part_bytes else _count_parts(sum(sizes), slots.tasks)
    groups = _group(sizes, count)
    return {
        "layout": _LAYOUT,
        "program": version,
        "options": options,
        "inputs": [[path, status.st_size, status.st_mtime_ns] for path, status in zip(files, about)],
        "folder": os.getcwd() if any(not os.path.isabs(path) for path in files) else "",
        "groups": groups,
        "threads": slots.cores_per_task,
        "sketch_threads": _sketch_threads(sizes, groups, slots),
        "join_parts": join_parts or slots.tasks,
        "verify_parts": verify_parts or slots.tasks,
        "cluster_parts": cluster_parts or 1,
    }


def _count_parts(total, tasks):
    """How many parts the first stage should have for `total` bytes of files, where `tasks` run at once."""
    rounds = min(max(-(-total // (_WANTED_PART_BYTES * tasks)), 1), _MAX_ROUNDS)
    rounds = max(rounds, -(-total // (_MAX_PART_BYTES * tasks)))
    return max(1, min(rounds * tasks, total // _MIN_PART_BYTES))


def _group(sizes, count):
    """Consecutive files into at most `count` groups of about equal size: the number of files of each."""
    groups, before, last, total = [], 0, None, max(1, sum(sizes))
    for size in sizes:
        group = (2 * before + size) * count // (2 * total)  # where the middle of the file lies
        before += size
        if group == last:
            groups[-1] += 1
        else:
            groups.append(1)
        last = group
    return groups


def _sketch_threads(sizes, groups, slots):
    """Threads of each part of `sketch`. A file is not cut: one much larger than an even share gets more threads."""
    even = max(1, sum(sizes) / slots.tasks)
    threads, begin = [], 0
    for count in groups:
        share = sum(sizes[begin : begin + count]) / even * slots.cores_per_task
        most = max(slots.cores_per_task, slots.cores_per_executor)
        threads.append(min(max(slots.cores_per_task, round(share)), most))
        begin += count
    return threads


class Work:
    """A folder with a plan, and the parts that the plan names."""

    def __init__(self, folder, plan):
        self.folder = Path(folder)
        self.plan = plan

    @classmethod
    def open(cls, folder, plan, given, overwrite):
        """Goes on with what is in `folder` if it was planned alike, else begins there. Raises ValueError where it was
        not.

        `given` are the names of entries of the plan that the caller has chosen; the others stay as they were planned
        first.
        """
        folder = Path(folder)
        kept = _read_plan(folder / "plan.json")
        if kept is not None and not overwrite:
            differences = _differences(kept, plan, given)
            if differences:
                raise ValueError(
                    f"{folder}: a dedup of other input or with other options was begun there: {differences}; "
                    "name another folder, or say overwrite=True to begin anew"
                )
            return cls(folder, kept)
        foreign = [name for name in _STAGES if (folder / name).exists()]
        if kept is None and foreign:
            raise ValueError(
                f"{folder}: {foreign[0]} is in it, but no plan.json that can be read: no dedup of unspin.spark began "
                "there; name an empty folder"
            )
        for name in foreign:
            shutil.rmtree(folder / name)
        for name in _STAGES:
            (folder / name).mkdir(parents=True)
        temporary = folder / "plan.json.new"
        temporary.write_text(json.dumps(plan, indent=1), encoding="utf-8")
        os.replace(temporary, folder / "plan.json")
        return cls(folder, plan)

    def sketch_parts(self):
        plan, begin, parts = self.plan, 0, []
        reading, chosen = (tuple(plan["options"][kind].items()) for kind in ("reading", "dedup"))
        flags = [word for pair in (*reading, *chosen) for word in pair if word]
        for number, (count, threads) in enumerate(zip(plan["groups"], plan["sketch_threads"]), 1):
            inputs = plan["inputs"][begin : begin + count]
            begin += count
            parts.append(
                Part(
                    f"sketch/{number:05}.shingles",
                    ("stage", "sketch", *flags, "--threads", str(threads)),
                    tuple(path for path, _, _ in inputs),
                    folder=plan["folder"],
                    reading=reading,
                    weight=sum(size for _, size, _ in inputs),
                )
            )
        return parts

    def later_parts(self, stage, count, files, folder, suffix, edges=False):
        """The parts of a stage that reads files of earlier stages."""
        files = tuple(files)
        return [
            Part(
                f"{folder}/{number:05}{suffix}",
                ("stage", stage, "--quiet", "--part", f"{number}/{count}", "--threads", str(self.plan["threads"])),
                files,
                f"edges/{number:05}.jsonl" if edges else "",
                "--edges" if edges else "",
            )
            for number in range(1, count + 1)
        ]

    def changed_inputs(self):
        """The inputs that are no longer as they were when the plan was made."""
        changed = []
        for path, size, modified in self.plan["inputs"]:
            try:
                status = os.stat(os.path.join(self.plan["folder"], path))
            except OSError:
                changed.append(path)
                continue
            if (status.st_size, status.st_mtime_ns) != (size, modified):
                changed.append(path)
        return changed


def _read_plan(path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _differences(kept, plan, given):
    """What a person needs to know of how two plans differ; empty if the work may go on."""
    if kept.get("layout") != plan["layout"] or kept.get("program") != plan["program"]:
        return f"the program was {kept.get('program')}, now it is {plan['program']}"
    found = []
    for kind in plan["options"]:
        before, now = kept["options"][kind], plan["options"][kind]
        found += [
            f"{name} {before.get(name, 'absent')} then, {now.get(name, 'absent')} now"
            for name in sorted({*before, *now})
            if before.get(name) != now.get(name)
        ]
    found += [f"{name} {kept[name]} then, {plan[name]} now" for name in given if kept[name] != plan[name]]
    before = {path: about for path, *about in kept["inputs"]}
    now = {path: about for path, *about in plan["inputs"]}
    if before != now:
        names = [path for path in {**before, **now} if before.get(path) != now.get(path)]
        found.append(f"{len(names)} files are new, gone or changed, such as {names[0]}")
    elif list(before) != list(now) or kept["folder"] != plan["folder"]:
        found.append("the files came in another order or folder")
    return "; ".join(found)
