"""The counts of a test run are those that it printed."""

import unittest

import counts

RUN = """\
◇ Test run started.
◇ Suite "things" started.
➜ Test "is skipped" skipped: "why"
✘ Test "many" recorded an issue with 1 argument i → 3 at t.swift:7:54: Expectation failed: (i → 3) < 3
✔ Test "one is one" passed after 0.001 seconds.
✘ Test "many" with 3 test cases failed after 0.001 seconds with 1 issue.
━ Test plain() passed after 0.001 seconds with 1 known issue.
✔ Suite "others" passed after 0.002 seconds.
✘ Test run with 4 tests in 2 suites failed after 0.003 seconds with 2 issues (including 1 known issue).
"""


class Counts(unittest.TestCase):
    def test_tests_are_counted_and_suites_issues_and_the_run_are_not(self):
        self.assertEqual(counts.of(RUN), (2, 1, 1))

    def test_the_closing_line_is_found(self):
        self.assertEqual(len(counts.summaries(RUN)), 1)

    def test_what_passed_is_what_the_run_sums_up_where_lines_are_torn(self):
        torn = RUN.replace('✔ Test "one is one" passed', '✔ Test "one is✔ Suite "y" passed one" pas')
        self.assertEqual(counts.of(torn), (2, 1, 1))

    def test_a_run_that_died_before_its_sum_counts_its_lines(self):
        self.assertEqual(counts.of(RUN[:RUN.index("✘ Test run")]), (2, 1, 1))

    def test_a_run_that_died_counts_nothing(self):
        self.assertEqual(counts.of("error: Process exited with unexpected signal code 5\n"), (0, 0, 0))


if __name__ == "__main__":
    unittest.main()
