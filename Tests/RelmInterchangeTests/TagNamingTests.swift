import RelmInterchange
import Testing

@Suite("Which release a tag names")
struct TagNamingTests {
  @Test(
    "a pattern takes package and version out of a tag's name, by the names of its groups or by their places",
    arguments: [
      ("^(.+)-v(.+)$", "proj1-v1.2", "proj1", "1.2"), ("^(.+)/v?([^/]+)$", "foo/v2", "foo", "2"),
      ("^(?<package>@?[^@]+)@(?<version>.+)$", "@scope/pkg@1.2.3", "@scope/pkg", "1.2.3"),
      (#"v(?<version>\d+)-(?<package>\w+)"#, "v12-web", "web", "12"),
      ("(?:release-)?([a-z]+)_(.*)", "release-api_3", "api", "3"),
    ])
  func named(_ pattern: String, _ tag: String, _ package: String, _ version: String) throws {
    let naming = try TagNaming(repository: "shop", pattern: pattern)
    #expect(naming.named(by: tag) == TagRelease(package: package, version: version))
  }

  @Test("a tag that the pattern does not match, or of which it leaves nothing, is the repository's own")
  func others() throws {
    let naming = try TagNaming(repository: "shop", pattern: "^(.*)-v(.*)$")
    #expect(naming.named(by: "v1.0") == nil && naming.named(by: "-v1") == nil && naming.named(by: "a-v") == nil)
    #expect(try TagNaming(repository: "shop").named(by: "proj1-v1") == nil)
  }

  @Test(
    "a pattern that is none, or that has no two groups, is refused",
    arguments: ["(", "^v(.+)$", #"\(a\)-([b(])"#, "(?=a)(b)"])
  func refused(_ pattern: String) {
    #expect(throws: InterchangeError.self) { try TagNaming(repository: "shop", pattern: pattern) }
  }
}
