#!/usr/bin/env python3
"""Measures every parallel command with one thread and with several, in turn, and prints how many times faster several are.

    bench/scale/threads.py [--inputs build/quality/full] [--pan ../shared/data/pan13-train] [--threads 1,2] [--repeat 5]
                           [--only index,audit] [--lines N] [--unspin build/release/unspin] [--scratch DIR] [--json FILE]

The inputs are what bench/quality/run leaves: us-news.jsonl (index, sketch, dedup), the suspects and the archive (audit),
exam/pairs.jsonl (compare); the pairs of PAN 2013 are aligned. Times are those of whole processes, medians; numbers of threads
take turns, so that a busy minute falls on both. What several threads write has to be what one writes, byte for byte.

What the machine allows is measured beside it: as many processes of one thread each, at once, share nothing but the machine,
and still each takes longer than alone. Their ratio is the ceiling of the command's.
"""
import argparse
import filecmp
import itertools
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = object()  # stands for the output among arguments
PARALLEL = ("index", "sketch", "dedup", "audit", "compare", "align")


def commands(options, inputs, scratch):
    """(name, arguments, whether standard output is the output, input) of the commands whose inputs are there."""
    suspects = "few.jsonl" if (inputs / "few.jsonl").exists() else "exam/suspects.jsonl"
    news, few, pairs = (shortened(inputs / name, scratch, options.lines) for name in ("us-news.jsonl", suspects, "exam/pairs.jsonl"))
    pan = shortened(options.pan / "pairs", scratch, options.lines)
    made = {
        "index": ([news, "--archive", OUT], False, news),
        "sketch": ([news, "--out", OUT], False, news),
        "dedup": ([news, "--out", OUT], False, news),
        "audit": ([few, "--archive", inputs / "archive", "--out", OUT, "--all", "--brief"], False, few),
        "compare": (["--pairs", pairs], True, pairs),
        "align": (["--pairs", pan, "--suspects", options.pan / "susp", "--originals", options.pan / "src", "--out", OUT],
                  False, pan),
    }
    wanted = options.only.split(",") if options.only else PARALLEL
    for name in wanted:
        if name not in made:
            sys.exit(f"threads: there is no parallel command {name}")
        arguments, piped, source = made[name]
        if not source.exists() or name == "audit" and not (inputs / "archive" / "MANIFEST").exists():
            print(f"threads: {name} is left out: its input is missing", file=sys.stderr)
            continue
        yield name, arguments, piped, source


def shortened(path, scratch, lines):
    """The file, or one that holds its first lines."""
    if not lines or not path.exists():
        return path
    short = scratch / f"{lines}-{path.name}"
    with open(path, "rb") as whole, open(short, "wb") as out:
        out.writelines(itertools.islice(whole, lines))
    return short


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def seconds_of(unspin, name, arguments, outs, piped, threads):
    """Until all are done, of one process for each output."""
    commands = [[unspin, name, *(str(out if argument is OUT else argument) for argument in arguments), "--threads", str(threads), "--quiet"]
                for out in outs]
    targets = [open(out if piped else os.devnull, "wb") for out in outs]
    begin = time.perf_counter()
    running = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=target, stderr=subprocess.PIPE)
               for command, target in zip(commands, targets)]
    told = [process.communicate()[1] for process in running]
    seconds = time.perf_counter() - begin
    for command, process, target, errors in zip(commands, running, targets, told):
        target.close()
        if process.returncode not in (0, 3):
            sys.exit(f"threads: {' '.join(map(str, command))}: status {process.returncode}\n{errors.decode('utf-8', 'replace')}")
    return seconds


def same(one, other):
    """Whether two files, or the files of two folders, hold the same bytes. A lock holds the number of a process."""
    if one.is_file():
        return filecmp.cmp(one, other, shallow=False)
    names = [sorted(path.name for path in folder.iterdir() if path.name != "LOCK") for folder in (one, other)]
    return names[0] == names[1] and not any(filecmp.cmpfiles(one, other, names[0], shallow=False)[1:])


def measure(options, name, arguments, piped, counts, scratch):
    """Seconds by number of threads, and by number of processes of one thread each."""
    times = {(count, kind): [] for kind in ("threads", "processes") for count in counts if (count, kind) != (1, "processes")}
    # What was written stays until the end: some file systems take many times as long to create files for minutes after
    # others were removed.
    written = []
    for path in scratch.glob(f"{name}.*"):  # of a run that was cut off
        remove(path)
    for turn in range(options.repeat):
        for count, kind in times:
            outs = [scratch / f"{name}.{turn}-{kind}-{count}-{number}" for number in range(count if kind == "processes" else 1)]
            times[count, kind].append(seconds_of(options.unspin, name, arguments, outs, piped, count if kind == "threads" else 1))
            written += outs
            for out in outs:
                if not same(written[0], out):
                    sys.exit(f"threads: {name} writes other bytes with {count} {kind}: {written[0]} and {out}")
    for path in written:
        remove(path)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=pathlib.Path, default=ROOT / "build" / "quality" / "full")
    parser.add_argument("--pan", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "pan13-train")
    parser.add_argument("--threads", default="1,2", help="numbers of threads; the first, 1, is what others are compared with")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--only", help="names of commands, with commas between")
    parser.add_argument("--lines", type=int, help="only so many lines of every input")
    parser.add_argument("--unspin", default=str(ROOT / "build" / "release" / "unspin"))
    parser.add_argument("--scratch", type=pathlib.Path, default=ROOT / "build" / "threads")
    parser.add_argument("--json", help="file for the medians")
    options = parser.parse_args()
    counts = [int(count) for count in options.threads.split(",")]
    if counts[0] != 1:
        sys.exit("threads: --threads begins with 1: others are compared with it")
    options.scratch.mkdir(parents=True, exist_ok=True)

    rows = {}
    for name, arguments, piped, source in commands(options, options.inputs.resolve(), options.scratch.resolve()):
        rows[name] = {key: statistics.median(times)
                      for key, times in measure(options, name, arguments, piped, counts, options.scratch.resolve()).items()}
        print(f"threads: {name} done, {source.stat().st_size / 1e6:.1f} MB in", file=sys.stderr, flush=True)

    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], stdout=subprocess.PIPE, text=True).stdout.strip()
    print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, commit {commit}, {time.strftime('%Y-%m-%d')}, "
          f"medians of {options.repeat}\n")
    many = counts[1:]
    print("| command | " + " | ".join(f"{count} thread{'s' * (count > 1)}, s" for count in counts)
          + "".join(f" | {counts[0]} / {count} | {count} processes at once, s | ceiling" for count in many) + " |")
    print("|---|" + "--:|" * (len(counts) + 3 * len(many)))
    for name, medians in rows.items():
        one = medians[counts[0], "threads"]
        cells = [f"{medians[count, 'threads']:.2f}" for count in counts]
        for count in many:
            several, apart = medians[count, "threads"], medians[count, "processes"]
            cells += [f"{one / several:.2f}", f"{apart:.2f}", f"{count * one / apart:.2f}"]
        print(f"| `{name}` | " + " | ".join(cells) + " |")
    if options.json:
        told = {name: {f"{count} {kind}": seconds for (count, kind), seconds in medians.items()} for name, medians in rows.items()}
        pathlib.Path(options.json).write_text(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
