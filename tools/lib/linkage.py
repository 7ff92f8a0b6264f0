#!/usr/bin/env python3
"""Holds a built program to what may be linked into it: no Foundation but its essentials, no ICU, no curl.

    linkage.py PROGRAM      such as .build/debug/relm, or the release binary before its symbols are taken away

Each of them is megabytes that are loaded before the first line of ours runs. They come in unasked, with a dependency or
with one import. Seen are both ways: libraries that the loader brings (ldd), and code in the program itself (nm).
Prints one line for each that is there, and exits 1; prints nothing where all is well.
"""

import re
import subprocess
import sys

# What is kept out: how its libraries are called, and what only the names of its symbols hold.
KEPT_OUT = {
    "Foundation": (r"libFoundation\.so", r"\$s10Foundation"),
    "FoundationInternationalization": (r"libFoundationInternationalization", r"30FoundationInternationalization"),
    "FoundationNetworking": (r"libFoundationNetworking", r"20FoundationNetworking"),
    # Swift's copy of ICU has a prefix of its own, Debian's a version behind each name.
    "ICU": (r"lib_FoundationICU|libicu\w+", r"\b(?:swift_)?(?:ucnv_open|u_init|ucal_open|udat_open)(?:_\d+)?$"),
    "curl": (r"libcurl", r"\bcurl_easy_"),
}


def unwanted(libraries, symbols):
    """What is there of what is kept out: its name, and by what it shows."""
    for name, (library, symbol) in KEPT_OUT.items():
        for kind, lines, pattern in (("loads", libraries, library), ("holds", symbols, symbol)):
            found = next((line for line in lines if re.search(pattern, line)), None)
            if found is not None:
                yield name, f"it {kind} {found}"


def said(*command):
    """The lines that a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def main(arguments):
    if len(arguments) != 1:
        print("usage: linkage.py PROGRAM", file=sys.stderr)
        return 64
    program = arguments[0]
    libraries = [line.split()[0] for line in said("ldd", program)]
    symbols = [line.split()[-1] for line in said("nm", program)]
    if not symbols:
        print(f"{program}:1: it has no symbols, so nobody can tell what is in it")
        return 1
    found = list(unwanted(libraries, symbols))
    for name, evidence in found:
        print(f"{program}:1: {name} is linked into it: {evidence}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
