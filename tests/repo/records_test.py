"""Every decision and performance note has a number, a date and a status, and the index of its folder lists it.

UNSPIN_UPDATE_GOLDEN=1 writes the two indexes anew.
"""

import os
import re
import unittest

import tree

FOLDERS = ("docs/decisions", "docs/performance")
INDEX = re.compile(r"(<!-- index -->\n)(.*?)(<!-- /index -->)", re.DOTALL)
HEAD = re.compile(r"# (?P<number>\d+)\. (?P<title>[^\n]+)\n\n- Date: (?P<date>\d{4}-\d{2}-\d{2})\n- Status: (?P<status>[^\n]+)\n"
                  r"(?P<amended>(?:- Amended [^\n]+\n(?:  [^\n]+\n)*)*)\n")
STATUS = re.compile(r"accepted|superseded by \d+|accepted\b.*superseded by \d+|reversed on \d{4}-\d{2}-\d{2}|rejected")
REFERENCE = re.compile(r"superseded by (\d+)|Amended by (?:performance notes? )?(\d+)")


def read_record(name, text):
    """A record's file name and text → its fields, or raises ValueError with what is missing."""
    head = HEAD.match(text)
    if head is None:
        raise ValueError(f"{name}: begins with '# N. Title', '- Date: YYYY-MM-DD', '- Status: …', '- Amended by N: …' lines, a blank line")
    if not STATUS.fullmatch(head["status"]):
        raise ValueError(f"{name}: the status is 'accepted', 'superseded by N', 'reversed on DATE', 'rejected', not {head['status']!r}")
    if int(name[:4]) != int(head["number"]):
        raise ValueError(f"{name}: the file and the title have different numbers")
    return head.groupdict()


def read_folder(folder):
    """→ {file name: fields}, in the order of the numbers."""
    paths = [path for path in tree.files() if str(path.parent) == folder and re.match(r"\d{4}-", path.name)]
    return {path.name: read_record(path.name, tree.text(path) or "") for path in sorted(paths)}


def index(records):
    rows = ["| | Title | Status | Date |", "|--:|---|---|---|"]
    for name, record in records.items():
        amended = "; amended" if record["amended"] else ""
        rows.append(f"| {record['number']} | [{record['title']}]({name}) | {record['status']}{amended} | {record['date']} |")
    return "\n".join(rows) + "\n"


class RecordsTest(unittest.TestCase):
    def test_the_index_lists_every_record(self):
        for folder in FOLDERS:
            path = tree.ROOT / folder / "README.md"
            text = path.read_text(encoding="utf-8")
            records = read_folder(folder)
            self.assertTrue(records, f"no records in {folder}")
            found = INDEX.search(text)
            self.assertIsNotNone(found, f"no <!-- index --> … <!-- /index --> in {folder}/README.md")
            wanted = index(records)
            if os.environ.get("UNSPIN_UPDATE_GOLDEN") == "1" and found[2] != wanted:
                path.write_text(text[:found.start(2)] + wanted + text[found.end(2):], encoding="utf-8")
                continue
            self.assertEqual(wanted, found[2], "UNSPIN_UPDATE_GOLDEN=1 python3 tests/repo/records_test.py writes it anew")

    def test_numbers_are_given_once_and_references_lead_to_a_record(self):
        records = [record for folder in FOLDERS for record in read_folder(folder).values()]
        numbers = [int(record["number"]) for record in records]
        self.assertEqual(list(range(1, len(numbers) + 1)), sorted(numbers))
        for record in records:
            for references in REFERENCE.findall(record["status"] + "\n" + record["amended"]):
                for number in filter(None, references):
                    self.assertIn(int(number), numbers, record["title"])

    def test_a_record_without_date_or_status_is_seen(self):
        good = "# 7. A title\n\n- Date: 2026-11-24\n- Status: accepted\n- Amended by 9: something.\n\n**Context.** …\n"
        self.assertEqual("A title", read_record("0007-a.md", good)["title"])
        for bad in (good.replace("- Date: 2026-11-24\n", ""), good.replace("- Status: accepted\n", ""),
                    good.replace("accepted", "so-so"), good.replace("# 7", "# 8")):
            with self.assertRaises(ValueError):
                read_record("0007-a.md", bad)


if __name__ == "__main__":
    unittest.main()
