"""An archive from Python: what is added is seen, what is broken is said, and one process writes at a time."""

import os
import pathlib
import pickle
import subprocess
import sys
import threading
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402
from support import ARTICLES, FERRY, FERRY_SPUN, LIBRARY, ORCHARD  # noqa: E402

import unspin  # noqa: E402


class ArchiveTest(support.ProgramTest):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "archive"

    def test_what_was_added_is_found_without_a_commit(self):
        archive = unspin.Archive.create(self.path)
        self.assertEqual(unspin.Added(new=3, new_versions=0, unchanged=0, bad=0), archive.add(ARTICLES.items()))
        self.assertEqual("ferry", archive.check(FERRY_SPUN).findings[0]["original"]["id"])
        self.assertEqual(3, len(archive))

    def test_adds_one_after_the_other_share_a_segment(self):
        with unspin.Archive.create(self.path) as archive:
            for item in ARTICLES.items():
                archive.add([item])
        self.assertEqual(1, len(archive.statistics.segments))

    def test_counts_say_what_became_of_each_row(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY), ("b", ORCHARD)])
            with self.assertWarns(unspin.BadRecordWarning):
                added = archive.add([("a", FERRY), ("b", LIBRARY), ("c", LIBRARY), ("d", "")])
        self.assertEqual(unspin.Added(new=1, new_versions=1, unchanged=1, bad=1), added)

    def test_replace_drops_earlier_versions(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY)])
            archive.add([("a", ORCHARD)], replace=True)
            self.assertEqual([], archive.check(FERRY_SPUN).findings)
            self.assertEqual("copy", archive.check(ORCHARD).verdict)

    def test_removing_takes_every_version_and_merging_its_room(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY), ("b", ORCHARD)])
            self.assertEqual(1, archive.remove(["a", "unknown"]))
            self.assertEqual([], archive.check(FERRY_SPUN).findings)
            self.assertEqual(1, archive.merge().deleted)
            self.assertEqual(1, len(archive))
            self.assertEqual([], archive.verify())
            self.assertEqual(1, archive.remove("b"))

    def test_the_program_reads_what_python_wrote(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add(ARTICLES.items())
        self.run_program("verify", self.path)
        self.write("suspect.txt", FERRY_SPUN)
        report = self.run_program("check", "suspect.txt", "--archive", self.path, "--json").report
        self.assertEqual("ferry", report["findings"][0]["original"]["id"])

    def test_creating_refuses_an_archive_and_opening_refuses_none(self):
        unspin.Archive.create(self.path)
        with self.assertRaisesRegex(unspin.Error, "holds an archive already; open it"):
            unspin.Archive.create(self.path)
        with self.assertRaises(unspin.Error):
            unspin.Archive.open(self.folder / "none")
        self.assertFalse((self.folder / "none").exists())
        self.write("file", "x")
        with self.assertRaisesRegex(unspin.Error, "is a file"):
            unspin.Archive.create(self.folder / "file")

    def test_a_second_writer_is_refused_as_the_program_says(self):
        archive = unspin.Archive.create(self.path)
        archive.add([("a", FERRY)])
        other = unspin.Archive.open(self.path)
        with self.assertRaises(unspin.Error) as refused:
            other.add([("b", ORCHARD)])
        self.write("b.txt", ORCHARD)
        said = self.run_program("index", "b.txt", "--archive", self.path, status=support.FAILED).err
        self.assertIn(str(refused.exception), said)
        archive.close()
        self.assertEqual(1, other.add([("b", ORCHARD)]).new)

    def test_a_generator_may_check_while_it_is_added(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY)])
            archive.commit()
            fresh = (item for item in [("b", FERRY_SPUN), ("c", ORCHARD)] if not archive.check(item).findings)
            self.assertEqual(1, archive.add(fresh).new)

    def test_a_generator_that_writes_into_the_same_archive_is_refused(self):
        with unspin.Archive.create(self.path) as archive:
            def nested():
                archive.add([("b", ORCHARD)])
                yield FERRY
            with self.assertRaisesRegex(unspin.Error, "another call of this process is writing"):
                archive.add(nested())

    def test_an_exception_of_a_producer_keeps_what_was_added_before(self):
        def broken():
            yield from ARTICLES.items()
            raise KeyError("broken off")
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", LIBRARY + " One line more.")])
            with self.assertRaisesRegex(KeyError, "broken off"):
                archive.add(broken())
            self.assertEqual(1, len(archive))
            self.assertEqual(3, archive.add(ARTICLES.items()).new)

    def test_an_audit_sees_the_archive_as_it_was(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY)])
            audit = archive.audit([ORCHARD])
            archive.add([("b", ORCHARD)])
            archive.commit()
            self.assertEqual([], next(iter(audit)).findings)
            self.assertEqual("copy", archive.check(ORCHARD).verdict)

    def test_an_archive_that_nobody_closed_is_committed_at_the_end(self):
        code = "import sys, unspin\nkept = unspin.Archive.create(sys.argv[1])\nkept.add([sys.argv[2]])\n"
        subprocess.run([sys.executable, "-c", code, self.path, FERRY], check=True, timeout=60)
        self.assertEqual(1, len(unspin.Archive.open(self.path)))

    def test_a_child_does_not_commit_what_its_parent_adds(self):
        archive = unspin.Archive.create(self.path)
        archive.add([("a", FERRY)])
        child = os.fork()
        if child == 0:
            try:
                archive.close()
            finally:
                os._exit(0)
        os.waitpid(child, 0)
        archive.add([("b", ORCHARD)])
        archive.close()
        self.assertEqual(2, len(archive))

    def test_a_pickled_archive_is_opened_again(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("a", FERRY)])
        again = pickle.loads(pickle.dumps(archive))
        self.assertEqual((archive.path, 1), (again.path, len(again)))

    def test_readers_wait_for_the_commit_that_one_of_them_makes(self):
        archive = unspin.Archive.create(self.path)
        archive.add([("a", FERRY)])
        found = []
        threads = [threading.Thread(target=lambda: found.append(archive.check(FERRY).verdict)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(["copy"] * 16, found)

    def test_dedup_against_an_archive_names_its_articles(self):
        with unspin.Archive.create(self.path) as archive:
            archive.add([("original", FERRY)])
        for against in (archive, self.path, str(self.path)):
            ferry, orchard = unspin.dedup([("x", FERRY + " More."), ("y", ORCHARD)], against=against)
            self.assertEqual(("original", True), (ferry.representative, ferry.archive))
            self.assertEqual(("y", False), (orchard.representative, orchard.archive))
        self.assertEqual(1, unspin.dedup([FERRY], against=archive).summary.archived)


if __name__ == "__main__":
    unittest.main()
