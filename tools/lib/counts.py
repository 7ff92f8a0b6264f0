#!/usr/bin/env python3
"""Counts a Swift Testing run from what it printed: `counts.py LOG` prints passed, failed and skipped."""

import re
import sys

ENDED = re.compile(r"^\S+ +Test (?!run with )(?:.*) (passed|failed) after [0-9.]+ seconds")
SKIPPED = re.compile(r"^\S+ +Test (?!run with )(?:.*) skipped(?:: .*|\.)?$")
SUMMARY = re.compile(r"^\S+ +Test run with .*")


def of(text):
    """How many tests passed, failed and were skipped."""
    counted = {"passed": 0, "failed": 0, "skipped": 0}
    for line in text.splitlines():
        if found := ENDED.match(line):
            counted[found.group(1)] += 1
        elif SKIPPED.match(line):
            counted["skipped"] += 1
    return counted["passed"], counted["failed"], counted["skipped"]


def summaries(text):
    """The lines in which a run sums itself up."""
    return [line for line in text.splitlines() if SUMMARY.match(line)]


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        print(*of(log.read()))


if __name__ == "__main__":
    main()
