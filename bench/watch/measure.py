"""Latency and rate of `unspin watch`; see run."""

import itertools
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

POLL_SECONDS = 0.001  # between two looks at the file of findings; a part of each latency


class Watch:
    """A running watch whose lines are timed as they reach the disk."""

    def __init__(self, program, archive, folder, source, stdin):
        self.out = folder / "out.jsonl"
        self.process = subprocess.Popen([program, "watch", "--archive", archive, source, "--all", "--out", self.out],
                                        stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while b"waiting" not in self.process.stderr.readline():
            pass
        threading.Thread(target=self.process.stderr.read, daemon=True).start()
        self.seen, self.findings = {}, 0
        self.ended = threading.Event()
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        with open(self.out, "rb") as lines:
            rest = b""
            while True:
                ended = self.ended.is_set()
                chunk = lines.read()
                now = time.monotonic()
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    report = json.loads(line)
                    self.seen[report["suspect"]["id"]] = now
                    self.findings += bool(report["findings"])
                if ended and not chunk:
                    return
                if not chunk:
                    time.sleep(POLL_SECONDS)

    def memory(self):
        """MiB resident, and those of them that are no files."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return tuple(int(status.split(name + ":")[1].split()[0]) / 1024 for name in ("VmRSS", "RssAnon"))

    def finish(self, count):
        while len(self.seen) < count and self.process.poll() is None:
            time.sleep(0.01)
        assert self.process.poll() is None, self.process.returncode
        memory = self.memory()
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait()
        self.ended.set()
        self.reader.join()
        assert status == 0 and len(self.seen) == count, (status, len(self.seen), count)
        return memory


def read_articles(path, count):
    """Different articles, with numbers as ids, so that files are named by them."""
    articles = []
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(itertools.islice(lines, count)):
            record = json.loads(line)
            record["id"] = f"a{number}"
            articles.append((record["id"], json.dumps(record, ensure_ascii=False).encode() + b"\n"))
    return articles


def run(program, archive, articles, kind, rate):
    """Sends the articles at `rate` a minute, 0: as fast as it goes. The latencies, articles a second, MiB."""
    with tempfile.TemporaryDirectory(prefix="unspin-watch-") as name:
        folder = pathlib.Path(name)
        incoming, moving = folder / "in", folder / "moving"
        incoming.mkdir()
        moving.mkdir()
        reading, writing = os.pipe()
        watch = Watch(program, archive, folder, "-" if kind == "pipe" else incoming,
                      reading if kind == "pipe" else subprocess.DEVNULL)
        sent, begin = {}, time.monotonic()
        for number, (id, line) in enumerate(articles):
            if rate:
                time.sleep(max(0, begin + number * 60 / rate - time.monotonic()))
            if kind == "pipe":
                sent[id] = time.monotonic()
                rest = line
                while rest:
                    rest = rest[os.write(writing, rest):]
            else:
                (moving / f"{id}.jsonl").write_bytes(line)
                sent[id] = time.monotonic()
                (moving / f"{id}.jsonl").rename(incoming / f"{id}.jsonl")
        memory = watch.finish(len(articles))
        os.close(reading)
        os.close(writing)
        latencies = sorted(watch.seen[id] - sent[id] for id in sent)
        speed = len(articles) / (max(watch.seen.values()) - begin)
        return latencies, speed, memory, watch.findings


def main(program, archive, path, count=1000, rate=1000):
    articles = read_articles(path, int(count))
    run(program, archive, articles[:50], "pipe", 0)  # fills the page cache
    print("| articles from | a minute | with findings | p50 ms | p99 ms | max ms | RSS MiB | of them own |\n|---|--:|--:|--:|--:|--:|--:|--:|")
    for kind in ("folder", "pipe"):
        for wanted in (int(rate), 0):
            latencies, speed, memory, findings = run(program, archive, articles, kind, wanted)
            shown = [latencies[len(latencies) // 2], latencies[len(latencies) * 99 // 100], latencies[-1]]
            times = " | ".join(f"{1000 * latency:.0f}" for latency in shown) if wanted else "| |"
            print(f"| {kind} | {f'{wanted:,}' if wanted else f'all at once: {60 * speed:,.0f}'} | {findings} | {times} | {memory[0]:.0f} | {memory[1]:.0f} |",
                  flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
