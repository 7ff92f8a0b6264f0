import Testing

@testable import RelmDomain

@Suite("Package URLs")
struct PackageURLTests {
  @Test(
    "what names a package is taken, with slashes behind the scheme as without",
    arguments: [
      "pkg:deb/debian/curl@7.88.1-10?arch=amd64&distro=bookworm", "pkg://deb/debian/curl",
      "pkg:///npm/left-pad@1.0",
      "pkg:npm/%40angular/core@16", "pkg:golang/google.golang.org/genproto#googleapis/api",
      "pkg:generic/x?a.b-c_d=1",
      "pkg:oci/app@sha256%3A244f?repository_url=ghcr.io/a/app", "pkg:docker/cassandra@latest", "pkg:GITHUB/a/b",
    ])
  func taken(text: String) {
    #expect(PackageURL.objection(to: text) == nil)
  }

  @Test(
    "what names none is refused, and the reason says what is missing",
    arguments: [
      ("deb/debian/curl", "pkg:"), ("pkg:", "no type"), ("pkg:deb", "no name"), ("pkg:deb/", "no name"),
      ("pkg:deb/@1.0", "no name"), ("pkg:deb/debian/@1.0", "no name"), ("pkg:7zip/x", "no type"),
      ("pkg:de b/x", "space"), ("pkg:deb/x?arch", "key=value"), ("pkg:deb/x?in%20production=1", "no key"),
      ("pkg:deb/x?1a=1", "no key"), ("pkg:deb/x?a=1&a=2", "twice"), ("pkg:deb/x?=1", "no key"),
      ("pkg:deb/x?a=1&&b=2", "key=value"), ("pkg:deb/x%zz", "percent"), ("pkg:deb/caf\u{E9}", "ASCII"),
    ])
  func refused(text: String, reason: String) {
    #expect(
      PackageURL.objection(to: text)?.contains(reason) == true, "\(PackageURL.objection(to: text) ?? "taken")")
  }

  @Test("what an earlier version took stays readable")
  func stored() throws {
    var reader = CanonicalReader(Array(#""pkg:deb/debian/@1.0""#.utf8))
    #expect(throws: DecodingFailure.self) { try reader.packageURL() }
    var old = CanonicalReader(Array(#""pkg:deb/debian/@1.0""#.utf8))
    old.isStored = true
    #expect(try old.packageURL() == "pkg:deb/debian/@1.0")
  }
}
