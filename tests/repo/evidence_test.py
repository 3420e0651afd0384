"""docs/evidence.md tells the truth: its console blocks print what they show, one after the other in one folder."""

import shutil
import tempfile
import unittest

from readme_test import CONSOLE, PROGRAM, PROMPT, ROOT, Shell, commands, mismatch

DOCUMENT = ROOT / "docs" / "evidence.md"
TOOLS = ("unzip", "zip", "jq", "sha256sum")  # that the blocks use besides the program


class EvidenceDocumentTest(unittest.TestCase):
    @unittest.skipUnless(all(shutil.which(tool) for tool in TOOLS), "no unzip, zip or jq here; tools/dev/setup installs them")
    def test_console_blocks_print_what_they_show(self):
        blocks = CONSOLE.findall(DOCUMENT.read_text(encoding="utf-8"))
        self.assertTrue(blocks, "no console block")
        self.assertTrue(PROGRAM.is_file(), f"no program at {PROGRAM}: build it, or set UNSPIN")
        with tempfile.TemporaryDirectory() as folder:
            shell = Shell(folder)
            for command, shown in (pair for block in blocks for pair in commands(block)):
                status, printed = shell.run(command[len(PROMPT):])
                self.assertEqual(0, status, f"{command}\n" + "\n".join(printed))
                self.assertIsNone(mismatch(shown, printed), command + "\n" + "\n".join(printed))


if __name__ == "__main__":
    unittest.main()
