#!/usr/bin/env python3
"""Runs the stages of a dedup and compares what they take with what `unspin stage plan` predicts.

    bench/scale/stages.py FILE... [--workers W] [--threshold T] [--measure M] [--repeat 3] [--unspin build/release/unspin]
                          [--scratch DIR] [--only-measure]

The files are JSON Lines with `text`, for example those of `unspin_make_corpus`. There are as many parts of join and verify as the
plan says, and a run of sketch for each file. At most W processes of one thread run at once. Each figure is that of a whole stage:
processor time of all its processes, and the largest anonymous memory of one of them, sampled every 2 ms (mapped files are not
counted: the system reclaims them); medians of --repeat runs. Ratios are measured / planned.
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLING = 0.002  # seconds


def measure(command):
    """Processor seconds, and the peak of anonymous memory in bytes, of a process that must succeed."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    peak, done = 0, threading.Event()

    def sample():
        nonlocal peak
        while not done.is_set():
            try:
                status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
            except OSError:
                return
            anonymous = [line.split()[1] for line in status.splitlines() if line.startswith("RssAnon")]
            peak = max([peak, *(int(kilobytes) * 1024 for kilobytes in anonymous)])
            time.sleep(SAMPLING)

    sampler = threading.Thread(target=sample)
    sampler.start()
    _, status, usage = os.wait4(process.pid, 0)
    done.set()
    sampler.join()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"stages: failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, peak


def text_of(path):
    """Articles, and bytes of their texts."""
    articles = size = 0
    with open(path, "rb") as lines:
        for line in lines:
            articles += 1
            size += len(json.loads(line)["text"].encode())
    return articles, size


class Run:
    def __init__(self, options, scratch):
        self.options, self.scratch = options, scratch
        self.figures = {}

    def stage(self, name, commands, outs):
        """Runs all processes of a stage, at most `workers` at once."""
        began = time.monotonic()
        with concurrent.futures.ThreadPoolExecutor(self.options.workers) as pool:
            measured = list(pool.map(measure, [[self.options.unspin, "stage", name, *command, "--threads", "1", "--quiet"]
                                               for command in commands]))
        self.figures[name] = {"parts": len(commands), "cpu": sum(cpu for cpu, _ in measured),
                              "seconds": time.monotonic() - began, "memory": max(peak for _, peak in measured),
                              "disk": sum(out.stat().st_size for out in outs)}
        return [str(out) for out in outs]

    def all(self, parts):
        files = self.options.files
        ways = ["--threshold", str(self.options.threshold), "--measure", self.options.measure]
        name = lambda kind, count: [self.scratch / f"{i + 1:05}.{kind}" for i in range(count)]
        outs = name("shingles", len(files))
        shingles = self.stage("sketch", [[str(path), "--out", str(out), *ways] for path, out in zip(files, outs)], outs)
        made = shingles
        for stage, kind in (("join", "pairs"), ("verify", "edges")):
            count = parts[stage]
            outs = name(kind, count)
            commands = [[*shingles, *(made if stage == "verify" else ()), "--part", f"{i + 1}/{count}", "--out", str(out)]
                        for i, out in enumerate(outs)]
            made = self.stage(stage, commands, outs)
        outs = [self.scratch / "clusters.jsonl", self.scratch / "edges.jsonl"]
        self.stage("cluster", [[*shingles, *made, "--out", str(outs[0]), "--edges", str(outs[1])]], outs)
        return self.figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=pathlib.Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threshold", type=float, default=0.8)
    parser.add_argument("--measure", default="jaccard")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--unspin", default=str(ROOT / "build" / "release" / "unspin"))
    parser.add_argument("--scratch", type=pathlib.Path, default=pathlib.Path("stages-scratch"))
    parser.add_argument("--only-measure", action="store_true", help="no plan: join and verify in as many parts as workers")
    options = parser.parse_args()
    articles, size = map(sum, zip(*map(text_of, options.files)))
    print(f"{articles} articles, {size} bytes of text in {len(options.files)} files, {options.workers} workers, "
          f"--threshold {options.threshold} --measure {options.measure}")
    plan = {}
    if not options.only_measure:
        told = subprocess.run([options.unspin, "stage", "plan", "--articles", str(articles), "--bytes", str(size), "--workers",
                               str(options.workers), "--threshold", str(options.threshold), "--measure", options.measure,
                               "--json"], check=True, capture_output=True, text=True).stdout
        plan = {stage["stage"]: stage for stage in json.loads(told)["stages"]}
    parts = {name: plan[name]["parts"] if plan else options.workers for name in ("join", "verify")}
    shutil.rmtree(options.scratch, ignore_errors=True)
    runs = []
    for _ in range(options.repeat):
        options.scratch.mkdir(parents=True)
        runs.append(Run(options, options.scratch).all(parts))
        shutil.rmtree(options.scratch)
    print("| stage | parts | processor, s | wall, s | memory of a process, MB | written, MB |\n|---|--:|--:|--:|--:|--:|")
    for stage in runs[0]:
        median = {key: statistics.median(run[stage][key] for run in runs) for key in runs[0][stage]}
        planned = plan.get(stage)

        def cell(key, divisor, name, digits):
            if not planned:
                return f"{median[key] / divisor:.{digits}f}"
            return f"{median[key] / divisor:.{digits}f} ({median[key] / planned[name]:.2f})"

        print(f"| {stage} | {median['parts']:.0f} | {cell('cpu', 1, 'processor_seconds', 2)} | {median['seconds']:.2f} | "
              f"{cell('memory', 1e6, 'memory_bytes', 0)} | {cell('disk', 1e6, 'written_bytes', 1)} |")


if __name__ == "__main__":
    main()
