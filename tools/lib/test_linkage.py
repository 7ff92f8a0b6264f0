"""The check of what is linked finds what it is there to find, in either way of linking."""

import pathlib
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

    def test_who_asks_for_names_is_found(self):
        for symbol in [
            "U getpwnam", "U getgrnam@GLIBC_2.2.5", "U getpwuid_r@GLIBC_2.2.5", "U getaddrinfo", "U gethostbyname2_r",
            "__nss_database_get", "__nss_module_load", "__nss_lookup_function",
        ]:
            self.assertEqual(names(symbols=["main", symbol]), ["the name service switch"], symbol)
        self.assertEqual(names(libraries=["libnss_files.so.2"]), ["the name service switch"])

    def test_a_definition_that_asks_nobody_may_stay(self):
        self.assertEqual(names(symbols=["getpwnam_r", "getgrgid_r", "U gethostname", "U getgroups"]), [])

    def test_a_release_binary_is_whole_small_and_linked_to_its_symbols(self):
        program, link = pathlib.Path("relm"), ["[51] .gnu_debuglink PROGBITS"]
        self.assertEqual(list(linkage.released(program, True, link, linkage.MOST_BYTES)), [])
        for whole, sections, size in [
            (False, link, 1), (True, [], 1), (True, ["[51] .symtab SYMTAB"], 1), (True, link, linkage.MOST_BYTES + 1),
        ]:
            self.assertEqual(len(list(linkage.released(program, whole, sections, size))), 1, (whole, sections, size))

    def test_symbols_are_read_with_where_they_are_defined(self):
        self.assertEqual(linkage.symbol("                 U getpwnam_r@GLIBC_2.2.5"), "U getpwnam_r@GLIBC_2.2.5")
        self.assertEqual(linkage.symbol("0000000001990100 T getpwnam_r"), "getpwnam_r")

    def test_the_essentials_and_what_only_looks_alike_may_stay(self):
        self.assertEqual(
            names(
                ["libFoundationEssentials.so", "liblmdb.so.0", "libyaml-0.so.2"],
                ["$s20FoundationEssentials4DataV", "menu_init", "$s7RelmCLI10foundationSbvp"]),
            [])


if __name__ == "__main__":
    unittest.main()
