"""The check of what is linked finds what it is there to find, in either way of linking."""

import unittest

import linkage


def names(libraries=(), symbols=()):
    return [name for name, _ in linkage.unwanted(libraries, symbols)]


class Linkage(unittest.TestCase):
    def test_a_library_that_the_loader_brings_is_found(self):
        for library, name in [
            ("libFoundation.so", "Foundation"),
            ("libFoundationInternationalization.so", "FoundationInternationalization"),
            ("lib_FoundationICU.so", "ICU"),
            ("libicui18n.so.72", "ICU"),
            ("libcurl.so.4", "curl"),
        ]:
            self.assertEqual(names(libraries=["libc.so.6", library]), [name], library)

    def test_code_that_is_linked_in_is_found(self):
        for symbol, name in [
            ("$s10Foundation12CharacterSetV", "Foundation"),
            ("$s30FoundationInternationalization12_CalendarICUCMa", "FoundationInternationalization"),
            ("swift_ucnv_open", "ICU"),
            ("u_init_72", "ICU"),
            ("curl_easy_init", "curl"),
        ]:
            self.assertEqual(names(symbols=["main", symbol]), [name], symbol)

    def test_the_essentials_and_what_only_looks_alike_may_stay(self):
        self.assertEqual(
            names(
                ["libFoundationEssentials.so", "liblmdb.so.0", "libyaml-0.so.2"],
                ["$s20FoundationEssentials4DataV", "menu_init", "$s7RelmCLI10foundationSbvp"]),
            [])


if __name__ == "__main__":
    unittest.main()
