"""`unspin watch` as a process that a test feeds, kills and starts again."""

import contextlib
import json
import signal
import subprocess
import time

import serve_support
import support

WAIT_SECONDS = 120  # for something that will come; a sanitizer's program is slow


def record(id, text, **fields):
    return json.dumps({"id": id, "text": text, **fields}, ensure_ascii=False) + "\n"


def wait_until(holds, what="what was waited for"):
    """Waits for a condition that will hold; the limit only keeps a broken program from waiting for ever."""
    end = time.monotonic() + WAIT_SECONDS
    while not (result := holds()):
        if time.monotonic() > end:
            raise AssertionError(f"{what} did not come")
        time.sleep(0.01)
    return result


class WatchTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.make_archive()
        (self.folder / "in").mkdir()

    def start(self, *arguments, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, log="watch.log"):
        with open(self.folder / log, "ab") as errors:
            process = subprocess.Popen([str(support.PROGRAM), "watch", "--archive", "archive", *map(str, arguments)],
                                       cwd=self.folder, stdin=stdin, stdout=stdout, stderr=errors)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process, by=signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(by)
        status = process.wait(timeout=WAIT_SECONDS)
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(BrokenPipeError):
                if stream:
                    stream.close()
        return status

    def stop(self, process):
        """SIGTERM ends it cleanly."""
        self.assertEqual(0, self.end(process, signal.SIGTERM), self.log())

    def log(self, name="watch.log"):
        path = self.folder / name
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def put(self, name, content):
        """A file that appears whole."""
        self.write("moving", content)
        path = self.folder / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.folder / "moving").rename(path)

    def reports(self, name="out.jsonl"):
        path = self.folder / name
        if not path.exists():
            return []
        return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]

    def ids(self, name="out.jsonl"):
        return [report["suspect"]["id"] for report in self.reports(name)]

    def wait_for_ids(self, *ids, name="out.jsonl"):
        wait_until(lambda: set(ids) <= set(self.ids(name)), f"reports on {ids} (there are {self.ids(name)}):\n{self.log()}")

    def checked(self, path, *options):
        """What `unspin check --json` says."""
        return self.run_program("check", path, "--archive", "archive", "--json", *options).out.splitlines()

    def serve_or_skip(self, *options, **how):
        if "without the server" in self.run_program("serve", "--archive", "none", status=None).err:
            self.skipTest("the program was built without the server")
        if "not built in" in self.run_program("watch", "--archive", "archive", "--state", "probe", "--cases",
                                              "http://127.0.0.1:1", "-", status=None).err:
            self.skipTest("the program was built without libcurl")
        server = serve_support.Server(self.folder, "archive", *options, **how)
        self.addCleanup(server.stop, signal.SIGKILL)
        self.assertTrue(server.address, server.log[-2000:])
        return server
