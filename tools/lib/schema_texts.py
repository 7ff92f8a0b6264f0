"""What schema_agreement.py tries: values that hardly a field takes, and texts right and wrong for each definition."""

# Tried in every place.
ANYTHING = [None, True, 0, -1, 1.5, "", "a\u0007b", "end\n", "x" * 3000, [], {}, [None]]
# Tried here and there, as are the texts for a definition.
SOMETHING = [
    False, -0.0, 1e300, " ", "a", "true", "a\u0000", "line\nbreak", "\u0085", "ä\u200b🜚", [[]], {"": None},
    {"name": "a"}]
HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
UUID = "0193594e-1b1c-7d2e-8f00-c0ffee123456"
NAMES = ["a/b", "a b", "%", "\u00a0", "\u007f", "\u009f", "\u2028", "\ufeff", "\U0010ffff", "a\r\n", "\t"]
ENTITIES = NAMES + [
    "production/eu", "production/*", "*", "/", "//", "a//b", "/a", "a/", "a/b/", " a", "a ", "a /b", "a/ b", "a/\u00a0",
    "\u3000a", "a\u200b", "a\ufeff/b", "\u2060a", "ä/🜚", "a b/c d", "a/b\n"]
PERSONS = [
    f"person:{UUID}", f"person:{UUID.upper()}", f"Person:{UUID}", UUID, f"person/{UUID}", f"person:{UUID}\n",
    f"person:{UUID}0", f"person:{UUID[:-1]}", f"person:{UUID.replace('-', '')}", f"person:{{{UUID}}}",
    "person:00000000-0000-0000-0000-000000000000", f"person:{UUID[:-1]}g", f"person:{UUID[:-1]}\u0665",
    "person:"]
TIMES = [
    "2026-11-22T20:27:00Z", "2026-11-22t20:27:00z", "2026-11-22 20:27:00Z", "2026-11-22T20:27:00",
    "2026-11-22", "2026-11-22T20:27Z", "2026-11-22T20:27:00.Z", "2026-11-22T20:27:00,5Z",
    "2026-11-22T20:27:00." + "1" * 60 + "Z", "2026-02-30T00:00:00Z", "2026-02-29T00:00:00Z",
    "2028-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2026-04-31T00:00:00Z",
    "2026-12-31T24:00:00Z", "2026-00-10T00:00:00Z", "2026-13-10T00:00:00Z", "2026-10-00T00:00:00Z",
    "2026-10-32T00:00:00Z", "2026-10-10T10:60:00Z", "2016-12-31T23:59:60Z", "2016-12-31T23:59:61Z",
    "2016-12-31T22:59:60Z", "2017-01-01T00:59:60.25+01:00", "2016-12-31T15:59:60-08:00",
    "2016-12-31T15:59:60+08:00", "2026-11-22T23:59:60Z", "2026-03-01T00:29:60+00:30",
    "2026-11-22T20:27:00+24:00", "2026-11-22T20:27:00+01:60", "2026-11-22T20:27:00+0100",
    "2026-11-22T20:27:00+01", "2026-11-22T20:27:00-00:00", "2026-11-22T20:27:00\u221201:00",
    "2026-11-22T20:27:00Z\n", "+2026-11-22T20:27:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:60Z",
    "12026-11-22T20:27:00Z", "2026-11-22T20:27:0\u0660Z", "20261122T202700Z", "2026-W47-7T20:27:00Z",
    "2026-326T20:27:00Z", "-001-01-01T00:00:00Z", " 2026-11-22T20:27:00Z"]
URIS = [
    "https://example.org", "urn:isbn:0", "mailto:a@example.org", "../a", "a:b", "1:b", "./1:b", "a/b:c", "/",
    "//", "?", "#", "#a#b", "?a?b", "a b", "%", "%4", "%4g", "%zz", "%C3%A4", "ä", "http://ä.org",
    "http://a[b]/", "a[b]", "?a[b]", "http://[::1]/", "http://[::1", "http://[::1]:80", "http://[::1]a",
    "http://[1:2:3:4:5:6:7::]", "http://[1:2:3:4:5:6:7:8]", "http://[1:2:3:4:5:6:7:8:9]",
    "http://[1:2:3:4:5:6:7::8]", "http://[::1::]", "http://[:::]", "http://[::1.2.3.4]",
    "http://[1::1.2.3.256]", "http://[::01.2.3.4]", "http://[1.2.3.4::]", "http://[1:2:3:4:5:6:1.2.3.4]",
    "http://[fe80::1%25en0]", "http://[fe80::1%en0]", "http://[v1.a:b]", "http://[V1f.~]", "http://[v.a]",
    "http://[v1.]", "http://[v1.a%41]", "http://a@b@c", "http://a:b@c:8", "http://a:b", "http://a:8:8",
    "http://:80", "http://@", "http:////", "http:", "http:///a", "a\\b", "<a>", "{a}", "a|b", "a^b", "a`b",
    "\"a\"", "a\n", "http://999.0.0.1", "http://%41.org", "http://a%4.org", ":a", "a+.-:b", "a_:b", "//a:b/c"]
TYPES = [
    "text/plain", "text", "text/", "/plain", "text/plain/x", "text /plain", "text/plain ", "text/plain;",
    "text/plain; ", "text/plain;charset=utf-8", "text/plain; charset=\"utf-8\"", "text/plain;charset",
    "text/plain;charset=", "text/plain;charset=\"\"", "text/plain;a=\"\\\"\"", "text/plain;a=\"",
    "text/plain;a=\"\\\u0007\"", "text/*", "TEXT/PLAIN", ".a/b", "a/.b", "a/b.c+d", "a/" + "b" * 127,
    "a/" + "b" * 128, "text/plain;\tcharset=x", "text/plain;a=b;c=d", "text/plain;a=b c", "text/plain ;a=b",
    "text/plain\n", "text/plain;a=ä", "text/pläin", "text/plain;a=\"ä\"", "text/plain;a=\"\n\"", "a%/b"]
PURLS = [
    "pkg:deb/debian/curl@7.50.3-1?arch=i386", "pkg:", "pkg:deb", "pkg:deb/", "pkg:/a", "pkg://deb/a",
    "PKG:deb/a", "pkg:1/a", "pkg:a1+.-/a", "pkg:a_b/a", "pkg:deb/a b", "pkg:deb/ä", "pkg:deb/a\n", "npm/a",
    "pkg:deb//", "pkg:deb/~"]
SUBJECTS = [
    "ledger", "ledger/", "ledger/a", "Ledger", "ledgers", "release/a/1", "release/a/b/1", "release/a",
    "release/a/", "release//1", "release/a//1", "release//a/1", "release/a/1/", "release/%2F/1",
    "release/a/1%2F2", "release/a/1%2f2", "release/a/%2F", "release/a%20b/1", "release/a b/1",
    "release/a%2/1", "release/a/1%", "release/a/1%4", "release/a%/1", "release/a%25/1", "release/a/%41",
    "release/a/%7F", "release/a/%7f", "release/a/%00", "release/a/%1F", "release/a/%80", "release/a/%C3%A4",
    "release/a/ä", "release/a/\u0085", "release/a/%C2%85", "release/a/\u00a0", "release/a/1\n", "service/a",
    "service/", "service", "service/a/b", "service/a//b", "service/a/", "service//a", "service/a%2Fb",
    "environment/production/eu", "policy/p", "procedure/p", "capability/c", "incident/i", "incidents/i",
    "build/b", f"person/{UUID}", f"person/{UUID.upper()}", f"person:{UUID}", "person/ana", f"person/{UUID}/",
    f" person/{UUID}", "release/release/a/1", "/release/a/1", "release/a/1 ", "release/ä🜚/1", "service/%20",
    "service/%21", "service/%0A", "environment/a%20", "environment/%20a/b", "environment/a%20/b", "environment/a%20b",
    "release/a/1%20", "release/%20/1", "release/a/%2F%20", "service/a\u00a0", "service/\u200ba"]
BASE64 = [
    "AAAA", "AAA=", "AA==", "A===", "====", "=", "AAA", "AA", "AAAAA", "AA=A", "AA=", "AAA==", "AAAA=",
    "AAAA====", "AB==", "AAB=", "A A=", "AA\n=", "AAAA\n", "-_-_", "+/+/", "AAAAAA==", "AAAÄ", "AAA==AAA",
    "\u0661AAA"]
DURATIONS = [
    "P0D", "PT", "P1M", "PT0S", "P1DT", "P", "P1D", "P2W", "P1DT12H", "PT30M", "P1Y", "P1W2D", "P2DT1H2M3S",
    "PT1M1H", "PT1H1H", "PT1.5H", "PT1,5H", "P-1D", "-P1D", "p1d", "P1d", "PT1h", "P01D", "P999999D",
    "P1000000D", "P99999W", "P100000W", "PT999999S", "PT1000000S", "PT00000000001S", "P0W", "P1DT0S",
    "PT000000H", "P1W\n", "P1WT1H", "PT1D", "P1H", "1D", "P1D ", "P\u0661D", "PT1H1S", "PT5", "PT1H5",
    "P1T1H", "P0DT1H", "P1D1D"]
DIGESTS = [
    f"sha256:{HEX}", f"sha256:{HEX.upper()}", f"SHA256:{HEX}", f"sha256:{HEX[:-1]}", f"sha256:{HEX}0",
    f"sha256:{HEX}\n", HEX, f"sha-256:{HEX}", f"sha256={HEX}", f"sha256: {HEX}", f"sha256:{HEX[:-1]}g",
    f"sha512:{HEX}", f"sha512:{HEX}{HEX}", f"sha384:{HEX}{HEX[:32]}", f"sha3_384:{HEX}{HEX[:32]}",
    f"sha3_256:{HEX}", f"sha3_512:{HEX}{HEX}", f"sha3-256:{HEX}", f"blake2b:{HEX}{HEX}", f"blake2b:{HEX}",
    f"blake2s:{HEX}", f"blake3:{HEX}", f"sha1:{HEX[:40]}", f"sha1:{HEX}", f"md5:{HEX[:32]}",
    f"md5:{HEX[:40]}", f"gitCommit:{HEX[:40]}", f"gitCommit:{HEX}", f"gitTree:{HEX}", f"gitBlob:{HEX[:40]}",
    f"gitTag:{HEX[:40]}", f"gitcommit:{HEX}", f"gitCommit:{HEX[:39]}", f"sha224:{HEX[:56]}", f":{HEX}",
    "sha256:", "sha256", f"sha256:sha256:{HEX}", f"sha256:{HEX[:-1]}\u0660"]

# The texts that are tried where a definition of common.v1.json stands.
TEXTS = {
    "name": NAMES, "entityName": ENTITIES, "text": NAMES, "person": PERSONS, "keyHolder": PERSONS, "timestamp": TIMES, "instant": TIMES,
    "uriReference": URIS, "mediaType": TYPES, "purl": PURLS, "subject": SUBJECTS, "releaseSubject": SUBJECTS,
    "base64": BASE64, "duration": DURATIONS, "digest": DIGESTS}
LETTERS = "aAzZ09fFgG%/:=+-._~TtZz PDHMSW;\"\\'?#[]@!$&,|{}<>^`\n\r\t\0\x1f\x7f\x80\x9f\xa0ä\u0660\u2028\ufeff🜚"
