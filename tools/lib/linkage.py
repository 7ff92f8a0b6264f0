#!/usr/bin/env python3
"""Holds a built program to what may be linked into it: no Foundation but its essentials, no ICU, no curl, and nobody who
is asked for users, groups or hosts by name.

    linkage.py PROGRAM      such as .build/debug/relm, or .build/release/relm with its symbols in relm.debug beside it

Each of the libraries is megabytes that are loaded before the first line of ours runs. They come in unasked, with a
dependency or with one import. Seen are both ways: libraries that the loader brings (ldd), and code in the program itself
(nm). The name service switch (nsswitch.conf(5)) loads libraries while a program runs, and crashes in one that is linked
whole. A release binary brings all that it needs and loads nothing, is small, and its crashes can be read.

Prints one line for each that is there, and exits 1; prints nothing where all is well.
"""

import pathlib
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
    "the name service switch": (
        r"libnss_|libresolv",
        # glibc's own part of it, and what a program asks it.
        r"^__nss_(?:module|database|lookup)"
        r"|^U (?:get(?:pw|gr)(?:nam|uid|gid|ent)(?:_r)?|getgrouplist|initgroups|getaddrinfo|getnameinfo"
        r"|gethostby\w+|getservby\w+|getprotoby\w+|getnetby\w+)(?:@|$)"),
}


# How large a release binary is at most, without its symbols.
MOST_BYTES = 35_000_000


def unwanted(libraries, symbols):
    """What is there of what is kept out: its name, and by what it shows. A symbol that is only called is written `U name`."""
    for name, (library, symbol) in KEPT_OUT.items():
        for kind, lines, pattern in (("loads", libraries, library), ("holds", symbols, symbol)):
            found = next((line for line in lines if re.search(pattern, line)), None)
            if found is not None:
                yield name, f"it {kind} {found}"


def said(*command):
    """The lines that a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def symbol(line):
    """The name in a line of nm; `U name` where the symbol is defined elsewhere."""
    words = line.split()
    return "U " + words[-1] if words[-2] == "U" else words[-1]


def is_linked_whole(program):
    """Whether nothing loads a program but the kernel: it names no loader."""
    return not any("INTERP" in line for line in said("readelf", "--program-headers", "--wide", program))


def released(program, whole, sections, size_bytes):
    """What is wrong with a release binary."""
    if not whole:
        yield "it is not linked whole: the machine has to have what it loads"
    if not any(".gnu_debuglink" in line for line in sections):
        yield f"nothing in it says that its symbols are in {program.name}.debug, so nobody can read its crashes"
    if size_bytes > MOST_BYTES:
        yield f"it has {size_bytes:,} bytes, and may have {MOST_BYTES:,}"


def main(arguments):
    if len(arguments) != 1:
        print("usage: linkage.py PROGRAM", file=sys.stderr)
        return 64
    program = pathlib.Path(arguments[0])
    apart = program.with_name(program.name + ".debug")
    whole = is_linked_whole(program)
    libraries = [] if whole else [line.split()[0] for line in said("ldd", program)]
    symbols = [symbol(line) for line in said("nm", apart if apart.exists() else program)]
    if not symbols:
        print(f"{program}:1: it has no symbols, so nobody can tell what is in it")
        return 1
    breaches = [f"{name} is linked into it: {evidence}" for name, evidence in unwanted(libraries, symbols)]
    if apart.exists():
        sections = said("readelf", "--sections", "--wide", program)
        breaches += released(program, whole, sections, program.stat().st_size)
    for breach in breaches:
        print(f"{program}:1: {breach}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
