#!/usr/bin/env python3
"""Holds the tree to its own rules: which target may import what, which files stand where, how long they are.

Prints one line for each breach, as path:line: words, and exits 1; prints nothing where all is well.
"""

import pathlib
import re
import subprocess
import sys

# What each target may import of ours, and of others' where it is pure. A target that is not here is a breach.
PURE = {
    "RelmBytes": set(),
    "RelmProof": {"RelmBytes", "Crypto"},
    "RelmDomain": {"RelmBytes", "RelmProof"},
    "RelmRules": {"RelmProof", "RelmDomain"},
    "RelmViews": {"RelmProof", "RelmDomain"},
    "RelmHistory": {"RelmProof", "RelmDomain", "RelmRules", "RelmViews"},
    "RelmJudging": {"RelmProof", "RelmDomain", "RelmRules", "RelmViews", "RelmHistory"},
    "RelmReports": {"RelmBytes", "RelmProof", "RelmDomain"},
    "RelmSample": {"RelmBytes", "RelmProof", "RelmDomain"},
    "RelmYAML": {"CYAML"},
    "RelmInterchange": {"RelmProof", "RelmDomain", "RelmYAML"},
}
EFFECT = {
    "CLMDB": set(),
    "CYAML": set(),
    "CNameService": set(),
    "RelmFiles": set(),
    "RelmStorage": {"CLMDB", "RelmFiles"},
    "RelmLog": {"RelmStorage", "RelmFiles", "RelmProof", "RelmDomain"},
    "RelmVault": {"RelmFiles", "RelmBytes", "RelmProof", "RelmDomain"},
    "RelmLedger": {"RelmFiles", "RelmStorage", "RelmLog", "RelmVault", *PURE},
    "RelmCLI": {"RelmLedger", "RelmFiles", "RelmVault", *PURE},
    "relm": {"RelmCLI"},
}
OURS = {*PURE, *EFFECT}

TOP_LEVEL = {"Package.swift", "Sources", "Tests", "schemas", "tools", "README.md"}
LONGEST_FILE = 400

IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"
    r"import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)"
)
# A pure target asks for no time, no chance and no file.
IMPURE = re.compile(
    r"\b(?:Date\(\)|Date\.now|UUID\(\)|SystemRandomNumberGenerator|FileManager|ProcessInfo|ContinuousClock"
    r"|SuspendingClock|getenv|fopen)|\.random\("
)
# Written apart, so that this file does not find itself.
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|not " + r"implemented|un" + r"implemented")
SWALLOWED = re.compile(r"\btry!|catch\s*\{\s*\}")


def imports_of(text):
    """The modules that a Swift file imports, each with its line, from 1."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := IMPORT.match(line):
            yield number, found.group(1)


def breaches_of_source(path, text):
    """What is wrong with one Swift file under Sources/."""
    target = path.split("/")[1]
    if target not in OURS:
        yield f"{path}:1: the target {target} is not in the table of tools/lib/architecture.py"
        return
    allowed = PURE[target] if target in PURE else EFFECT[target]
    for number, module in imports_of(text):
        if module in allowed or module == target:
            continue
        if target in PURE:
            yield f"{path}:{number}: {target} is pure and may not import {module}"
        elif module in OURS:
            yield f"{path}:{number}: {target} may not import {module}: the arrows of the design go the other way"
    for number, line in enumerate(text.splitlines(), 1):
        code = line.split("//")[0]
        if target in PURE and (found := IMPURE.search(code)):
            yield f"{path}:{number}: {found.group(0)}: a pure target takes time and chance, it never asks for them"
        if SWALLOWED.search(code):
            yield f"{path}:{number}: an error is swallowed, or traps"


def breaches_of_file(path, text):
    """What is wrong with any file of ours."""
    if path.endswith(".swift") and not path.startswith("Tests/") and "/Generated/" not in path:
        length = len(text.splitlines())
        if length > LONGEST_FILE:
            yield f"{path}:{LONGEST_FILE}: {length} lines; at {LONGEST_FILE} a file has more than one subject"
    if path.startswith("Sources/") and path.endswith(".swift"):
        yield from breaches_of_source(path, text)
    for number, line in enumerate(text.splitlines(), 1):
        if UNFINISHED.search(line):
            yield f"{path}:{number}: unfinished work is said in an issue, not in the tree"


def breaches_of_top(paths):
    """Names at the top that nobody would look for."""
    for name in sorted({path.split("/")[0] for path in paths}):
        if name not in TOP_LEVEL and not name.startswith("."):
            yield f"{name}:1: not a name for the top level; there are {', '.join(sorted(TOP_LEVEL))}"


def files(root):
    """All files that are in Git or could be added to it; where there is no Git, all but the hidden ones."""
    listed = subprocess.run(
        ["git", "-C", root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return sorted({path for path in listed.stdout.split("\0") if path and (root / path).is_file()})
    every = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
    return sorted(str(path) for path in every if not any(part.startswith(".") for part in path.parts))


def main():
    root = pathlib.Path(__file__).resolve().parents[2]
    paths = files(root)
    found = list(breaches_of_top(paths))
    for path in paths:
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += breaches_of_file(path, text)
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
