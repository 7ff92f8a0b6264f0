#!/usr/bin/env python3
"""Counts a Swift Testing run from what it printed: `counts.py LOG` prints passed, failed and skipped."""

import re
import sys

ENDED = re.compile(r"^\S+ +Test (?!run with )(?:.*) (passed|failed) after [0-9.]+ seconds")
SKIPPED = re.compile(r"^\S+ +Test (?!run with )(?:.*) skipped(?:: .*|\.)?$")
SUMMARY = re.compile(r"^\S+ +Test run with .*")
# Wherever it stands in a line: what was printed beside it at the same time may have torn the line.
TOTAL = re.compile(r"Test run with (\d+) tests?\b")


def of(text):
    """How many tests passed, failed and were skipped.

    The runner prints from many threads at once, and lines come out torn: so what passed is the total that it sums up at
    its end, without what failed and what was skipped. Only of a run that died before that end are lines counted.
    """
    counted = {"passed": 0, "failed": 0, "skipped": 0}
    for line in text.splitlines():
        if found := ENDED.match(line):
            counted[found.group(1)] += 1
        elif SKIPPED.match(line):
            counted["skipped"] += 1
    passed, failed, skipped = counted["passed"], counted["failed"], counted["skipped"]
    if totals := TOTAL.findall(text):
        passed = max(sum(map(int, totals)) - failed - skipped, 0)
    return passed, failed, skipped


def summaries(text):
    """The lines in which a run sums itself up."""
    return [line for line in text.splitlines() if SUMMARY.match(line)]


def main():
    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        print(*of(log.read()))


if __name__ == "__main__":
    main()
