"""The check of the tree finds what it is there to find."""

import unittest

import architecture


def source(path, text):
    return list(architecture.breaches_of_file(path, text))


class Imports(unittest.TestCase):
    def test_every_way_to_write_an_import_is_seen(self):
        text = "import A\npackage import B\n@preconcurrency import C\ninternal import struct D.E\n// import F\n"
        self.assertEqual(list(architecture.imports_of(text)), [(1, "A"), (2, "B"), (3, "C"), (4, "D")])

    def test_a_pure_target_may_not_import_an_effect(self):
        for module in ["Glibc", "Foundation", "RelmStorage", "RelmLedger", "Dispatch"]:
            self.assertEqual(len(source("Sources/RelmDomain/A.swift", f"internal import {module}\n")), 1, module)

    def test_a_pure_target_may_import_what_stands_below_it(self):
        self.assertEqual(source("Sources/RelmDomain/A.swift", "package import RelmProof\n"), [])

    def test_only_the_storage_imports_the_c_target(self):
        self.assertEqual(source("Sources/RelmStorage/A.swift", "import CLMDB\n"), [])
        self.assertEqual(len(source("Sources/RelmLog/A.swift", "import CLMDB\n")), 1)

    def test_only_the_reader_of_yaml_imports_its_c_target(self):
        self.assertEqual(source("Sources/RelmYAML/A.swift", "internal import CYAML\n"), [])
        for target in ["RelmInterchange", "RelmLedger"]:
            self.assertEqual(len(source(f"Sources/{target}/A.swift", "internal import CYAML\n")), 1, target)

    def test_an_arrow_that_goes_up_is_found(self):
        self.assertEqual(len(source("Sources/RelmLog/A.swift", "import RelmLedger\nimport Glibc\n")), 1)

    def test_a_target_that_nobody_has_placed_is_found(self):
        self.assertEqual(len(source("Sources/RelmUtils/A.swift", "")), 1)


class Style(unittest.TestCase):
    def test_a_pure_target_may_not_ask_for_the_time_or_for_chance(self):
        for code in ["let now = Date()", "UInt64.random(in: 0...9)", "ContinuousClock.now"]:
            self.assertEqual(len(source("Sources/RelmProof/A.swift", code)), 1, code)
        self.assertEqual(source("Sources/RelmProof/A.swift", "// never Date()"), [])
        self.assertEqual(source("Sources/RelmLedger/A.swift", "let now = Date()"), [])

    def test_a_swallowed_error_is_found(self):
        self.assertEqual(len(source("Sources/RelmLog/A.swift", "do { try a() } catch { }")), 1)
        self.assertEqual(len(source("Sources/RelmLog/A.swift", "try! a()")), 1)

    def test_unfinished_work_is_found_anywhere(self):
        self.assertEqual(len(source("tools/x", "# TO" + "DO: later\n")), 1)

    def test_a_long_file_is_found_unless_it_is_generated(self):
        text = "\n" * 401
        self.assertEqual(len(source("Sources/RelmLog/A.swift", text)), 1)
        self.assertEqual(source("Sources/RelmDomain/Generated/A.swift", text), [])

    def test_a_stray_name_at_the_top_is_found(self):
        self.assertEqual(len(list(architecture.breaches_of_top(["docs/a.md", "Sources/a", ".ci/run"]))), 1)


if __name__ == "__main__":
    unittest.main()
