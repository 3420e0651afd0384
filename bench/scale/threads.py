#!/usr/bin/env python3
"""Measures the speed-up of every parallel command: one thread against several threads, in alternating runs.

    bench/scale/threads.py [--inputs build/quality/full] [--pan ../shared/data/pan13-train] [--threads 1,2] [--repeat 5]
                           [--only index,audit] [--lines N] [--unspin build/release/unspin] [--scratch DIR] [--json FILE]

The inputs are files of an earlier bench/quality/run: us-news.jsonl (index, sketch, dedup), the suspects and the archive
(audit), exam/pairs.jsonl (compare); align takes the pairs of PAN 2013. Times are medians over whole processes. The numbers of
threads alternate, so that other load on the machine affects all of them alike. The output must be the same for every number
of threads, byte for byte.

The ceiling is measured with as many independent processes of one thread each, started at once. They share only the hardware,
and each still takes longer than alone. The speed-up that they reach together is the ceiling for the command.
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
OUT = object()  # placeholder for the output path in a list of arguments
PARALLEL = ("index", "sketch", "dedup", "audit", "compare", "align")


def commands(options, inputs, scratch):
    """Yields (name, arguments, whether the output is standard output, input file) of the commands whose input exists."""
    suspects = "few.jsonl" if (inputs / "few.jsonl").exists() else "exam/suspects.jsonl"
    news, some_suspects, pairs = (first_lines(inputs / name, scratch, options.lines)
                                  for name in ("us-news.jsonl", suspects, "exam/pairs.jsonl"))
    pan = first_lines(options.pan / "pairs", scratch, options.lines)
    known_commands = {
        "index": ([news, "--archive", OUT], False, news),
        "sketch": ([news, "--out", OUT], False, news),
        "dedup": ([news, "--out", OUT], False, news),
        "audit": ([some_suspects, "--archive", inputs / "archive", "--out", OUT, "--all", "--brief"], False, some_suspects),
        "compare": (["--pairs", pairs], True, pairs),
        "align": (["--pairs", pan, "--suspects", options.pan / "susp", "--originals", options.pan / "src", "--out", OUT],
                  False, pan),
    }
    names = options.only.split(",") if options.only else PARALLEL
    for name in names:
        if name not in known_commands:
            sys.exit(f"threads: there is no parallel command {name}")
        arguments, to_stdout, source = known_commands[name]
        if not source.exists() or name == "audit" and not (inputs / "archive" / "MANIFEST").exists():
            print(f"threads: {name} is left out: its input is missing", file=sys.stderr)
            continue
        yield name, arguments, to_stdout, source


def first_lines(path, scratch, lines):
    """The file itself, or a file with its first `lines` lines."""
    if not lines or not path.exists():
        return path
    shortened = scratch / f"{lines}-{path.name}"
    with open(path, "rb") as source, open(shortened, "wb") as out:
        out.writelines(itertools.islice(source, lines))
    return shortened


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def seconds_of(unspin, name, arguments, outs, to_stdout, threads):
    """Elapsed seconds until all processes have ended; one process for each output."""
    commands = [[unspin, name, *(str(out if argument is OUT else argument) for argument in arguments),
                 "--threads", str(threads), "--quiet"] for out in outs]
    targets = [open(out if to_stdout else os.devnull, "wb") for out in outs]
    begin = time.perf_counter()
    processes = [subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=target, stderr=subprocess.PIPE)
               for command, target in zip(commands, targets)]
    messages = [process.communicate()[1] for process in processes]
    seconds = time.perf_counter() - begin
    for command, process, target, errors in zip(commands, processes, targets, messages):
        target.close()
        if process.returncode not in (0, 3):
            sys.exit(f"threads: {' '.join(map(str, command))}: status {process.returncode}\n{errors.decode('utf-8', 'replace')}")
    return seconds


def same(one, other):
    """Whether two files, or the files of two folders, have the same bytes. LOCK is ignored: it holds a process id."""
    if one.is_file():
        return filecmp.cmp(one, other, shallow=False)
    names = [sorted(path.name for path in folder.iterdir() if path.name != "LOCK") for folder in (one, other)]
    return names[0] == names[1] and not any(filecmp.cmpfiles(one, other, names[0], shallow=False)[1:])


def measure(options, name, arguments, to_stdout, counts, scratch):
    """{(count, "threads" or "processes"): [seconds]}; each of several processes has one thread."""
    times = {(count, kind): [] for kind in ("threads", "processes") for count in counts if (count, kind) != (1, "processes")}
    # Outputs are removed only at the end: for minutes after files were removed, some file systems take many times as long
    # to create new ones.
    outputs = []
    for path in scratch.glob(f"{name}.*"):  # left by an interrupted run
        remove(path)
    for turn in range(options.repeat):
        for count, kind in times:
            outs = [scratch / f"{name}.{turn}-{kind}-{count}-{number}" for number in range(count if kind == "processes" else 1)]
            threads = count if kind == "threads" else 1
            times[count, kind].append(seconds_of(options.unspin, name, arguments, outs, to_stdout, threads))
            outputs += outs
            for out in outs:
                if not same(outputs[0], out):
                    sys.exit(f"threads: {name} writes other bytes with {count} {kind}: {outputs[0]} and {out}")
    for path in outputs:
        remove(path)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=pathlib.Path, default=ROOT / "build" / "quality" / "full", metavar="DIR",
                        help="scratch folder of an earlier bench/quality/run")
    parser.add_argument("--pan", type=pathlib.Path, default=ROOT.parent / "shared" / "data" / "pan13-train", metavar="DIR",
                        help="folder of the PAN 2013 training corpus")
    parser.add_argument("--threads", default="1,2", help="numbers of threads; the first is 1, the baseline (default 1,2)")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each measurement (default 5)")
    parser.add_argument("--only", help="names of commands, separated by commas (default: all)")
    parser.add_argument("--lines", type=int, metavar="N", help="use only the first N lines of every input")
    parser.add_argument("--unspin", default=str(ROOT / "build" / "release" / "unspin"), metavar="PATH",
                        help="the program (default: build/release/unspin)")
    parser.add_argument("--scratch", type=pathlib.Path, default=ROOT / "build" / "threads", metavar="DIR",
                        help="folder for outputs (default: build/threads)")
    parser.add_argument("--json", help="file for the medians")
    options = parser.parse_args()
    counts = [int(count) for count in options.threads.split(",")]
    if counts[0] != 1:
        sys.exit("threads: --threads begins with 1: others are compared with it")
    options.scratch.mkdir(parents=True, exist_ok=True)

    rows = {}
    for name, arguments, to_stdout, source in commands(options, options.inputs.resolve(), options.scratch.resolve()):
        rows[name] = {key: statistics.median(times)
                      for key, times in measure(options, name, arguments, to_stdout, counts, options.scratch.resolve()).items()}
        print(f"threads: {name} done, {source.stat().st_size / 1e6:.1f} MB in", file=sys.stderr, flush=True)

    commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], stdout=subprocess.PIPE, text=True).stdout.strip()
    print(f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, commit {commit}, {time.strftime('%Y-%m-%d')}, "
          f"medians of {options.repeat}\n")
    parallel_counts = counts[1:]
    print("| command | " + " | ".join(f"{count} thread{'s' * (count > 1)}, s" for count in counts)
          + "".join(f" | {counts[0]} / {count} | {count} processes at once, s | ceiling" for count in parallel_counts) + " |")
    print("|---|" + "--:|" * (len(counts) + 3 * len(parallel_counts)))
    for name, medians in rows.items():
        single = medians[counts[0], "threads"]
        cells = [f"{medians[count, 'threads']:.2f}" for count in counts]
        for count in parallel_counts:
            parallel, independent = medians[count, "threads"], medians[count, "processes"]
            cells += [f"{single / parallel:.2f}", f"{independent:.2f}", f"{count * single / independent:.2f}"]
        print(f"| `{name}` | " + " | ".join(cells) + " |")
    if options.json:
        medians_by_name = {name: {f"{count} {kind}": seconds for (count, kind), seconds in medians.items()}
                           for name, medians in rows.items()}
        pathlib.Path(options.json).write_text(json.dumps(medians_by_name, indent=1))


if __name__ == "__main__":
    main()
