"""Dedup of a corpus in files, by the stages of the program: Spark runs their parts, and files take the place of its
shuffle."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
import threading
import time
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from .. import BadRecordWarning, Error
from . import run_part as parts_of_work
from .plan import Slots, Work, list_files, make_plan
from .session import cores_per_executor, cores_per_task, tasks_at_once, use_own_python

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame, SparkSession

    from ..arguments import Measure, Preference, TextIs
    from .plan import Paths

log = logging.getLogger("unspin.spark")

_CLUSTER_COLUMNS = "id string, cluster long, representative string, similarity double"
_EDGE_COLUMNS = "a string, b string, similarity double"
_DONE_COLUMNS = "part int"
_SAID = re.compile(r"PartFailed: (.*?)(?:\n\s*\n|\n\s*at |\Z)", re.S)  # in the trace of a failed job
_SHOWN_PROBLEMS = 3  # messages of the program in a warning
_SECONDS_BETWEEN_LOOKS = 2.0  # at the folder, for the progress


@dataclass
class Deduplicated:
    """The result of `dedup`. The files, one after the other, are those of `unspin dedup --out` and `--edges`."""

    cluster_files: list[str]
    edge_files: list[str]
    articles: int
    bad: int  # records that were skipped
    problems: list[str] = field(repr=False)  # what the program said of them, the first and last of each part
    seconds: dict[str, float] = field(repr=False)  # stage → processor time of the program, all parts together
    _spark: SparkSession = field(repr=False)

    @property
    def clusters(self) -> DataFrame:
        """DataFrame of id, cluster, representative and similarity, a row for each article."""
        return self._spark.read.schema(_CLUSTER_COLUMNS).json(_uris(self.cluster_files))

    @property
    def edges(self) -> DataFrame:
        """DataFrame of a, b and similarity, a row for each pair that is similar enough, equal texts aside."""
        if not self.edge_files:
            raise Error("dedup was run without edges=True")
        return self._spark.read.schema(_EDGE_COLUMNS).json(_uris(self.edge_files))


def dedup(
    spark: SparkSession,
    paths: Paths,
    workdir: str | os.PathLike[str],
    *,
    measure: Measure = "jaccard",
    threshold: float = 0.8,
    shingle: int = 5,
    prefer: Preference = "longest",
    edges: bool = False,
    format: str = "auto",
    text: str = "text",
    id: str = "id",
    title: str = "title",
    url: str = "url",
    site: str = "site",
    published: str = "published",
    fetched: str = "fetched",
    header: bool = True,
    text_is: TextIs = "auto",
    max_bad: float = 0.0,
    strict: bool = False,
    part_bytes: int | None = None,
    join_parts: int | None = None,
    verify_parts: int | None = None,
    cluster_parts: int | None = None,
    workers: int | None = None,
    program: str | None = None,
    progress: bool | Callable[[str, int, int], None] | None = None,
    overwrite: bool = False,
) -> Deduplicated:
    """Near-duplicate clusters of a corpus, each article verified against its representative.

    The clusters are those of `unspin dedup`, byte for byte. The driver and all workers must see `paths` and `workdir`
    as files under the same names.

    Args:
      spark: the session.
      paths: files, folders and patterns, in any format that the program reads.
      workdir: folder for the parts and the result. A run that was stopped goes on there; parts that are finished are
        not made again. About 1.2 KB of disk an article.
      measure, threshold, shingle, prefer: as the program's options.
      edges: whether the similar pairs are written, too.
      format, header, text_is and the names of fields: as the program's options, `--id-field` and so on.
      max_bad: share of bad records up to which there is no warning. strict: whether the first one is an error.
      part_bytes: bytes of files, as stored, that a part of the first stage reads; by default 64 MiB to 1 GiB. A file
        is never cut; a file much larger than an even share gets up to all cores of an executor as threads.
      join_parts, verify_parts: parts of the second and third stage; as many as tasks run at once. More parts need
        less memory each, and more work in all. cluster_parts: files of the result; each costs the whole last stage.
      workers: how many tasks run at once, where the session does not tell.
      program: path of the program `unspin` on the workers, if not that of the package or of $UNSPIN_PROGRAM.
      progress: True prints lines on standard error; a function is called with stage, finished parts and all parts.
      overwrite: whether work of another input or other options in `workdir` is removed. Otherwise it is an error.

    Returns: Deduplicated.
    Raises: unspin.Error with the message of the program; ValueError for arguments and for a workdir of other work.
    Warns: BadRecordWarning where records were skipped.
    """
    use_own_python(spark)
    options = {
        "reading": {
            "--format": format,
            "--id-field": id,
            "--text-field": text,
            "--title-field": title,
            "--url-field": url,
            "--site-field": site,
            "--published-field": published,
            "--fetched-field": fetched,
            "--text-is": text_is,
            **({} if header else {"--no-header": ""}),
        },
        "dedup": {
            "--measure": measure,
            "--threshold": repr(float(threshold)),
            "--shingle": str(int(shingle)),
            "--prefer": prefer,
            **({"--strict": ""} if strict else {}),
        },
        "result": {"edges": bool(edges)},
    }
    counts = {"join_parts": join_parts, "verify_parts": verify_parts, "cluster_parts": cluster_parts}
    for name, value in {**counts, "part_bytes": part_bytes, "workers": workers}.items():
        if value is not None and value < 1:
            raise ValueError(f"{name} is {value}; it is at least 1")
    slots = Slots(workers or tasks_at_once(spark), cores_per_task(spark), cores_per_executor(spark))
    plan = make_plan(list_files(paths), options, _version(program), slots, part_bytes, **counts)
    given = [name for name, value in counts.items() if value] + (["groups"] if part_bytes else [])
    work = Work.open(Path(workdir).absolute(), plan, given, overwrite)
    return _Driver(spark, work, program, progress).run(bool(edges), max_bad)


class _Driver:
    """Runs the stages of one work, each as one job of Spark."""

    def __init__(self, spark, work, program, progress):
        self.spark, self.work, self.program = spark, work, program
        self.seconds = {}
        self.report = _print_progress if progress is True else progress

    def run(self, edges, max_bad):
        plan, work = self.work.plan, self.work
        sketched = self.stage("sketch", work.sketch_parts())
        changed = work.changed_inputs()
        if changed:
            others = f" (and {len(changed) - 1} others)" if len(changed) > 1 else ""
            raise Error(
                f"{changed[0]}: the file changed after the dedup began{others}; run it again with overwrite=True"
            )
        articles, bad = sum(done.articles for done in sketched), sum(done.bad for done in sketched)
        problems = [line for done in sketched if done.bad for line in done.said]
        shingles = [done.name for done in sketched if done.bytes >= 0]
        if not shingles:
            raise Error("\n".join(["there is no article in the input", *problems[:_SHOWN_PROBLEMS]]))
        if bad > max_bad * (articles + bad):
            warnings.warn(
                f"{bad} of {articles + bad} records were skipped: " + "\n".join(problems[:_SHOWN_PROBLEMS]),
                BadRecordWarning,
                stacklevel=3,
            )
        pairs = self.stage("join", work.later_parts("join", plan["join_parts"], shingles, "join", ".pairs"))
        similar = self.stage(
            "verify", work.later_parts("verify", plan["verify_parts"], [*shingles, *_names(pairs)], "verify", ".edges")
        )
        parts = work.later_parts(
            "cluster", plan["cluster_parts"], [*shingles, *_names(similar)], "clusters", ".jsonl", edges
        )
        self.stage("cluster", parts)
        parts_of_work.remove_attempts(work.folder)
        return Deduplicated(
            [str(work.folder / part.name) for part in parts],
            [str(work.folder / part.second) for part in parts if edges],
            articles,
            bad,
            problems,
            self.seconds,
            self.spark,
        )

    def stage(self, name, parts):
        """Makes the parts that are not finished. Returns the records of all."""
        folder, program = str(self.work.folder), self.program
        missing = [part for part in parts if parts_of_work.read_done(folder, part) is None]
        missing.sort(key=lambda part: -part.weight)  # a long part that begins last would end alone
        log.info("%s: %d of %d parts are to be made", name, len(missing), len(parts))
        begin = time.monotonic()
        if missing:
            with _Watch(self.report, name, parts, folder):
                self.run_job(missing, folder, program)
        records = [parts_of_work.read_done(folder, part) for part in parts]
        if None in records:
            raise Error(
                f"{folder}/{parts[records.index(None)].name}: a worker has made it and the driver does not see "
                f"it; name a workdir that all of them share"
            )
        self.seconds[name] = sum(done.seconds for done in records)
        if self.report:
            self.report(name, len(parts), len(parts))
        log.info("%s: done in %.1f s", name, time.monotonic() - begin)
        return records

    def run_job(self, missing, folder, program):
        """One task for each part."""

        def make(batches):
            for batch in batches:
                for number in batch.column(0).to_pylist():
                    parts_of_work.run_part(folder, missing[number], program)
                yield batch

        try:
            tasks = self.spark.range(0, len(missing), 1, len(missing))
            tasks.mapInArrow(make, tasks.schema).collect()
        except Exception as problem:  # of PySpark, of Py4J, or of gRPC
            raise _as_error(problem) from problem


def _as_error(problem):
    """The message of the program, out of the trace of a failed job."""
    said = _SAID.search(str(problem))
    return Error(said[1].strip()) if said else Error(f"a job of Spark failed: {problem}".split("\n\tat ")[0])


def _names(records):
    return [done.name for done in records]


def _uris(files):
    """Spark reads a path without a scheme from its default file system, which may be another one."""
    return [Path(name).as_uri() for name in files]


def _version(program):
    """What the program of the driver says of itself, because its files are refused by another one."""
    try:
        path = parts_of_work.program_path(program)
    except parts_of_work.PartFailed:
        return None  # the workers may have it where the driver does not
    try:
        return subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as problem:
        raise Error(f"{path}: it does not run as the program unspin: {problem}") from problem


def _print_progress(stage, finished, count):
    print(f"{stage}: {finished} of {count} parts", file=sys.stderr, flush=True)


class _Watch:
    """Tells the progress of a stage, by the records in the folder, while the driver waits for the job."""

    def __init__(self, report, stage, parts, folder):
        self.report, self.stage, self.count = report, stage, len(parts)
        self.folder = os.path.join(folder, os.path.dirname(parts[0].name))
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True) if report else None

    def __enter__(self):
        if self.thread:
            self.thread.start()

    def __exit__(self, *_):
        self.ended.set()
        if self.thread:
            self.thread.join()

    def watch(self):
        told = -1
        while not self.ended.wait(_SECONDS_BETWEEN_LOOKS):
            finished = sum(name.endswith(".done") for name in os.listdir(self.folder))
            if finished != told and finished < self.count:  # the end is told by the driver
                self.report(self.stage, finished, self.count)
            told = finished
