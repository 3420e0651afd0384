"""The plan of a dedup in stages: which parts each stage has. It is kept in the folder of the work, so that a later
run goes on.

The folder holds plan.json, and one folder each for the parts of the stages: sketch, join, verify, clusters, edges.
"""

import glob
import json
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from .run_part import Part

_LAYOUT = 1  # of plan.json and the folders
_STAGES = ("sketch", "join", "verify", "clusters", "edges")
_PARTS_PER_TASK_SLOT = 4  # of the stage `sketch`: enough that a slow part does not keep the others waiting for long
_MIN_PART_BYTES = (
    64 << 20
)  # of files, as stored: a third of a second of work, to 0.1 s that PySpark needs for each task
_MAX_PART_BYTES = 1 << 30  # a failed part is done again from its beginning
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]*):/")


@dataclass(frozen=True)
class Slots:
    """What the cluster offers."""

    tasks: int  # that run at once
    cores_per_task: int
    cores_per_executor: int


def list_files(paths):
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
    wanted = part_bytes or sum(sizes) // (_PARTS_PER_TASK_SLOT * slots.tasks)
    if part_bytes is None:
        wanted = min(max(wanted, _MIN_PART_BYTES), _MAX_PART_BYTES)
    return {
        "layout": _LAYOUT,
        "program": version,
        "options": options,
        "inputs": [[path, status.st_size, status.st_mtime_ns] for path, status in zip(files, about)],
        "folder": os.getcwd() if any(not os.path.isabs(path) for path in files) else "",
        "groups": _group(sizes, wanted),
        "threads": slots.cores_per_task,
        "sketch_threads": _sketch_threads(sizes, wanted, slots),
        "join_parts": join_parts or slots.tasks,
        "verify_parts": verify_parts or slots.tasks,
        "cluster_parts": cluster_parts or 1,
    }


def _group(sizes, wanted):
    """Consecutive files into groups of about `wanted` bytes: the number of files of each."""
    groups, filled = [], 0
    for size in sizes:
        if groups and filled + size <= wanted:
            groups[-1] += 1
            filled += size
        else:
            groups.append(1)
            filled = size
    return groups


def _sketch_threads(sizes, wanted, slots):
    """Threads of each part of `sketch`. A file is not cut: one that is much larger than an even share gets more
    threads."""
    even = max(1, sum(sizes) / slots.tasks, wanted)
    threads, begin = [], 0
    for count in _group(sizes, wanted):
        share = sum(sizes[begin : begin + count]) / even * slots.cores_per_task
        threads.append(
            min(max(slots.cores_per_task, round(share)), max(slots.cores_per_task, slots.cores_per_executor))
        )
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
        reading = tuple((name, value) for name, value in plan["options"]["reading"])
        flags = [word for name, value in (*reading, *plan["options"]["dedup"]) for word in (name, value) if word]
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
        before, now = dict(kept["options"][kind]), dict(plan["options"][kind])
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
