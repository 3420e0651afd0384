"""Shared by the tests of unspin.spark: a Python that has PySpark, one session for a script, and the program to
compare with.

UNSPIN_SPARK_VENV names another environment, such as one with PySpark 3.5.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402

VENV = pathlib.Path(os.environ.get("UNSPIN_SPARK_VENV") or support.SOURCE / "build" / "spark-venv")
PACKAGE = support.BUILD / "python"
SKIPPED_SCRIPT = 77  # exit status that ctest shows as a skipped test
_TASK_ATTEMPTS = 3  # of Spark, so that its retries are tested


def lacking():
    """What is missing for a test with Spark; empty if nothing is."""
    if not list((PACKAGE / "unspin").glob("_core*.so")):
        return "no Python package in the build: cmake -DUNSPIN_PYTHON=ON"
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        return "no Java; tools/dev/setup --spark installs it"
    if not (VENV / "bin" / "python").exists():
        return f"no {VENV}; tools/dev/setup --spark makes it"
    return ""


def run_script():
    """Runs the tests of the calling script in the environment with PySpark, which it enters first."""
    reason = lacking()
    if reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED_SCRIPT)
    if pathlib.Path(sys.prefix).resolve() != VENV.resolve():
        python = str(VENV / "bin" / "python")
        paths = [str(PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "UNSPIN_PROGRAM": str(support.PROGRAM)}
        environment.pop("PYSPARK_PYTHON", None)  # the package sets it
        os.execve(python, [python, *sys.argv], environment)
    unittest.main()


class SparkTest(support.ProgramTest):
    """A test with a folder of its own, in a session that all tests of the script share."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        from pyspark.sql import SparkSession

        warnings.simplefilter("ignore", ResourceWarning)  # sockets of PySpark
        cls.spark = (
            SparkSession.builder.master(f"local[2,{_TASK_ATTEMPTS}]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
            .config("spark.sql.warehouse.dir", tempfile.gettempdir())
            .getOrCreate()
        )
        cls.spark.sparkContext.setLogLevel("OFF")

    def setUp(self):
        super().setUp()
        before = os.getcwd()
        os.chdir(self.folder)  # the program runs there, so that ids made of paths are alike
        self.addCleanup(os.chdir, before)

    def bytes_of(self, *paths):
        return b"".join((self.folder / path).read_bytes() for path in paths)

    def script(self, name, text):
        """A program that is written for a test; `$UNSPIN` in it is the real one."""
        path = self.folder / name
        path.write_text(f"#!/bin/sh\nUNSPIN='{support.PROGRAM}'\n{text}", encoding="utf-8")
        path.chmod(0o755)
        return str(path)
