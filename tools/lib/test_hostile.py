"""The two plain programs end with a sentence and a status that they document, whatever the files hold."""

import pathlib
import random
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TOOLS))

import verify  # noqa: E402

KEY = "example.org/x+" + verify.sha256(b"example.org/x\n\x01" + bytes(32))[:4].hex() + "+" + "AQ" + "A" * 42
RECORD = (
    b'{"data":{"activity":"x"},"dataschema":"urn:relm:event:activity.recorded:1","id":"a","recordedtime":'
    b'"2026-11-22T20:27:00.000Z","source":"/t","specversion":"1.0","streamversion":0,"subject":"release/a/1",'
    b'"type":"relm.activity.recorded"}\n')
HOSTILE = {
    "nothing": b"", "an empty line": b"\n", "no JSON": b"hello\n", "an array": b"[]\n", "null": b"null\n", "a number": b"7\n",
    "deep arrays": b"[" * 30_000 + b"\n", "deep objects": b'{"a":' * 30_000 + b"\n", "an endless line": b"x" * 3_000_000,
    "a huge number": b'{"a":' + b"9" * 6000 + b"}\n", "a number beyond all": b'{"a":1e999}\n', "no number": b'{"a":NaN}\n',
    "minus infinity": b'{"a":-Infinity}\n', "half a character": b'{"id":"\\ud800","source":"\\udfff"}\n',
    "NUL": b'{"id":"\x00"}\n', "bytes": bytes(range(256)) * 20, "cut off": RECORD[:60], "not UTF-8": b'{"id":"\xff\xfe"}\n',
    "a name twice": b'{"a":1,"a":2}\n', "an escape": RECORD.replace(b'"streamversion":0', b'"streamversion":"\\u001b[31m"'),
    "a subject that is a list": RECORD.replace(b'"release/a/1"', b"[1]"), "an id that is an object": RECORD.replace(b'"a"', b"{}", 1),
    "data that is a list": RECORD.replace(b'{"activity":"x"}', b"[1,2]"), "data that is null": RECORD.replace(b'{"activity":"x"}', b"null"),
    "a time that is none": RECORD.replace(b"2026-11-22T20:27:00.000Z", b"0000-99-99T99:99:99Z"),
    "a type that is a number": RECORD.replace(b'"relm.activity.recorded"', b"5"), "a record": RECORD,
}


class HostileInput(unittest.TestCase):
    def run_tool(self, tool, *arguments, given=b""):
        run = subprocess.run([sys.executable, str(TOOLS / tool), *arguments], input=given, capture_output=True, timeout=60)
        said = run.stderr.decode(errors="replace")
        self.assertNotIn("Traceback", said)
        self.assertFalse(any(ord(letter) < 32 and letter != "\n" for letter in said), said[:200])
        if run.returncode != 0:
            self.assertTrue(said or run.stdout, "it says why")
        return run.returncode

    def in_folder(self, body):
        with tempfile.TemporaryDirectory() as folder:
            body(pathlib.Path(folder))

    def test_records_of_any_kind_are_judged_or_refused_with_a_sentence(self):
        def body(folder):
            for name, content in HOSTILE.items():
                (folder / "records").write_bytes(content)
                with self.subTest(name):
                    self.assertIn(self.run_tool("judge.py", str(folder / "records")), (0, 65))
        self.in_folder(body)

    def test_a_policy_of_any_kind_is_taken_or_refused_with_a_sentence(self):
        def body(folder):
            (folder / "records").write_bytes(RECORD)
            for name, content in HOSTILE.items():
                (folder / "policy").write_bytes(content)
                with self.subTest(name):
                    status = self.run_tool("judge.py", str(folder / "records"), "--policy", str(folder / "policy"))
                    self.assertIn(status, (0, 65))
        self.in_folder(body)

    def test_records_of_any_kind_are_checked_or_refused_with_a_sentence(self):
        (count, faults), told = (0, 0), []
        for name, content in HOSTILE.items():
            with self.subTest(name), tempfile.TemporaryFile() as file:
                file.write(content)
                file.seek(0)
                try:
                    count, faults = verify.verify(file, (0, verify.sha256(b"")), told.append)
                except verify.Unreadable:
                    pass
        self.assertTrue(all(words.isprintable() for words in told), told)

    def test_a_checkpoint_or_a_key_of_any_kind_is_refused_with_a_sentence(self):
        def body(folder):
            (folder / "records").write_bytes(RECORD)
            notes = dict(HOSTILE)
            for number, size in enumerate(("7", "²", "9" * 5000, "-1", "x")):
                notes[f"size {number}"] = f"example.org/x\n{size}\nAAAA\n\n— example.org/x AAAA\n".encode()
            notes["no base64"] = "example.org/x\n1\n?\n\n— example.org/x ?\n".encode()
            notes["another's"] = "evil\x1b[31m\n1\nAAAA\n\n— evil AAAA\n".encode()
            for name, content in notes.items():
                (folder / "note").write_bytes(content)
                with self.subTest(name):
                    status = self.run_tool("verify.py", str(folder / "records"), str(folder / "note"), "--key", KEY)
                    self.assertIn(status, (1, 2))
            for key in ("", "x", "a+b", "a+b+c", "é+00+?", KEY[:-1]):
                with self.subTest(key=key):
                    self.assertEqual(
                        self.run_tool("verify.py", str(folder / "records"), str(folder / "note"), "--key", key), 2)
        self.in_folder(body)

    def test_a_directory_and_what_is_not_there_are_refused_with_a_sentence(self):
        def body(folder):
            (folder / "note").write_bytes(b"")
            for place in (str(folder), str(folder / "nowhere")):
                self.assertEqual(self.run_tool("judge.py", place), 66)
                self.assertEqual(self.run_tool("verify.py", place, place, "--key", KEY), 2)
        self.in_folder(body)

    def test_records_with_bytes_changed_at_random_never_end_a_program_by_surprise(self):
        luck = random.Random(4711)
        told = []
        for _ in range(2000):
            record = bytearray(RECORD)
            for _ in range(luck.randint(1, 8)):
                record[luck.randrange(len(record) - 1)] = luck.choice(b'{}[]",:0123456789eE+-.\\u\x00\xff aZ')
            with tempfile.TemporaryFile() as file:
                file.write(record)
                file.seek(0)
                verify.verify(file, (0, verify.sha256(b"")), told.append)
        self.assertTrue(all(words.isprintable() for words in told))


if __name__ == "__main__":
    unittest.main()
